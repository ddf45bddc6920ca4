"""A conversation with the engine as a test tells it: `talk.says(...)`, `talk.taps(...)`.

Every draft goes through JSON between two replies, as it does in the program.
"""

import json
import unicodedata
from collections.abc import Mapping

from bot.flows import FLOWS
from bot.flows.draft import Answer, Draft, JsonValue, Reply
from bot.flows.engine import answer, resume, start
from bot.flows.outcomes import Ask, Outcome, Retry, Review, Switch
from bot.flows.prompt import Prompt
from bot.flows.steps import Option, Step
from domain.notices import Media, Pin
from domain.text import fold
from tests.flows.catalogues import say

KHU: list[JsonValue] = [{"id": n, "name": f"Khu {n}"} for n in range(1, 8)]
PLACES: dict[str, JsonValue] = {
    "3": ["Giếng làng"],
    "5": ["Cổng chợ Mẫu", "Nhà văn hóa khu 5", "Cây đa", "Bến đò"],
}
CONTEXT: dict[str, JsonValue] = {
    "ward": "Phường Mẫu",
    "neighbourhood": {"id": 5, "name": "Khu 5"},
    "neighbourhoods": KHU,
    "landmarks": PLACES,
    "code": "48271936",
    "now": "2026-10-01T03:00:00+00:00",
    "templates": [
        {"id": "power_cut", "title": "Cắt điện", "words": "{khu vực nào} mất điện {khi nào}.",
         "fields": ["khu vực nào", "khi nào"], "sort": "hazard"},
        {"id": "meeting", "title": "Họp khu", "words": "Mời bà con họp {khi nào}.",
         "fields": ["khi nào"], "sort": "ordinary"},
    ],
}  # fmt: skip
UNKNOWN_PLACE: dict[str, JsonValue] = {**CONTEXT, "neighbourhood": None}

PHOTO = Media("photo", "photo-1", 1000)
SECOND_PHOTO = Media("photo", "photo-2", 1000)
VOICE = Media("voice", "voice-1", 1000)
PIN = Pin(20.95, 107.08)


class Talk:
    """`outcome` is the last one, `asked` how many questions have been put so far."""

    def __init__(
        self,
        flow: str,
        context: Mapping[str, JsonValue] = CONTEXT,
        answers: Mapping[str, Answer] | None = None,
    ) -> None:
        self.asked = 0
        self.outcome = self._take(start(FLOWS[flow], context, answers))

    @property
    def draft(self) -> Draft:
        return self.outcome.draft

    @property
    def step(self) -> Step:
        step = FLOWS[self.draft.flow].find(self.draft.step)
        assert step is not None
        return step

    @property
    def prompt(self) -> Prompt:
        assert isinstance(self.outcome, Ask | Retry | Review | Switch), self.outcome
        return self.outcome.prompt

    def seen(self, language: str = "vi") -> str:
        return say(self.prompt.text, language)

    def labels(self, language: str = "vi") -> list[str]:
        return [say(option.label, language) for option in self.prompt.choices]

    def replies(self, reply: Reply) -> Outcome:
        self.outcome = self._take(answer(FLOWS[self.draft.flow], stored(self.draft), reply))
        return self.outcome

    def says(self, *words: str) -> Outcome:
        for each in words:
            self.replies(Reply(text=each))
        return self.outcome

    def taps(self, *values: str) -> Outcome:
        for value in values:
            self.replies(Reply(tap=(self.draft.step, value)))
        return self.outcome

    def sends(self, *media: Media, album: str | None = None, caption: str = "") -> Outcome:
        return self.replies(Reply(text=caption, media=media, album=album))

    def pins(self, pin: Pin = PIN) -> Outcome:
        return self.replies(Reply(pin=pin))

    def resumes(self) -> Outcome:
        self.outcome = resume(FLOWS[self.draft.flow], stored(self.draft))
        return self.outcome

    def option(self, value: str) -> Option:
        """One that is seen, else one on another page."""
        every = (*self.prompt.choices, *self.prompt.moves, *self.step.options(self.draft))
        return next(option for option in every if option.value == value)

    def _take(self, outcome: Outcome) -> Outcome:
        self.asked += isinstance(outcome, Ask | Review | Switch)
        return outcome


def stored(draft: Draft) -> Draft:
    return Draft.from_json(json.loads(json.dumps(draft.to_json())))


def nfd(words: str) -> str:
    return unicodedata.normalize("NFD", words)


def folded(words: str) -> str:
    return fold(words)
