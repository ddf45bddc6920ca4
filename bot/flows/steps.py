"""What a flow is made of: a table of steps, each with its question and its choices as data.

Whatever a step leaves out has a plain default, so a table reads as the conversation runs.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.flows.draft import Answer, Draft, JsonValue
from domain.notices import Text

StepKind = Literal["choice", "text", "media", "place", "time", "person", "review"]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `synonyms` are words that mean it, in any language, without accents; they
    include its label's, since the engine sees keys only. `opens` are the values of the
    choices that take its place: then it is a way to them and no answer. A `vague` one ("not
    sure") gives way to whatever comes later. `told` is how the review repeats it, where its
    label would not read as a statement."""

    value: str
    label: Text
    synonyms: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    vague: bool = False
    told: Text | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a step makes of typed words: an answer, or closer choices, or why it cannot.

    `tells` says that the words hold more than the answer and belong to the story too, `apart`
    that they were meant for this question alone, although it cannot take them.
    """

    answer: Answer | None = None
    offer: tuple[str, ...] = ()
    tells: bool = False
    reason: Text | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Departure:
    """Another flow goes on with these answers; `note` says why."""

    flow: "Flow"
    answers: Mapping[str, Answer]
    context: Mapping[str, JsonValue]
    note: Text | None = None


_DIGIT = re.compile(r"\d")


def _nothing(draft: Draft) -> None:
    return None


def _always(draft: Draft) -> bool:
    return True


def _never(draft: Draft) -> bool:
    return False


def _as_it_is(draft: Draft) -> Draft:
    return draft


def _anything(answer: Answer) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the review; changing it asks `steps`, one after the other. `empty` stands
    where nothing was answered; one that is not `needed` is not there."""

    label: Text
    steps: tuple[str, ...]
    synonyms: tuple[str, ...]
    empty: Text | None = None
    needed: Callable[[Draft], bool] = _always

    @property
    def value(self) -> str:
        """What a tap on "change this line" sends."""
        return f"line-{self.steps[-1]}"


SKIP = Option("", Text("flow.skip"), ("bo qua", "skip", "skip it"))


@dataclass(frozen=True, slots=True)
class Step:
    """One question.

    `ask` words it. `options` are all legal choices and `shown` the values first offered.
    `read` understands typed words that are no choice's. `skip` is the answer of somebody who
    has none. `own_numbers`: names of choices may hold numbers, by which they are then called
    ("Khu 5"). `needed` and `default` say when it need not be asked; a default can be changed
    in the review. `enough` says whether an answer can stand. After an answer, `settle` mends
    others that hang on it, `leads` may leave for another flow, `ends` says that nothing more
    is asked, `remark` is said once.
    `nods` are the values of the choices that a plain yes and a plain no mean. `lines` are a
    review's.
    """

    name: str
    kind: StepKind
    ask: Callable[[Draft], Text]
    options: Callable[[Draft], Sequence[Option]] = lambda draft: ()
    shown: Callable[[Draft], Sequence[str]] | None = None
    read: Callable[[Draft, str], Reading] | None = None
    skip: Option | None = None
    own_numbers: bool = False
    needed: Callable[[Draft], bool] = _always
    default: Callable[[Draft], Answer | None] = _nothing
    enough: Callable[[Answer], bool] = _anything
    settle: Callable[[Draft], Draft] = _as_it_is
    leads: Callable[[Draft], Departure | None] = _nothing
    ends: Callable[[Draft], bool] = _never
    remark: Callable[[Draft], Text | None] = _nothing
    nods: tuple[str, str] | None = None
    lines: tuple[Line, ...] = ()

    @property
    def takes_words(self) -> bool:
        """Whether free words are an answer."""
        return self.kind not in ("choice", "review")

    def find(self, draft: Draft, value: str) -> Option | None:
        """The legal choice with this value."""
        return next((each for each in self.options(draft) if each.value == value), None)

    def offered(self, draft: Draft) -> list[Option]:
        """The choices that stand open now, on all pages."""
        legal = {option.value: option for option in self.options(draft)}
        if not draft.offered and self.shown is None:
            return list(legal.values())
        first = draft.offered or (self.shown(draft) if self.shown else ())
        return [legal[value] for value in first if value in legal]

    def is_numbered(self, draft: Draft) -> bool:
        """Whether a typed number means the place in the list."""
        names = map(own_name, self.offered(draft))
        return not (self.own_numbers and any(map(_DIGIT.search, names)))

    def is_answered(self, draft: Draft) -> bool:
        """False also for a choice that a newer program no longer offers."""
        answer = draft.answers.get(self.name)
        if answer is None or not self.enough(answer):
            return False
        bare = not (answer.words or answer.media or answer.pin)
        skipped = self.skip is not None and answer.choice == self.skip.value
        return skipped or not bare or self.find(draft, answer.choice) is not None


def own_name(option: Option) -> str:
    """The name that is a label of its own, without what stands behind it in brackets; ""
    for a label of the catalogue."""
    return str(option.label.params.get("words", "")).partition(" (")[0]


def asks(key: str) -> Callable[[Draft], Text]:
    """A question that is always the same."""
    return lambda draft: Text(key)


def among(*options: Option) -> Callable[[Draft], Sequence[Option]]:
    """Choices that are always the same."""
    return lambda draft: options


@dataclass(frozen=True, slots=True)
class Flow:
    """A guided conversation. `first` is a line that every question begins with, if any;
    `back` leads from its first question to the flow that it came from. `stop` is the choice
    of leaving it, where "cancel" would say too much; `keeps` how many words a remark beside a
    question must have to be part of the story, `kept` what is said of what was kept so, where
    "added" would sound as if it had been sent. `timed` ones know when each message came
    (clock.py)."""

    name: str
    steps: tuple[Step, ...]
    first: Callable[[Draft], Text | None] = _nothing
    back: Callable[[Draft], Departure | None] = _nothing
    stop: Option | None = None
    keeps: int = 3
    timed: bool = False
    kept: Callable[[Draft], Text | None] = _nothing

    def find(self, name: str) -> Step | None:
        """The step with this name."""
        return next((step for step in self.steps if step.name == name), None)

    def home(self, *kinds: StepKind) -> Step | None:
        """The step that keeps what arrives out of turn: of the first kind that there is."""
        found = (step for kind in kinds for step in self.steps if step.kind == kind)
        return next(found, None)
