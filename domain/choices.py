"""How a typed answer finds its button: by number, label, synonym or the start of a label,
and how "dạ vâng ạ" becomes a yes. Every flow can be walked with text alone because of this.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from domain.text import accented, bare, fold, nfc, words

# Fewer letters are too little to go by ("ba" starts both "báo tin" and "ba chẽ").
PREFIX_LETTERS: Final = 4

# Longer ones are no line of any list.
_DIGITS: Final = 3
# No list has a line -1: it is a slip, not a "1" with a dash.
_NEGATIVE: Final = re.compile(r"[-\u2013\u2212]\d+")
_CIRCLED = {0x2460 + n: f" {n + 1} " for n in range(20)} | {
    0x2776 + n: f" {n + 1} " for n in range(10)
}
_NUMBER_WORDS: Final = (
    "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười",
)  # fmt: skip
_ENGLISH_NUMBERS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip
_BEFORE: Final = frozenset(
    words(
        "dạ da vâng vang uh ừ chọn chon bấm bam số so câu cau ý y mục muc tôi toi mình minh em "
        "cháu chau cho là la the number option choose"
    )
)
_AFTER: Final = frozenset(
    words("ạ a ak nhé nhe nha nhá ha em e ad bạn ban anh chị bác cháu chau thôi please pls")
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What one button may be called: its labels (any language) and other words for it."""

    labels: tuple[str, ...]
    synonyms: tuple[str, ...] = ()


def recognise(text: str, choices: Sequence[Choice]) -> int | None:
    """The index of the choice that is meant, or None when it is unclear.

    A number (counted from 1) wins over a label. A label is compared with its accents only
    where leaving them out would make two choices alike.
    """
    if _NEGATIVE.fullmatch(text.strip()):
        return None
    said = accented(nfc(text).translate(_CIRCLED))
    meant = _strip(said.split())
    short = " ".join(meant)
    tries: tuple[Callable[[], int | None], ...] = (
        lambda: _by_digits(said, len(choices)),
        lambda: _by_name(said, choices),
        lambda: _by_digits(short, len(choices)),
        lambda: _by_name(short, choices),
        lambda: _by_number_word(meant, len(choices)),
        lambda: _by_beginning(said, choices),
        lambda: _by_beginning(short, choices),
    )
    return next((found for attempt in tries if (found := attempt()) is not None), None)


def number_in(text: str) -> int | None:
    """The number, in digits or as a word, that is all that is said."""
    if _NEGATIVE.fullmatch(text.strip()):
        return None
    meant = _strip(accented(nfc(text).translate(_CIRCLED)).split())
    short = " ".join(meant)
    if short.isascii() and short.isdecimal():
        return int(short) if len(short) <= _DIGITS else None
    place = _by_number_word(meant, len(_NUMBER_WORDS))
    return None if place is None else place + 1


def without_courtesy(text: str) -> str:
    """The answer in lower case without the polite words around it ("dạ không ạ")."""
    return " ".join(_strip(words(text)))


def _strip(said: list[str]) -> list[str]:
    """Without the polite words around the answer; at least one word stays."""
    start, end = 0, len(said)
    while end - start > 1 and said[start] in _BEFORE:
        start += 1
    while end - start > 1 and said[end - 1] in _AFTER:
        end -= 1
    return said[start:end]


def _by_digits(said: str, count: int) -> int | None:
    if not (said.isascii() and said.isdecimal()) or len(said) > _DIGITS:
        return None
    return int(said) - 1 if 1 <= int(said) <= count else None


def _by_name(said: str, choices: Sequence[Choice]) -> int | None:
    for text, key in _ways(said):
        found = _only(i for i, c in enumerate(choices) if text in map(key, _names(c)))
        if found is not None:
            return found
    return None


def _by_beginning(said: str, choices: Sequence[Choice]) -> int | None:
    for text, key in _ways(said):
        if len(text.replace(" ", "")) < PREFIX_LETTERS:
            continue
        found = _only(
            i for i, c in enumerate(choices) if any(key(n).startswith(text) for n in c.labels)
        )
        if found is not None:
            return found
    return None


def _ways(said: str) -> list[tuple[str, Callable[[str], str]]]:
    """With its accents first, so that they decide between labels that differ by them only."""
    ways: tuple[tuple[str, Callable[[str], str]], ...] = ((said, accented), (fold(said), fold))
    return [(text, key) for text, key in ways if text]


def _names(choice: Choice) -> tuple[str, ...]:
    return choice.labels + choice.synonyms


def _only(found: Iterable[int]) -> int | None:
    several = list(found)
    return several[0] if len(several) == 1 else None


def _by_number_word(said: list[str], count: int) -> int | None:
    if len(said) != 1:
        return None
    for names in (_NUMBER_WORDS, tuple(map(bare, _NUMBER_WORDS)), _ENGLISH_NUMBERS):
        if said[0] in names:
            position = names.index(said[0])
            return position if position < count else None
    return None


_YES: Final = frozenset(
    words(
        "có co vâng vang dạ da ừ ư u ừm uh um uk uhm umk ukm ok oke okê okie okay đúng dung "
        "phải phai chuẩn "
        "chuan đồngý dongy nhấttrí nhattri được duoc đc dc 1 yes yeah yep y sure right correct"
    )
)
_NO: Final = frozenset(
    words(
        "không khong k ko kg khg hok hem hông hong thôi thoi hủy huỷ huy sai đừng dừng 2 no nope "
        "n not cancel wrong"
    )
)
_NOT_YET: Final = frozenset(words("chưa chua"))
_FILLERS: Final = frozenset(
    words(
        "ạ a ak rồi roi r nhé nhe nha nhá em e ad anh chị chi bác bac cháu chau cô chú ông bà bạn "
        "ban tôi toi đâu dau cần can muốn muon gì gi thế the vậy vay ơi oi mà ma luôn luon đấy "
        "day ai thank thanks you cảm ơn cam on it is that s thats"
    )
)
_THUMBS = {0x1F44D: " yes ", 0x1F44E: " no ", 0x2705: " yes ", 0x274C: " no "}
_TWO_WORDS = re.compile(r"\b(đồng ý|dong y|nhất trí|nhat tri)\b")
_FIRST_CLAUSE = re.compile(r"[,.;!\n]")


def yes_or_no(text: str) -> bool | None:
    """Whether the answer is a yes or a no; None for "chưa" (not yet) and all that is unclear.

    A question ("có không?") and an answer that says both are unclear. After a clear first
    word and a comma ("có, hai người ạ") the rest may say anything but the opposite.
    """
    plain = nfc(text).translate(_THUMBS).casefold()
    if _NEGATIVE.fullmatch(plain.strip()):
        return None
    if (whole := _judge(_tokens(plain))) is not None:
        return whole
    head, *rest = _FIRST_CLAUSE.split(plain, maxsplit=1)
    verdict = _judge(_tokens(head)) if rest else None
    if verdict is None or plain.rstrip().endswith("?"):
        return None
    # A digit is a number of people there, not an answer.
    opposite = ((_NO if verdict else _YES) | _NOT_YET) - {"1", "2"}
    return None if opposite.intersection(_tokens(rest[0])) else verdict


def nod(text: str) -> bool | None:
    """A yes or a no that is the whole message: where anything more was said, it is None."""
    plain = nfc(text).translate(_THUMBS).casefold().strip()
    if plain.endswith("?") or _NEGATIVE.fullmatch(plain):
        return None
    return _judge(_tokens(plain))


def _tokens(plain: str) -> list[str]:
    return _TWO_WORDS.sub(lambda pair: pair[0].replace(" ", ""), accented(plain)).split()


def _judge(said: list[str]) -> bool | None:
    """A yes or no when every word is a yes, a no, or a polite filler."""
    if any(word not in _YES | _NO | _NOT_YET | _FILLERS for word in said):
        return None
    weighed = [word for word in said if word not in _FILLERS]
    if not weighed or _NOT_YET.intersection(weighed):
        return None
    if not _NO.intersection(weighed):
        return True
    # "dạ không" is a no, "có không" a question, "không phải" a no.
    polite = {"dạ", "da", "vâng", "vang"}
    while len(weighed) > 1 and weighed[0] in polite:
        weighed.pop(0)
    return False if weighed[0] in _NO else None
