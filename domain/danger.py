"""Words that say that life is in danger now. They are looked for in every message, in any
state of any conversation, so this must be quick; one tap confirms what is not certain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.phrases import Hit, Phrase, PhraseIndex, Told, phrase_index, told
from domain.text import remembered, untelex, unvni
from domain.traps import HARMLESS


@dataclass(frozen=True, slots=True)
class Danger:
    """The kind of danger that the words speak of; ask before alarming when not certain."""

    kind_code: str
    certain: bool


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a phrase says: a kind or nothing (harmless), and whether it alone is enough."""

    kind_code: str
    enough: bool = True


_CERTAIN: Final = (
    ("FIRE",
     "cháy nhà|nhà cháy|nhà đang cháy|đang cháy|bốc cháy|bốc khói|khói nghi ngút|cháy lớn|"
     "cháy to|cháy rồi|đang bị cháy|báo cháy|có cháy|cháy ở|cháy chợ|cháy quán|cháy bếp|cháy xe|"
     "cháy xưởng|cháy rừng|cháy kho|lửa lan|lửa cháy|lửa bốc|bén lửa|lửa to quá|"
     "nổ bình ga|nổ bình gas|nổ ga|nổ gas|bình ga nổ|rò ga|"
     "rò gas|rò rỉ ga|rò rỉ gas|xì ga|xì gas|hỏa hoạn|house on fire|is on fire|fire at|"
     "there is a fire|gas leak|explosion|on fire"),
    ("ASSAULT",
     "đánh nhau|đâm nhau|chém nhau|đánh chết|cầm dao|rút dao|vác dao|có súng|nổ súng|bị đánh|"
     "bị đâm|bị chém|đâm chém|đánh hội đồng|đang đánh|giết người|truy sát|cầm kiếm|cầm mã tấu|"
     "has a knife|has a gun|stabbed|stabbing|being attacked|beating someone"),
    ("DV",
     "đánh vợ|đánh con|chồng đánh|chồng tôi đánh|chồng em đánh|ck đánh|ck em đánh|bố đánh mẹ|"
     "chồng đang đánh|chồng tôi đang đánh|chồng em đang đánh|ck đang đánh|ck em đang đánh|"
     "chồng lại đánh|ck lại đánh|bố đang đánh|bố dượng đánh|đang đánh vợ|đang đánh con|"
     "chồng bóp cổ|husband is beating|husband beats me"),
    ("ROBBERY",
     "cướp|bị cướp|cướp giật|giật túi|giật điện thoại|giật dây chuyền|giật đồ|trấn lột|"
     "robbery|robbed|being robbed"),
    ("RESCUE",
     "đuối nước|chết đuối|ngã xuống nước|ngã xuống hồ|rơi xuống hồ|ngã xuống ao|rơi xuống ao|"
     "ngã xuống suối|ngã xuống giếng|ngã xuống cống|ngã xuống sông|rơi xuống nước|rơi xuống sông|"
     "rơi xuống giếng|bị nước cuốn|kẹt thang máy|kẹt trong thang máy|sập nhà|nhà sập|"
     "bị vùi lấp|sập lò|sập hầm|drowning|trapped inside"),
    ("SEA_SOS",
     "chìm thuyền|chìm tàu|tàu chìm|thuyền chìm|trôi bè|bè trôi|bè bị trôi|lật thuyền|"
     "thuyền lật|rơi xuống biển|ngã xuống biển|nước vào thuyền|boat is sinking|man overboard"),
    ("MEDICAL",
     "bất tỉnh|bất tỉnh nhân sự|ngất xỉu|bị ngất|ngất rồi|chảy máu đầu|vỡ đầu|"
     "khó thở|ngừng thở|không thở|co giật|ngộ độc|điện giật|bị điện giật|đột quỵ|"
     "tai biến|ngừng tim|hôn mê|sùi bọt mép|chảy nhiều máu|chảy máu nhiều|unconscious|"
     "not breathing|heart attack|call an ambulance"),
    ("SUICIDE_RISK",
     "tự tử|tự sát|muốn chết|nhảy cầu|nhảy lầu|không muốn sống nữa|uống thuốc sâu|treo cổ|"
     "cắt cổ tay|want to die|kill myself|suicide"),
    ("MISSING", "mất tích|đi lạc|bị bắt cóc|bắt cóc|trẻ lạc|kidnapped|missing child"),
    ("DISASTER",
     "sạt lở|ngập nhà|nước dâng|tốc mái|lũ quét|vỡ đê|vỡ đập|landslide|flash flood"),
    ("HAZARD", "dây điện đứt|đứt dây điện|hở điện|dây điện rơi|live wire"),
    ("WEAPON", "bom mìn|quả bom|lựu đạn|quả mìn|thuốc nổ|grenade|bomb"),
    ("TRAFFIC_CRASH", "tai nạn chết người|tai nạn nghiêm trọng|bị xe cán|xe cán người"),
    ("DRUG", "ngáo đá cầm|ngáo đá đập|ngáo đá chém"),
    ("THEFT",
     "trộm đang trong nhà|trộm vào nhà|trộm đột nhập|có trộm vào|trộm đang cạy|"
     "trộm trong nhà|trộm đang ở trong nhà|có trộm trong nhà|thief in my house"),
)  # fmt: skip

# A call for help, or one word with many meanings: somebody must ask.
_ASK: Final = (
    ("RESCUE", "cứu|cứu với|cứu tôi|cứu em|cứu cháu|kêu cứu|cứu mạng|sos|help me"),
    ("FIRE", "cháy|fire"),
    ("WEAPON", "bom|mìn"),
)

# Who is hurt by one of these, or with a weapon in their hand, is hurt at home. Without accents
# "bo" and "vo" mean too many things.
_KIN: Final = phrase_index(
    (
        "chồng", "vợ", "ck", "vk", "bố", "cha dượng", "bố dượng", "dượng", "người yêu", "bo em",
        "bo toi", "bo con", "bo chau", "bo duong", "vo em", "vo toi", "vo chong", "husband",
        "my wife", "my father", "my dad", "stepfather", "boyfriend",
    )
)  # fmt: skip
_BY_PEOPLE: Final = frozenset({"ASSAULT", "DRUG"})
# Of whoever stands right before these it is said that others hurt them.
_SUFFERED: Final = frozenset({"bi", "being", "stabbed"})
_NEAR: Final = 2

# Whole messages of one bare word.
_ALONE: Final = {"chay": "FIRE", "cuu": "RESCUE", "help": "RESCUE", "danh": "ASSAULT"}

_INDEX: Final = PhraseIndex(
    [
        *(Phrase(each, _Sign(code), each == "cướp")
          for code, phrases in _CERTAIN for each in phrases.split("|")),
        *(Phrase(each, _Sign(code, False))
          for code, phrases in _ASK for each in phrases.split("|")),
        *(Phrase(each, _Sign("")) for each in HARMLESS),
    ]
)  # fmt: skip

# In letters; nobody who is in danger writes more.
LOOKED_AT: Final = 16_000
# In words.
_WINDOW: Final = 120
_OVERLAP: Final = 10
_RAW_TELEX = re.compile(r"[a-z][sfrxj](?![a-z])|dd|[aou]w")
_RAW_VNI = re.compile(r"[aeiouy][1-8]|d9")


@remembered
def danger_in(words: str) -> Danger | None:
    """The danger that a message speaks of, or None.

    With accents it is certain. Without them it is certain only where the letters mean
    nothing harmless ("dang chay" may be "đang chạy"); raw Telex and VNI keys are tried last.
    """
    found = [danger for part in _windows(words) if (danger := _danger_in(part))]
    certain = (danger for danger in found if danger.certain)
    return next(certain, found[0] if found else None)


def _windows(words: str) -> Iterator[str]:
    """The whole text, piece by piece: looking through it at once takes the square of its
    length. A piece begins before the last one ends, so that no phrase is cut."""
    said = words[:LOOKED_AT].split()
    for start in range(0, max(1, len(said) - _OVERLAP), _WINDOW - _OVERLAP):
        yield " ".join(said[start : start + _WINDOW])


def _danger_in(words: str) -> Danger | None:
    text = told(words)
    danger = _danger(text)
    if danger is not None or text.marked:
        return danger
    plain = " ".join(text.folded)
    if _RAW_TELEX.search(plain) and (danger := _danger(told(untelex(plain)))):
        return danger
    if _RAW_VNI.search(plain):
        return _danger(told(unvni(plain)))
    return None


def _danger(text: Told) -> Danger | None:
    if len(text.folded) == 1 and text.accented == text.folded and text.folded[0] in _ALONE:
        return Danger(_ALONE[text.folded[0]], certain=False)
    hits = list(_INDEX.hits(text))
    if not hits:
        return None
    harmless = [hit for hit in hits if not hit.about.kind_code]
    signs = [hit for hit in hits if hit.about.kind_code and not _hidden(hit, harmless)]
    if not signs:
        return None
    certain = {id(hit): _is_certain(hit, text, harmless) for hit in signs}
    best = max(signs, key=lambda hit: (certain[id(hit)], hit.exact, hit.end - hit.start))
    code = "DV" if _is_at_home(best, text) else best.about.kind_code
    return Danger(code, certain[id(best)])


def _is_at_home(sign: Hit[_Sign], text: Told) -> bool:
    """Whether a husband, a wife or a father is in it, and not as the one whom others hurt."""
    if sign.about.kind_code not in _BY_PEOPLE:
        return False
    kin = [hit for hit in _KIN.hits(text) if hit.exact or not text.marked]
    if text.folded[sign.start] not in _SUFFERED:
        return bool(kin)
    return any(not 0 <= sign.start - hit.end <= _NEAR for hit in kin)


def _hidden(hit: Hit[_Sign], harmless: list[Hit[_Sign]]) -> bool:
    return any(hit.within(other) for other in harmless)


def _is_certain(hit: Hit[_Sign], text: Told, harmless: list[Hit[_Sign]]) -> bool:
    if not hit.about.enough:
        return False
    if hit.exact:
        return True
    return not text.marked and not any(hit.overlaps(other) for other in harmless)
