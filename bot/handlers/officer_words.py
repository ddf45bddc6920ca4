"""What an officer may type as a reply instead of pressing: words for each button, compared
without accents. An act's number is its place in domain.incidents.Act, for life.
"""

from collections.abc import Mapping
from typing import Final

from domain.choices import Choice, recognise
from domain.incidents import Act, Destination, Outcome
from domain.text import fold

_FINISHED: Final = (
    "xong", "xong roi", "da xong", "da xong roi", "xu ly xong", "da xu ly xong",
)  # fmt: skip

ACT_WORDS: Final[Mapping[Act, Choice]] = {
    Act.TAKE: Choice(
        ("toi nhan", "i take it"),
        ("nhan tin", "nhan", "ok nhan", "nhan roi", "da nhan", "take", "take it"),
    ),
    Act.SET_OUT: Choice(
        ("dang toi", "on the way"),
        ("dang den", "toi dang toi", "dang di", "di day", "di ngay", "on my way"),
    ),
    Act.ASK: Choice(("hoi nguoi bao", "ask the reporter"), ("hoi", "ask")),
    Act.DEAL: Choice(
        ("da xu ly", "dealt with"),
        ("da giai quyet", "da lam", *_FINISHED, "dealt", "done", "close"),
    ),
    Act.HAND_OVER: Choice(
        ("chuyen noi khac", "pass it on"), ("chuyen", "chuyen tin", "not ours", "pass on")
    ),
}

OUTCOME_WORDS: Final[Mapping[Outcome, Choice]] = {
    Outcome.SETTLED: Choice(("da den noi va giai quyet", "went there and settled it")),
    Outcome.REMINDED: Choice(("da nhac nho tai cho", "gave a reminder on the spot")),
    Outcome.NOT_FOUND: Choice(("da kiem tra khong thay", "checked and found nothing")),
    Outcome.ADVISED: Choice(("da huong dan", "gave advice")),
    Outcome.RECORDED: Choice(("da lap ho so", "put on record")),
}

DESTINATION_WORDS: Final[Mapping[Destination, Choice]] = {
    Destination.FIRE_POLICE: Choice(
        ("canh sat phong chay chua chay 114", "fire and rescue police 114"),
        ("canh sat phong chay chua chay", "fire police", "114", "pccc", "chua chay"),
    ),
    Destination.TRAFFIC_POLICE: Choice(
        ("canh sat giao thong", "traffic police"), ("csgt", "giao thong")
    ),
    Destination.WARD_COMMITTEE: Choice(
        ("uy ban nhan dan phuong", "ward people s committee"), ("ubnd", "uy ban", "phuong")
    ),
    Destination.PROVINCE_POLICE: Choice(
        ("cong an tinh", "provincial police"), ("cat", "ca tinh", "province")
    ),
    Destination.OTHER_WARD: Choice(
        ("cong an phuong khac", "another ward s police"), ("phuong khac", "other ward")
    ),
}

# "hoi bien so xe la gi?": the question follows the word.
QUESTION_WORDS: Final = ("hoi", "ask")


def act_in(words: str) -> Act | None:
    """The act that is meant, by its number or its words, in whatever state the incident is:
    one that is not possible now is refused with the reason. (Numbers that followed the state
    would slide below an officer who types a moment after another.)"""
    at = recognise(words, tuple(ACT_WORDS.values()))
    return None if at is None else tuple(ACT_WORDS)[at]


def question_in(words: str) -> str:
    """The question after "hỏi" or "ask", "" where there is none."""
    first, _, question = words.strip().partition(" ")
    return question.strip() if fold(first) in QUESTION_WORDS else ""
