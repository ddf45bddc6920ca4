"""The ward of the self-test while it is there – one runs, or was killed in the middle – is in no
list, in no figure and in nobody's ears, and the next look deletes it.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection, Engine
from sqlmodel import col, select

from actions import invites, ladder_keeping, law_approval, my_data, recording, self_test
from actions.announcement_lists import list_announcements, list_week
from actions.incidents import ReportedIncident, report_incident, responsible_ward
from actions.upcoming import list_upcoming
from actions.ward_news import address_lost
from actions.wards import surroundings_of
from cli.backup_places import Places, make_backup, rehearse
from domain.incidents import Place
from domain.kinds import KINDS
from domain.routing import makes_incident
from domain.self_test import DESK_CHAT, SELF_BOT, SELF_WARD
from scheduler.ticks import TICKS
from storage import ageing, inbox, incidents, ladders, letters, wards
from storage.addresses import add_address, add_person, find_address, set_unreachable
from storage.copying import copy_database
from storage.deliveries import mark_dead
from storage.engine import open_engine
from storage.incidents import Due
from storage.keys import Keyring, write_keyring
from storage.queues import list_queues
from storage.rows import rows
from storage.self_test import exists
from storage.tables import Address, Outbox, Person
from tests.precinct import BOT, CANARY_CHAT, WARD
from tests.self_test.conftest import House
from tests.self_test.messengers import StoppedAtTheDesk

Seen = dict[str, Any]
LATER = [timedelta(minutes=n) for n in (1, 3, 12, 45, 60 * 26, 60 * 24 * 40, 60 * 24 * 800)]


@contextmanager
def undone(engine: Engine) -> Iterator[Connection]:
    """A transaction of which nothing stays."""
    with engine.connect() as db, db.begin() as transaction:
        yield db
        transaction.rollback()


async def break_off(house: House) -> None:
    """A self-test that is stopped while its card is on the way, with all its rows."""
    channel = house.messenger(StoppedAtTheDesk)
    running = asyncio.create_task(house.self_test(loopback=lambda: channel).run())
    async with asyncio.timeout(30):
        await channel.reached.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    with house.engine.connect() as db:
        assert exists(db)
        assert self_test.progress_of(db).filed


def real_rows(db: Connection) -> list[tuple[Any, ...]]:
    """What is owed or was said to anybody real."""
    found = rows(db, Outbox, select(Outbox).where(Outbox.bot != SELF_BOT).order_by(col(Outbox.id)))
    return [(row.bot, row.address_id, row.lane, row.state, repr(row.notice)) for row in found]


def seen_by(db: Connection, person: Person, now: datetime) -> Seen:
    """Everything that one person is shown."""
    return {
        "around": surroundings_of(db, person, ()),
        "ladders": _or_refused(lambda: ladder_keeping.list_seen(db, person.id, ())),
        "invites": _or_refused(lambda: invites.list_wards_to_invite_into(db, person.id, ())),
        "laws": _or_refused(lambda: law_approval.wards_of_approver(db, person, ())),
        "records": _or_refused(lambda: recording.precinct_of(db, person.id, ())),
        "posts": list_announcements(db, person, now),
        "week": list_week(db, person, now),
        "data": my_data.holdings_of(db, person, now),
    }


def seen(db: Connection, now: datetime) -> Seen:
    """Everything that is listed, counted or chosen from, for everybody real."""
    late, long_ago = now - timedelta(seconds=1), now - timedelta(days=900)
    old = now + timedelta(days=900)
    people = rows(
        db,
        Person,
        select(Person)
        .join(Address, col(Address.person_id) == Person.id)
        .where(Address.bot == BOT),
    )
    due = [Due(urgency, 1, now) for urgency in (1, 2, 3, 4)]
    return {
        "wards": wards.list_wards(db),
        "neighbourhoods": wards.list_neighbourhoods(db),
        "answers": responsible_ward(db, None, "", ()),
        "open": incidents.list_open(db, WARD, 100),
        "unheard": incidents.list_unheard(db, due, 100),
        "ladders": ladder_keeping.ladders_in_use(db),
        "chosen": ladders.list_ladders(db),
        "upcoming": list_upcoming(db, 100),
        "dead": (letters.count_dead(db), letters.list_dead(db, 0, 100)),
        "parked": (letters.count_parked(db), inbox.list_parked(db)),
        "lanes": (letters.count_by_lane(db), letters.list_oldest(db)),
        "queues": list_queues(db, [BOT], late),
        "over": [
            ageing.list_reports_over(db, old, calm=calm, limit=100) for calm in (True, False)
        ],
        "withheld": ageing.list_withheld(db, old, 100),
        "silent": ageing.list_silent_people(db, old, 100),
        "idle": ageing.list_idle_people(db, long_ago, long_ago, 0, 100),
        **{f"person {each.id}": seen_by(db, each, now) for each in people},
    }


def _or_refused(asked: Callable[[], object]) -> object:
    try:
        return asked()
    except Exception as refused:  # noqa: BLE001  (what it is must be the same, whatever it is)
        return repr(refused)


def tick_on(db: Connection, now: datetime) -> list[tuple[Any, ...]]:
    """Every tick, at several instants up to years later; then what anybody real was told."""
    for later in LATER:
        for deed in TICKS:
            deed(db, now + later)
    return real_rows(db)


async def test_nobody_sees_it_while_it_is_there(house: House) -> None:
    now = house.clock()
    with house.engine.connect() as db:
        before = seen(db, now)
    await break_off(house)
    with house.engine.begin() as db:
        # And what stands in the figures of failure.
        inbox.park(db, SELF_BOT, 99, now, {"text": "x"}, "invented")
        first = rows(db, Outbox, select(Outbox).where(Outbox.bot == SELF_BOT))[0]
        mark_dead(db, first.id, "invented")
    with house.engine.connect() as db:
        after = seen(db, now)
    for name, shown in before.items():
        assert after[name] == shown, name


async def test_no_tick_says_a_word_about_it(house: House) -> None:
    now = house.clock()
    with undone(house.engine) as db:
        usual = tick_on(db, now)
    await break_off(house)
    with undone(house.engine) as db:
        assert tick_on(db, now) == usual


def test_no_kind_of_report_is_heard_by_anybody_real(house: House) -> None:
    """Whatever would be reported there, and whatever becomes of its chats."""
    now, below = house.clock(), house.means.random_below
    with undone(house.engine) as db:
        usual = tick_on(db, now)
    with undone(house.engine) as db:
        self_test.set_stage(db, now)
        before = real_rows(db)
        for urgent in (False, True):
            for kind in filter(makes_incident, KINDS):
                home = reporter(db, f"{kind} {urgent}", now)
                said = ReportedIncident(
                    None, home, kind, "Lời bịa", SELF_WARD, None, Place(words="x"), urgent=urgent
                )
                report_incident(db, said, now, below)
        for chat in (DESK_CHAT, "officer"):
            address = find_address(db, SELF_BOT, chat)
            assert address is not None
            set_unreachable(db, address.id, now)
            address_lost(db, address, now)
        assert real_rows(db) == before
        assert tick_on(db, now) == usual


def reporter(db: Connection, chat: str, now: datetime) -> Address:
    person = add_person(db, "Người bịa", "vi", now)
    return add_address(db, SELF_BOT, chat, now, person_id=person.id)


async def test_the_next_look_deletes_what_a_killed_one_left(house: House) -> None:
    before = house.stand()
    await break_off(house)
    assert house.stand() != before
    house.clock.move(minutes=2)
    bot = house.self_test()
    await bot.look(started=True)  # the note says: not again so soon
    assert house.stand() == before
    house.clock.move(hours=1)
    await bot.look(started=False)
    assert house.stand() == before
    assert house.told() == []


async def test_one_that_finds_remains_runs_as_if_they_were_not_there(house: House) -> None:
    before = house.stand()
    await break_off(house)
    assert (await house.self_test().run()).fault == ""
    assert house.stand() == before


async def test_what_is_real_meanwhile_stays(house: House) -> None:
    """SQLite gives deleted numbers to the next rows: real ones in between keep theirs."""
    await break_off(house)
    now, below = house.clock(), house.means.random_below
    with house.engine.begin() as db:
        home = find_address(db, BOT, CANARY_CHAT)
        said = ReportedIncident(None, home, "FIRE", "Cháy chợ", WARD, None, Place(words="chợ"))
        filed = report_incident(db, said, now, below)
        before = real_rows(db)
    house.clock.move(hours=2)
    assert (await house.self_test().run()).fault == ""
    with house.engine.begin() as db:
        assert incidents.get(db, filed.id).code == filed.code
        assert real_rows(db) == before
        next_one = report_incident(db, replace(said, words="Cháy rừng"), now, below)
        assert [each.what for each in incidents.list_events(db, next_one.id)] == ["reported"]
        assert len(incidents.list_reported(db, [home.id if home else 0], 10)) == 4


async def test_a_copy_and_a_backup_hold_it_and_the_next_program_clears_it(
    house: House, tmp_path: Path, keyring: Keyring
) -> None:
    clean = house.stand()
    await break_off(house)
    places = Places(
        house.engine.url.render_as_string(hide_password=False),
        tmp_path,
        tmp_path / "tuquan.key",
        tmp_path / "backup.key",
        tmp_path / "safe",
        3,
    )
    write_keyring(places.key_file, keyring)
    make_backup(places, house.clock())
    assert not any(check.fault for check in rehearse(places).checks)
    with_remains = house.stand()
    copy = open_engine(f"sqlite:///{tmp_path / 'copy.sqlite3'}", keyring)
    copy_database(house.engine, copy)
    house.engine = copy
    assert house.stand() == with_remains
    with copy.begin() as db:
        assert self_test.clear_remains(db)
        assert not self_test.clear_remains(db)
    assert house.stand() == clean
    copy.dispose()
