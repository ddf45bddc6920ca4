"""What an answer after an alert tells the police: where it is, a number to call back, and what
was told beside either.
"""

from dataclasses import replace
from typing import Final

from actions import alerts
from actions.additions import Addition, add_to_incident
from bot.flows.draft import Draft
from bot.flows.phone import number_in
from bot.flows.whereabouts import names_place
from bot.handlers.finished import neighbourhood_of, place_of
from bot.handlers.turn import Turn
from domain.incidents import Place
from storage.tables import Incident

# Who writes more than these with a number tells something else, too.
_NUMBER_WORDS: Final = 8


def put_place(turn: Turn, incident: Incident, before: Draft, after: Draft) -> None:
    """Where it is, as far as this answer changed it. Words that name no place may tell what
    happens: they are read as that, too."""
    place, near = _where(turn, after)
    if (place, near) != _where(turn, before):
        incident = alerts.put_place(turn.db, incident, place, near, turn.now)
    words = after.get("place").words
    if words and words != before.get("place").words and not names_place(after, words):
        _add(turn, incident, words)


def put_number(turn: Turn, incident: Incident, before: Draft, after: Draft) -> None:
    """The number to call back, where this answer holds one."""
    words = after.get("number").words
    number = number_in(words) if words else None
    if number is None or words == before.get("number").words:
        return
    incident = alerts.put_callback(turn.db, incident, number, turn.now)
    if len(words.split()) > _NUMBER_WORDS:
        _add(turn, incident, words)


def _add(turn: Turn, incident: Incident, words: str) -> None:
    add_to_incident(turn.db, incident, Addition(turn.bot.name, words), turn.now)


def _where(turn: Turn, draft: Draft) -> tuple[Place, int | None]:
    place, house = place_of(draft), draft.get("house").words
    if draft.get("place").choice == "home":
        place = replace(place, words=turn.person.house or "")
    words = ", ".join(part for part in (place.words, house) if part)
    return replace(place, words=words), neighbourhood_of(draft)
