"""Danger comes before everything: words that name one open the alert in any private state, where
one tap sends it (confirming.py); so does /khancap.
"""

from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from actions import conversations, expected
from actions.alerts import find_quiet_case, find_recent_alert
from actions.my_matters import require_my_incident
from actions.wards import Surroundings, surroundings_of
from bot.flows.dangers import danger_told, is_cry
from bot.flows.draft import Answer, Draft, Reply
from bot.handlers import adding, beginning, conversation, menu, number_card, subjects
from bot.handlers.turn import Turn
from domain.danger import Danger
from domain.incidents import is_still_open
from domain.lengths import shortened
from domain.notices import Notice, Text
from domain.quiet import may_belong_to_quiet
from domain.text import fold
from storage import tables
from storage.tables import Incident

# An officer who types what was told by telephone is in no danger.
_NOT_HEARD_IN: Final = frozenset({"recording"})
# Nor is a leader who writes what neighbours shall read of fires and storms.
_WRITES_TO_MANY: Final = frozenset(
    {
        ("announcement", "what"), ("warning", "words"), ("correction", "words"),
        ("cancellation", "words"), ("all_clear", "words"),
    }
)  # fmt: skip
_ABOUT: Final = frozenset({"receipt", "question", "closed"})
# Where a draft notes the dangers that its writer has denied.
_DENIED: Final = "denied"
_SHOWN_HOME: Final = 40


def begin(turn: Turn, rest: str = "") -> None:
    """/khancap: whom to call, and the buttons that tell the police; `rest` is what happens. It
    goes on in the alert that is open."""
    row = subjects.find_draft(turn)
    if row is not None and row.flow == "alert":
        conversation.note_asked(turn, row, None)
        if rest:
            conversation.go_on(turn, row, Reply(rest))
        else:
            conversation.ask_again(turn, row)
        return
    danger = danger_told(rest)
    if danger is not None:
        _ask(turn, row, danger, rest)
        return
    _set_out(turn, row, {}, Answer(), reply=Reply(rest) if rest else None)


def hear(turn: Turn, replied: tables.Outbox | None, *, command: str = "") -> bool:
    """Whether the message names a danger and was taken as that: asked about, or added to an
    alert that it belongs to. `command` is what stood before its words. Raises Refused."""
    words = turn.incoming.text.removeprefix(command)
    danger = danger_told(words)
    if danger is None:
        return False
    row = subjects.find_draft(turn)
    if row is not None and row.flow == "alert":
        conversation.note_asked(turn, row, None)
        return False
    if _goes_there_anyway(turn, row, replied, danger):
        return False
    if not _added(turn, danger):
        _ask(turn, row, danger, words, command, replied)
    return True


def hear_edited(turn: Turn) -> bool:
    """Whether an edited message names a danger of which nobody was asked or told yet; it is
    then asked about. Raises Refused."""
    danger = danger_told(turn.incoming.text)
    row = conversation.find(turn)
    if danger is None or (row is not None and row.flow == "alert"):
        return False
    kind = None if is_cry(danger) else danger.kind_code
    if find_recent_alert(turn.db, turn.person.id, turn.now, kind):
        return False
    return hear(turn, None)


def stop(turn: Turn, draft: Draft) -> bool:
    """It was left: what was open before is asked again; False where nothing was."""
    row = set_aside_for(turn, draft)
    if row is None:
        return False
    conversations.reopen_draft(turn.db, row.id, turn.now)
    conversation.ask_again(turn, row, Text("danger.not_sent"))
    return True


def _goes_there_anyway(
    turn: Turn, row: tables.Draft | None, replied: tables.Outbox | None, danger: Danger
) -> bool:
    """Whether it was denied already, or is an answer about the very alert that it names."""
    if row is not None:
        if row.flow in _NOT_HEARD_IN or _is_post(row, danger):
            return True
        if _is_denied(row, danger, turn.incoming.text):
            return True
        if _is_of(subjects.find_subject(turn, row), danger):
            return True
    about, incident_id = expected.report_in(turn.db, replied)
    if about not in _ABOUT or not incident_id:
        return False
    return _is_of(require_my_incident(turn.db, turn.person.id, incident_id), danger)


def _is_of(incident: Incident | None, danger: Danger) -> bool:
    if incident is None or not is_still_open(incident):
        return False
    same = incident.kind == danger.kind_code or is_cry(danger)
    return same or (incident.quiet and may_belong_to_quiet(danger))


def _is_post(row: tables.Draft, danger: Danger) -> bool:
    """Whether the words of an announcement are asked for; "cứu với" is nobody's."""
    return (row.flow, row.state.get("step")) in _WRITES_TO_MANY and not is_cry(danger)


def _is_denied(row: tables.Draft, danger: Danger, words: str) -> bool:
    """The no may have been a wrong press: only the very same words, and only where they may
    mean something harmless, are not asked about again."""
    denied: Any = (row.state.get("context") or {}).get(_DENIED) or []
    return not danger.certain and _mark(words) in denied


def _added(turn: Turn, danger: Danger) -> bool:
    """To the alert of the same danger that is an hour old at most, or as the answer to the
    officer who asked about it. Never a second alert for the same. To a quiet one goes all that
    people do, as long as its chat still tells of it; afterwards nothing may be said of it
    without its code, so that it is asked about anew, with the number first."""
    db, person = turn.db, turn.person
    question = expected.find_question(db, turn.address.id, turn.now)
    answers = question is not None and _is_of(question, danger)
    code = None if is_cry(danger) else danger.kind_code
    incident = question if answers else find_recent_alert(db, person.id, turn.now, code)
    if may_belong_to_quiet(danger):
        incident = incident or find_quiet_case(db, person.id, turn.address.id, turn.now)
    if incident is None:
        return False
    adding.add(turn, incident, adding.said(turn), answers=answers, loose=incident.quiet)
    menu.go_on_asking(turn)
    return True


def _ask(
    turn: Turn,
    row: tables.Draft | None,
    danger: Danger,
    words: str,
    command: str = "",
    replied: tables.Outbox | None = None,
) -> None:
    """One tap tells a real danger from "đang chạy"."""
    incoming = turn.incoming
    newest = replied or expected.find_newest(turn.db, turn.address.id)
    known = {
        "kind": "" if is_cry(danger) else danger.kind_code,
        "certain": danger.certain,
        "command": command,
        "newest": newest.id if newest else None,
        "reply_to": incoming.reply_to,
        "quiet": _follows_quiet(turn, danger),
    }
    told = Answer(words=words.strip(), media=incoming.media, pin=incoming.pin)
    _set_out(turn, row, known, told)


def _follows_quiet(turn: Turn, danger: Danger) -> bool:
    """Who alerted quietly within the hour is treated like that again."""
    code = None if may_belong_to_quiet(danger) else danger.kind_code
    found = find_recent_alert(turn.db, turn.person.id, turn.now, code, quiet=True)
    return found is not None


def _set_out(
    turn: Turn,
    row: tables.Draft | None,
    known: dict[str, Any],
    told: Answer,
    reply: Reply | None = None,
) -> None:
    """Begin the alert. What stood open is set aside without a word; it is taken up again unless
    the alert is sent."""
    around = surroundings_of(turn.db, turn.person, turn.bot.wards)
    if not around.wards:
        turn.say(Notice(Text("command.no_ward_yet")))
        return
    if row is not None:
        conversations.end_draft(turn.db, row.id, "cancelled", turn.now)
        known = {**known, "over": row.id}
    context = {**beginning.context_of(around), "home": home_of(turn, around), **known}
    answers = {"what": told} if told != Answer() else {}
    conversation.begin(turn, "alert", context, answers, reply, album=turn.incoming.album)
    number_card.show(turn, str(known.get("kind") or ""), reply.text if reply else told.words)


def home_of(turn: Turn, around: Surroundings) -> str:
    """Where this person lives, as they see it on a button; "" where they did not leave it."""
    if not turn.person.house:
        return ""
    near = around.neighbourhood
    parts = (turn.person.house, near.name if near else "")
    return shortened(", ".join(part for part in parts if part), _SHOWN_HOME)


def set_aside_for(turn: Turn, draft: Draft) -> tables.Draft | None:
    """What stood open when this alert began."""
    over = draft.context.get("over")
    if not isinstance(over, int):
        return None
    return conversations.find_set_aside(turn.db, turn.address.id, over)


def _mark(words: str) -> str:
    """Words as they are compared; a mark is enough, and keeps none of them."""
    return sha256(fold(words).encode()).hexdigest()[:16]


def note_denied(turn: Turn) -> None:
    """The same words are not asked about again in this conversation."""
    row = conversation.find(turn)
    if row is None or row.flow == "alert":
        return
    draft = conversation.read(row)
    before: Any = draft.context.get(_DENIED) or []
    context = {**draft.context, _DENIED: sorted({*before, _mark(turn.incoming.text)})}
    conversation.keep(turn, row, replace(draft, context=context))
