"""One polite reminder to the households that have not confirmed a post: the leader, or the author,
sends it once, through the gate, and never in quiet hours.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.engine import Connection

from actions.announcement_face import named
from actions.broadcasting import held_until, post
from actions.confirmations import Household, list_missing, sent_occurrence
from actions.private_copies import read_button, readers_of
from domain.announcing import Sort
from domain.consent import ConsentPurpose
from domain.errors import Refused
from domain.notices import Moment, Notice, Text
from storage import announcements, confirmations
from storage.addresses import get_address
from storage.announcement_tables import Announcement
from storage.confirmations import REMINDED
from storage.readers import Reader
from storage.tables import Person


class Reminded(NamedTuple):
    """How many households got it, and how many did not: they cannot be reached, or had as many
    posts today as a chat may have."""

    reached: int
    missed: int


def remind(db: Connection, occurrence_id: int, asker: Person, now: datetime) -> Reminded:
    """Remind those of the asker's neighbourhoods that nobody reminded yet. Raises Refused where
    that was done, in quiet hours (with when they end), and for whoever may not know."""
    occurrence = sent_occurrence(db, occurrence_id)
    announcement = announcements.lock(db, occurrence.announcement_id)
    found = list_missing(db, occurrence_id, asker, now)
    if not found.households:
        raise Refused("reading.all_confirmed")
    done = confirmations.list_reminded(db, occurrence)
    places = [each for each in found.places if each not in done]
    missing = [each for each in found.households if each.people[0].neighbourhood_id in places]
    if not missing:
        raise Refused("reading.reminded_already")
    chats = _chats_of(db, announcement, missing, places)
    notice = _notice(announcement, occurrence_id)
    reached = {each.person_id for each in chats if _put(db, each, notice, now)}
    if not reached:
        _refuse(db, chats, now)
    detail = {"occurrence": occurrence_id, "places": places}
    announcements.add_change(db, announcement.id, REMINDED, asker.id, now, detail)
    count = sum(any(p.person_id in reached for p in each.people) for each in missing)
    return Reminded(count, len(missing) - count)


def _chats_of(
    db: Connection,
    announcement: Announcement,
    missing: Iterable[Household],
    places: Iterable[int],
) -> list[Reader]:
    """They may have changed their mind since they were asked."""
    purposes = {ConsentPurpose.CONFIRM.value}
    people = {each.person_id for household in missing for each in household.people}
    copies = readers_of(db, tuple(places), purposes, announcement.bot)
    return [each.reader for each in copies if each.reader.person_id in people]


def _put(db: Connection, reader: Reader, notice: Notice, now: datetime) -> int:
    """Now or not at all: who reminds at night is told so, and reminds in the morning."""
    address = get_address(db, reader.address_id)
    place = reader.neighbourhood_id
    return post(db, address, notice, Sort.ORDINARY, now, neighbourhood_id=place, latest=now)


def _notice(announcement: Announcement, occurrence_id: int) -> Notice:
    text = Text("reading.remind", {"what": named(announcement)})
    return Notice(text, buttons=read_button(occurrence_id))


def _refuse(db: Connection, chats: Iterable[Reader], now: datetime) -> None:
    waits = [
        held_until(db, get_address(db, each.address_id), Sort.ORDINARY, now, each.neighbourhood_id)
        for each in chats
    ]
    until = min((each for each in waits if each is not None), default=None)
    if until is None:
        raise Refused("reading.remind.nobody")
    raise Refused("reading.remind.later", at=Moment(until))
