"""The life of a draft in the tables."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from actions import conversations
from storage.rows import list_by, rows
from storage.tables import Draft, Outbox
from tests.actions.neighbours import comes

SAID = {"flow": "report", "step": "kind", "answers": {"what": {"words": "mất xe (bịa)"}}}
UNTOUCHED = {"flow": "report", "step": "what", "answers": {"when": {}}, "given": ["when"]}


def begin(db: Connection, chat: str, now: datetime, state: object = SAID) -> int:
    """Somebody begins a report."""
    address = comes(db, chat, now).address
    return conversations.begin_draft(db, address.id, "report", state, now)


def stored(db: Connection, key: int) -> Draft:
    """As it lies in the table."""
    (draft,) = rows(db, Draft, select(Draft).where(Draft.id == key))
    return draft


def test_one_is_open_per_address(db: Connection, now: datetime) -> None:
    begin(db, "1", now)
    with pytest.raises(IntegrityError), db.begin_nested():
        begin(db, "1", now)
    begin(db, "2", now)


def test_saved_ended_and_taken_back(db: Connection, now: datetime) -> None:
    key = begin(db, "1", now)
    address = comes(db, "1", now).address
    later = now + timedelta(minutes=1)
    conversations.save_draft(db, key, {**SAID, "step": "place"}, later, "mediation")
    found = conversations.open_draft(db, address.id)
    assert found is not None
    assert (found.state["step"], found.flow, found.updated_at) == ("place", "mediation", later)
    conversations.end_draft(db, key, "cancelled", later)
    assert conversations.open_draft(db, address.id) is None
    week = later + conversations.TAKEN_BACK_FOR
    taken = conversations.last_cancelled(db, address.id, week)
    assert taken is not None
    assert conversations.last_cancelled(db, address.id, week + timedelta(seconds=1)) is None
    conversations.reopen_draft(db, key, week)
    assert stored(db, key).state["answers"] == SAID["answers"]
    conversations.end_draft(db, key, "done", week)
    assert stored(db, key).state is None


def test_the_last_cancelled_one_is_taken_back(db: Connection, now: datetime) -> None:
    for minute in range(3):
        key = begin(db, "1", now, {**SAID, "step": f"s{minute}"})
        conversations.end_draft(db, key, "cancelled", now + timedelta(minutes=minute))
    found = conversations.last_cancelled(db, comes(db, "1", now).address.id, now)
    assert found is not None
    assert found.state["step"] == "s2"


def test_who_said_nothing_is_not_reminded(db: Connection, now: datetime) -> None:
    begin(db, "1", now, UNTOUCHED)
    begin(db, "2", now)
    later = now + conversations.NUDGE_AFTER
    assert conversations.nudge_drafts(db, later) == 1
    assert conversations.nudge_drafts(db, later) == 0
    assert len(list_by(db, Outbox)) == 1


def test_an_answer_puts_the_reminder_off(db: Connection, now: datetime) -> None:
    key = begin(db, "1", now)
    conversations.save_draft(db, key, SAID, now + timedelta(minutes=20))
    assert conversations.nudge_drafts(db, now + timedelta(minutes=30)) == 0
    assert conversations.nudge_drafts(db, now + timedelta(minutes=50)) == 1


def test_expired_is_erased_and_said(db: Connection, now: datetime) -> None:
    key = begin(db, "1", now)
    almost = now + conversations.EXPIRES_AFTER - timedelta(seconds=1)
    assert conversations.expire_drafts(db, almost) == 0
    assert conversations.expire_drafts(db, now + conversations.EXPIRES_AFTER) == 1
    assert (stored(db, key).status, stored(db, key).state) == ("expired", None)
    assert len(list_by(db, Outbox)) == 1


def test_a_tick_does_not_do_everything_at_once(db: Connection, now: datetime) -> None:
    for number in range(conversations.BATCH + 3):
        begin(db, str(number), now)
    later = now + conversations.EXPIRES_AFTER
    assert conversations.expire_drafts(db, later) == conversations.BATCH
    assert conversations.expire_drafts(db, later) == 3
