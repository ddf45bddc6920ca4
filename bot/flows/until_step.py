"""Until which day an announcement that repeats goes out: said with its time, or in the review."""

from collections.abc import Sequence
from typing import Final

from bot.flows.clock import now_of
from bot.flows.draft import Answer, Draft
from bot.flows.planned_time import option_of_day, value_of_day
from bot.flows.steps import Option, Reading, Step
from bot.flows.when_rule import UNTIL, repeats, rule_of
from domain.notices import Text
from domain.spoken_time import Spoken, read_time

NO_END: Final = "none"
_NONE: Final = Option(
    NO_END, Text("announcing.until.none"),
    ("khong co ngay cuoi", "khong co", "no last day", "no end"),
)  # fmt: skip


def _read_until(draft: Draft, words: str) -> Reading:
    """A day still to come."""
    now = now_of(draft)
    spoken = Spoken() if now is None else read_time(words, now)
    if spoken.past or spoken.on is None:
        return Reading(reason=Text("announcing.until.unclear"), apart=True)
    return Reading(answer=Answer(choice=value_of_day(spoken.on)))


def _last_days(draft: Draft) -> Sequence[Option]:
    chosen = option_of_day(draft.get(UNTIL).choice)
    return (_NONE, chosen) if chosen else (_NONE,)


def _last_day(draft: Draft) -> Answer | None:
    """Said with the time, or none; asked for in the review only."""
    rule = rule_of(draft)
    if rule is None or not repeats(draft):
        return None
    return Answer(choice=value_of_day(rule.until) if rule.until else NO_END)


UNTIL_STEP: Final = Step(
    UNTIL, "choice", lambda draft: Text("announcing.until.ask"), _last_days,
    shown=lambda draft: (NO_END,), read=_read_until, needed=repeats, default=_last_day,
)  # fmt: skip
