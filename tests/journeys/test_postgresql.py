"""The main job on PostgreSQL, for wards that outgrow one machine."""

from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from tests.journeys.test_faults import check_one_incident, journey
from tests.journeys.town import open_town


def own_database(server_url: str) -> str:
    """A fresh database of the session's server."""
    url = make_url(server_url).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text("DROP DATABASE IF EXISTS town"))
        db.execute(text("CREATE DATABASE town"))
    engine.dispose()
    return url.set(database="town").render_as_string(hide_password=False)


async def test_a_report_and_its_answer(tmp_path: Path, postgres_url: str) -> None:
    async with open_town(tmp_path, database_url=own_database(postgres_url)) as town, town.bot():
        await town.start("resident")
        for act, see in journey(town):
            await act()
            await see()
        check_one_incident(town)
