"""One polite reminder to the households that have not confirmed a post: the leader, or the author,
sends it once, through the gate, and never in quiet hours. It goes to many in pieces.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy.engine import Connection

from actions.announcement_face import named
from actions.broadcasting import PIECE, post_in
from actions.confirmations import Household, list_missing, missing_of, sent_occurrence
from actions.in_force import is_in_force
from actions.post_hours import Diary
from actions.private_copies import read_button, readers_of
from domain.announcing import Sort
from domain.consent import ConsentPurpose
from domain.errors import Refused
from domain.notices import Moment, Notice, Text
from storage import announcements, confirmations, readers
from storage.announcement_tables import Announcement
from storage.confirmations import REMINDED, REMINDING, Reminding
from storage.copies import Chat
from storage.tables import Person

# A reminder that did not reach everybody in this time does not go on: they were reminded "now".
FINISHED_WITHIN: Final = timedelta(hours=1)
_CONFIRM: Final = frozenset({ConsentPurpose.CONFIRM.value})


class Reminded(NamedTuple):
    """How many households it goes to, and to how many not: they cannot be reached, or had as many
    posts today as a chat may have."""

    reached: int
    missed: int


def remind(db: Connection, occurrence_id: int, asker: Person, now: datetime) -> Reminded:
    """Remind those of the asker's neighbourhoods that nobody reminded yet: some of them at once,
    the others by `send_reminders`. Raises Refused where that was done, in quiet hours (with when
    they end), for what is not in force any more, and for whoever may not know."""
    occurrence = sent_occurrence(db, occurrence_id)
    announcement = announcements.lock(db, occurrence.announcement_id)
    found = list_missing(db, occurrence_id, asker, now)
    if not is_in_force(db, announcement, now):
        raise Refused("reading.remind.over")
    if not found.households:
        raise Refused("reading.all_confirmed")
    done = confirmations.list_reminded(db, occurrence)
    places = [each for each in found.places if each not in done]
    missing = [each for each in found.households if each.people[0].neighbourhood_id in places]
    if not missing:
        raise Refused("reading.reminded_already")
    free = _free(db, missing, places, now)
    detail = {"occurrence": occurrence_id, "places": places}
    announcements.add_change(db, announcement.id, REMINDED, asker.id, now, detail)
    begun = Reminding(announcement.id, occurrence_id, places, 0)
    _put_piece(db, announcement, begun, missing, now)
    count = sum(any(p.person_id in free for p in each.people) for each in missing)
    return Reminded(count, len(missing) - count)


def send_reminders(db: Connection, now: datetime) -> None:
    """A tick: the next piece of a reminder that was begun."""
    since = now - FINISHED_WITHIN
    for key in sorted({each.announcement_id for each in confirmations.list_begun(db, since)}):
        announcement = announcements.lock(db, key)
        # Somebody else may have gone on with it meanwhile.
        begun = confirmations.list_begun(db, since, key)
        if begun:
            _go_on(db, announcement, begun[0], now)
            return


def _go_on(db: Connection, announcement: Announcement, begun: Reminding, now: datetime) -> None:
    missing: Sequence[Household] = ()
    if is_in_force(db, announcement, now):
        missing = missing_of(db, begun.occurrence_id, begun.places)
    _put_piece(db, announcement, begun, missing, now)


def _put_piece(
    db: Connection,
    announcement: Announcement,
    begun: Reminding,
    missing: Iterable[Household],
    now: datetime,
) -> None:
    """To the next people, now or not at all: who reminds at night is told so, and reminds in the
    morning. They may have changed their mind since they were asked."""
    waiting = sorted(each for each in _people_of(missing) if each > begun.after)
    people, left = waiting[:PIECE], len(waiting) > PIECE
    found = readers_of(db, begun.places, _CONFIRM, announcement.bot, people)
    chats = [Chat(each.address_id, each.bot, each.neighbourhood_id) for each in found]
    notice = _notice(announcement, begun.occurrence_id)
    post_in(db, chats, notice, Sort.ORDINARY, now, occurrence_id=None, latest=now)
    if left or begun.after:
        detail: dict[str, Any] = {"occurrence": begun.occurrence_id, "places": begun.places}
        detail["after"] = people[-1] if left else None
        announcements.add_change(db, announcement.id, REMINDING, None, now, detail)
    if left:
        db.info["more"] = True


def _people_of(missing: Iterable[Household]) -> set[int]:
    return {each.person_id for household in missing for each in household.people}


def _free(
    db: Connection, missing: Iterable[Household], places: Sequence[int], now: datetime
) -> set[int]:
    """The people to whom it can go now. Raises Refused where that is nobody."""
    people = _people_of(missing)
    agreed = readers.list_agreed(db, places, ConsentPurpose.CONFIRM.value)
    found = [(who, chat) for who, chat in agreed if who in people]
    dark = readers.list_guarded(db, {chat.address_id for _, chat in found})
    chats = [(who, chat) for who, chat in found if chat.address_id not in dark]
    diary = Diary(db, [chat for _, chat in chats])
    waits = [(who, diary.held_until(chat, Sort.ORDINARY, now)) for who, chat in chats]
    free = {who for who, until in waits if until is None}
    if not waits:
        raise Refused("reading.remind.nobody")
    if not free:
        raise Refused("reading.remind.later", at=Moment(min(at for _, at in waits if at)))
    return free


def _notice(announcement: Announcement, occurrence_id: int) -> Notice:
    text = Text("reading.remind", {"what": named(announcement)})
    return Notice(text, buttons=read_button(occurrence_id))
