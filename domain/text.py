"""How Vietnamese typed on any keyboard becomes comparable: one Unicode form, accents that
can be compared or left out, and raw Telex or VNI keys. Everything that matches people's
words goes through here, so that "Hoà", "Hòa" and "hoa" meet by the same rules everywhere.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

# The same words are looked at from many sides within one turn, and again in each of a report's
# turns, while others write theirs; labels in every turn. In entries: some megabytes at most.
REMEMBERED: Final = 4096
_LONG: Final = 500
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000"), " ")
# Full-width letters and digits come from Chinese and Japanese keyboards near the border.
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# "Ð" (eth) is what some keyboards give for "Đ"; neither is split by NFD.
_ETH = str.maketrans("Ðð", "Đđ")
_CLEAN = str.maketrans(_ZERO_WIDTH | _SPACES | _FULL_WIDTH | dict(_ETH))
_ODD = re.compile(f"[{''.join(map(chr, _CLEAN))}]")
_PLAIN_D = str.maketrans("đĐ", "dD")
_NOT_PLAIN = re.compile(r"[^0-9a-z]+")
_WORDS = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]+")

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"


def _unmarked(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


_LETTERS = "".join(letter for letter in _VOWELS if letter not in "aeiouy") + "đ"
_BARE = str.maketrans({letter: _unmarked(letter) for letter in _LETTERS} | {"đ": "d"})
_HAS_MARK = re.compile(f"[{_LETTERS}]", re.IGNORECASE)

# "hòa" and "hoà" are the same syllable: the tone goes to the second vowel.
_TONE_PLACES = tuple(
    (unicodedata.normalize("NFC", f"{first}{tone}{second}"),
     unicodedata.normalize("NFC", f"{first}{second}{tone}"))
    for first, second in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
)  # fmt: skip


def nfc(s: str) -> str:
    """NFC without invisible characters; odd spaces and full-width letters made plain."""
    if s.isascii():
        return s
    return unicodedata.normalize("NFC", s.translate(_CLEAN) if _ODD.search(s) else s)


@lru_cache(REMEMBERED)
def fold(s: str) -> str:
    """Lower case, no accents, "đ" as "d"; all but letters and digits become one space.

    For keys and comparison only: folding loses meaning ("cháy" and "chạy" become "chay").
    """
    marked = unicodedata.normalize("NFD", nfc(s).translate(_PLAIN_D)).casefold()
    return _NOT_PLAIN.sub(" ", _MARKS.sub("", marked)).strip()


def remembered(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Remember what was answered lately, but about no long text: thousands of those would take
    too much memory."""
    kept = lru_cache(REMEMBERED)(function)

    @wraps(function)
    def asked(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        for each in args:
            if isinstance(each, str) and len(each) > _LONG:
                return function(*args, **named)
        return kept(*args, **named)  # type: ignore[arg-type]

    return asked


@remembered
def accented(s: str) -> str:
    """Like `fold`, but the accents stay; both ways of placing a tone give the same key."""
    kept = " ".join(_WORDS.findall(nfc(s).casefold()))
    if kept.isascii():
        return kept
    for old, new in _TONE_PLACES:
        kept = kept.replace(old, new)
    return kept


def bare(key: str) -> str:
    """An `accented` key without its accents: the words stay in number and order."""
    return key if key.isascii() else key.translate(_BARE)


def words(s: str) -> list[str]:
    """The words in lower case with their accents, without punctuation."""
    return accented(s).split()


def has_diacritics(s: str) -> bool:
    """Whether any Vietnamese letter with a mark, or "đ", occurs."""
    return bool(_HAS_MARK.search(nfc(s)))


_TELEX_DOUBLES = re.compile(r"dd|aa|ee|oo")
_TELEX_HORN = re.compile(r"(?<=[aou])w")
_TELEX_LONE_W = re.compile(r"(?<=[bcdghklmnprstvx])w")
# No Vietnamese syllable has one of these letters after a vowel, or at its end.
_TELEX_TONE = re.compile(r"(?<=[aeiouy])[sfrxj]|(?<=[a-z])[sfrxj](?![a-z])")
_VNI_KEY = re.compile(r"(?<=[a-z])[1-9]+")


def untelex(s: str) -> str:
    """Raw Telex keys as folded letters: "chays nhaf" gives "chay nha".

    A second chance for words that matched nothing; it spoils English words.
    """
    plain = _TELEX_DOUBLES.sub(lambda pair: pair[0][0], s.lower())
    plain = _TELEX_LONE_W.sub("u", _TELEX_HORN.sub("", plain))
    return _TELEX_TONE.sub("", plain)


def unvni(s: str) -> str:
    """Raw VNI keys as folded letters: "cha1y nha2" gives "chay nha". Never for addresses."""
    return _VNI_KEY.sub("", s.lower())
