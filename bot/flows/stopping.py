"""Words that mean "never mind, do not send it" at any question. They are asked back once, since
people say them of other things too; a plain "hủy" needs no question, for it can be taken back.
"""

from typing import Final

from bot.flows.draft import Draft
from bot.flows.prompt import CANCEL, Prompt
from bot.flows.steps import Flow, Option, Step
from domain.choices import Choice, nod, recognise, without_courtesy
from domain.notices import Text
from domain.phrases import phrase_index, told

_WORDS: Final = (
    "thôi", "thôi không gửi nữa", "thôi không gửi", "không gửi nữa", "không gửi", "đừng gửi",
    "thôi đừng gửi", "thôi không báo nữa", "không báo nữa", "không muốn gửi nữa",
    "không muốn báo nữa", "báo nhầm", "báo nhầm rồi", "gửi nhầm", "gửi nhầm rồi", "nhầm rồi",
    "nhầm", "bấm nhầm", "dừng lại", "thôi bỏ đi", "bỏ đi", "thôi hủy", "thôi hủy đi", "hủy đi",
    "hủy tin", "hủy tin này", "don t send", "dont send", "don t send it", "dont send it",
    "do not send", "do not send it", "never mind", "nevermind", "stop", "by mistake", "my mistake",
    "wrong report",
)  # fmt: skip
_STOP: Final = Option(CANCEL.value, Text("flow.stop.yes"), (*CANCEL.synonyms, "dung", "stop"))
GO_ON: Final = Option(
    "_on", Text("flow.stop.no"), ("viet tiep", "tiep", "tiep tuc", "go on", "continue")
)
_CHOICES: Final = tuple(Choice(option.synonyms) for option in (_STOP, GO_ON))


def asks_to_stop(words: str) -> bool:
    """Whether the whole message says so."""
    text = told(without_courtesy(words))
    end = len(text.folded)
    return any(hit.start == 0 and hit.end == end for hit in phrase_index(_WORDS).hits(text))


def stop_prompt(flow: Flow, step: Step, draft: Draft) -> Prompt:
    """Whether to stop here."""
    sends = flow.home("media") is not None
    return Prompt(
        step=step.name,
        question=Text("flow.stop.send" if sends else "flow.stop.here"),
        choices=(_STOP, GO_ON),
        first=flow.first(draft),
    )


def is_stopped_by(words: str) -> bool | None:
    """What was answered to that; None for anything else, which is then an answer to the
    question that stood open."""
    if asks_to_stop(words):
        return True
    chosen = recognise(words, _CHOICES)
    return nod(words) if chosen is None else chosen == 0
