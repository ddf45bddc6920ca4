"""The last step of a flow: every line is seen once more, and is sent or changed."""

from collections.abc import Sequence
from typing import Final

from bot.flows.draft import Draft
from bot.flows.steps import Line, Option, Step
from domain.notices import Text

SEND: Final = "send"
_SEND: Final = (
    "gui", "gui di", "gui luon", "gui tin", "ok gui", "ok gui di", "dong y", "send", "send it",
    "ok", "oke",
)  # fmt: skip
_CHANGE: Final = ("sua", "sua mot dong", "sua lai", "thay doi", "change", "change a line", "edit")


def review(ask: str, send: Text, send_words: tuple[str, ...], lines: tuple[Line, ...]) -> Step:
    """The last step: all lines with "send" and "change a line"."""
    changes = tuple(_change(line, number) for number, line in enumerate(lines, start=1))
    sending = Option(SEND, send, (*_SEND, *send_words))

    def options(draft: Draft) -> Sequence[Option]:
        pairs = zip(changes, lines, strict=True)
        shown = tuple(change for change, line in pairs if line.needed(draft))
        opens = tuple(change.value for change in shown)
        return (sending, Option("change", Text("flow.change"), _CHANGE, opens), *shown)

    return Step(
        name="review",
        kind="review",
        ask=lambda draft: Text("flow.change_which" if draft.offered else ask),
        options=options,
        shown=lambda draft: (SEND, "change"),
        nods=(SEND, "change"),
        lines=lines,
    )


def _change(line: Line, number: int) -> Option:
    """A line is called by its name or number, alone or after "sửa"."""
    names = (*line.synonyms, str(number), f"dong {number}", f"line {number}")
    verbs = tuple(f"{verb} {name}" for verb in ("sua", "change", "edit") for name in names)
    return Option(line.value, line.label, (*line.synonyms, *verbs))
