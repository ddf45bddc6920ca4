"""What is kept for how long, and the law's clocks for a person's own requests: the one table.

A row is over at the instant that its span has passed; scheduler/ticks.py looks every hour. The
law gives no figures but "until the purpose is reached" (Law 91/2025/QH15 article 14); those
here are the project's, which a ward may shorten (docs/data.md).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

_YEAR: Final = timedelta(days=365)


class Kept(StrEnum):
    """A sort of data; what its span is counted from stands with each."""

    PROFILE = "profile"
    """Name and neighbourhood of somebody who consented to nothing: from their last message."""
    ENROLLED = "enrolled"
    """House and phone, kept with consent: asked about after so long without a message."""
    UNANSWERED = "unanswered"
    """The same, once that question was asked and nothing was answered: from the question."""
    CALM_REPORT = "calm_report"
    """Words, place, files and name of a P4 report: from its closing."""
    REPORT = "report"
    """The same of P1 to P3: from its closing."""
    WITHHELD_LINK = "withheld_link"
    """Whose report it is, and the number to call back, where no name was given: from its
    closing."""
    MEDIATION = "mediation"
    """The story and the asker of a request for mediation: from its taking."""
    ACTORS = "actors"
    """Which officer did what to a report that is erased already: from the act."""
    READING = "reading"
    """Who confirmed a post, and which posts came into whose private chat: from its sending."""
    ANNOUNCEMENT = "announcement"
    """An announcement with its times, its copies and who changed what: from its last time."""
    SENT_WORDS = "sent_words"
    """What a message of the bot said: from its putting."""
    PARKED_UPDATE = "parked_update"
    """An update that could not be handled: from its arrival."""
    OPEN_DRAFT = "open_draft"
    """A report left in the middle: from its last answer."""
    CANCELLED_DRAFT = "cancelled_draft"
    """A report that was set aside: from that."""
    UPDATE_NUMBERS = "update_numbers"
    """That an update was handled: from its arrival."""


KEPT_FOR: Final[Mapping[Kept, timedelta]] = MappingProxyType(
    {
        Kept.PROFILE: timedelta(days=30),
        Kept.ENROLLED: _YEAR,
        Kept.UNANSWERED: timedelta(days=30),
        Kept.CALM_REPORT: _YEAR,
        Kept.REPORT: 2 * _YEAR,
        Kept.WITHHELD_LINK: timedelta(days=90),
        Kept.MEDIATION: _YEAR,
        Kept.ACTORS: 2 * _YEAR,
        Kept.READING: timedelta(days=90),
        Kept.ANNOUNCEMENT: 2 * _YEAR,
        Kept.SENT_WORDS: timedelta(days=30),
        Kept.PARKED_UPDATE: timedelta(days=30),
        Kept.OPEN_DRAFT: timedelta(days=14),
        Kept.CANCELLED_DRAFT: timedelta(days=7),
        Kept.UPDATE_NUMBERS: timedelta(hours=48),
    }
)

# Decree 356/2025/NĐ-CP: the controller answers first within two working days, carries out a
# withdrawal within 15 days and an erasure within 20. The bot does both at once.
FIRST_ANSWER_WORKING_DAYS: Final = 2
WITHDRAWAL_DAYS: Final = 15
ERASURE_DAYS: Final = 20


def over_since(kept: Kept, now: datetime) -> datetime:
    """What was counted from this instant or before is over now."""
    return now - KEPT_FOR[kept]
