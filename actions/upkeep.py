"""Small duties that nobody asks for: what the scheduler's ticks do to our own tables."""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions import conversations
from actions.receipts import put_waiting_cards
from domain.retention import KEPT_FOR, Kept
from storage import deliveries, inbox, wards

# Telegram repeats an unconfirmed update for 24 hours; twice that is safe.
REMEMBER_UPDATES_FOR = KEPT_FOR[Kept.UPDATE_NUMBERS]
KEEP_SENT_WORDS_FOR = KEPT_FOR[Kept.SENT_WORDS]


def look_after_drafts(db: Connection, now: datetime) -> None:
    """Remind once of a report that was left in the middle, and erase what is too old."""
    conversations.nudge_drafts(db, now)
    conversations.expire_drafts(db, now)


def remind_of_alerts(db: Connection, now: datetime) -> None:
    """Say to whoever spoke of danger and then fell silent that nothing is sent yet."""
    conversations.nudge_alerts(db, now)


def show_lost_cards(db: Connection, now: datetime) -> None:
    """Put again the cards that a messenger refused though their chat can be reached."""
    for ward in wards.list_wards(db):
        put_waiting_cards(db, ward.code, now)


def forget_words(db: Connection, now: datetime) -> None:
    """Erase what messages said, some time after they were sent or given up; that they were,
    when, and to whom stays. Incidents keep their own words."""
    deliveries.erase_settled(db, now - KEEP_SENT_WORDS_FOR)


def forget_updates(db: Connection, now: datetime) -> None:
    """Drop the ids of updates that no messenger will repeat any more."""
    inbox.forget_done(db, now - REMEMBER_UPDATES_FOR)
