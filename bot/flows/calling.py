"""The number to call, as the first line of every question while somebody may be in danger."""

from typing import Final

from bot.flows.dangers import is_other_danger, urgency_in, words_of
from bot.flows.draft import Draft
from domain.danger import danger_in
from domain.kinds import KINDS, Kind
from domain.notices import Text
from domain.urgency import Urgency

# What "call this as well" is said for; a kind's other numbers are not for emergencies.
_ALSO: Final = frozenset({"111", "112", "113", "115", "02253759508"})
_FIRST: Final = frozenset({"111", "112", "113", "114", "115"})
_POLICE: Final = "113"


def call_line(kind: Kind | None, draft: Draft) -> Text | None:
    """The numbers of the danger that any of the words name, or of an urgent kind."""
    danger = danger_in(words_of(draft))
    if kind and danger and danger.certain and is_other_danger(kind, danger):
        return _call(KINDS[danger.kind_code].numbers)
    if kind and urgency_in(kind, draft) is Urgency.P1:
        return _call(kind.numbers)
    if danger:
        return _call(KINDS[danger.kind_code].numbers)
    return None


def call_first(kind: Kind, draft: Draft) -> Text:
    """The same where it is known that somebody is in danger: never without a number."""
    return call_line(kind, draft) or _call(kind.numbers)


def call_for_safety(who: str) -> Text:
    """The numbers for somebody who is hurt or threatened (`who`: child, violence, threat)."""
    return _call(("111", "113") if who == "child" else ("113", "115"))


def _call(numbers: tuple[str, ...]) -> Text:
    known = [each for each in numbers if each in _FIRST | _ALSO]
    first, *others = known if known and known[0] in _FIRST else [_POLICE, *known]
    line = Text(f"report.first.{first}")
    also = next((Text(f"report.also.{each}") for each in others if each in _ALSO), None)
    return Text("report.first.two", {"first": line, "also": also}) if also else line
