"""Two workers on PostgreSQL share the work, and either may die at any moment: nothing is lost,
nothing is done twice, and delivery goes on within seconds."""

import asyncio
import itertools
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from actions.people import arrive, set_neighbourhood
from cli.demo_ward import BOT_NAME
from storage.engine import writer_engine
from storage.rows import table
from storage.tables import Incident, IncidentEvent, Neighbourhood, Outbox
from tests.journeys.test_faults import check_one_incident, journey
from tests.journeys.test_postgresql import own_database
from tests.journeys.town import Town, open_town, present
from tests.journeys.working import PATIENCE, Workers, kill, workers
from tests.messenger import Persona, words

log = logging.getLogger(__name__)

SENDER, RECEIVER, SCHEDULER = f"sender:{BOT_NAME}", f"receiver:{BOT_NAME}", "scheduler"
ROLES = (SENDER, RECEIVER, SCHEDULER)
RESUMES_WITHIN = 5.0
# What somebody says, and what is then answered, in this order.
REPORT = (
    ("/baotin", "Có chuyện gì"),
    ("Mất trộm xe đạp trước cửa", "việc gì"),
    ("trộm cắp", "Ở đâu"),
    ("Ngõ 3, nhà số 8", "biết tên"),
    ("2", "Xem lại"),
    ("gửi tin", "Đã gửi tới trực ban"),
)


@pytest.fixture
async def wide_town(tmp_path: Path, postgres_url: str) -> AsyncIterator[Town]:
    """On PostgreSQL; no bot runs yet."""
    url = own_database(postgres_url)
    # The tests' own server saves itself the disk; `run` does not start on such a database.
    engine = create_engine(url)
    with engine.begin() as db:
        db.execute(text("ALTER DATABASE town SET synchronous_commit = on"))
    engine.dispose()
    async with open_town(tmp_path, database_url=url) as town:
        yield town


async def crowd(town: Town, number: int) -> list[Persona]:
    """Residents of the first neighbourhood who have written before (all invented)."""
    names = [f"Cư dân bịa {n}" for n in range(number)]
    made = [
        await town.api.post("people", name=name, language="vi", messenger="telegram")
        for name in names
    ]
    with writer_engine(town.engine).begin() as db:
        home = db.execute(select(func.min(table(Neighbourhood).c.id))).scalar_one()
        for person, name in zip(made, names, strict=True):
            chat = str(person["id"])
            known = arrive(
                db, bot=BOT_NAME, chat=chat, private=True, title="", sender_id=chat,
                sender_name=name, language="vi", now=present(),
            )  # fmt: skip
            set_neighbourhood(db, known.person, home)
    people = [Persona(town.api, person["id"], town.stage.bot) for person in made]
    for persona in people:
        await persona.starts()
    return people


async def reports(persona: Persona, passed: asyncio.Event, at: int = 3) -> None:
    """The whole conversation; `passed` is set when somebody is in its middle."""
    for number, (said, seen) in enumerate(REPORT):
        if number == at:
            passed.set()
        await persona.says(said)
        await persona.sees(seen)


async def test_killing_whoever_has_a_role_loses_nothing_and_delivery_goes_on(
    wide_town: Town,
) -> None:
    town = wide_town
    people = await crowd(town, 3 * len(ROLES))
    async with workers(town) as running:
        await running.all_ready(2)
        for persona in people:
            await persona.sees("113")
        for number, role in enumerate(ROLES):
            victim = await running.ready(role)
            # Where one was killed before, another stands in its place by now.
            await running.all_ready(2)
            seconds = await killed_in_the_middle(running, people[number::3], victim)
            log.info("delivery resumed %.2f s after the kill of the %s", seconds, role)
            assert seconds < RESUMES_WITHIN
            assert await running.ready(role, but=victim) != victim
        await town.quiet()
    check_each_filed_once(town, people)
    for persona in people:
        await check_order(persona)


async def killed_in_the_middle(running: Workers, people: list[Persona], victim: int) -> float:
    """All of these report; when one of them is half through, this process is killed. Seconds
    until delivery went on."""
    in_the_middle = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for persona in people:
            tasks.create_task(reports(persona, in_the_middle))
        await in_the_middle.wait()
        return await kill_and_wait(running, victim)


async def kill_and_wait(running: Workers, victim: int) -> float:
    """Seconds from the kill to the next message that the messenger accepts from another."""
    begun = time.monotonic()
    kill(victim)
    async with asyncio.timeout(PATIENCE):
        while victim in running.alive():
            await running.town.api.get("state")
        before = len(await running.town.api.sent(method="sendMessage"))
        while len(await running.town.api.sent(method="sendMessage")) <= before:
            pass
    return time.monotonic() - begun


def check_each_filed_once(town: Town, people: list[Persona]) -> None:
    """One incident a person, each on one card, and nothing that is owed was given up."""
    with town.engine.connect() as db:
        filed = list(db.execute(select(table(Incident).c.id)).scalars())
        states = Counter(db.execute(select(table(Outbox).c.state)).scalars())
    assert len(filed) == len(people)
    assert not states["dead"]
    assert not states["due"]


async def check_order(persona: Persona) -> None:
    """The greeting, and then every question in its turn; at most the one message that was on the
    wire at the kill stands there twice, one below the other."""
    said = [words(m) for m in await persona.history() if m["from"]["id"] != persona.id]
    once = [each for each, _ in itertools.groupby(said)]
    assert len(said) - len(once) <= 1, said
    assert len(once) == 1 + len(REPORT), said
    for (_, seen), each in zip(REPORT, once[1:], strict=True):
        assert seen in each, said


async def test_two_officers_who_take_one_card_at_once_take_it_once(wide_town: Town) -> None:
    town = wide_town
    police = town.chat("police")
    async with workers(town) as running:
        await running.all_ready(2)
        await town.start("resident")
        for number in range(3):
            for act, see in journey(town)[:6]:
                await act()
                await see()
            await town.officer.sees("CHƯA AI NHẬN", chat=police)
            await asyncio.gather(
                town.officer.taps("Tôi nhận", chat=police),
                town.officer2.taps("Tôi nhận", chat=police),
            )
            await town.officer.sees("đã nhận lúc", chat=police)
            await town.quiet()
            assert taken(town) == number + 1


def taken(town: Town) -> int:
    """How many reports were taken."""
    events = table(IncidentEvent).c.what
    with town.engine.connect() as db:
        return int(db.execute(select(func.count()).where(events == "taken")).scalar_one())


async def test_programs_on_two_machines_share_the_work_in_the_same_way(
    wide_town: Town, tmp_path: Path
) -> None:
    """Nobody keeps both: what decides are the locks alone."""
    town = wide_town
    async with workers(town) as here:
        await here.all_ready(2)
        await town.start("resident")
        async with workers(town, folder=tmp_path / "other") as there:
            await there.all_ready(4)
            for act, see in journey(town)[:5]:
                await act()
                await see()
            kill(here.parent.pid)
            # Its workers notice that nobody keeps them, and end.
            async with asyncio.timeout(60):
                while len(there.alive()) > 2:
                    await town.api.get("state")
            for act, see in journey(town)[5:]:
                await act()
                await see()
            await town.quiet()
        check_one_incident(town)
