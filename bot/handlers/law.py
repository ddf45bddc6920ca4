"""/luat: what somebody asks about the law, answered from what their ward approved, or that nobody
here knows and whom to ask; and the presses below all messages about law items.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from actions.law_answers import Answer, find_answer, find_answers, list_examples
from bot.handlers import campaigns, law_approving, menu
from bot.handlers.numbered import numbered
from bot.handlers.turn import Turn
from domain.errors import Refused
from domain.notices import Button, Notice, Text

# Beside the likeliest: more would be a list to read, not an answer.
_OTHERS: Final = 3
_UNKNOWN: Final = Text("law.unknown", {"controller": Text("house.controller")})


def search(turn: Turn, rest: str) -> None:
    """What fits these words best, with buttons for what may be meant as well; then the open
    question again."""
    if not rest.strip():
        _explain(turn)
        return
    found = find_answers(turn.db, turn.person, rest, turn.bot.wards, turn.now)
    if found:
        turn.say(Notice(found[0].text, _choices(found[1 : _OTHERS + 1])))
    else:
        turn.say(Notice(_UNKNOWN, numbered((Text("law.button.report"), "c:baotin"))))
    menu.go_on_asking(turn)


def on_tap(turn: Turn, rest: str) -> None:
    """A press below a message about law items: `<what>:<which>`. Raises Refused."""
    what, _, which = rest.partition(":")
    act = _TAPS.get(what)
    if act is None or not turn.incoming.private:
        raise Refused("incident.old_button")
    act(turn, which)


def _show(turn: Turn, item: str) -> None:
    answer = find_answer(turn.db, turn.person, item, turn.bot.wards, turn.now)
    turn.say(Notice(answer.text if answer else _UNKNOWN))
    menu.go_on_asking(turn)


def _explain(turn: Turn) -> None:
    examples = list_examples(turn.db, turn.person, turn.bot.wards, turn.now)
    turn.say(Notice(Text("law.how"), _choices(examples)))
    menu.go_on_asking(turn)


def _choices(answers: Sequence[Answer]) -> tuple[tuple[Button], ...]:
    return numbered(*((each.title, f"k:show:{each.item}") for each in answers))


_TAPS: Final[Mapping[str, Callable[[Turn, str], None]]] = {
    "show": _show,
    "ward": law_approving.show,
    "ok": law_approving.approve,
    "no": law_approving.leave,
    "un": law_approving.withdraw,
    "pause": law_approving.pause,
    "resume": law_approving.resume,
    "end": campaigns.stop,
}
