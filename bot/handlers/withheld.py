"""Reports whose sender gave no name: what may show who it was is asked about before it is added,
once for a report; and the name may be given later, but is never taken off in this way.
"""

from typing import Final

from actions import consents
from actions.naming import give_name, note_warned
from actions.receipt_face import may_give_name
from actions.relaying import Addition
from bot.flows.draft import Reply
from bot.handlers import consenting, conversation
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.codes import spoken
from domain.consent import QUESTIONS, ConsentPurpose
from domain.errors import Refused
from domain.giveaways import giveaways_in, giveaways_key
from domain.incidents import State
from domain.notices import Button, Notice, Text
from domain.urgency import Urgency
from storage.tables import Incident

_GIVES_NAME: Final = Choice(
    ("cho biet ten", "give my name"), ("neu ten", "muon neu ten", "with my name")
)


def is_asked_first(incident: Incident) -> bool:
    """Whether a pin or a voice must wait for an answer. It waits for nothing where life is in
    danger, and about a quiet report nothing is asked on the phone."""
    emergency = incident.urgency == Urgency.P1 and State(incident.state).is_open
    return not (incident.named or incident.warned or incident.quiet or emergency)


def ask_first(turn: Turn, incident: Incident, addition: Addition, *, answers: bool) -> bool:
    """Hold what may show its sender, and ask; False where it may go at once."""
    found = giveaways_in(addition.media, addition.pin)
    if not found or not is_asked_first(incident):
        return False
    code = spoken(incident.code)
    reply = Reply(addition.words, addition.media, addition.album, addition.pin)
    row = conversation.find(turn)
    context = row.state.get("context", {}) if row and row.flow == "addition" else {}
    if row is not None and context.get("code") == code and context.get("withheld"):
        conversation.go_on(turn, row, reply)
    else:
        context = {"code": code, "asked": answers, "withheld": True}
        conversation.begin(turn, "addition", context, reply=reply)
    return True


def warning_of(turn: Turn, incident: Incident, addition: Addition) -> Text | None:
    """What is said with the thanks for what went at once; it is then known to be said."""
    found = giveaways_in(addition.media, addition.pin)
    if not found or incident.named or incident.warned or incident.quiet:
        return None
    note_warned(turn.db, incident)
    return Text(f"report.traces.note.{giveaways_key(found)}")


def gives_name(incident: Incident, words: str) -> bool:
    """Whether these words, said to a report without a name, give it; a number never does."""
    numbered = any(letter.isdigit() for letter in words)
    return may_give_name(incident) and not numbered and recognise(words, [_GIVES_NAME]) == 0


def ask_name(turn: Turn, incident: Incident) -> None:
    """The question of the report once more, with the one answer that changes something.
    Raises Refused."""
    if not may_give_name(incident):
        raise Refused("incident.named_already")
    button = Button(Text("report.name.yes"), f"r:{incident.id}:named")
    turn.say(Notice(Text(QUESTIONS[ConsentPurpose.NAME]), ((button,),)))


def name(turn: Turn, incident: Incident) -> None:
    """The yes to that question. Raises Refused."""
    incident = give_name(turn.db, incident, turn.person.name, turn.now)
    seen = consenting.shown(turn, ConsentPurpose.NAME)
    consents.record(turn.db, turn.person, ConsentPurpose.NAME, True, seen, turn.now)
    turn.say(Notice(Text("incident.named", {"code": spoken(incident.code)})))
