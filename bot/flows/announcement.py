"""Somebody who may speak to neighbourhoods says something to them: what, where, when, and then
all of it once more as it will be seen. Everything else has a default and is changed on request.

The handler shows the post itself above the review (bot/handlers/announcing.py).
"""

from dataclasses import replace
from typing import Final

from bot.flows.audience_step import chosen, may_choose
from bot.flows.clock import now_of
from bot.flows.draft import Answer, Draft
from bot.flows.group_step import GROUP_STEP
from bot.flows.heard import heard_at
from bot.flows.line_typed import read_line, settle_line
from bot.flows.post_step import BLANK_STEPS, POST_STEP, shows_person, sort_of
from bot.flows.review import review
from bot.flows.steps import Flow, Line, Option, Step, among, asks
from bot.flows.until_step import UNTIL_STEP
from bot.flows.when_rule import lost_skips, planned_rule, repeats
from bot.flows.when_step import WHEN_STEP
from domain.announcing import needs_second_person
from domain.notices import Param, Text, plain
from domain.recurrence import list_next
from domain.time_echo import say_instant

# What is said beside a question never gets into a post unseen.
_NEVER: Final = 1_000_000
# In the context of one that is changed: which announcement it is.
CHANGED: Final = "announcement"
# Days that a post stays pinned, by the choice's value.
PINNED_DAYS: Final = {"no": 0, "day": 1, "days": 3, "week": 7}

_READING: Final = Step(
    "reading", "choice", asks("announcing.reading.ask"),
    among(
        Option("yes", Text("announcing.reading.yes"),
               ("co hoi", "hoi ba con", "hoi", "ask", "ask them")),
        Option("no", Text("announcing.reading.no"), ("khong hoi", "don t ask", "dont ask")),
    ),
    default=lambda draft: Answer(choice="no"), nods=("yes", "no"),
)  # fmt: skip
_PIN: Final = Step(
    "pin", "choice", asks("announcing.pin.ask"),
    among(
        Option("no", Text("announcing.pin.no"), ("khong ghim", "don t pin", "dont pin")),
        Option("day", Text("announcing.pin.day"), ("ghim 1 ngay", "pin for 1 day")),
        Option("days", Text("announcing.pin.days"), ("ghim 3 ngay", "pin for 3 days")),
        Option("week", Text("announcing.pin.week"), ("ghim 1 tuan", "pin for 1 week")),
    ),
    default=lambda draft: Answer(choice="no"),
)  # fmt: skip


def _ask_review(draft: Draft) -> Text:
    if draft.offered:
        return Text("flow.change_which")
    params: dict[str, Param] = {"above": _above(draft), "below": _below(draft)}
    return Text("announcing.review.ask", params)


def _above(draft: Draft) -> Text:
    """Files are named: their clean copies take a moment and may come below the review."""
    said = _ABOVE[CHANGED in draft.context]
    kinds = {each.kind for each in draft.get("what").media}
    if not kinds:
        return Text(said)
    return Text(f"{said}.{'photo' if kinds == {'photo'} else 'files'}")


def _below(draft: Draft) -> tuple[Text, ...]:
    """What follows from pressing: the next dates, who must agree, that nothing is sent yet."""
    rule, now = planned_rule(draft), now_of(draft)
    coming = list_next(rule, now) if rule and now else []
    lines: tuple[Text, ...] = ()
    if rule and now and not coming:
        lines += (Text("announcing.review.past"),)
    if skips := lost_skips(draft):
        days = plain(", ".join(f"{each:%d/%m/%Y}" for each in skips))
        lines += (Text("announcing.review.skips_lost", {"days": days}),)
    if coming and repeats(draft):
        heard = (say_instant(heard_at(draft, at)) for at in coming)
        dates = tuple(Text("announcing.review.date", {"when": each}) for each in heard)
        lines += (Text("announcing.review.dates", {"dates": dates}),)
    if draft.get("what").pin:
        lines += (Text("announcing.review.pin"),)
    if needs_second_person(sort_of(draft), len(chosen(draft)), shows_person(draft)):
        lines += (Text("announcing.review.second"),)
    return (*lines, Text("announcing.review.not_yet"))


_ABOVE: Final = ("announcing.review.above", "announcing.review.above_changed")
_REVIEW: Final = review(
    "announcing.review.ask", Text("announcing.review.send"),
    ("dang", "dang thong bao", "gui thong bao", "post", "dang di", "ok dang", "ok dang di",
     "dang bai", "dang di nhe", "luu", "luu lai", "luu di", "ok luu", "save", "post it"),
    (
        Line(Text("announcing.line.what"), ("what", *(step.name for step in BLANK_STEPS)),
             ("noi dung", "loi", "what it says", "words")),
        Line(Text("announcing.line.where"), ("where",),
             ("noi nhan", "gui toi", "khu", "sent to", "where"), needed=may_choose),
        Line(Text("announcing.line.when"), ("when",),
             ("luc dang", "gio", "gio dang", "ngay gio", "thoi gian", "goes out", "time", "when")),
        Line(Text("announcing.line.until"), ("until",),
             ("lan cuoi", "ngay cuoi", "ket thuc", "last day", "until", "end"), needed=repeats),
        Line(Text("announcing.line.reading"), ("reading",),
             ("da nam duoc", "xac nhan", "hoi da nam duoc", "confirmation")),
        Line(Text("announcing.line.pin"), ("pin",), ("ghim", "ghim bai", "pin")),
    ),
)  # fmt: skip

ANNOUNCEMENT: Final = Flow(
    "announcement",
    (
        POST_STEP, *BLANK_STEPS, GROUP_STEP, WHEN_STEP, UNTIL_STEP, _READING, _PIN,
        replace(_REVIEW, ask=_ask_review, read=read_line, settle=settle_line),
    ),
    keeps=_NEVER, timed=True,
)  # fmt: skip
