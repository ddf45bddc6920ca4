"""An officer's question to the reporter. What officers say among themselves must never reach a
resident: only who asked for the prompt answers it, once; and what is typed below a card is
shown first and sent when they say so.
"""

from typing import Final

from actions import conversations, handling
from actions.card_face import contact_words
from actions.desks import Call, is_settled, lane_of, settle, tell_desk, text_of
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.codes import spoken
from domain.errors import Refused
from domain.incidents import Act
from domain.lengths import units
from domain.names import given_name
from domain.notices import Button, Lane, Notice, Text
from storage.tables import Incident, Outbox

SEND: Final = "send"
# What `concerns` begins with: the prompt, and the question that is shown before it is sent.
# The ids of the incident and of who asks follow.
PROMPT: Final = "ask"
SHOWN: Final = "confirm"
# Longer ones would come in several messages, of which only one has the button.
QUESTION_LIMIT: Final = 2_500
_SEND_IT: Final = Choice(
    ("gui cau hoi", "send the question"), ("gui", "gui di", "dong y", "send", "send it", "ok")
)


def prompt(turn: Turn, incident: Incident) -> None:
    """Ask the officer who pressed for the question. (No keyboard is opened for it: messengers
    would open it for the whole group, and such a message cannot be edited.)"""
    name = given_name(turn.person.name)
    key = "card.quiet.ask" if incident.quiet else "card.ask"
    text = Text(key, {"code": spoken(incident.code), "name": name})
    _put(turn, incident, PROMPT, Notice(text=text))


def propose(turn: Turn, incident: Incident, question: str) -> Text | None:
    """Show the question before it is sent; what to say instead, if anything. Raises Refused."""
    handling.require_act(turn.db, incident.id, Act.ASK, turn.person)
    if units(question) > QUESTION_LIMIT:
        return Text("card.ask.too_long")
    code = spoken(incident.code)
    label = Text("card.choice", {"number": 1, "label": Text("card.ask.send")})
    buttons = ((Button(label, tap=f"i:{incident.id}:{SEND}"),),)
    key = "card.quiet.confirm" if incident.quiet else "card.ask.confirm"
    text = Text(key, {"code": code, "words": question})
    _put(turn, incident, SHOWN, Notice(text=text, buttons=buttons))
    return None


def answer_prompt(turn: Turn, incident_id: int, row: Outbox) -> Text:
    """The reply to the prompt is the question. Raises Refused."""
    _require_asker(turn, incident_id, row)
    words = turn.incoming.text.strip()
    if not words:
        return Text("card.ask.words_only")
    if units(words) > QUESTION_LIMIT:
        return Text("card.ask.too_long")
    return _send(turn, incident_id, row, words)


def answer_shown(turn: Turn, incident_id: int, row: Outbox) -> Text:
    """A reply to the question that was shown: "1" or the button's words send it. Raises
    Refused."""
    _require_asker(turn, incident_id, row)
    if recognise(turn.incoming.text, (_SEND_IT,)) is None:
        return Text("card.ask.not_sent")
    return _send(turn, incident_id, row, _question_in(row))


def send_pressed(turn: Turn, incident_id: int) -> Text:
    """A press of the button below the question that was shown. Raises Refused."""
    row = conversations.find_replied_to(turn.db, turn.address.id, turn.incoming.message_id)
    if row is None or not (row.concerns or "").startswith(f"{SHOWN}:{incident_id}:"):
        raise Refused("incident.old_button")
    _require_asker(turn, incident_id, row)
    return _send(turn, incident_id, row, _question_in(row))


def _send(turn: Turn, incident_id: int, row: Outbox, question: str) -> Text:
    reached = handling.ask_reporter(turn.db, incident_id, question, turn.person, turn.now)
    incident = handling.require_officer(turn.db, incident_id, turn.person)
    code = spoken(incident.code)
    sent = Text("card.ask.sent", {"code": code, "words": question})
    settle(turn.db, row, Notice(text=sent), turn.now)
    if incident.quiet:
        return Text("card.quiet.asked", {"code": code, "contact": contact_words(incident)})
    return Text("card.asked" if reached else "card.asked.unreachable", {"code": code})


def _require_asker(turn: Turn, incident_id: int, row: Outbox) -> None:
    handling.require_act(turn.db, incident_id, Act.ASK, turn.person)
    if is_settled(turn.db, row):
        raise Refused("card.ask.over")
    if (row.concerns or "").rpartition(":")[2] != str(turn.person.id):
        raise Refused("card.ask.of_another")


def _question_in(row: Outbox) -> str:
    """The words that were shown. Raises Refused where they were erased since."""
    text = text_of(row)
    if text is None:
        raise Refused("incident.old_button")
    return str(text.params["words"])


def _put(turn: Turn, incident: Incident, subject: str, notice: Notice) -> None:
    call = Call(min(lane_of(incident), Lane.CONVERSATION))
    about = f"{subject}:{incident.id}:{turn.person.id}"
    tell_desk(turn.db, incident, turn.address, notice, call, turn.now, concerns=about)
