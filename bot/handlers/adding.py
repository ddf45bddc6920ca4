"""Something more about a report: words, files or a pin, added to it or told to the officer who
asked; its sender is thanked.
"""

from actions.additions import (
    Addition,
    add_to_album,
    add_to_incident,
    added_last,
    answer_officer,
    find_album_incident,
    thank_reporter,
)
from actions.expected import is_asked
from actions.my_matters import find_mine
from actions.naming import note_warned
from bot.flows.draft import Draft
from bot.flows.traces_step import was_warned
from bot.handlers import conversation, withheld
from bot.handlers.finished import addition_of
from bot.handlers.turn import Turn
from domain.codes import spoken
from domain.errors import Refused
from domain.notices import Button, Text
from storage.tables import Incident


def said(turn: Turn) -> Addition:
    """The message as something that is added to a report."""
    incoming = turn.incoming
    words = incoming.text.strip()
    return Addition(turn.bot.name, words, incoming.media, incoming.pin, album=incoming.album)


def finish_addition(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Add what was collected to the report, or answer the officer who asked."""
    incident = find_mine(turn.db, turn.person.id, str(draft.context.get("code", "")))
    if not isinstance(incident, Incident):
        raise Refused("incident.unknown")
    if was_warned(draft):
        note_warned(turn.db, incident)
    addition = addition_of(turn, draft_id, draft)
    add(turn, incident, addition, answers=bool(draft.context.get("asked")))


def on_later_photo(turn: Turn) -> bool:
    """The photos of an album come one by one; those after the first find the report to which
    that one was added. False for what belongs to none."""
    incoming = turn.incoming
    if incoming.album is None or not incoming.media:
        return False
    incident = find_album_incident(turn.db, turn.address.id, incoming.album)
    if incident is None:
        return False
    told = said(turn)
    if withheld.ask_first(turn, incident, told, answers=False):
        return True
    add_to_album(turn.db, incident, told, turn.now)
    return True


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
        _ask_contact(turn, incident)


def _something_else(turn: Turn, incident: Incident) -> tuple[tuple[Button, ...], ...]:
    """Below what was just added: it belongs to something else."""
    event = added_last(turn.db, incident)
    if event is None or incident.quiet:
        return ()
    tap = f"h:{incident.id}:other:{event.id}"
    return ((Button(Text("incident.button.other"), tap),),)


def _ask_contact(turn: Turn, incident: Incident) -> None:
    """When it is safe to write about a quiet one; only where nothing else is being asked."""
    if conversation.find(turn) is None:
        context = {"code": spoken(incident.code), "kind": incident.kind, "quiet": True}
        conversation.begin(turn, "contact", context)
