"""Until when a warning is in force: so many hours, or a time that was typed. All hours count from
when the warning was begun, so that what was seen is what is sent.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.flows.clock import now_of
from bot.flows.draft import Answer, Draft
from bot.flows.planned_time import option_of, rule_in, value_of
from bot.flows.steps import Option, Reading, Step, asks
from domain.notices import Moment, Text
from domain.patterns import Once
from domain.recurrence import once
from domain.spoken_time import read_time
from domain.wall_clock import instant_of
from domain.warnings import LONGEST

NAME: Final = "until"
# In the context: what is usual for the kind, and when the warning was begun.
KNOWN: Final = "until_known"
BEGUN: Final = "begun"
_HOURS: Final = (3, 6, 12, 24)
_MINUTES: Final = 15
_QUARTER: Final = timedelta(minutes=_MINUTES)


def hours_value(hours: int) -> str:
    """The value of the choice of so many hours."""
    return f"{hours}h"


def until_of(draft: Draft) -> datetime | None:
    """When it expires (aware, UTC); None while nobody said."""
    choice = draft.get(NAME).choice
    if choice.endswith("h") and choice[:-1].isdecimal():
        return _after(draft, int(choice[:-1]))
    rule = rule_in(choice)
    if rule is None or not isinstance(rule.pattern, Once):
        return None
    return instant_of(rule.pattern.on, rule.at)


def _begun(draft: Draft) -> datetime | None:
    """When it was begun. All hours count from there, so that what was seen is what is sent."""
    written = draft.context.get(BEGUN)
    return datetime.fromisoformat(written) if isinstance(written, str) else None


def _after(draft: Draft, hours: int) -> datetime | None:
    begun = _begun(draft)
    if begun is None:
        return None
    at = begun + timedelta(hours=hours)
    past = timedelta(minutes=at.minute % _MINUTES, seconds=at.second, microseconds=at.microsecond)
    return at if not past else at - past + _QUARTER


def _hours(draft: Draft) -> Sequence[Option]:
    usual = _usual(draft).removesuffix("h")
    hours = sorted({*_HOURS, *([int(usual)] if usual.isdecimal() else [])})
    chosen = option_of(draft.get(NAME).choice)
    return (*(_in_hours(draft, each) for each in hours), *((chosen,) if chosen else ()))


def _in_hours(draft: Draft, hours: int) -> Option:
    at = _after(draft, hours)
    said = Moment(at) if at else ""
    label = Text("warning.until.in", {"hours": hours})
    names = (f"{hours} gio", f"{hours} tieng", f"{hours}h", f"{hours} hours", f"in {hours} hours")
    told = Text("warning.until.hours", {"hours": hours, "at": said})
    return Option(hours_value(hours), label, names, told=told)


def _shown_hours(draft: Draft) -> Sequence[str]:
    return [hours_value(each) for each in _HOURS]


def _read_until(draft: Draft, words: str) -> Reading:
    """A time to come, a week away at most."""
    now = now_of(draft) or _begun(draft)
    at = read_time(words, now).at if now else None
    if at is None or now is None or not now < at <= now + LONGEST:
        return Reading(reason=Text("warning.until.unclear"), apart=any(map(str.isdecimal, words)))
    return Reading(answer=Answer(choice=value_of(once(at))))


def _usual(draft: Draft) -> str:
    return str(draft.context.get(KNOWN) or "")


def _known(draft: Draft) -> Answer | None:
    usual = _usual(draft)
    return Answer(choice=usual) if usual else None


UNTIL_STEP: Final = Step(
    NAME, "choice", asks("warning.until.ask"), _hours, shown=_shown_hours, read=_read_until,
    default=_known,
)  # fmt: skip
