"""An officer turns a card into a warning. Everything has a sensible answer but the two things
that only the officer knows: the words, and whether they show somebody. Four taps send it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from zlib import crc32

from bot.flows.audience_step import AUDIENCE_STEP
from bot.flows.draft import Answer, Draft
from bot.flows.legible import is_legible
from bot.flows.review import review
from bot.flows.steps import Flow, Line, Option, Reading, Step, among, asks
from bot.flows.warning_until import BEGUN, KNOWN, UNTIL_STEP, hours_value
from domain.announcing import WORDS_LIMIT
from domain.identifying import signs_in
from domain.kinds import KINDS
from domain.lengths import units
from domain.notices import Text, plain
from domain.warnings import Reach, reach_of, suggestion_key

SUGGESTED: Final = "suggested"
EMERGENCY: Final = "emergency"
HAZARD: Final = "hazard"
YES: Final = "yes"
_NO: Final = "no"
# What is said beside a question is no part of a warning.
_NEVER: Final = 1_000_000


def kind_of(draft: Draft) -> str:
    """The kind of the incident behind it."""
    code = str(draft.context.get("kind") or "")
    return code if code in KINDS else "OTHER"


def words_of(draft: Draft) -> Text:
    """What is said: the suggestion, the officer's own words, or both. How severe it is, until
    when it holds and who says it stand around it (actions/announcement_face.py)."""
    given = draft.get("words")
    suggestion = Text(suggestion_key(kind_of(draft), reach_of(kind_of(draft))))
    if given.choice != SUGGESTED:
        return plain(given.words) if given.words else suggestion
    if not given.words:
        return suggestion
    return Text("warning.lines", {"lines": (suggestion, plain(given.words))})


def is_emergency(draft: Draft) -> bool:
    """Whether it rings at any hour."""
    return _severity(draft) == EMERGENCY


def shows_person(draft: Draft) -> bool:
    """Whether a second officer must agree: asked, and never missed in the words."""
    return draft.get("person").choice == YES or _finds_person(draft)


def _severity(draft: Draft) -> str:
    chosen = draft.get("severity").choice or _context(draft, "severity")
    return chosen if chosen in (EMERGENCY, HAZARD) else HAZARD


def _context(draft: Draft, name: str) -> str:
    return str(draft.context.get(name) or "")


def _finds_person(draft: Draft) -> bool:
    public: Any = draft.context.get("public") or ()
    return bool(signs_in(draft.get("words").words, tuple(map(str, public))))


def _known(draft: Draft, step: str) -> Answer | None:
    """What was said on the card, or is usual for the kind."""
    value = _context(draft, f"{step}_known")
    return Answer(choice=value) if value else None


def _where_known(draft: Draft) -> Answer | None:
    return _known(draft, "where") or AUDIENCE_STEP.default(draft)


def _where_options(draft: Draft) -> Sequence[Option]:
    """Those that were named on the card are one choice as well, before they are the answer."""
    known = _known(draft, "where")
    if known is None or draft.get("where").choice:
        return AUDIENCE_STEP.options(draft)
    return AUDIENCE_STEP.options(draft.put("where", known))


def _ask_words(draft: Draft) -> Text:
    careful = reach_of(kind_of(draft)) is Reach.CAREFULLY
    key = "warning.words.careful" if careful else "warning.words.ask"
    suggestion = Text(suggestion_key(kind_of(draft), reach_of(kind_of(draft))))
    return Text(key, {"suggestion": suggestion})


def _read_words(draft: Draft, words: str) -> Reading:
    if not is_legible(words):
        return Reading(reason=Text("warning.words.unclear"))
    if units(words) > WORDS_LIMIT:
        return Reading(reason=Text("warning.words.too_long", {"most": WORDS_LIMIT}))
    return Reading(answer=Answer(words=words))


def _person_found(draft: Draft) -> Text | None:
    return Text("warning.person.found") if _finds_person(draft) else None


def _person_known(draft: Draft) -> Answer | None:
    return Answer(choice=YES) if _finds_person(draft) else None


def _persons(draft: Draft) -> Sequence[Option]:
    """A no is about these words and files alone: with others it is asked again."""
    given = draft.get("words")
    about = f"{_NO}-{len(given.media)}-{crc32(given.words.encode())}"
    return (
        _option(about, "warning.person.no", "khong", "khong neu ai", "khong co ai", "khong co",
                "no", "nobody"),
        _option(YES, "warning.person.yes", "co", "co neu nguoi", "vang", "phai", "yes"),
    )  # fmt: skip


def _option(value: str, key: str, *names: str) -> Option:
    return Option(value, Text(key), names)


_WHERE: Final = replace(
    AUDIENCE_STEP, options=_where_options, default=_where_known,
    ask=asks("warning.where.ask"),
)  # fmt: skip

WARNING: Final = Flow(
    "warning",
    (
        _WHERE,
        Step(
            "words", "media", _ask_words,
            among(_option(SUGGESTED, "warning.words.suggested", "dung loi nay", "dung loi goi y",
                          "goi y", "use these words", "use these")),
            read=_read_words, remark=_person_found,
        ),
        Step(
            "severity", "choice", asks("warning.severity.ask"),
            among(
                _option(EMERGENCY, "warning.severity.emergency", "khan cap bao ca gio nghi",
                        "khan cap", "khan", "emergency rings at any hour", "emergency", "urgent"),
                _option(HAZARD, "warning.severity.hazard", "canh bao de de phong", "canh bao",
                        "de phong", "warning to be careful", "be careful", "warning"),
            ),
            default=partial(_known, step="severity"),
        ),
        UNTIL_STEP,
        Step(
            "person", "choice", asks("warning.person.ask"),
            _persons, default=_person_known,
        ),
        review(
            "warning.review.ask", Text("warning.review.send"),
            ("gui canh bao", "gui", "gui ngay", "send the warning"),
            (
                Line(Text("warning.line.where"), ("where",),
                     ("noi nhan", "gui toi", "khu", "sent to", "where"),
                     needed=AUDIENCE_STEP.needed),
                Line(Text("warning.line.words"), ("words",),
                     ("loi canh bao", "loi", "noi dung", "words")),
                Line(Text("warning.line.severity"), ("severity",),
                     ("muc", "muc do", "how severe", "severity")),
                Line(Text("warning.line.until"), ("until",),
                     ("hieu luc den", "het han", "hieu luc", "in force until", "until")),
                Line(Text("warning.line.person"), ("person",),
                     ("neu nguoi mat bien so", "neu nguoi", "nguoi",
                      "shows a person face or plate", "shows a person", "person")),
            ),
        ),
    ),
    keeps=_NEVER, timed=True,
)  # fmt: skip


def _ask_prevention(draft: Draft) -> Text:
    words = Text(suggestion_key(kind_of(draft), Reach.GENERALLY))
    return Text("warning.general.ask", {"words": words})


# What may not be warned of: nothing of it can be written, only sent or left.
PREVENTION: Final = Flow(
    "prevention",
    (
        Step(
            "confirm", "choice", _ask_prevention,
            among(_option("send", "warning.general.send", "gui ca phuong", "gui", "dong y",
                          "send to the whole ward", "send")),
        ),
    ),
)  # fmt: skip


def context_of(
    kind: str, *, emergency: bool, hours: int, begun: datetime, where: str = ""
) -> Mapping[str, Any]:
    """What the flow starts out with; `where` is the value of a choice of neighbourhoods."""
    return {
        "kind": kind,
        "severity_known": EMERGENCY if emergency else HAZARD,
        "severity": EMERGENCY if emergency else HAZARD,
        KNOWN: hours_value(hours),
        BEGUN: begun.isoformat(),
        "where_known": where,
    }
