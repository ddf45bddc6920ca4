"""How what people write makes a report more urgent than its kind usually is."""

from typing import Final

from domain.kinds.kind import Kind, phrases
from domain.phrases import PhraseIndex, phrase_index, told
from domain.urgency import Urgency

# Blood and blades make any matter between people an emergency.
_HARM: Final = phrases(
    "cầm dao|rút dao|vác dao|có dao|dí dao|cầm súng|có súng|nổ súng|bị đâm|bị chém|"
    "đang chảy máu|chảy máu nhiều|chảy nhiều máu|máu me|bị thương nặng|có người bị thương|"
    "đang đánh|đánh chết|sắp chết|bất tỉnh|kêu cứu|cứu tôi|cứu với|bóp cổ|giữ con tin|"
    "with a knife|has a knife|has a gun|is bleeding|badly injured|unconscious|help me"
)
_CALM: Final = frozenset({"RESIDENCE", "IDEA", "LOST_FOUND", "EX_OFFENDER", "OFFICIAL"})


def urgency_of(kind: Kind, words: str) -> Urgency:
    """The urgency of a report of this kind told in these words.

    The kind's own level is the default; words that say it goes on now, or that people are
    hurt, raise it. Nothing lowers it: the resident who says less may be in more danger.
    The officer decides in the end.
    """
    urgency = kind.urgency
    text = told(words)
    for raised, index in _indexes(kind):
        if index.found_in(text):
            urgency = urgency.or_more_urgent(raised)
    return urgency


def _indexes(kind: Kind) -> list[tuple[Urgency, PhraseIndex[None]]]:
    own = [(each.urgency, phrase_index(each.words)) for each in kind.raises]
    if kind.code in _CALM:
        return own
    return [*own, (Urgency.P1, phrase_index(_HARM))]
