"""Plain words while nothing is open: they may follow from what was said last, an officer's
question, a closing or a receipt.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from actions import conversations, expected
from actions.additions import Addition, find_added
from actions.alerts import find_quiet_case, find_recent_alert, is_recent
from actions.my_matters import require_my_incident
from bot.flows.draft import Reply
from bot.flows.stopping import asks_to_stop
from bot.handlers import adding, asked, beginning, conversation, menu, reporter, taking_back
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.notices import Text
from domain.urgency import Urgency
from storage.tables import Draft, Incident, Outbox

_RECEIPT_FOR: Final = timedelta(minutes=10)
_HERE: Final = Choice(("them vao tin", "add to the report"), ("them vao", "them", "add"))
_NEW: Final = Choice(("chuyen moi", "something new"), ("tin moi", "moi", "new"))


def goes_on(turn: Turn, newest: Outbox | None) -> bool:
    """Whether it went on from `newest`, what was said last; it is then done."""
    return (
        _reopened(turn, newest)
        or _answered(turn, newest)
        or taking_back.regretted(turn)
        or _asked_where(turn, newest)
    )


def says_nothing(turn: Turn) -> bool:
    """No letter, an unknown command, a sticker: nothing that the police could read."""
    text = turn.incoming.text
    unknown = text.startswith("/") or turn.incoming.sticker
    return unknown or not any(letter.isalpha() for letter in text)


def answers_officer(turn: Turn, row: Draft) -> bool:
    """Whether it answers the officer whose question stands below that of `row`, which follows
    an alert; `row`'s is then asked again. What leaves the questions is heard there."""
    told = adding.said(turn)
    if turn.incoming.text.startswith("/") or not (told.words or told.media or told.pin):
        return False
    if asks_to_stop(told.words) or taking_back.is_mistake(told.words):
        return False
    incident = expected.find_newest_question(turn.db, turn.address.id, turn.now, f"f:{row.id}:")
    if incident is None:
        return False
    adding.add(turn, incident, told, answers=True)
    if (fresh := conversation.find(turn)) is not None and fresh.id == row.id:
        conversation.ask_again(turn, row)
    return True


def answer_where(turn: Turn, row: Draft, incident_id: int, reply: Reply) -> None:
    """The answer to "add it, or something new?"; what else is told is kept with the rest.
    Raises Refused."""
    plain = reply.text if not (reply.media or reply.pin) else ""
    chosen = recognise(plain, (_HERE, _NEW)) if plain else None
    if chosen == 0:
        _add_held(turn, row, require_my_incident(turn.db, turn.person.id, incident_id))
    elif chosen == 1:
        conversation.take_up(turn)
    elif taking_back.is_mistake(plain):
        conversation.leave(turn, row)
        incident = require_my_incident(turn.db, turn.person.id, incident_id)
        taking_back.take_back(turn, incident, sure=True)
    else:
        _hold_more(turn, row, reply)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of "add to the report" (`<incident id>:add`), or of "it is something else"
    (`<incident id>:other:<event id>`). Raises Refused."""
    subject, _, what = rest.partition(":")
    incident_id, name = find_id(subject), what.partition(":")[0]
    if incident_id is not None and name == "other":
        _take_apart(turn, incident_id, find_id(what.partition(":")[2]))
        return
    row = conversation.find(turn)
    note = row.state.get(asked.ASKED, "") if row else ""
    if row is None or incident_id is None or asked.incident_in(note) != incident_id:
        turn.pop_up(Text("command.old_button"))
    else:
        _add_held(turn, row, require_my_incident(turn.db, turn.person.id, incident_id))


def _take_apart(turn: Turn, incident_id: int, event_id: int | None) -> None:
    """What was added without asking begins a report of its own, too."""
    incident = require_my_incident(turn.db, turn.person.id, incident_id)
    told = find_added(turn.db, incident, event_id) if event_id is not None else None
    if told is None or incident.quiet:
        turn.pop_up(Text("command.old_button"))
        return
    words, media, pin = told
    beginning.begin_report(turn, Reply(words, media, pin=pin))


def _reopened(turn: Turn, newest: Outbox | None) -> bool:
    subject, number = expected.report_in(turn.db, newest)
    text = turn.incoming.text
    since = turn.now - expected.NUMBERS_COUNT_FOR
    if subject != "closed" or newest is None or newest.created_at <= since:
        return False
    if not text or not reporter.is_not_solved(text, numbered=True):
        return False
    reporter.open_again(turn, require_my_incident(turn.db, turn.person.id, number))
    return True


def _answered(turn: Turn, newest: Outbox | None) -> bool:
    """While an officer's question is the last thing asked, what comes is its answer."""
    told = adding.said(turn)
    if not (told.words or told.media or told.pin) or turn.incoming.text.startswith("/"):
        return False
    incident = expected.find_question(turn.db, turn.address.id, turn.now)
    if incident is None or expected.report_in(turn.db, newest)[1] not in (0, incident.id):
        return False
    adding.add(turn, incident, told, answers=True)
    return True


def _asked_where(turn: Turn, newest: Outbox | None) -> bool:
    """Right after a receipt words may belong to it: keep them, and ask."""
    subject, number = expected.report_in(turn.db, newest)
    if _belongs_to_alert(turn, number if subject == "receipt" else 0):
        return True
    if subject != "receipt" or newest is None or newest.created_at <= turn.now - _RECEIPT_FOR:
        return False
    incoming = turn.incoming
    nothing = says_nothing(turn) or menu.is_courtesy(incoming.text)
    if nothing and not (incoming.media or incoming.pin):
        return False
    incident = require_my_incident(turn.db, turn.person.id, number)
    reply = Reply(incoming.text, incoming.media, incoming.album, incoming.pin)
    if incident.quiet:
        # Whoever holds the phone would read the code in the question.
        beginning.begin_report(turn, reply, quiet=True)
    else:
        beginning.hold_report(turn, reply, asked.where(incident))
    return True


def _belongs_to_alert(turn: Turn, about: int) -> bool:
    """While an emergency is open nothing waits for a question: what comes is added to it. `about`
    is the id of the report whose receipt was read last, 0 for none."""
    told, incoming = adding.said(turn), turn.incoming
    wordless = says_nothing(turn) or menu.is_courtesy(incoming.text)
    if wordless and not (told.media or told.pin):
        return False
    db, person = turn.db, turn.person
    alert = find_quiet_case(db, person.id, turn.address.id, turn.now)
    if alert is None or alert.urgency != Urgency.P1 or not is_recent(alert, turn.now):
        alert = find_recent_alert(db, person.id, turn.now, None)
    if alert is None or about not in (0, alert.id):
        return False
    adding.add(turn, alert, told, answers=False, loose=True)
    return True


def _hold_more(turn: Turn, row: Draft, reply: Reply) -> None:
    draft = conversation.read(row)
    same_album = reply.album is not None and reply.album == draft.album
    if reply.pin is not None:
        draft = draft.put("place", replace(draft.get("place"), pin=reply.pin))
    if reply.text or reply.media:
        draft = draft.put("what", draft.get("what").with_more(reply.text, reply.media))
    conversation.keep(turn, row, draft)
    if not same_album:
        conversation.ask_again(turn, row)


def _add_held(turn: Turn, row: Draft, incident: Incident) -> None:
    draft = conversation.read(row)
    what, place = draft.get("what"), draft.get("place")
    addition = Addition(turn.bot.name, what.words, what.media, place.pin or what.pin, row.id)
    conversations.end_draft(turn.db, row.id, "done", turn.now)
    adding.add(turn, incident, addition, answers=False)
