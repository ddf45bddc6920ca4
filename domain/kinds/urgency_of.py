"""How what people write makes a report more urgent than its kind usually is."""

from typing import Final

from domain.danger import danger_in
from domain.kinds.kind import Kind, phrases
from domain.phrases import PhraseIndex, Told, phrase_index, told
from domain.text import remembered
from domain.urgency import Urgency

# Blood and blades make any matter between people an emergency.
_HARM: Final = phrases(
    "cầm dao|rút dao|vác dao|có dao|dí dao|cầm súng|có súng|nổ súng|bị đâm|bị chém|"
    "đang chảy máu|chảy máu nhiều|chảy nhiều máu|máu me|bị thương nặng|có người bị thương|"
    "đang đánh|đánh chết|sắp chết|bất tỉnh|kêu cứu|cứu tôi|cứu với|bóp cổ|giữ con tin|"
    "with a knife|has a knife|has a gun|is bleeding|badly injured|unconscious|help me"
)
_CALM: Final = frozenset({"RESIDENCE", "IDEA", "LOST_FOUND", "EX_OFFENDER", "OFFICIAL"})
# Somebody is being hurt as long as it goes on.
_HURTING: Final = frozenset({"ASSAULT", "DV", "CHILD_ABUSE", "SEXUAL"})
_PAST: Final = phrases(
    "hôm qua|hôm kia|hôm trước|tối qua|đêm qua|tuần trước|tháng trước|năm ngoái|trước đây|"
    "lần trước|ngày nào|thường xuyên|hay chửi|hay đánh|hay dọa|nhiều lần|"
    "yesterday|last night|last week|last month|last year|every day|often|used to|in the past"
)


@remembered
def urgency_of(kind: Kind, words: str, *, going_on: bool = False) -> Urgency:
    """The urgency of a report of this kind told in these words.

    The kind's own level is the default. What raises it: words that say it goes on now, that
    people are hurt, or that name any danger, whatever the kind; and violence of which nothing
    says that it is over (`going_on`: the time that was answered is "now"). Nothing lowers
    it: the resident who says less may be in more danger. The officer decides in the end.
    """
    urgency = kind.urgency.or_more_urgent(_of_danger(kind, words))
    text = told(words)
    if going_on and kind.code in _HURTING and not phrase_index(_PAST).found_in(text):
        return Urgency.P1
    return _raised(kind, urgency, text)


def _of_danger(kind: Kind, words: str) -> Urgency:
    """A fire stays a fire when it was told late, in a report of a broken lamp."""
    danger = danger_in(words)
    if danger is None:
        return Urgency.P4
    is_calm = kind.urgency >= Urgency.P3
    return Urgency.P2 if is_calm and not danger.certain else Urgency.P1


def _raised(kind: Kind, urgency: Urgency, text: Told) -> Urgency:
    for raised, index in _indexes(kind):
        if index.found_in(text):
            urgency = urgency.or_more_urgent(raised)
    return urgency


def _indexes(kind: Kind) -> list[tuple[Urgency, PhraseIndex[None]]]:
    own = [(each.urgency, phrase_index(each.words)) for each in kind.raises]
    if kind.code in _CALM:
        return own
    return [*own, (Urgency.P1, phrase_index(_HARM))]
