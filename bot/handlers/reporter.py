"""Residents and what they reported: the report is filed, /vuviec shows it, an answer to an
officer or something more is added to it, and "not solved" reopens it.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from actions import people, quiet
from actions.additions import Addition
from actions.expected import question_of, report_in
from actions.handling import reopen
from actions.incidents import report_incident
from actions.my_matters import Matter, find_mine, require_my_incident, require_my_mediation
from actions.receipts import step, tell_reporter
from bot.flows.draft import Draft
from bot.flows.elsewhere import ended_elsewhere
from bot.handlers import adding, conversation, withheld
from bot.handlers.consenting import note_name
from bot.handlers.finished import report_of
from bot.handlers.my_matters import list_notice, matter_notice
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.codes import spoken
from domain.errors import Refused
from domain.notices import Button, Notice, Text
from storage.tables import Incident, Outbox

# What `concerns` of a message to the reporter begins with, as far as a reply adds something.
_SUBJECTS: Final = ("receipt", "question", "closed")
_NOT_SOLVED: Final = Choice(
    ("chua on", "not solved"),
    ("chua duoc", "chua xong", "van con", "tra loi 1", "reply 1"),
)
_AFTER_CODE: Final = re.compile(r"\D*(?:\d[ .\-–]?){8}(.*)", re.DOTALL)


def finish_report(turn: Turn, draft_id: int, draft: Draft) -> None:
    """File the report; its receipt answers the reporter. What the chat does not take is gone
    with the draft."""
    if ended_elsewhere(draft):
        button = Button(Text("command.button.menu"), "c:menu")
        turn.say(Notice(Text("report.elsewhere.ended"), ((button,),)))
        return
    report = report_of(turn, draft_id, draft)
    incident = report_incident(turn.db, report, turn.now, turn.random_below)
    note_name(turn, draft, incident)
    if report.neighbourhood_id is not None:
        people.note_reported_from(turn.db, turn.person, report.neighbourhood_id)


def list_incidents(turn: Turn, rest: str) -> None:
    """/vuviec: one's own matters; with a code the one; with words after it they are added.
    Raises Refused."""
    matter = find_mine(turn.db, turn.person.id, rest)
    if matter is None:
        turn.say(list_notice(turn, page=1))
    elif isinstance(matter, Incident) and (words := _after_code(rest)):
        _add_words(turn, matter, words)
    else:
        show(turn, matter)


def on_tap(turn: Turn, rest: str) -> None:
    """A press below one of the reporter's messages: `<id>:<what>`, `m<id>:show`,
    `list:<page>`. Raises Refused."""
    subject, _, what = rest.partition(":")
    if subject == "list" and (page := find_id(what)):
        turn.say(list_notice(turn, page))
    elif what in _PRESSES and (incident_id := find_id(subject)):
        _PRESSES[what](turn, require_my_incident(turn.db, turn.person.id, incident_id))
    elif subject.startswith("m") and (mediation_id := find_id(subject[1:])):
        show(turn, require_my_mediation(turn.db, turn.person.id, mediation_id))
    else:
        raise Refused("incident.old_button")


def on_reply(turn: Turn, row: Outbox) -> bool:
    """A reply to one of the bot's messages about an own report; False where it is none, or
    where the reply holds nothing to keep. Raises Refused."""
    about, incident_id = report_in(turn.db, row)
    told = adding.said(turn)
    if about not in _SUBJECTS or not (told.words or told.media or told.pin):
        return False
    incident = require_my_incident(turn.db, turn.person.id, incident_id)
    if about == "closed" and told.words and is_not_solved(told.words, numbered=True):
        open_again(turn, incident)
    elif told.words and withheld.gives_name(incident, told.words):
        withheld.ask_name(turn, incident)
    else:
        adding.add(turn, incident, told, answers=about == "question")
    return True


def show(turn: Turn, matter: Matter) -> None:
    """One of their own, where it stands now."""
    concerns = None
    if isinstance(matter, Incident) and matter.quiet:
        concerns = quiet.about(turn.db, matter)
    turn.say(matter_notice(turn.db, matter), concerns=concerns)


def _begin(turn: Turn, incident: Incident, *, asked: bool) -> None:
    question = {"question": question_of(turn.db, incident)} if asked else {}
    context = {"code": spoken(incident.code), "asked": asked, **question}
    context["quiet"] = incident.quiet
    context["withheld"] = withheld.is_asked_first(incident)
    conversation.begin(turn, "addition", context)


def _add_words(turn: Turn, incident: Incident, words: str) -> None:
    if is_not_solved(words, numbered=False):
        open_again(turn, incident)
    elif withheld.gives_name(incident, words):
        withheld.ask_name(turn, incident)
    else:
        adding.add(turn, incident, Addition(turn.bot.name, words), answers=False)


def open_again(turn: Turn, incident: Incident) -> None:
    """The reporter's "not solved". Raises Refused."""
    incident = reopen(turn.db, incident, turn.now)
    if incident.quiet:
        show(turn, incident)
        return
    tell_reporter(turn.db, incident, step(incident, "incident.reopened"), turn.now)


def _after_code(rest: str) -> str:
    found = _AFTER_CODE.fullmatch(rest.strip())
    return found[1].strip() if found else ""


def is_not_solved(words: str, *, numbered: bool) -> bool:
    """The button's label or other words for it; "1" only below the button itself."""
    if not numbered and any(letter.isdigit() for letter in words):
        return False
    return recognise(words, [_NOT_SOLVED]) == 0


_PRESSES: Final[Mapping[str, Callable[[Turn, Incident], None]]] = {
    "show": show,
    "add": partial(_begin, asked=False),
    "answer": partial(_begin, asked=True),
    "reopen": open_again,
    "name": withheld.ask_name,
    "named": withheld.name,
}
