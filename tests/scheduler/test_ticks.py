"""Ticks: what is due is asked of our tables with the clock that was handed in."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from actions.unheard import tell_unheard
from actions.upkeep import (
    REMEMBER_UPDATES_FOR,
    forget_updates,
    forget_words,
    look_after_drafts,
    remind_of_alerts,
    show_lost_cards,
)
from scheduler.ticks import TICKS, start_ticks, tick
from storage import inbox
from storage.addresses import add_address, add_person
from storage.drafts import add_draft
from storage.outbox import load_notice
from storage.rows import list_by, table
from storage.tables import Draft, Inbox, Outbox
from storage.writer import Writer
from tests.conftest import Clock


async def test_ids_of_old_updates_are_forgotten_and_recent_ones_kept(
    engine: Engine, clock: Clock
) -> None:
    with Writer(engine) as writer:
        await writer.run(lambda db: inbox.record(db, "phuong", 1, "", clock()))
        clock.move(hours=47)
        await writer.run(lambda db: inbox.record(db, "phuong", 2, "", clock()))
        await tick(forget_updates, writer, clock)
        assert known(engine) == [1, 2]
        clock.move(hours=2)
        await tick(forget_updates, writer, clock)
        assert known(engine) == [2]
    assert timedelta(hours=24) * 2 <= REMEMBER_UPDATES_FOR


async def test_a_report_left_in_the_middle_is_remembered_once(
    engine: Engine, clock: Clock
) -> None:
    with Writer(engine) as writer:
        await writer.run(lambda db: leave_a_draft(db, clock))
        for minutes in (29, 2, 60, 60):
            clock.move(minutes=minutes)
            await tick(look_after_drafts, writer, clock)
    assert owed(engine) == ["command.draft_waits"]


async def test_after_two_weeks_it_is_erased_and_that_is_said(engine: Engine, clock: Clock) -> None:
    with Writer(engine) as writer:
        await writer.run(lambda db: leave_a_draft(db, clock))
        clock.move(days=13, hours=23)
        await tick(look_after_drafts, writer, clock)
        before = owed(engine)
        clock.move(hours=2)
        await tick(look_after_drafts, writer, clock)
    assert "command.draft_expired" not in before
    assert owed(engine)[-1] == "command.draft_expired"
    with engine.connect() as db:
        assert db.execute(select(table(Draft).c.state)).scalar_one() is None


async def test_every_tick_is_scheduled(engine: Engine, clock: Clock) -> None:
    with Writer(engine) as writer:
        scheduler = start_ticks(writer, clock)
        try:
            named = {job.args[0] for job in scheduler.get_jobs()}
        finally:
            scheduler.shutdown(wait=False)
    assert named == set(TICKS)
    assert named >= {
        forget_updates,
        forget_words,
        look_after_drafts,
        remind_of_alerts,
        show_lost_cards,
        tell_unheard,
    }


def leave_a_draft(db: Connection, clock: Clock) -> None:
    person = add_person(db, "Bà Năm (bịa)", "vi", clock())
    address = add_address(db, "phuong", "7001", clock(), person_id=person.id)
    state = {"flow": "report", "answers": {"what": {"words": "Mất con gà"}}}
    add_draft(db, address.id, "report", state, clock())


def known(engine: Engine) -> list[int]:
    with engine.connect() as db:
        return list(
            db.execute(select(table(Inbox).c.update_id).order_by(table(Inbox).c.id)).scalars()
        )


def owed(engine: Engine) -> list[str]:
    with engine.connect() as db:
        found = list_by(db, Outbox)
    return [notice.text.key for row in found if (notice := load_notice(row.notice)).text]
