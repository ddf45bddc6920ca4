"""Every flow can be completed by typing, in every way in which people type."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.flows.outcomes import Finish
from domain.text import fold
from tests.flows.catalogues import say
from tests.flows.talk import UNKNOWN_PLACE, Talk, nfd


@dataclass(frozen=True)
class Picks:
    """A step of a path: this choice, written in the dialect of the walk."""

    value: str


Path = tuple[str | Picks, ...]

PATHS: dict[str, tuple[str, Path, dict[str, str]]] = {
    "report of a theft": (
        "report",
        ("Mất trộm xe máy ở sân nhà", Picks("THEFT"), Picks("5"), Picks("landmark:2"),
         Picks("no"), Picks("send")),
        {"kind": "THEFT", "neighbourhood": "5", "place": "landmark:2", "name": "no",
         "when": "now"},
    ),
    "report by groups": (
        "report",
        ("xxx", Picks("daily"), Picks("NOISE"), Picks("_skip"), "nhà bên", Picks("yes"),
         Picks("send")),
        {"kind": "NOISE", "neighbourhood": "unknown", "name": "yes"},
    ),
    "report with a change": (
        "report",
        ("Mất trộm xe máy", Picks("others"), Picks("danger"), Picks("FIRE"), Picks("later"),
         Picks("4"), Picks("unknown"), Picks("yes"), Picks("change"), Picks("line-when"),
         Picks("yesterday"), Picks("send")),
        {"kind": "FIRE", "place": "unknown", "when": "yesterday"},
    ),
    "dispute kept with the police": (
        "report",
        ("Hàng xóm cãi nhau, lấn đất", Picks("DISPUTE"), Picks("police"), "ngõ 5",
         Picks("no"), Picks("send")),
        {"kind": "DISPUTE", "wish": "police"},
    ),
    "mediation": (
        "mediation",
        (Picks("no"), "Nhà bên xây lấn sang đất", "bà Mẫu", Picks("6"), Picks("weekend"),
         Picks("send")),
        {"safety": "no", "neighbourhood": "6", "meeting": "weekend"},
    ),
    "mediation without a time": (
        "mediation",
        (Picks("no"), "Nhà bên xây lấn sang đất", "bà Mẫu", Picks("1"), Picks("_skip"),
         Picks("change"), Picks("line-meeting"), Picks("any"), Picks("send")),
        {"meeting": "any"},
    ),
    "addition": ("addition", ("biển số 14 gì đó",), {}),
    "ward": (
        "ward",
        ("Móng Cái", Picks("06709"), "Khu 1, Khu 2\nThôn Bắc", Picks("send")),
        {"ward": "06709"},
    ),
    "invitation of a leader": (
        "invite", (Picks("leader"), Picks("3")), {"role": "leader", "neighbourhood": "3"},
    ),
    "enrolment": (
        "enrolment",
        (Picks("3"), Picks("yes"), "số 12 ngõ 5", Picks("yes"), "0912 345 678", Picks("send")),
        {"neighbourhood": "3", "keep_house": "yes", "keep_phone": "yes"},
    ),
    "enrolment of nothing": (
        "enrolment",
        (Picks("_skip"), Picks("no"), Picks("_skip"), Picks("send")),
        {"neighbourhood": "unknown", "keep_house": "no", "keep_phone": ""},
    ),
    "enrolment with a change": (
        "enrolment",
        (Picks("3"), Picks("no"), Picks("no"), Picks("change"), Picks("line-house"),
         Picks("yes"), "số 12 ngõ 5", Picks("send")),
        {"keep_house": "yes", "keep_phone": "no"},
    ),
    "announcement": (
        "announcement",
        ("Họp khu, mời bà con", Picks("3"), Picks("now"), Picks("send")),
        {"where": "3", "when": "now", "reading": "no", "pin": "no"},
    ),
    "announcement by a template, with changes": (
        "announcement",
        (Picks("meeting"), "lúc bảy giờ tối mai", Picks("5"), Picks("now"), Picks("change"),
         Picks("line-reading"), Picks("yes"), Picks("change"), Picks("line-pin"), Picks("days"),
         Picks("send")),
        {"what": "meeting", "where": "5", "reading": "yes", "pin": "days"},
    ),
    "announcement for a group of people": (
        "announcement",
        ("Nhắc khai báo tạm trú cho người thuê", Picks("by_group"), Picks("@landlords"),
         Picks("3@landlords"), Picks("now"), Picks("send")),
        {"where": "3@landlords", "when": "now"},
    ),
    "a group that is pasted by hand": (
        "paste_group", (Picks("3"), "Zalo Khu 3"), {"neighbourhood": "3"},
    ),
    "warning": (
        "warning",
        (Picks("3"), Picks("suggested"), Picks("emergency"), Picks("6h"), Picks("send")),
        {"where": "3", "words": "suggested", "severity": "emergency", "until": "6h"},
    ),
    "warning in the officer's own words": (
        "warning",
        (Picks("all"), "Cháy ở chợ, bà con tránh xa", Picks("hazard"), Picks("24h"),
         Picks("yes"), Picks("change"), Picks("line-severity"), Picks("emergency"),
         Picks("send")),
        {"where": "all", "severity": "emergency", "person": "yes"},
    ),
    "words of prevention": ("prevention", (Picks("send"),), {"confirm": "send"}),
    "invitation of a chat": ("invite", (Picks("chat"), Picks("duty")), {"role": "duty"}),
}  # fmt: skip


def number(talk: Talk, value: str) -> str:
    """As the button is numbered; a name with its own number is called by that."""
    values = [option.value for option in talk.prompt.choices]
    if value not in values:
        return vietnamese(talk, value)
    if talk.prompt.numbered:
        return str(values.index(value) + 1)
    return fold(vietnamese(talk, value)).rsplit(" ", maxsplit=1)[-1]


def vietnamese(talk: Talk, value: str) -> str:
    return say(talk.option(value).label, "vi")


def english(talk: Talk, value: str) -> str:
    return say(talk.option(value).label, "en").upper()


DIALECTS: dict[str, Callable[[Talk, str], str]] = {
    "number": number,
    "polite": lambda talk, value: (
        f"dạ {number(talk, value)} ạ"
        if value in [option.value for option in talk.prompt.choices]
        else vietnamese(talk, value)
    ),
    "vietnamese": vietnamese,
    "without accents": lambda talk, value: fold(vietnamese(talk, value)),
    "decomposed": lambda talk, value: f"  {nfd(vietnamese(talk, value))}.\n",
    "english": english,
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("path", PATHS)
def test_a_flow_is_completed_by_typing(path: str, dialect: str) -> None:
    flow, steps, expected = PATHS[path]
    talk = Talk(flow, UNKNOWN_PLACE)
    for step in steps:
        typed = DIALECTS[dialect](talk, step.value) if isinstance(step, Picks) else step
        talk.says(typed)
    assert isinstance(talk.outcome, Finish)
    chosen = {name: talk.draft.get(name).choice for name in expected}
    assert chosen == expected
    words = [step for step in steps if isinstance(step, str) and step != "Móng Cái"]
    assert sorted(a.words for a in talk.draft.answers.values() if a.words) == sorted(words)


@pytest.mark.parametrize(
    ("flow", "steps"),
    [
        ("report", ("Mất trộm xe máy", Picks("THEFT"), Picks("5"), "ngõ 5", Picks("no"))),
        ("report", ("Hàng xóm cãi nhau", Picks("DISPUTE"), Picks("police"), "ngõ 5", Picks("no"))),
        ("mediation", (Picks("no"), "lấn đất", "nhà bên", Picks("2"), Picks("any"))),
        ("ward", ("Cô Tô", "Khu 1")),
    ],
)
def test_at_most_six_questions_lead_to_the_end(flow: str, steps: Path) -> None:
    talk = Talk(flow, UNKNOWN_PLACE)
    for step in steps:
        talk.taps(step.value) if isinstance(step, Picks) else talk.says(step)
    assert talk.asked <= 6
    assert isinstance(talk.taps("send"), Finish)
