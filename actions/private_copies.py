"""Copies of a post in people's private chats: of urgent ones, since groups are muted, and of those
that ask to be confirmed. Only for people who agreed to exactly that, each once.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.engine import Connection

from actions.announcement_face import notice_of
from actions.pieces import Piece
from actions.recipients import list_everybody, post_to_people
from domain.announcing import Sort
from domain.consent import ConsentPurpose
from domain.notices import Button, Notice, Text, plain
from storage import announcements, confirmations, recipients, wards
from storage.announcement_tables import Announcement, Occurrence
from storage.recipients import Recipient, Whom


def post_privately(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    now: datetime,
    most: int,
    *,
    besides: Collection[int] = (),
) -> Piece:
    """The next of the private chats that have no copy of it yet, nor of one of the occurrences
    `besides`, at most `most`. A second time changes nothing. Nobody gets it so where it is meant
    for people by their tags."""
    purposes = purposes_of(announcement)
    if not purposes or any(tag for _, tag in announcements.list_aims(db, announcement.id)):
        return Piece()
    living = recipients.living_where(announcement.id)
    whom = Whom(living, recipients.agreed(purposes), announcement.bot)
    face = partial(_face, db, announcement, occurrence, now)
    put = post_to_people(db, announcement, occurrence, whom, face, now, most, besides=besides)
    asked = {each.person_id for each in put if ConsentPurpose.CONFIRM.value in each.reasons}
    confirmations.ask_all(db, occurrence.id, asked)
    return Piece(len(put), len(put) >= most)


def readers_of(
    db: Connection,
    places: Collection[int],
    purposes: Collection[str],
    bot: str,
    people: Collection[int],
) -> list[Recipient]:
    """One chat of each of these people who live there and agreed to one of these purposes, with
    this bot if possible. Not of those whose phone somebody else may be holding."""
    living = recipients.living_in(places) & recipients.being(people)
    return list_everybody(db, Whom(living, recipients.agreed(purposes), bot))


def purposes_of(announcement: Announcement) -> frozenset[str]:
    """The consents any of which lets it come in private."""
    urgent = {ConsentPurpose.URGENT.value} if Sort(announcement.sort).is_urgent else set()
    asked = {ConsentPurpose.CONFIRM.value} if announcement.asks_reading else set()
    return frozenset(urgent | asked)


def read_button(occurrence_id: int) -> tuple[tuple[Button, ...], ...]:
    """The one button below what asks to be confirmed."""
    return ((Button(Text("reading.button.read"), f"n:{occurrence_id}:read"),),)


def _face(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    now: datetime,
    place: int,
    purposes: frozenset[str],
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
