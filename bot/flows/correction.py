"""What follows a post that people have read: other words for it, its cancellation, the all-clear,
or a later end. Each is seen once more, as it will be posted, before anything changes.

The handler shows the short message itself above the review (bot/handlers/corrections.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.legible import is_legible
from bot.flows.person_shown import person_found, person_known, persons
from bot.flows.person_shown import shows_person as shows_person
from bot.flows.review import review
from bot.flows.steps import SKIP, Flow, Line, Option, Reading, Step, asks
from bot.flows.warning_until import UNTIL_STEP
from domain.announcing import WORDS_LIMIT
from domain.lengths import units
from domain.notices import Text, plain

# What is said beside a question never gets into a post unseen.
_NEVER: Final = 1_000_000
_SUGGESTED: Final = "suggested"
# A reason is a line, not a second post.
_REASON_LIMIT: Final = 300


def words_of(draft: Draft) -> Text:
    """What is said: of a cancellation with its reason, of an all-clear the suggestion or one's
    own words."""
    given = draft.get("words")
    if draft.flow == "cancellation":
        reason = (Text("correction.cancel.reason", {"reason": given.words}),)
        lines = (Text("correction.cancel.words"), *(reason if given.words else ()))
        return Text("correction.lines", {"lines": lines})
    if draft.flow == "all_clear" and not given.words:
        return _suggestion(draft)
    return plain(given.words)


def _suggestion(draft: Draft) -> Text:
    known = str(draft.context.get("clear") or "other")
    return Text(f"correction.clear.words.{known}")


def _read(draft: Draft, words: str) -> Reading:
    if not is_legible(words):
        return Reading(reason=Text("announcing.what.unclear"))
    if units(words) > WORDS_LIMIT:
        return Reading(reason=Text("announcing.what.too_long", {"most": WORDS_LIMIT}))
    return Reading(answer=Answer(words=words))


def _read_reason(draft: Draft, words: str) -> Reading:
    said = " ".join(words.split())
    if not is_legible(said) or units(said) > _REASON_LIMIT:
        return Reading(reason=Text("correction.cancel.unclear", {"most": _REASON_LIMIT}))
    return Reading(answer=Answer(words=said))


def _ask_clear(draft: Draft) -> Text:
    return Text("correction.clear.ask", {"suggestion": _suggestion(draft)})


def _suggested(draft: Draft) -> Sequence[Option]:
    return (
        Option(
            _SUGGESTED, Text("correction.clear.suggested"),
            ("dung loi nay", "dung loi goi y", "goi y", "use these words", "use these"),
        ),
    )  # fmt: skip


def _may_name(draft: Draft) -> bool:
    """Asked of words of one's own about an incident; and of those of a cancellation or an
    all-clear for many neighbourhoods, since nobody else looks at them otherwise."""
    many = draft.flow != "correction" and bool(draft.context.get("several"))
    own = bool(draft.get("words").words)
    return own and (many or bool(draft.context.get("incident")))


_PERSON: Final = Step(
    "person", "choice", asks("correction.person.ask"), persons,
    needed=_may_name, default=person_known,
)  # fmt: skip
_WORDS: Final = Line(
    Text("correction.line.words"), ("words",), ("loi", "loi moi", "noi dung", "words", "new words")
)
_PEOPLE: Final = Line(
    Text("warning.line.person"), ("person",),
    ("neu nguoi mat bien so", "neu nguoi", "nguoi", "shows a person face or plate",
     "shows a person", "person"),
    needed=_may_name,
)  # fmt: skip
_REASON: Final = Line(
    Text("correction.line.reason"), ("words",), ("ly do", "reason"),
    empty=Text("correction.cancel.none"),
)  # fmt: skip

CORRECTION: Final = Flow(
    "correction",
    (
        Step("words", "text", asks("correction.words.ask"), read=_read, remark=person_found),
        _PERSON,
        review("correction.review.ask", Text("correction.review.send"),
               ("dang dinh chinh", "dinh chinh", "dang", "post the correction", "post"),
               (_WORDS, _PEOPLE)),
    ),
    keeps=_NEVER,
)  # fmt: skip

CANCELLATION: Final = Flow(
    "cancellation",
    (
        Step("words", "text", asks("correction.cancel.ask"), read=_read_reason,
             skip=replace(SKIP, label=Text("correction.cancel.no_reason"),
                          synonyms=(*SKIP.synonyms, "khong noi ly do", "khong co ly do",
                                    "no reason", "give no reason")),
             remark=person_found),
        _PERSON,
        review("correction.cancel.review", Text("correction.cancel.send"),
               ("dang tin huy", "dang", "post the cancellation", "post"), (_REASON, _PEOPLE)),
    ),
    keeps=_NEVER,
)  # fmt: skip

ALL_CLEAR: Final = Flow(
    "all_clear",
    (
        Step("words", "text", _ask_clear, _suggested, read=_read, remark=person_found),
        _PERSON,
        review("correction.clear.review", Text("correction.clear.send"),
               ("bao an toan", "dang", "dang tin an toan", "post the all clear", "post"),
               (_WORDS, _PEOPLE)),
    ),
    keeps=_NEVER,
)  # fmt: skip

EXTENSION: Final = Flow(
    "extension",
    (
        replace(UNTIL_STEP, ask=asks("correction.extend.ask"), default=lambda draft: None),
        review("correction.extend.review", Text("correction.extend.send"),
               ("keo dai", "dong y", "extend it"),
               (Line(Text("warning.line.until"), ("until",),
                     ("hieu luc den", "het han", "hieu luc", "in force until", "until")),)),
    ),
    keeps=_NEVER, timed=True,
)  # fmt: skip
