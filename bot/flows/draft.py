"""What a conversation has gathered so far, and what a person just sent, as plain values.

A draft is stored as JSON between two messages, so it survives a restart or a week's pause.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from domain.notices import Media, Pin

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered at one step; `words` are the person's own, never changed."""

    choice: str = ""
    words: str = ""
    media: tuple[Media, ...] = ()
    pin: Pin | None = None

    def with_more(self, words: str = "", media: tuple[Media, ...] = ()) -> "Answer":
        """Words on a line of their own and files that are not there yet."""
        lines = [part for part in (self.words, words) if part]
        new = tuple(each for each in dict.fromkeys(media) if each not in self.media)
        return replace(self, words="\n".join(lines), media=self.media + new)

    def to_json(self) -> dict[str, JsonValue]:
        """Only what is set."""
        stored: dict[str, JsonValue] = {}
        if self.choice:
            stored["choice"] = self.choice
        if self.words:
            stored["words"] = self.words
        if self.media:
            stored["media"] = [[each.kind, each.file, each.size] for each in self.media]
        if self.pin:
            stored["pin"] = [self.pin.latitude, self.pin.longitude]
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Answer":
        """The answer that `to_json` wrote."""
        pin = stored.get("pin")
        return cls(
            choice=stored.get("choice", ""),
            words=stored.get("words", ""),
            media=tuple(Media(kind, file, size) for kind, file, size in stored.get("media", ())),
            pin=Pin(*pin) if pin else None,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far, and where the conversation stands.

    `context` is what the bot knew at the start (names of neighbourhoods…). `offered` are the
    values of the choices that stand in place of the step's first ones, `page` which five of
    them are seen. `editing` are the steps that a "change this line" still has to ask.
    `album` is the messenger's group of the last file, whose later files belong with it.
    `stopping`: the question is now whether to stop here.
    """

    flow: str
    step: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    context: Mapping[str, JsonValue] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    page: int = 0
    editing: tuple[str, ...] = ()
    album: str | None = None
    stopping: bool = False

    def get(self, step: str) -> Answer:
        """The answer at this step, an empty one where there is none."""
        return self.answers.get(step, _EMPTY)

    def put(self, step: str, answer: Answer) -> "Draft":
        """With this answer instead of the present one."""
        return replace(self, answers={**self.answers, step: answer})

    def without(self, *steps: str) -> "Draft":
        """With no answer at these steps."""
        kept = {name: answer for name, answer in self.answers.items() if name not in steps}
        return replace(self, answers=kept)

    def at(self, step: str) -> "Draft":
        """Standing at the beginning of this step."""
        return replace(self, step=step, offered=(), page=0)

    def to_json(self) -> dict[str, JsonValue]:
        """A JSON value that `from_json` reads again."""
        return {
            "flow": self.flow,
            "step": self.step,
            "answers": {name: answer.to_json() for name, answer in self.answers.items()},
            "context": dict(self.context),
            "offered": list(self.offered),
            "page": self.page,
            "editing": list(self.editing),
            "album": self.album,
            "stopping": self.stopping,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Draft":
        """The draft that `to_json` wrote, also an older program's: what is missing is empty."""
        answers = stored.get("answers", {})
        return cls(
            flow=stored["flow"],
            step=stored.get("step", ""),
            answers={name: Answer.from_json(answer) for name, answer in answers.items()},
            context=stored.get("context", {}),
            offered=tuple(stored.get("offered", ())),
            page=stored.get("page", 0),
            editing=tuple(stored.get("editing", ())),
            album=stored.get("album"),
            stopping=bool(stored.get("stopping", False)),
        )


_EMPTY = Answer()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person sent: words, files, a pin, or a tap as (step, value)."""

    text: str = ""
    media: tuple[Media, ...] = ()
    album: str | None = None
    pin: Pin | None = None
    tap: tuple[str, str] | None = None
