"""/thongbao: a leader, an officer or the ward writes to neighbourhoods. The post is shown exactly
as it will be seen before anything is sent.
"""

from datetime import datetime
from typing import Any

from actions.announcement_face import messages_of
from actions.announcement_reach import own_hours, reach_of, waits_until
from actions.announcement_view import view_of
from actions.announcing import Planned, change, planned_of, preview_of, schedule_announcement
from actions.audiences import count_reached
from actions.codes import unused_code
from actions.conversations import has_answers
from actions.wards import Surroundings
from bot.flows.announcement import CHANGED
from bot.flows.draft import Draft, Reply
from bot.flows.heard import HOURS, URGENT, heard_at
from bot.flows.outcomes import Outcome, Retry, Review
from bot.flows.when_rule import SKIPPED, is_once
from bot.handlers import conversation
from bot.handlers.announced import (
    answers_of,
    context_of,
    places_in,
    planned_in,
    templates_for,
)
from bot.handlers.turn import Turn
from domain.announcing import State
from domain.codes import spoken
from domain.errors import Refused
from domain.notices import Button, Notice, Param, Text
from domain.recurrence import next_after
from domain.time_echo import say_instant, say_rule
from storage.announcement_tables import Announcement

_CODE = "code"
_REVIEW = "review"


def begin(turn: Turn, rest: str = "") -> None:
    """/thongbao, with words, photos and files behind it or not. Raises Refused."""
    incoming = turn.incoming
    begin_with(turn, Reply(rest, incoming.media, incoming.album))


def begin_with(turn: Turn, told: Reply) -> None:
    """The same with what was said already. Raises Refused."""
    around = reach_of(turn.db, turn.person.id, turn.bot.wards)
    row = conversation.find(turn)
    if told == Reply() and row is not None and row.flow == "announcement" and has_answers(row):
        conversation.ask_again(turn, row, Text("announcing.going_on"))
        return
    templates = templates_for(turn.person.locale, turn.now)
    code = unused_code(turn.db, turn.random_below)
    hours = _hours(turn, around)
    context = context_of(around, code=code, templates=templates, **{HOURS: hours})
    conversation.begin(turn, "announcement", context, reply=None if told == Reply() else told)


def begin_change(turn: Turn, announcement_id: int) -> None:
    """Which line of one that is planned to change. Raises Refused."""
    view = view_of(turn.db, announcement_id, turn.person, turn.now)
    around = reach_of(turn.db, turn.person.id, turn.bot.wards)
    more: dict[str, Any] = {CHANGED: announcement_id, _CODE: view.announcement.code}
    more["templates"] = templates_for(turn.person.locale, turn.now)
    more |= {HOURS: _hours(turn, around), URGENT: _urgent(view.planned)}
    rule = view.planned.rule
    more[SKIPPED] = sorted(each.isoformat() for each in rule.skips) if rule else []
    context = context_of(around, **more)
    answers = answers_of(view.planned, len(around.neighbourhoods))
    ask = Reply(tap=(_REVIEW, "change"))
    conversation.begin(turn, "announcement", context, answers, reply=ask)


def show_post(turn: Turn, before: Draft | None, outcome: Outcome) -> None:
    """The post itself above its review, unless it stands there already."""
    draft = outcome.draft
    if not isinstance(outcome, Review | Retry) or draft.step != _REVIEW or draft.offered:
        return
    stood = before if before and (before.step == _REVIEW or before.editing) else None
    planned = planned_in(draft, turn.now, _changed(turn, draft))
    try:
        if stood is None or stood.answers != draft.answers:
            # Also where only the hour changed: the review says "as above".
            _show(turn, planned, str(draft.context.get(_CODE, "")))
            _tell_reach(turn, planned)
            _tell_full(turn, draft, planned)
    except Refused as refused:
        turn.say(Notice(refused.text))


def _show(turn: Turn, planned: Planned, code: str) -> None:
    """Exactly as it will be seen. Raises Refused."""
    post = preview_of(turn.db, turn.person, planned, code, turn.bot.name, turn.now)
    for each in messages_of(post):
        turn.say(each)


def _tell_reach(turn: Turn, planned: Planned) -> None:
    """How many people it reaches, where it is for a group; no names, and no small number."""
    if not planned.tags:
        return
    found = count_reached(turn.db, planned.ward_code, planned.neighbourhoods, planned.tags)
    key = "announcing.review.few" if found is None else "announcing.review.people"
    params: dict[str, Param] = {} if found is None else {"number": found}
    turn.say(Notice(Text(key, params)))


def _tell_full(turn: Turn, draft: Draft, planned: Planned) -> None:
    """Where a chat has had all posts of its day; that people rest the review itself says."""
    at = next_after(planned.rule, turn.now) if planned.rule else turn.now
    until = waits_until(turn.db, planned, turn.now)
    if at is not None and until is not None and until > heard_at(draft, at):
        turn.say(Notice(Text("announcing.review.full", {"until": say_instant(until)})))


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Plan it, or change what is planned. Raises Refused."""
    before = _changed(turn, draft)
    planned = planned_in(draft, turn.now, before)
    # Before it is put: afterwards it counts itself.
    first = waits_until(turn.db, planned, turn.now)
    if first is None and planned.rule is not None:
        first = next_after(planned.rule, turn.now)
    if before is not None:
        done = change(turn.db, _changed_id(draft), turn.person, planned, turn.now)
        turn.say(_told(draft, done, planned, "changed", first))
        return
    code = str(draft.context.get(_CODE) or "") or None
    done = schedule_announcement(
        turn.db, turn.person, planned, draft_id, turn.bot.name, turn.now, turn.random_below,
        code=code,
    )  # fmt: skip
    turn.say(_told(draft, done, planned, "planned", first))


def stop(turn: Turn, draft: Draft) -> bool:
    """Whoever leaves a change hears that what was planned stays as it was."""
    announcement_id = _changed_id(draft)
    if not announcement_id:
        return False
    try:
        view = view_of(turn.db, announcement_id, turn.person, turn.now)
    except Refused as refused:
        turn.say(Notice(refused.text))
        return True
    text = Text("announcing.kept.no_time")
    if view.coming and view.announcement.state == State.PLANNED.value:
        text = Text("announcing.kept", {"when": say_instant(view.coming[0])})
    turn.say(Notice(text, ((Button(Text("announcing.button.schedule"), "c:lich"),),)))
    return True


def _hours(turn: Turn, around: Surroundings) -> dict[str, list[list[int]]]:
    found = own_hours(turn.db, [each.id for each in around.neighbourhoods])
    return {str(key): each for key, each in found.items()}


def _urgent(planned: Planned) -> bool | str:
    """With which words it does not wait for anybody's rest; True with any."""
    if not planned.sort.is_urgent:
        return False
    return planned.words if planned.template and planned.incident_id is None else True


def _told(
    draft: Draft, done: Announcement, planned: Planned, how: str, first: datetime | None
) -> Notice:
    """What becomes of it now, with when people hear it first; how to see, change and stop it."""
    waits = done.state == State.WAITING.value
    params: dict[str, Param] = {"code": spoken(done.code)}
    if not waits:
        params["places"] = places_in(draft)
    key = "waiting" if waits else how
    if not waits and planned.rule is None:
        key = "later" if first else "now"
    if planned.rule and not waits:
        params["when"] = say_instant(first) if first else say_rule(planned.rule)
        if first and not is_once(planned.rule):
            key = f"{how}_again"
            params["rule"] = say_rule(planned.rule)
    if key == "later" and first:
        params["when"] = say_instant(first)
    buttons = [Button(Text("announcing.button.schedule"), "c:lich")]
    if waits:
        buttons.insert(0, Button(Text("announcing.act.take_back"), f"t:{done.id}:take_back"))
    elif not planned.rule:
        buttons.insert(0, Button(Text("board.button"), f"b:{done.id}"))
        buttons.append(Button(Text("correction.button.correct"), f"x:{done.id}:open"))
    return Notice(Text(f"announcing.done.{key}", params), tuple((each,) for each in buttons))


def _changed(turn: Turn, draft: Draft) -> Planned | None:
    """What stands planned so far, where this changes it. Raises Refused."""
    announcement_id = _changed_id(draft)
    if not announcement_id:
        return None
    view = view_of(turn.db, announcement_id, turn.person, turn.now)
    return planned_of(turn.db, view.announcement)


def _changed_id(draft: Draft) -> int:
    known = draft.context.get(CHANGED)
    return known if isinstance(known, int) else 0
