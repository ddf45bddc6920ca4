"""A typed time as plain words that patterns can be written for: one spelling for each thing,
with accents, without, in raw Telex or in English. "Thứ bảy", "thu 7", "T7" and "saturday" all
become "thu 7".
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.spoken.english import ENGLISH, without_english
from domain.text import fold, has_diacritics, nfc, untelex
from domain.text import words as words_of

GAP: Final = "~"
PART: Final = "sang|trua|chieu|toi|evening|dem|khuya"
# Without its accent, "toi" after a week, month or year is "tới".
NEXT: Final = "(?:sau|after|sap toi|toi|sap coming|coming)"

# A number keeps the signs between its digits: 25/12, 19:45, 20.30.
_TOKEN: Final = re.compile(r"\d+(?:[/:.\-]\d+)*|[^\W\d_]+|[,&\-–]")

_DOTTED_HALF: Final = re.compile(r"\b([ap])\.m\b\.?")
_SPACED_SLASH: Final = re.compile(r"(?<=\d)\s*/\s*(?=\d)")

# Words whose accents decide what they mean; without accents they stay ambiguous.
_ACCENTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tối": "evening", "tới": "coming", "tôi": "", "sáu": "6", "bảy": "7", "bẩy": "7",
        "tám": "8", "âm": "lunar", "mốt": "mot2", "bây": "now", "kìa": "kia2", "quá": "",
        "mời": "", "mới": "", "bà": "",
    }
)  # fmt: skip
# These carry no accent; where the rest of the text has some, they are what they seem.
_PLAIN: Final[Mapping[str, str]] = MappingProxyType({"sau": "after", "ngay": "now2"})
# Raw Telex says which accent was meant.
_TELEX: Final[Mapping[str, str]] = MappingProxyType(
    {
        "toois": "evening", "toosi": "evening", "tooi": "", "towis": "coming", "sasu": "6",
        "saus": "6", "baayf": "now", "bayr": "7", "bary": "7", "tams": "8", "tasm": "8",
        "aam": "lunar", "moots": "mot2",
    }
)  # fmt: skip
_KNOWN: Final = frozenset(
    words_of(
        "hom nay mai qua kia mot hai ba bon tu nam sau bay tam chin muoi lam thu chu nhat cn t "
        "tuan thang thg ngay h g gio p ph phut ruoi kem sang trua chieu toi dem khuya nua giua "
        "tieng ram mung mong tet gieng chap nhuan am al lich duong hang moi cac nao cung lan "
        "cach cu cuoi dau tien cung trong den het tru va vao luc giao thua trung vu gio to ong "
        "cong tao noel giang sinh quoc khanh truoc bua pm in this next first second third "
        "fourth last other st nd rd th day jan feb mar apr may jun jul aug sep oct nov dec new "
        "evening lunar dl gui lap tuc luon hung vuong nguyen dan rang khong cho cua nhan giup"
    )
)

_ONES: Final = words_of("mot hai ba bon tu nam sau bay tam chin muoi")
_VALUES: Final[Mapping[str, int]] = MappingProxyType(
    dict(zip(_ONES, (1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10), strict=True))
    | {"lam": 5, "mot2": 1, "6": 6, "7": 7, "8": 8, "after": 6}
)
_ONE: Final = f"({'|'.join(_ONES)})"
# Only beside one of these words is "ba" or "nam" a number; "ngay mot" is the day after next.
_WEEKDAY_NAME: Final = re.compile(r"\bthu (hai|ba|tu|nam|sau|after|bay)\b")
_TENS: Final = re.compile(
    r"\b(?:(hai|ba|bon|tu|nam) )?muoi(?: (mot2|mot|hai|ba|bon|tu|lam|sau|bay|tam|chin|6|7|8))?\b"
)
_AFTER: Final = re.compile(rf"\b(mung|ngay|luc|thang(?! sau)) {_ONE}\b(?! gio\b)")
_BEFORE: Final = re.compile(
    rf"\b(?!bay gio\b){_ONE}"
    r"(?= (?:gio|h|g|ruoi|kem|phut|tieng|tuan|ngay nua|hom nua|lan)\b)"
)
_REWRITTEN: Final = tuple(
    (re.compile(rf"\b(?:{said})\b"), meant)
    for said, meant in (
        ("mong", "mung"),
        ("chu nhat|cn", "thu 8"),
        ("thu nhat", "thu 1"),
        # T9 is September and T7 Saturday, but "ngày 5 T7" is in July.
        (r"(?:thg|t) ([89]|1[0-2]?)", r"thang \1"),
        (r"((?:ngay|mung) \d{1,2}) t ([2-7])", r"\1 thang \2"),
        ("thg", "thang"),
        ("t ([2-7])", r"thu \1"),
        (rf"bay gio(?= (?:{PART}|ruoi|kem|\d))", "7 gio"),
        (r"thang (\d{1,2}|gieng|chap) ngay (\d{1,2}|ram)", r"ngay \2 thang \1"),
        ("nua tieng", "30 phut"),
        ("(?:(?:12|0) (?:h|g|gio) )?nua dem", "24 h"),
        # Where it is to be is no part of the time.
        (r"(?:khu pho|khu|kp|thon|to|ngo|phong) \d{1,3}(?!\S)(?! (?:h|g|gio)\b)", GAP),
        (f"({PART}) qua", r"\1 hom qua"),
        (r"sang (tuan|thang|nam)(?! \d)", r"\1 coming"),
        ("(?:am|lunar) lich|lich (?:am|lunar)|al", "lunar"),
        ("duong lich|lich duong|dl", "solar"),
        (
            r"(?<!thu )((?:\d{1,2}|ram) thang (?:\d{1,2}|gieng|chap)|\d{1,2}/\d{1,2}) am",
            r"\1 lunar",
        ),
        (r"(?<!\d )(?<!hang )(?<!moi )(ngay \d{1,2}) am", r"\1 lunar"),
        (r"(?<!\S)(?<!ngay )(?<!mung )(?<!thang )(\d{1,2}) lunar", r"ngay \1 lunar"),
        (rf"tuan (nay|truoc|{NEXT})(?: ,)? ((?:(?:vao|{PART}) )*)(thu [2-8])", r"\2\3 tuan \1"),
    )
)
_DAY_AFTER_NEXT: Final = re.compile(r"\bngay (?:mot|mot2)\b(?! thang)|\bmot2\b")


def plain_words(text: str) -> str:
    """The text as words and numbers with single spaces; what cannot matter is left out."""
    clean = _SPACED_SLASH.sub("/", _DOTTED_HALF.sub(r"\1m", nfc(text).casefold()))
    marked = has_diacritics(clean)
    said = " ".join(" ".join(_word(token, marked) for token in _TOKEN.findall(clean)).split())
    said = _WEEKDAY_NAME.sub(lambda found: f"thu {_VALUES[found[1]]}", said)
    for pattern, meant in _REWRITTEN:
        said = pattern.sub(meant, said)
    said = _TENS.sub(_tens, said)
    said = _DAY_AFTER_NEXT.sub("ngay kia", said)
    said = _AFTER.sub(lambda found: f"{found[1]} {_VALUES[found[2]]}", said)
    said = _BEFORE.sub(lambda found: str(_VALUES[found[1]]), said)
    return without_english(said)


def _word(token: str, marked: bool) -> str:
    if not token[0].isalpha():
        return token.replace("–", "-")
    if token in _ACCENTED:
        return _ACCENTED[token]
    if marked and token in _PLAIN:
        return _PLAIN[token]
    if not token.isascii():
        return fold(token)
    return _ascii_word(token)


def _ascii_word(token: str) -> str:
    if token in ENGLISH:
        return ENGLISH[token]
    if token in _KNOWN:
        return token
    typed = untelex(token)
    return _TELEX.get(token, typed if typed in _KNOWN else token)


def _tens(found: re.Match[str]) -> str:
    tens = _VALUES[found[1]] if found[1] else 1
    return str(10 * tens + (_VALUES[found[2]] if found[2] else 0))
