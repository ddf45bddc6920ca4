"""Which reports must leave no word on the reporter's phone: who hurts them may hold it. And when
somebody may be written to who said when that is safe.
"""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.danger import Danger, danger_in
from domain.recognition import guess_kinds
from domain.routing import asks_neighbours
from domain.text import remembered
from domain.urgency import Urgency

QUIET: Final = frozenset({"DV", "CHILD_ABUSE", "SEXUAL"})
# What people choose for the same: it is then quiet by its words.
_OFTEN_CHOSEN: Final = frozenset(
    {"ASSAULT", "THREAT", "DISORDER", "DISPUTE", "NOISE", "MEDICAL", "OTHER"}
)
# When the reporter may be written to: at any time, by day only, never.
ANY: Final = "any"
DAY: Final = "day"
NONE: Final = "none"
CONTACTS: Final = (ANY, DAY, NONE)
_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY_BEGINS: Final = 8
_DAY_ENDS: Final = 17
_GUESSES: Final = 3


def is_quiet(kind_code: str) -> bool:
    """Whether a report of this kind is handled in quiet mode."""
    return kind_code in QUIET


@remembered
def is_told_quietly(kind_code: str, words: str) -> bool:
    """Whether a report of this kind, told in these words, is handled in quiet mode."""
    return is_quiet(kind_code) or (kind_code in _OFTEN_CHOSEN and _names_quiet(words))


def may_belong_to_quiet(danger: Danger) -> bool:
    """Whether a danger of which somebody writes who has just told of such a thing may be the
    same: anything but what threatens everybody around. A plain cry for help always may."""
    cry = danger.kind_code == "RESCUE" and not danger.certain
    return cry or not asks_neighbours(danger.kind_code, Urgency.P1)


def may_be_quiet(kind_code: str) -> bool:
    """Whether somebody who is hurt at home may have chosen this kind for it."""
    return is_quiet(kind_code) or kind_code in _OFTEN_CHOSEN


def suggests_quiet(words: str) -> bool:
    """Whether words, of whose kind nothing was chosen yet, may tell of such a thing; in doubt
    they do."""
    guesses = guess_kinds(words, _GUESSES) if words else ()
    return _is_quiet_danger(words) or any(is_quiet(guess.kind.code) for guess in guesses)


def contact_of(choice: str, *, quiet: bool) -> str:
    """When to write, as it is stored; whoever did not say is not written to."""
    if not quiet:
        return ANY
    return choice if choice in CONTACTS else NONE


def wait_until(contact: str, now: datetime) -> datetime | None:
    """The instant (UTC) before which nothing may be sent; None where it may be at once. By day
    is from 8:00 to 17:00 in Quảng Ninh."""
    here = now.astimezone(_ZONE)
    if contact != DAY or _DAY_BEGINS <= here.hour < _DAY_ENDS:
        return None
    day = here if here.hour < _DAY_BEGINS else here + timedelta(days=1)
    morning = day.replace(hour=_DAY_BEGINS, minute=0, second=0, microsecond=0)
    return morning.astimezone(now.tzinfo)


def _names_quiet(words: str) -> bool:
    best = guess_kinds(words, 1) if words else ()
    named = any(guess.certain and is_quiet(guess.kind.code) for guess in best)
    return named or _is_quiet_danger(words)


def _is_quiet_danger(words: str) -> bool:
    """Line by line: what was told last must not hide behind what was told first."""
    dangers = (danger_in(line) for line in words.split("\n") if line)
    return any(danger is not None and is_quiet(danger.kind_code) for danger in dangers)
