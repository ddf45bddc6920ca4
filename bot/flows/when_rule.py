"""What is known of when an announcement goes out: its rule, its last day, and the days that are
left out of one that is changed.
"""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from bot.flows.draft import Draft
from bot.flows.planned_time import day_in, rule_in
from domain.patterns import Once
from domain.recurrence import Rule, days_from

NAME: Final = "when"
UNTIL: Final = "until"
# In the context: the days that are left out of one that is changed.
SKIPPED: Final = "skipped"


def rule_of(draft: Draft) -> Rule | None:
    """When it goes out, as it was said; None for at once, and while it is not known."""
    return rule_in(draft.get(NAME).choice)


def planned_rule(draft: Draft) -> Rule | None:
    """The same with the last day that was chosen apart from it."""
    rule = rule_of(draft)
    if rule is None or not repeats(draft):
        return rule
    return replace(rule, until=day_in(draft.get(UNTIL).choice))


def repeats(draft: Draft) -> bool:
    """Whether it goes out more than once."""
    rule = rule_of(draft)
    return rule is not None and not is_once(rule)


def is_once(rule: Rule) -> bool:
    """Whether this rule comes on one day only."""
    return isinstance(rule.pattern, Once)


def skipped_in(draft: Draft) -> list[date]:
    """The days that are left out of what is changed, whatever its times are now."""
    written: Any = draft.context.get(SKIPPED) or []
    return [date.fromisoformat(each) for each in written]


def lost_skips(draft: Draft) -> list[date]:
    """Those of them on which nothing would come now anyway."""
    rule = rule_of(draft)
    return [each for each in skipped_in(draft) if rule is None or not comes_on(rule, each)]


def comes_on(rule: Rule, on: date) -> bool:
    """Whether it comes on this day, were none left out."""
    return next(days_from(rule.pattern, on), None) == on
