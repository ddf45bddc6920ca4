"""A time that was understood, as the value of a choice: the rule itself and what was taken for
granted, never the words, so that reading a draft again later moves nothing.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from bot.flows.steps import Option
from domain.patterns import Once
from domain.recurrence import Rule
from domain.spoken_time import Spoken
from domain.time_echo import echo, say_day
from domain.wall_clock import instant_of

NOW_CHOICE: Final = "now"
_ONCE: Final = "at-"
_RULE: Final = "rule-"
_DAY: Final = "day-"
_ASSUMED: Final = "times.assumed."
# JSON of ours never holds it.
_MARK: Final = "~"


def value_of(rule: Rule, assumed: Sequence[str] = ()) -> str:
    """The rule as a choice's value; one day alone is short enough for a button."""
    notes = (key.removeprefix(_ASSUMED) for key in dict.fromkeys(assumed))
    return _MARK.join((_head(rule), *notes))


def rule_in(value: str) -> Rule | None:
    """The rule that `value_of` wrote; None for every other value."""
    head = value.partition(_MARK)[0]
    try:
        if head.startswith(_ONCE):
            at = datetime.fromisoformat(head.removeprefix(_ONCE))
            return Rule(Once(at.date()), time(at.hour, at.minute))
        if head.startswith(_RULE):
            return Rule.from_json(json.loads(head.removeprefix(_RULE)))
    except (ValueError, AttributeError):
        pass
    return None


def option_of(value: str) -> Option | None:
    """The choice with this value, labelled in both calendars; None for no rule's."""
    rule = rule_in(value)
    if rule is None:
        return None
    assumed = assumed_in(value)
    label = echo(_spoken(rule, ()))
    return Option(value, label, told=echo(_spoken(rule, assumed)))


def assumed_in(value: str) -> tuple[str, ...]:
    """What was taken for granted, as catalogue keys."""
    return tuple(f"{_ASSUMED}{name}" for name in value.split(_MARK)[1:])


def value_of_day(on: date) -> str:
    """A day alone as a choice's value."""
    return f"{_DAY}{on.isoformat()}"


def day_in(value: str) -> date | None:
    """The day that `value_of_day` wrote; None for every other value."""
    try:
        return date.fromisoformat(value.removeprefix(_DAY)) if value.startswith(_DAY) else None
    except ValueError:
        return None


def option_of_day(value: str) -> Option | None:
    """The choice of this day; None for no day's value."""
    on = day_in(value)
    return None if on is None else Option(value, say_day(on))


def _head(rule: Rule) -> str:
    if isinstance(rule.pattern, Once) and rule.until is None and not rule.skips:
        return f"{_ONCE}{rule.pattern.on.isoformat()}T{rule.at:%H:%M}"
    return _RULE + json.dumps(rule.to_json(), separators=(",", ":"), sort_keys=True)


def _spoken(rule: Rule, assumed: tuple[str, ...]) -> Spoken:
    if isinstance(rule.pattern, Once):
        return Spoken(at=instant_of(rule.pattern.on, rule.at), assumed=assumed)
    return Spoken(rule=rule, assumed=assumed)
