"""What a press means, by the beginning of what the button sends back; and a number that is
typed below a message with numbered buttons, which presses one of them.
"""

from collections.abc import Callable
from typing import Final

from actions.expected import list_numbered_buttons, list_numbered_labels
from bot.flows.review import SEND
from bot.handlers import (
    audience_tags,
    binding,
    board,
    button_words,
    command_buttons,
    confirmations,
    conversation,
    corrections,
    follow_ups,
    following,
    law,
    mediator,
    menu,
    my_data,
    officer,
    overheard,
    pasting,
    reporter,
    reveals,
    schedule,
    warning,
)
from bot.handlers.turn import Turn
from domain.choices import Choice, number_in, recognise
from domain.notices import Notice, Text
from storage.tables import Outbox

# No list that is typed from is longer; a larger number may answer something else.
_FEW: Final = 9

_TAPS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "f": conversation.on_tap,
    "i": officer.on_tap,
    "r": reporter.on_tap,
    "m": mediator.on_tap,
    "d": my_data.on_tap,
    "c": command_buttons.on_tap,
    "g": binding.on_tap,
    "q": overheard.on_tap,
    "h": following.on_tap,
    "a": follow_ups.on_tap,
    "v": reveals.on_tap,
    "t": schedule.on_tap,
    "b": board.on_tap,
    "w": warning.on_tap,
    "x": corrections.on_tap,
    "k": law.on_tap,
    "n": confirmations.on_tap,
    "s": audience_tags.on_tap,
    "p": pasting.on_tap,
    "l": menu.set_language,
}


def on_tap(turn: Turn, data: str) -> None:
    """A press of the button with this data. Raises Refused."""
    prefix, _, rest = data.partition(":")
    act = _TAPS.get(prefix)
    if act is not None:
        act(turn, rest)
    else:
        turn.pop_up(Text("command.old_button"))


def sends_off(data: str) -> bool:
    """Whether this press ends a conversation by sending what was told in it."""
    return data.startswith("f:") and data.endswith(f":{SEND}")


def on_number(turn: Turn, row: Outbox | None) -> bool:
    """Whether a number, or a label, was typed that means a button of this message, or a number
    of none of its buttons, which is therefore not understood: below a list no number means the
    menu. Raises Refused."""
    typed = turn.incoming.text
    buttons = list_numbered_buttons(row, turn.now)
    at = recognise(typed, _named(turn, row, max(buttons))) if typed and buttons else None
    data = None if at is None else buttons.get(at + 1)
    if data is None:
        return bool(buttons) and _is_missing(turn)
    on_tap(turn, data)
    if turn.tap_answer is not None:
        turn.say(Notice(turn.tap_answer))
    return True


def _named(turn: Turn, row: Outbox | None, count: int) -> list[Choice]:
    """The buttons by what stands on them, in the language in which they were read."""
    labels = list_numbered_labels(row, turn.now)
    said = {n: turn.bot.words_of(label, turn.person.locale) for n, label in labels.items()}
    named = {n: button_words.words_for(label) for n, label in labels.items()}
    return [Choice((said[n],), named[n]) if n in said else Choice(()) for n in range(1, count + 1)]


def on_words(turn: Turn, row: Outbox | None) -> bool:
    """Whether the whole message names a button of this one, numbered or not (see
    button_words.py). Raises Refused."""
    data = button_words.find_pressed(row, turn.incoming.text, turn.now)
    if data is None:
        return False
    on_tap(turn, data)
    if turn.tap_answer is not None:
        turn.say(Notice(turn.tap_answer))
    return True


def _is_missing(turn: Turn) -> bool:
    number = number_in(turn.incoming.text)
    missing = number is not None and number <= _FEW
    if missing and turn.incoming.private:
        menu.say_no_such_number(turn, number or 0)
    return missing
