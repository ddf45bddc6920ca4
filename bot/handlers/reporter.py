"""Residents and what they reported: the report is filed, /vuviec shows it, an answer to an
officer or something more is added to it, and "not solved" reopens it.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from actions import people, quiet
from actions.additions import (
    Addition,
    add_to_album,
    add_to_incident,
    added_last,
    answer_officer,
    find_album_incident,
    thank_reporter,
)
from actions.expected import is_asked, question_of, report_in
from actions.handling import reopen
from actions.incidents import report_incident
from actions.my_matters import Matter, find_mine, require_my_incident, require_my_mediation
from actions.naming import note_warned
from actions.receipts import step, tell_reporter
from bot.flows.draft import Draft
from bot.flows.elsewhere import ended_elsewhere
from bot.flows.traces_step import was_warned
from bot.handlers import conversation, withheld
from bot.handlers.consenting import note_name
from bot.handlers.finished import addition_of, report_of
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


def finish_addition(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Add what was collected to the report, or answer the officer who asked."""
    incident = find_mine(turn.db, turn.person.id, str(draft.context.get("code", "")))
    if not isinstance(incident, Incident):
        raise Refused("incident.unknown")
    if was_warned(draft):
        note_warned(turn.db, incident)
    addition = addition_of(turn, draft_id, draft)
    add(turn, incident, addition, answers=bool(draft.context.get("asked")))


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
    incoming = turn.incoming
    said = Addition(
        turn.bot.name,
        incoming.text.strip(),
        incoming.media,
        incoming.pin,
        album=incoming.album,
    )
    if about not in _SUBJECTS or not (said.words or said.media or said.pin):
        return False
    incident = require_my_incident(turn.db, turn.person.id, incident_id)
    if about == "closed" and said.words and is_not_solved(said.words, numbered=True):
        open_again(turn, incident)
    elif said.words and withheld.gives_name(incident, said.words):
        withheld.ask_name(turn, incident)
    else:
        add(turn, incident, said, answers=about == "question")
    return True


def on_later_photo(turn: Turn) -> bool:
    """The photos of an album come one by one; those after the first find the report to which
    that one was added. False for what belongs to none."""
    incoming = turn.incoming
    if incoming.album is None or not incoming.media:
        return False
    incident = find_album_incident(turn.db, turn.address.id, incoming.album)
    if incident is None:
        return False
    words, album = incoming.text.strip(), incoming.album
    said = Addition(turn.bot.name, words, incoming.media, album=album)
    if withheld.ask_first(turn, incident, said, answers=False):
        return True
    add_to_album(turn.db, incident, said, turn.now)
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
        add(turn, incident, Addition(turn.bot.name, words), answers=False)


def add(
    turn: Turn, incident: Incident, addition: Addition, *, answers: bool, loose: bool = False
) -> None:
    """Add it to the report, or answer the officer who asked, and thank. What is written to a
    quiet one by its code is the answer where one is awaited. `loose`: nobody said that it
    belongs there; of a quiet one the code is then not named."""
    answers = answers or (incident.quiet and not loose and is_asked(turn.db, incident))
    if withheld.ask_first(turn, incident, addition, answers=answers):
        return
    warning = withheld.warning_of(turn, incident, addition)
    deed = answer_officer if answers else add_to_incident
    was_quiet, incident = incident.quiet, deed(turn.db, incident, addition, turn.now)
    thank_reporter(
        turn.db,
        incident,
        turn.address,
        "incident.answered" if answers else f"incident.added{'.loose' if loose else ''}",
        turn.now,
        album=turn.incoming.album,
        note=warning,
        buttons=_something_else(turn, incident) if loose and not answers else (),
        by_code=not loose,
    )
    if incident.quiet and not was_quiet:
        ask_contact(turn, incident)


def _something_else(turn: Turn, incident: Incident) -> tuple[tuple[Button, ...], ...]:
    """Below what was just added: it belongs to something else."""
    event = added_last(turn.db, incident)
    if event is None or incident.quiet:
        return ()
    tap = f"h:{incident.id}:other:{event.id}"
    return ((Button(Text("incident.button.other"), tap),),)


def ask_contact(turn: Turn, incident: Incident) -> None:
    """When it is safe to write about a quiet one; only where nothing else is being asked."""
    if conversation.find(turn) is None:
        context = {"code": spoken(incident.code), "kind": incident.kind, "quiet": True}
        conversation.begin(turn, "contact", context)


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
