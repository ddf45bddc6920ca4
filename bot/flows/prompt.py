"""The question that stands open as a value, and how it becomes a message with buttons.

Five choices at most are seen at once, numbered as they may be typed; one row below them moves
back, skips or cancels. A tap carries the step, so that an old button can be told from a new.
"""

from dataclasses import dataclass, replace
from typing import Final, Protocol

from bot.flows.steps import Option
from domain.notices import Button, Notice, Text

BACK: Final = Option(
    "_back", Text("flow.back"), ("lui", "lui lai", "quay lai", "tro lai", "back", "go back")
)
KEEP: Final = Option("_skip", Text("flow.keep"), ("giu nguyen", "keep", "keep it", "keep this"))
CANCEL: Final = Option("_cancel", Text("flow.cancel"), ("huy", "huy bo", "cancel"))
MORE: Final = Option("_more", Text("flow.more"), ("xem them", "them", "more", "show more"))


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. `first` is the number to call and stands above everything else; `notes`
    are said before the question; `moves` are the row below the choices. `numbered` is false
    where the choices have numbers of their own ("Khu 5")."""

    step: str
    question: Text
    choices: tuple[Option, ...] = ()
    moves: tuple[Option, ...] = ()
    first: Text | None = None
    notes: tuple[Text, ...] = ()
    numbered: bool = True

    @property
    def text(self) -> Text:
        """All that is said, with an empty line between its parts."""
        above = (self.first, *self.notes) if self.first else self.notes
        parts = tuple(Text("flow.above", {"text": part}) for part in above)
        return Text("flow.prompt", {"lines": (*parts, self.question)})

    def noting(self, *notes: Text | None) -> "Prompt":
        """With more notes, above those that there are."""
        more = tuple(note for note in notes if note)
        return replace(self, notes=(*more, *self.notes)) if more else self


class Asked(Protocol):
    """An outcome that leaves a question open: Ask, Retry, Review, Switch."""

    @property
    def prompt(self) -> Prompt:
        """The question."""


def notice_of(outcome: Asked, draft_id: int) -> Notice:
    """The question as a message; taps are `f:<draft_id>:<step>:<value>`, at most 64 bytes."""
    prompt = outcome.prompt

    def button(option: Option, label: Text) -> Button:
        return Button(label, tap=f"f:{draft_id}:{prompt.step}:{option.value}")

    choices = tuple(
        (button(option, _numbered(option.label, number) if prompt.numbered else option.label),)
        for number, option in enumerate(prompt.choices, start=1)
    )
    moves = tuple(button(option, option.label) for option in prompt.moves)
    return Notice(text=prompt.text, buttons=(*choices, moves) if moves else choices)


def _numbered(label: Text, number: int) -> Text:
    return Text("flow.numbered", {"number": number, "label": label})
