"""What is heard in a neighbourhood's chat, where people talk about everything: a cry for help is
answered, an accusation is not repeated. Where it is not clear, silence is better: who is
answered for nothing stops reading.
"""

import re
from collections.abc import Iterable
from typing import Final

from domain.danger import Danger, danger_in
from domain.kinds.kind import phrases
from domain.phrases import Phrase, PhraseIndex, told
from domain.recognition import guess_kinds

# In words. Nobody who is in danger writes more, and no neighbour who accuses.
_LONGEST: Final = 60
_LINK: Final = re.compile(r"https?://|www\.|\.vn\b|\.com\b", re.IGNORECASE)
# What is over, is read, is practised or is asked about: talk, and no cry.
_TALK: Final = phrases(
    "hôm qua|hôm kia|hôm trước|hôm nọ|tối qua|đêm qua|tuần trước|tháng trước|năm ngoái|năm trước|"
    "hồi trước|ngày xưa|tập huấn|diễn tập|tuyên truyền|thông báo|khuyến cáo|cảnh báo|"
    "phòng cháy|chữa cháy|phòng chống|đọc báo|trên báo|theo báo|trên mạng|trên tivi|xem phim|"
    "bản tin|thời sự|chia sẻ|cộng đồng|ủng hộ|quyên góp|bảo hiểm|khai trương|khuyến mãi|giảm giá|"
    "liên hệ|inbox|zalo bán|cần bán|bán nhà|cho thuê|tuyển|học phí|đã dập|dập được rồi|dập xong|"
    "cháy da cháy thịt|đau đầu muốn chết|deadline|"
    "vi phạm pháp luật|giá vàng|đã tắt|hết cháy|"
    "không sao rồi|ổn rồi|yesterday|last night|last week|fire drill|training"
)
_ASKING: Final = phrases(
    "có ai biết|ai biết|cho hỏi|cho em hỏi|hỏi chút|thế nào ạ|là gì|là ai|phải không|đúng không|"
    "có phải|có thật|thật không|hay sao|nghe nói|nghe đồn|hình như|không biết có|does anyone|"
    "is it true|i heard"
)
_QUESTION: Final = re.compile(
    r"\?|\b(ở đâu|chỗ nào|đâu)\s+(thế|vậy|đấy|ạ|nhỉ)|\b(hả|nhỉ)\s*\W*$", re.IGNORECASE
)
# "Cháy ở đâu thế ạ?" is said by whoever heard of it, not by whoever sees it.
_WHERE: Final = re.compile(r"\b(ở đâu|chỗ nào|o dau|cho nao|where)\b", re.IGNORECASE)
_SHORT: Final = 6
# Kinds by which somebody is accused.
_ACCUSING: Final = frozenset(
    {
        "DRUG", "GAMBLING", "THEFT", "LOAN_SHARK", "SOCIAL_EVIL", "DV", "CHILD_ABUSE", "SEXUAL",
        "STRANGER", "SCAM",
    }
)  # fmt: skip
# Words that point at somebody, or at a house.
_POINTING: Final = phrases(
    "nhà ông|nhà bà|nhà anh|nhà chị|nhà chú|nhà bác|nhà thằng|nhà con|nhà lão|nhà mụ|nhà nó|"
    "nhà số|số nhà|nhà kia|nhà bên|nhà bên cạnh|nhà đối diện|nhà hàng xóm|nhà cuối ngõ|"
    "nhà đầu ngõ|nhà trọ|phòng trọ|quán ông|quán bà|quán anh|quán chị|quán nước|quán karaoke|"
    "thằng cu|thằng con|thằng kia|thằng này|thằng đó|thằng ấy|thằng chồng|thằng nghiện|"
    "con mụ|con kia|con này|con bé kia|mấy thằng|mấy đứa|lũ này|lũ kia|bọn nó|bọn này|bọn kia|"
    "bọn nghiện|chúng nó|tụi nó|hàng xóm|ông ta|bà ta|anh ta|cô ta|lão ấy|ông kia|bà kia|"
    "vợ chồng nhà|cậu con|con trai ông|con trai bà|his house|her house|that house|neighbour"
)
# "ông Tư", but not "anh Nam ơi": whoever is spoken to is not accused.
_NAMED: Final = re.compile(
    r"\b(?i:ông|bà|anh|chị|chú|cô|bác|dì|cậu|thằng|lão|con)((?:\s+\w+){1,3})"
)
_CALLED: Final = frozenset({"ơi", "ạ", "à", "oi", "a"})


def _index(listed: Iterable[str]) -> PhraseIndex[None]:
    return PhraseIndex(Phrase(each, None) for each in listed)


_TALKED_ABOUT: Final = _index(_TALK)
_ASKED_ABOUT: Final = _index(_ASKING)
_POINTED_AT: Final = _index(_POINTING)


def shouted_danger(words: str) -> Danger | None:
    """The danger that somebody cries out about now; None for talk about fires elsewhere."""
    asks_where = len(words.split()) <= _SHORT and _WHERE.search(words)
    danger = None if _is_talk(words) or asks_where else danger_in(words)
    if danger is None or (not danger.certain and _is_asking(words)):
        return None
    return danger


def is_accusation(words: str) -> bool:
    """Whether it accuses a person or a house of what only the police should hear. Only what is
    clear counts: what is asked, told from the news, sold, or said of nobody does not."""
    if _is_talk(words) or _is_asking(words) or danger_in(words) is not None:
        return False
    guess = next(iter(guess_kinds(words, 1)), None)
    if guess is None or not guess.certain or guess.kind.code not in _ACCUSING:
        return False
    return _POINTED_AT.found_in(told(words)) or _names_somebody(words)


def _names_somebody(words: str) -> bool:
    """A name after what one calls people by; names begin with a capital letter."""
    if words.isupper():
        return False
    said = (found[1].split() for found in _NAMED.finditer(words))
    return any(name[0][0].isupper() and not _CALLED & set(name[1:]) for name in said)


def _is_talk(words: str) -> bool:
    long = len(words.split()) > _LONGEST
    return long or bool(_LINK.search(words)) or _TALKED_ABOUT.found_in(told(words))


def _is_asking(words: str) -> bool:
    return bool(_QUESTION.search(words)) or _ASKED_ABOUT.found_in(told(words))
