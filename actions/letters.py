"""A dead letter is owed once more because the operator says so. What it says must still be for
whoever reads it there: a chat that serves somebody else by now, a decision that was taken, a
card that was put again, an announcement with its own board are refused.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.engine import Connection

from actions.cards import redraw_cards
from actions.desks import require_hears
from domain.errors import Refused
from domain.incidents import State
from domain.notices import Lane
from domain.routing import Recipient
from storage import incidents, letters
from storage.addresses import get_address, set_unreachable
from storage.cards import card_once, find_once
from storage.letters import Letter
from storage.posts import post_in
from storage.subjects import subject_in
from storage.tables import Incident

# Older words speak of something that may be over.
_FRESH_FOR: Final = {Lane.EMERGENCY: timedelta(hours=1)}
_FRESH: Final = timedelta(days=1)
_DESK: Final = "incident"
_WARNED: Final = ("told", "clear")
_WOKEN: Final = "ladder"
_DECIDED: Final = ("reveal", "identity", "shout")


class Doubt(StrEnum):
    """Why somebody must say that they mean it."""

    UNSURE = "unsure"
    UNREACHABLE = "unreachable"
    OLD = "old"


def require_resend(db: Connection, letter: Letter) -> None:
    """Raises Refused (`terminal.outbox.left.…`) where this letter must not, or need not, be sent
    again."""
    if letter.state != "dead":
        raise _refused("not_dead")
    if letter.erased:
        raise _refused("erased")
    if post_in(letter.concerns) is not None or letter.lane == Lane.BROADCAST:
        raise _refused("board")
    if _is_overtaken(db, letter):
        raise _refused("overtaken")
    if letter.edits is not None and _is_dead(db, letter.edits):
        raise _refused("original")
    if not letter.private and (letter.bound_at is None or letter.bound_at > letter.created_at):
        raise _refused("unbound")
    _require_still_meant(db, letter)


def doubts_of(letter: Letter, now: datetime) -> tuple[Doubt, ...]:
    """What whoever sends it again must know first."""
    return tuple(_doubts(letter, now))


def resend(db: Connection, letter_id: int, now: datetime, *, sure: bool) -> None:
    """Owe it once more; a card comes with what is true by now. Raises Refused, LookupError for
    an unknown id; and, unless `sure`, Refused where there is a doubt."""
    letter = letters.find_letter(db, letter_id)
    if letter is None:
        raise LookupError(f"outbox row {letter_id}")
    require_resend(db, letter)
    doubts = doubts_of(letter, now)
    if doubts and not sure:
        raise Refused(f"terminal.outbox.doubt.{doubts[0]}")
    if not letters.make_due(db, letter):
        raise _refused("not_dead")
    if letter.unreachable_at is not None:
        set_unreachable(db, letter.address_id, None)
    if _is_card(letter) and (incident := _incident_of(db, letter)) is not None:
        redraw_cards(db, incident, now)


def _doubts(letter: Letter, now: datetime) -> Iterator[Doubt]:
    if letter.is_unsure:
        yield Doubt.UNSURE
    if letter.unreachable_at is not None:
        yield Doubt.UNREACHABLE
    if now - letter.created_at > _FRESH_FOR.get(Lane(letter.lane), _FRESH):
        yield Doubt.OLD


def _refused(why: str) -> Refused:
    return Refused(f"terminal.outbox.left.{why}")


def _is_card(letter: Letter) -> bool:
    return ":card:" in (letter.once or "")


def _is_overtaken(db: Connection, letter: Letter) -> bool:
    """Whether something newer stands in its place, or is on its way there."""
    if letter.edits is not None:
        return letter.once is None and letters.has_newer_edit(db, letter)
    if not _is_card(letter):
        return False
    subject, _, number = (letter.once or "").rpartition(":")
    subject = subject.split(":card:")[0]
    newer = card_once(subject, letter.address_id, int(number) + 1)
    return find_once(db, newer) is not None


def _is_dead(db: Connection, key: int) -> bool:
    found = letters.find_letter(db, key)
    return found is not None and found.state == "dead"


def _incident_of(db: Connection, letter: Letter) -> Incident | None:
    subject, _, number = (letter.concerns or "").partition(":")
    known = subject in (_DESK, _WOKEN, *_WARNED) and number.isdigit()
    return incidents.find(db, int(number)) if known else None


def _require_still_meant(db: Connection, letter: Letter) -> None:
    """Whoever reads it may still know it. Raises Refused."""
    subject = (letter.concerns or "").partition(":")[0]
    about = _incident_of(db, letter)
    if about is not None:
        _require_hears(db, about, letter, subject)
    if subject in _DECIDED:
        raise _refused("over")
    key = subject_in(db, letter.concerns)[1]
    reported = incidents.find(db, key) if key else None
    # Nobody knows who holds that phone now.
    if reported is not None and reported.quiet:
        raise _refused("over")


def _require_hears(db: Connection, about: Incident, letter: Letter, subject: str) -> None:
    heard: tuple[Recipient, ...] = (Recipient.NEIGHBOURHOOD,)
    if letter.private:
        heard = (Recipient.LEADER, Recipient.TEAM)
    if subject == _WOKEN:
        if about.state != State.NEW.value and letter.edits is None:
            raise _refused("over")
        heard = (Recipient.OFFICER, Recipient.DEPUTY, Recipient.CHIEF)
    wanted = (Recipient.DESK,) if subject == _DESK else heard
    address = get_address(db, letter.address_id)
    for recipient in wanted:
        try:
            return require_hears(db, about, recipient, address)
        except Refused:
            continue
    raise _refused("unbound" if not letter.private else "over")
