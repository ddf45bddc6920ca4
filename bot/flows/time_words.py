"""Which of somebody's words are no part of a time: what tells something else is neither read as
one nor dropped in silence.
"""

import re
from typing import Final

from domain.text import fold, nfc
from domain.text import words as words_of

# A caption of nothing but these and numbers says when it is to go out; any other tells something.
_TIME_WORDS: Final = frozenset(
    words_of(
        "luc vao gio h g p phut ruoi kem sang trua chieu toi dem khuya nay mai mot kia hom ngay "
        "bay thu hai ba tu nam sau chu nhat cn tuan thang nua toi am duong lich ram mung mong "
        "tet gieng chap nhuan hang moi dau cuoi den dang gui nhe nha a ak luon lap tuc tieng "
        "at on the of every day week month next this today tomorrow tonight morning afternoon "
        "evening am pm now right first last full moon lunar monday tuesday wednesday thursday "
        "friday saturday sunday mon tue wed thu fri sat sun send post it "
        "bon sau tam chin muoi deu khoang "
        "until from"
    )
)
_COURTESY: Final = frozenset(
    words_of("da vang oi em anh chi co chu bac ong chau con toi minh the thi la voi nhi please")
)
_PAIRS: Final = (
    "mot hai|hai ba|ba bon|bon nam|nam sau|sau bay|bay tam|tam chin|chin muoi|muoi muoi mot"
)
# Behind these the first of the two is a day, a month or a year ("thứ hai ba giờ").
_OF_A_DAY: Final = "|".join(("thu", "thang", "ngay", "mung", "mong", "hom", "nam", "muoi"))
_TWO_SAID: Final = re.compile(rf"(?:^|(?<!\S)(?!(?:{_OF_A_DAY}) )\S+ )(?:{_PAIRS}) (?:gio|h)\b")
_TWO_NUMBERS: Final = re.compile(
    r"(?<![\d/.-])\d{1,2}\s*[-–]\s*\d{1,2}\s*(?:h|g|gi\S)\b", re.IGNORECASE
)
_SOME: Final = re.compile(r"\bgio (?:gi|nao) (?:do|day|ay)\b")


def other_words(words: str) -> list[str]:
    """Those that no time has, as they were typed, without courtesies."""
    return [each for each in words.split() if _is_other(each)]


def names_two_hours(words: str) -> bool:
    """Whether no single hour is meant ("hai ba giờ gì đó", "2-3 giờ")."""
    said = fold(words)
    return bool(_TWO_SAID.search(said) or _TWO_NUMBERS.search(nfc(words)) or _SOME.search(said))


def _is_other(word: str) -> bool:
    said = [part for part in fold(word).split() if part.isalpha()]
    return any(part not in _TIME_WORDS and part not in _COURTESY for part in said)
