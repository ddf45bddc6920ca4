"""Copies of a post in people's private chats: of urgent ones, since groups are muted, and of those
that ask to be confirmed. Only for people who agreed to exactly that, each once.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of, notice_of
from actions.broadcasting import PIECE, post_in
from domain.announcing import Sort
from domain.consent import ConsentPurpose
from domain.notices import Button, Notice, Text, plain
from domain.quiet_hours import HELD_AT_MOST
from storage import announcements, confirmations, readers, wards
from storage.announcement_tables import Announcement, Occurrence
from storage.copies import Chat
from storage.readers import Reader


class Copy(NamedTuple):
    """One chat that is to have it; `purposes` are the consents that let us."""

    reader: Reader
    purposes: frozenset[str]


def post_privately(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> bool:
    """The next PIECE of the private chats that have no copy of it yet; whether more must follow.
    A second time changes nothing."""
    latest = min(now + HELD_AT_MOST, announcement.expires_at or now + HELD_AT_MOST)
    most = PIECE
    for (place, purposes), several in _by_face(list_copies(db, announcement, occurrence)).items():
        put = post_in(
            db,
            [Chat(each.address_id, each.bot, place) for each in several],
            _face(db, announcement, occurrence, place, purposes, now),
            Sort(announcement.sort),
            now,
            occurrence_id=occurrence.id,
            latest=latest,
            most=most,
        )
        if ConsentPurpose.CONFIRM.value in purposes:
            for each in several:
                if each.address_id in put:
                    confirmations.ask(db, occurrence.id, each.person_id)
        most -= len(put)
        if most <= 0:
            return True
    return False


def list_copies(db: Connection, announcement: Announcement, occurrence: Occurrence) -> list[Copy]:
    """Who has yet to get it; nobody where it is meant for people by their tags."""
    targets = announcements.list_targets(db, announcement.id)
    purposes = purposes_of(announcement)
    if not purposes or any(each.tag for each in targets):
        return []
    reached = readers.list_reached(db, occurrence.id)
    around = readers_of(db, neighbourhoods_of(db, announcement), purposes, announcement.bot)
    return [each for each in around if each.reader.chat_mark not in reached]


def readers_of(
    db: Connection, places: tuple[int, ...], purposes: Collection[str], bot: str
) -> list[Copy]:
    """One chat of everybody there who agreed to one of these purposes, with this bot if possible.
    Not of those whose phone somebody else may be holding."""
    found = readers.list_readers(db, places, purposes)
    silenced = readers.list_silenced(db, {each.address_id for each in found})
    quiet = {each.person_id for each in found if each.address_id in silenced}
    quiet_chats = {each.chat_mark for each in found if each.person_id in quiet}
    heard = [
        each for each in found if each.person_id not in quiet and each.chat_mark not in quiet_chats
    ]
    return _once_each(heard, bot)


def purposes_of(announcement: Announcement) -> frozenset[str]:
    """The consents any of which lets it come in private."""
    urgent = {ConsentPurpose.URGENT.value} if Sort(announcement.sort).is_urgent else set()
    asked = {ConsentPurpose.CONFIRM.value} if announcement.asks_reading else set()
    return frozenset(urgent | asked)


def read_button(occurrence_id: int) -> tuple[tuple[Button, ...], ...]:
    """The one button below what asks to be confirmed."""
    return ((Button(Text("reading.button.read"), f"n:{occurrence_id}:read"),),)


def _by_face(several: Sequence[Copy]) -> dict[tuple[int, frozenset[str]], list[Reader]]:
    """Those for whom it looks the same, and in whose place the same hours hold."""
    found: dict[tuple[int, frozenset[str]], list[Reader]] = {}
    for each in several:
        found.setdefault((each.reader.neighbourhood_id, each.purposes), []).append(each.reader)
    return found


def _face(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    place: int,
    purposes: frozenset[str],
    now: datetime,
) -> Notice:
    """With the line that says why it comes and how to stop it; only where somebody agreed to be
    asked, with the button."""
    name = plain(wards.get_neighbourhood(db, place).name)
    if ConsentPurpose.CONFIRM.value not in purposes:
        because = Text("reading.because.urgent", {"place": name})
        return notice_of(db, announcement, now, because)
    because = Text("reading.because.confirm", {"place": name})
    notice = notice_of(db, announcement, now, because)
    return replace(notice, buttons=read_button(occurrence.id))


def _once_each(heard: Sequence[Reader], bot: str) -> list[Copy]:
    """One chat for each person and each account, with the bot of the announcement if possible:
    it knows the files."""
    purposes: dict[int, set[str]] = {}
    for each in heard:
        purposes.setdefault(each.person_id, set()).add(each.purpose)
    people: set[int] = set()
    accounts: set[str] = set()
    chosen: list[Copy] = []
    for each in sorted(heard, key=lambda reader: (reader.bot != bot, reader.address_id)):
        if each.person_id not in people and each.chat_mark not in accounts:
            chosen.append(Copy(each, frozenset(purposes[each.person_id])))
        people.add(each.person_id)
        accounts.add(each.chat_mark)
    return chosen
