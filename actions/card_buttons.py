"""The buttons of a police card, with the numbers that may be typed instead: what can be done with
the incident now, and the warning of neighbours, which is no act on the incident itself.
"""

from collections.abc import Mapping
from typing import Final

from domain.incidents import ACTS, Act, State
from domain.notices import Button, Param, Text
from domain.warnings import Reach, reach_of
from storage.tables import Incident

# 1 nhận, 2 đang tới, 3 hỏi, 4 đã xử lý, 5 chuyển, 6 cảnh báo: a number never changes its meaning.
NUMBERS: Final[Mapping[Act, int]] = {act: at for at, act in enumerate(Act, start=1)}
WARNING_NUMBER: Final = len(Act) + 1


def numbered(act: Act) -> Text:
    """A label with the number that may be typed instead: the act's own, in every state."""
    params: dict[str, Param] = {"number": NUMBERS[act], "label": Text(f"card.act.{act.value}")}
    return Text("card.choice", params)


def buttons_of(incident: Incident) -> tuple[tuple[Button, ...], ...]:
    """What is possible in its state, by twos."""
    acts = [act for act in ACTS[State(incident.state)] if _is_possible(incident, act)]
    made = [Button(numbered(act), tap=f"i:{incident.id}:{act.value}") for act in acts]
    made += _warning(incident) if Act.DEAL in acts else ()
    return tuple(tuple(made[start : start + 2]) for start in range(0, len(made), 2))


def _is_possible(incident: Incident, act: Act) -> bool:
    """What an officer typed has nobody to ask."""
    return act is not Act.ASK or incident.recorded_by is None


def _warning(incident: Incident) -> tuple[Button, ...]:
    """One where anything may be said of such an incident, however generally."""
    reach = reach_of(incident.kind, quiet=incident.quiet)
    if incident.withdrawn_at is not None or reach is Reach.NEVER:
        return ()
    params: dict[str, Param] = {
        "number": WARNING_NUMBER,
        "label": Text("warning.card.button"),
    }
    return (Button(Text("card.choice", params), tap=f"w:{incident.id}"),)
