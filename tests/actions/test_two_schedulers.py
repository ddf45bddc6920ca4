"""Two schedulers on one database: each occurrence is posted once, and nobody waits crosswise.

Threads share an interpreter, so the long race is run by processes of their own (racing.py).
"""

import threading
from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy.engine import Connection, Engine
from sqlmodel import col

from actions.announcing import pause, stop
from actions.occurrences import send_due
from actions.releasing import release_held
from domain.patterns import Daily, LunarMonthly, Pattern, Weekly
from domain.recurrence import Rule, once
from domain.roles import Purpose
from storage import announcements, outbox, posts
from storage.addresses import get_person
from storage.announcement_tables import Post
from storage.engine import writer_engine
from storage.rows import list_by, rows, table
from storage.tables import Outbox
from tests.actions.racing import race
from tests.actions.speakers import Speakers
from tests.domain.plain_calendar import instants
from tests.precinct import Precinct

SCHEDULERS = 4
DAY = timedelta(days=1)


def plan(engine: Engine, now: datetime, number: int = 12) -> list[int]:
    """So many announcements that are due in an hour; their ids."""
    with writer_engine(engine).begin() as db:
        town = Speakers(Precinct(db, now))
        town.rhythm(town.khu2, posts_a_day=1000)
        rule = once(now + timedelta(hours=1))
        return [town.announce(rule=rule).id for _ in range(number)]


def together(engine: Engine, deed: object, now: datetime) -> list[BaseException]:
    """Several schedulers do it at the same moment, each in a transaction of its own."""
    barrier, faults = threading.Barrier(SCHEDULERS), list[BaseException]()

    def look() -> None:
        barrier.wait()
        try:
            with writer_engine(engine).begin() as db:
                deed(db, now)  # type: ignore[operator]
        except Exception as fault:  # noqa: BLE001  (shown by the test)
            faults.append(fault)

    threads = [threading.Thread(target=look) for _ in range(SCHEDULERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def copies(db: Connection) -> list[int | None]:
    """The occurrences of all posts."""
    return [post.occurrence_id for post in list_by(db, Post)]


def test_each_occurrence_is_posted_once(own_engine: Engine, now: datetime) -> None:
    keys = plan(own_engine, now)
    assert together(own_engine, send_due, now + timedelta(hours=1)) == []
    with own_engine.connect() as db:
        found = copies(db)
        assert len(found) == len(set(found)) == len(keys)
        owed = [row.concerns for row in list_by(db, Outbox)]
        assert sorted(filter(None, owed)) == sorted({each for each in owed if each})
        assert {announcements.get(db, key).state for key in keys} == {"ended"}


def test_what_is_held_is_released_once(own_engine: Engine, now: datetime) -> None:
    night = now + timedelta(hours=14)
    with writer_engine(own_engine).begin() as db:
        town = Speakers(Precinct(db, night))
        town.announce()
    morning = night + timedelta(hours=8)
    assert together(own_engine, release_held, morning) == []
    with own_engine.connect() as db:
        (row,) = [row for row in list_by(db, Outbox) if row.lane == 3]
        assert (row.state, row.not_before) == ("due", None)


def test_the_same_time_is_planned_once(own_engine: Engine, now: datetime) -> None:
    (key,) = plan(own_engine, now, 1)
    due = now + timedelta(days=5)
    together(own_engine, lambda db, _: announcements.plan(db, key, due, due), now)
    with own_engine.connect() as db:
        found = [each.due_at for each in announcements.list_occurrences(db, key)]
        assert found.count(due) == 1


@pytest.mark.parametrize("deed", [stop, pause])
def test_stopped_while_a_scheduler_looks_it_is_not_posted(
    own_engine: Engine, now: datetime, deed: object
) -> None:
    """On PostgreSQL the scheduler reads before the stop is committed, and waits for it."""
    if own_engine.dialect.name == "sqlite":
        has_one_writer(own_engine)
        return
    (key,) = plan(own_engine, now, 1)
    at = now + timedelta(hours=1)
    looked = threading.Event()

    def look() -> None:
        with own_engine.begin() as db:
            assert announcements.list_due(db, at) == [key]
            looked.set()
            send_due(db, at)

    with own_engine.begin() as db:
        leader = get_person(db, announcements.get(db, key).author_id)
        deed(db, key, leader, now)  # type: ignore[operator]
        thread = threading.Thread(target=look)
        thread.start()
        assert looked.wait(10)
    thread.join()
    with own_engine.connect() as db:
        assert copies(db) == []
        assert posts.list_held(db) == []


RACED: tuple[tuple[Pattern, time], ...] = (
    (Daily(), time(7)),
    (Daily(), time(19)),
    (Daily(), time(22)),
    (Weekly(frozenset({0, 2, 4})), time(12)),
    (LunarMonthly(frozenset({15, 18, 20})), time(23, 30)),
)


def planned(engine: Engine, now: datetime) -> dict[int, Rule]:
    """What the processes race for, by day, at night and for the nap; two chats hear it all."""
    with writer_engine(engine).begin() as db:
        town = Speakers(Precinct(db, now))
        town.precinct.room("-201", Purpose.NEIGHBOURHOOD, at=town.khu2)
        town.rhythm(town.khu2, posts_a_day=1000)
        rules = [Rule(pattern, at) for pattern, at in RACED]
        return {town.weekly(rule).id: rule for rule in rules}


def heard(engine: Engine) -> Counter[str]:
    """How often each sort of news was told to anybody."""
    with engine.connect() as db:
        notices = [outbox.load_notice(r.notice) for r in list_by(db, Outbox)]
        return Counter(notice.text.key for notice in notices if notice.text)


def test_processes_race_for_a_week_with_two_days_without_any(
    own_engine: Engine, now: datetime
) -> None:
    rules = planned(own_engine, now)
    quarters = [now + n * timedelta(hours=2) for n in range(12 * 8)]
    steps = [at for at in quarters if not now + 3 * DAY < at < now + 5 * DAY]
    url = own_engine.url.render_as_string(hide_password=False)
    assert race(url, steps, [timedelta(), timedelta(seconds=40)]) == [0, 0]

    last = steps[-1] + timedelta(seconds=40)
    with own_engine.connect() as db:
        fates = Counter[str]()
        for key, rule in rules.items():
            times = announcements.list_occurrences(db, key)
            due = list(instants(rule, now, last))
            assert [each.due_at for each in times][: len(due)] == due
            assert [each.state for each in times[len(due) :]] == ["due"]
            fates += Counter(each.state for each in times)
            for each in times:
                mine = table(Post).select().where(col(Post.occurrence_id) == each.id)
                there = [post.address_id for post in rows(db, Post, mine)]
                assert len(there) == len(set(there)) == (2 if each.state == "sent" else 0)
        owed = Counter(row.concerns for row in list_by(db, Outbox))
        made = {posts.subject_of(each.id) for each in list_by(db, Post)}
        assert {about: owed[about] for about in made} == dict.fromkeys(made, 1)
        assert posts.list_held(db, last) == []
        assert fates["sent"] * 2 == len(made)
        # Two days without any: two of each daily one, and what fell on them of the others.
        assert fates["dropped"] >= 6
    told = heard(own_engine)
    assert told["announcement.news.lost"] == len(rules)
    assert told["announcement.news.held"] == nightly(own_engine)


def nightly(engine: Engine) -> int:
    """Of how many times copies were held."""
    with engine.connect() as db:
        held = [each for each in list_by(db, Post) if each.held_until]
        return len({each.occurrence_id for each in held})


def has_one_writer(engine: Engine) -> None:
    """There nothing can come in between: its transactions begin with the write lock."""
    with writer_engine(engine).begin() as db:
        assert db.get_execution_options()["sqlite_begin"] == "IMMEDIATE"
