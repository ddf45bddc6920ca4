"""After an alert: where it is, a number to call back, may the neighbours be warned. It is out
already, so every answer follows it the moment it is given, and any of them may be left out.
"""

from dataclasses import replace
from typing import Any, Final

from actions import alerts
from actions.additions import Addition, add_to_incident, answer_officer
from actions.expected import is_asked
from actions.my_matters import require_my_incident
from actions.wards import surroundings_of
from bot.flows.dangers import danger_told
from bot.flows.draft import Draft, Reply
from bot.flows.legible import is_legible
from bot.flows.outcomes import Outcome, Retry
from bot.handlers import (
    adding,
    alert_answers,
    beginning,
    conversation,
    subjects,
    taking_back,
)
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.codes import spoken
from domain.errors import Refused
from domain.incidents import Place, is_still_open
from domain.kinds import advice_of, kind
from domain.lengths import shortened
from domain.notices import Text
from domain.routing import asks_neighbours
from domain.urgency import Urgency
from storage import tables
from storage.tables import Incident

# In this order; which of them is asked depends on what is known by then.
ORDER: Final = ("whereabouts", "contact", "phone", "neighbours")
_AFTER_ALERT: Final = "alert"
_SHOWN_HOME: Final = 40
# Fewer words beside a question ("có lẽ") tell the police nothing.
_WORTH_SENDING: Final = 3


def begin(turn: Turn, incident: Incident, also: Text | None = None) -> None:
    """The first question that is open, below what to do until somebody comes, and `also`."""
    keys = () if incident.quiet else advice_of(kind(incident.kind), incident.words)
    lines = (*(Text(key) for key in keys), *((also,) if also else ()))
    note = Text("report.advice", {"lines": lines}) if lines else None
    _go_on(turn, incident, ORDER, note)


def finish(turn: Turn, draft: Draft) -> None:
    """One was answered to its end, or passed over: the next one."""
    incident = _incident_of(turn, draft)
    if incident is None or not draft.context.get(_AFTER_ALERT):
        return
    note = None
    if draft.flow == "neighbours":
        yes = draft.get("tell").choice == "yes"
        told = alerts.answer_neighbours(turn.db, incident, yes, turn.now)
        note = _warned(incident, told) if yes else None
    elif _was_told(draft):
        note = Text("danger.noted", {"code": spoken(incident.code)})
    _go_on(turn, incident, ORDER[ORDER.index(draft.flow) + 1 :], note)


def _warned(incident: Incident, told: int) -> Text:
    """What became of a yes to warning the neighbours."""
    if told:
        return Text("danger.neighbours.told")
    if not is_still_open(incident):
        return Text("danger.neighbours.over", {"code": spoken(incident.code)})
    return Text(f"danger.neighbours.{'checked' if incident.suspect else 'nobody'}")


def take_answer(turn: Turn, before: Draft, reply: Reply, outcome: Outcome) -> Outcome:
    """What this answer told follows the alert now. Words beside the question do, too."""
    after, incident = outcome.draft, _incident_of(turn, outcome.draft)
    if incident is None:
        return outcome
    if after.flow == "whereabouts":
        alert_answers.put_place(turn, incident, before, after)
    elif after.flow == "phone":
        alert_answers.put_number(turn, incident, before, after)
    words = reply.text.strip()
    if isinstance(outcome, Retry) and is_legible(words) and _is_sent_along(turn, incident, words):
        asked = is_asked(turn.db, incident) and not incident.quiet
        deed = answer_officer if asked else add_to_incident
        deed(turn.db, incident, Addition(turn.bot.name, words), turn.now)
        return replace(outcome, prompt=outcome.prompt.noting(Text("flow.added.words")))
    return outcome


def _is_sent_along(turn: Turn, incident: Incident, words: str) -> bool:
    """Short words are, where they may be an answer to an officer or name a danger."""
    told = len(words.split()) >= _WORTH_SENDING or danger_told(words) is not None
    return told or is_asked(turn.db, incident)


def on_message(turn: Turn, row: tables.Draft) -> bool:
    """What is no answer to any of the questions: files, and "it was a mistake"."""
    incoming, draft = turn.incoming, conversation.read(row)
    incident = _incident_of(turn, draft)
    if incident is None:
        return False
    if incoming.media or (incoming.pin and draft.flow != "whereabouts"):
        add_message(turn, row)
        return True
    if draft.context.get(_AFTER_ALERT) and taking_back.is_mistake(incoming.text):
        conversation.leave(turn, row)
        taking_back.take_back(turn, incident, sure=True)
        return True
    return False


def add_message(turn: Turn, row: tables.Draft) -> None:
    """Add the whole message to the alert, and ask the open question again. Raises Refused."""
    incident = _incident_of(turn, conversation.read(row))
    if incident is None:
        raise Refused("incident.unknown")
    adding.add(turn, incident, adding.said(turn), answers=False)
    conversation.ask_again(turn, row)


def stop(turn: Turn, draft: Draft) -> bool:
    """Whoever wants no more questions has taken nothing back; False where nothing is out."""
    incident = _incident_of(turn, draft) if draft.flow in ORDER else None
    if incident is None:
        return False
    text = Text("danger.stopped", {"code": spoken(incident.code)})
    taking_back.tell(turn, incident, text)
    return True


def on_tap(turn: Turn, rest: str) -> None:
    """A press of "it was a mistake" (`<incident id>:wrong`). Raises Refused."""
    subject, _, what = rest.partition(":")
    incident_id = find_id(subject)
    if incident_id is None or what != "wrong":
        raise Refused("incident.old_button")
    incident = require_my_incident(turn.db, turn.person.id, incident_id)
    row = conversation.find(turn)
    taking_back.withdraw(turn, incident)
    if row is not None and _is_about(turn, row, incident):
        conversation.leave(turn, row)


def _go_on(turn: Turn, incident: Incident, flows: tuple[str, ...], note: Text | None) -> None:
    following_flow = next((each for each in flows if _is_open(turn, incident, each)), None)
    if following_flow is None:
        _close(turn, incident, note)
        return
    if following_flow == "whereabouts":
        alerts.note_warned(turn.db, incident)
    conversation.begin(turn, following_flow, _context(turn, incident), note=note)


def _is_open(turn: Turn, incident: Incident, flow_name: str) -> bool:
    match flow_name:
        case "whereabouts":
            return Place.from_json(incident.place) == Place()
        case "contact":
            return incident.quiet
        case "phone":
            return not (incident.callback or incident.quiet)
        case _:
            asked = incident.tell_neighbours is not None or incident.neighbourhood_id is None
            return not asked and asks_neighbours(incident.kind, Urgency(incident.urgency))


def _context(turn: Turn, incident: Incident) -> dict[str, Any]:
    """Of the incident's own ward alone, whose police have it."""
    around = surroundings_of(turn.db, turn.person, (incident.ward_code,))
    here = beginning.context_of(around)
    listed = [each for each in here["neighbourhoods"] if each["id"] == incident.neighbourhood_id]
    near = around.neighbourhood
    elsewhere = near is None and turn.person.neighbourhood_id is not None
    home = "" if elsewhere else turn.person.house or ""
    return {
        **here,
        "neighbourhood": listed[0] if listed else None,
        "home": shortened(home, _SHOWN_HOME),
        "home_in": near.id if home and near else None,
        "code": spoken(incident.code),
        "kind": incident.kind,
        "quiet": incident.quiet,
        _AFTER_ALERT: True,
    }


def _close(turn: Turn, incident: Incident, note: Text | None) -> None:
    """The last word, with the way to take it back; a quiet alert gets none."""
    if incident.quiet:
        return
    lines = (*((note,) if note else ()), Text("danger.done"))
    taking_back.tell(turn, incident, *lines)


def _was_told(draft: Draft) -> bool:
    """Whether anything was answered and not only passed over."""
    return any(a.words or a.pin or a.choice == "home" for a in draft.answers.values()) or (
        draft.get("place").choice.startswith("landmark:")
    )


def _incident_of(turn: Turn, draft: Draft) -> Incident | None:
    return subjects.find_coded(turn, str(draft.context.get("code", "")))


def _is_about(turn: Turn, row: tables.Draft, incident: Incident) -> bool:
    draft = conversation.read(row)
    found = _incident_of(turn, draft) if draft.context.get(_AFTER_ALERT) else None
    return found is not None and found.id == incident.id
