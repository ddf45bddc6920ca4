"""An officer turns a card into a warning. Everything has a sensible answer but the two things
that only the officer knows: the words, and whether they show somebody. Three taps send it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from bot.flows.audience_step import AUDIENCE_STEP
from bot.flows.draft import Answer, Draft
from bot.flows.legible import is_legible
from bot.flows.person_shown import person_found, person_known, persons
from bot.flows.person_shown import shows_person as shows_person
from bot.flows.review import review
from bot.flows.steps import Flow, Line, Option, Reading, Step, among, asks
from bot.flows.warning_until import BEGUN, KNOWN, UNTIL_STEP, hours_value
from domain.announcing import WORDS_LIMIT
from domain.kinds import KINDS
from domain.lengths import units
from domain.notices import Text, plain
from domain.warnings import Reach, reach_of, suggestion_key

SUGGESTED: Final = "suggested"
# In the context: the beginning of the suggestion, and the public place where it happened.
SUGGESTION: Final = "suggestion"
PLACE: Final = "public_place"
EMERGENCY: Final = "emergency"
HAZARD: Final = "hazard"
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
    suggestion = _suggestion(draft)
    if given.choice != SUGGESTED:
        return plain(given.words) if given.words else suggestion
    if not given.words:
        return suggestion
    return Text("warning.lines", {"lines": (suggestion, plain(given.words))})


def _suggestion(draft: Draft) -> Text:
    """The fixed words; a place of the ward's own list is named where everybody sees it burn."""
    reach = reach_of(kind_of(draft))
    words, place = Text(suggestion_key(kind_of(draft), reach)), _context(draft, PLACE)
    if not place or reach is not Reach.FREELY:
        return words
    return Text("warning.words.at", {"place": plain(place), "words": words})


def suggested_words(kind: str, place: str) -> Text:
    """What is suggested for an incident of this kind at this public place, "" for none."""
    return _suggestion(Draft("warning", context={"kind": kind, PLACE: place}))


def is_emergency(draft: Draft) -> bool:
    """Whether it rings at any hour."""
    return _severity(draft) == EMERGENCY


def _severity(draft: Draft) -> str:
    chosen = draft.get("severity").choice or _context(draft, "severity")
    return chosen if chosen in (EMERGENCY, HAZARD) else HAZARD


def _context(draft: Draft, name: str) -> str:
    return str(draft.context.get(name) or "")


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
    return Text(key, {"suggestion": _suggestion(draft)})


def _word_options(draft: Draft) -> Sequence[Option]:
    """In the review the words themselves begin the line, not the button's label."""
    begun = _context(draft, SUGGESTION)
    told = Text("warning.words.told", {"words": plain(begun)}) if begun else None
    suggested = _option(SUGGESTED, "warning.words.suggested", "dung loi nay", "dung loi goi y",
                        "goi y", "use these words", "use these")  # fmt: skip
    return (replace(suggested, told=told),)


def _person_known(draft: Draft) -> Answer | None:
    """Our own words alone show nobody: they need no question."""
    return Answer(choice=persons(draft)[0].value) if _is_ours(draft) else person_known(draft)


def _settle_words(draft: Draft) -> Draft:
    """What was said of other words before is not said of ours."""
    return draft.without("person") if _is_ours(draft) else draft


def _is_ours(draft: Draft) -> bool:
    given = draft.get("words")
    return given.choice == SUGGESTED and not given.words and not given.media


def _read_words(draft: Draft, words: str) -> Reading:
    if not is_legible(words):
        return Reading(reason=Text("warning.words.unclear"))
    if units(words) > WORDS_LIMIT:
        return Reading(reason=Text("warning.words.too_long", {"most": WORDS_LIMIT}))
    return Reading(answer=Answer(words=words))


def _option(value: str, key: str, *names: str) -> Option:
    return Option(value, Text(key), names)


_WHERE: Final = replace(
    AUDIENCE_STEP, options=_where_options, default=_where_known,
    ask=asks("warning.where.ask"),
)  # fmt: skip


def _for_second(step: Step) -> Step:
    """Where a second officer must agree, the button says that it goes there and no further."""

    def options(draft: Draft) -> Sequence[Option]:
        send, *others = step.options(draft)
        if shows_person(draft):
            send = replace(send, label=Text("warning.review.send_second"))
        return (send, *others)

    return replace(step, options=options)


WARNING: Final = Flow(
    "warning",
    (
        _WHERE,
        Step(
            "words", "media", _ask_words, _word_options,
            read=_read_words, settle=_settle_words, remark=person_found,
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
            persons, default=_person_known,
        ),
        _for_second(review(
            "warning.review.ask", Text("warning.review.send"),
            ("gui canh bao", "gui", "gui ngay", "send the warning",
             "gui cho dong chi thu hai duyet", "gui cho dong chi thu hai", "gui duyet",
             "send to a second officer for approval", "send to a second officer"),
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
        )),
    ),
    keeps=_NEVER, timed=True,
)  # fmt: skip


def context_of(
    kind: str,
    *,
    emergency: bool,
    hours: int,
    begun: datetime,
    where: str = "",
    place: str = "",
    suggestion: str = "",
) -> Mapping[str, Any]:
    """What the flow starts out with; `where` is the value of a choice of neighbourhoods, `place`
    a public place of the ward's own list, `suggestion` how the suggested words begin."""
    return {
        PLACE: place,
        SUGGESTION: suggestion,
        "kind": kind,
        "severity_known": EMERGENCY if emergency else HAZARD,
        "severity": EMERGENCY if emergency else HAZARD,
        KNOWN: hours_value(hours),
        BEGUN: begun.isoformat(),
        "where_known": where,
    }
