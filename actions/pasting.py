"""Paste mode: a leader names the groups of the neighbourhood that no bot can join; each post for
it waits there as a row until somebody has pasted it by hand. Nothing is sent from here.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from actions import paste_news
from actions.announcement_authority import still_speaks
from actions.announcement_face import messages_of, notice_of
from actions.announcement_news import tell_lost
from actions.audiences import is_for_groups
from actions.pieces import PIECE, Piece
from actions.post_hours import quiet_hours_of, waits_at_most
from actions.standings import standings_of
from domain.access import announcing_role
from domain.announcing import OccurrenceState, Sort, State
from domain.errors import Refused
from domain.lengths import units
from domain.pasting import ASKED_FOR, MOST_GROUPS, NAME_LETTERS, REMIND_AFTER
from domain.quiet_hours import free_from
from domain.text import fold
from storage import announcements, copies, pastes, posts, wards
from storage.announcement_tables import Announcement, Occurrence, Post
from storage.tables import Person

_LATE: Final = "announcement.reason.late"
_ENDS = {"stopped", "taken_back", "role_lost", "corrected", "cancelled", "cleared"}


class Marked(NamedTuple):
    """A group of a post, all groups of its neighbourhood beside it, and whether it had been
    pasted before."""

    post: Post
    around: list[Post]
    before: bool


def list_groups(db: Connection, neighbourhood_id: int) -> list[str]:
    """The names of the groups that no bot can join."""
    return pastes.list_groups(db, neighbourhood_id)


def require_leads(db: Connection, person: Person, neighbourhood_id: int) -> None:
    """Raises Refused for whoever may not name its groups."""
    place = wards.find_neighbourhood(db, neighbourhood_id)
    if place is not None:
        standings = standings_of(db, person.id)
        if announcing_role(standings, place.ward_code, (place.id,)) is not None:
            return
    raise Refused("access.may_not_announce")


def add_group(db: Connection, person: Person, neighbourhood_id: int, name: str) -> str:
    """From the next post on it is one more of them; its name as it is kept. Raises Refused."""
    require_leads(db, person, neighbourhood_id)
    name = " ".join(name.split())
    names = pastes.list_groups(db, neighbourhood_id)
    if not fold(name) or units(name) > NAME_LETTERS:
        raise Refused("pasting.refused.name", most=NAME_LETTERS)
    if fold(name) in map(fold, names):
        raise Refused("pasting.refused.known")
    if len(names) >= MOST_GROUPS:
        raise Refused("pasting.refused.many", most=MOST_GROUPS)
    pastes.set_groups(db, neighbourhood_id, [*names, name])
    return name


def remove_group(db: Connection, person: Person, neighbourhood_id: int, at: int) -> str:
    """The group at this place of the list, counted from 0, is none of them any more; its name.
    Raises Refused."""
    require_leads(db, person, neighbourhood_id)
    names = pastes.list_groups(db, neighbourhood_id)
    if not 0 <= at < len(names):
        raise Refused("pasting.refused.gone")
    pastes.set_groups(db, neighbourhood_id, [each for n, each in enumerate(names) if n != at])
    return names[at]


def list_for_pasting(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime, most: int
) -> Piece:
    """A row for each group of its next neighbourhoods, at most about `most`, exactly one an
    occurrence (the announcement is locked by whoever sends it), and the words to who pastes
    them."""
    if is_for_groups(db, announcement):
        return Piece()
    put = after = 0
    latest = waits_at_most(now, announcement.expires_at)
    words = messages_of(notice_of(db, announcement, now))
    while found := pastes.list_unlisted(db, announcement.id, occurrence.id, after, PIECE):
        for place, names, quiet in found:
            until = now if Sort(announcement.sort).is_urgent else free_from(now, quiet)
            if not names or until >= latest:
                continue
            held_until = until if until > now else None
            pastes.add_pastes(db, occurrence.id, place, names, held_until, now)
            if held_until is None:
                several = pastes.list_pastes(db, occurrence.id, place)
                paste_news.hand_over(db, announcement, several, words, now)
            put += len(names)
            if put >= most:
                return Piece(put, more=True)
        after = found[-1][0]
    return Piece(put)


def look_after_pastes(db: Connection, now: datetime) -> None:
    """A tick: the words to who pastes them once quiet hours are over, and one reminder."""
    places: dict[int, list[int]] = {}
    for occurrence_id, place in pastes.list_unpasted(db, now - ASKED_FOR):
        places.setdefault(occurrence_id, []).append(place)
    found = [announcements.get_occurrence(db, key) for key in places]
    # In the order in which everybody locks them (storage.announcements.list_due).
    for occurrence in sorted(found, key=lambda each: (each.announcement_id, each.id)):
        announcement = announcements.lock_free(db, occurrence.announcement_id)
        if announcement is not None:
            for place in places[occurrence.id]:
                _look_after(db, announcement, occurrence.id, place, now)


def mark_pasted(db: Connection, post_id: int, person: Person, now: datetime) -> Marked:
    """Somebody pasted it there; what stood there already stays as it is. Raises Refused."""
    post = _get(db, post_id, person)
    before = post.pasted_at is not None
    if not before:
        posts.set_post(db, post.id, pasted_at=now, pasted_by=person.id)
    return _marked(db, post_id, before)


def unmark_pasted(db: Connection, post_id: int, person: Person) -> Marked:
    """It was not pasted there after all. Raises Refused."""
    post = _get(db, post_id, person)
    before = post.pasted_at is not None
    posts.set_post(db, post.id, pasted_at=None, pasted_by=None)
    return _marked(db, post_id, before)


def list_open(db: Connection, person: Person, now: datetime) -> list[Post]:
    """The groups of the newest post that this person was asked to paste and that is not pasted
    everywhere; [] where there is none."""
    for occurrence_id, place in reversed(pastes.list_unpasted(db, now - ASKED_FOR)):
        occurrence = announcements.get_occurrence(db, occurrence_id)
        announcement = announcements.get(db, occurrence.announcement_id)
        several = pastes.list_pastes(db, occurrence_id, place)
        if paste_news.is_asked(db, announcement, place, person.id, several):
            return several
    return []


def marked_of(db: Connection, post_id: int, person: Person) -> Marked:
    """How it stands. Raises Refused."""
    post = _get(db, post_id, person)
    return _marked(db, post_id, post.pasted_at is not None)


def _look_after(
    db: Connection, announcement: Announcement, occurrence_id: int, place: int, now: datetime
) -> None:
    several = pastes.list_pastes(db, occurrence_id, place)
    if all(each.pasted_at is not None for each in several):
        return
    begins_at = max(each.held_until or each.created_at for each in several)
    handed = paste_news.is_handed_over(db, several)
    if _is_over(db, announcement, several, now):
        if not handed:
            pastes.drop(db, occurrence_id, place)
    elif now < max(begins_at, _held_until(db, announcement, place, now)) or _waits(announcement):
        return
    elif not handed and now > begins_at + timedelta(seconds=announcement.late_for):
        _give_up(db, announcement, several, place, now)
    elif not handed:
        if still_speaks(db, announcement, now):
            words = messages_of(notice_of(db, announcement, now))
            paste_news.hand_over(db, announcement, several, words, now)
    elif _is_time_to_remind(db, announcement, several, begins_at, now):
        paste_news.remind(db, announcement, several, now)


def _is_time_to_remind(
    db: Connection,
    announcement: Announcement,
    several: Sequence[Post],
    begins_at: datetime,
    now: datetime,
) -> bool:
    after: timedelta = REMIND_AFTER[Sort(announcement.sort)]
    return now >= begins_at + after and not paste_news.is_reminded(db, several)


def _give_up(
    db: Connection, announcement: Announcement, several: Sequence[Post], place: int, now: datetime
) -> None:
    """Too late to be pasted, as it is too late for every other group: who wrote it hears so."""
    occurrence = announcements.get_occurrence(db, several[0].occurrence_id or 0)
    pastes.drop(db, occurrence.id, place)
    if not posts.leaves_somewhere(db, occurrence.id):
        values = {"state": OccurrenceState.DROPPED.value, "reason": _LATE, "sent_at": None}
        announcements.set_occurrence(db, occurrence.id, **values)
    if copies.neighbourhoods_with(db, occurrence.id) is None:
        tell_lost(db, announcement, [(occurrence, _LATE)], now)
    else:
        paste_news.tell_late(db, announcement, several, now)


def _is_over(
    db: Connection, announcement: Announcement, several: Sequence[Post], now: datetime
) -> bool:
    """Whether it need not be pasted any more."""
    if announcement.cleared_at is not None:
        return True
    if announcement.expires_at is not None and announcement.expires_at <= now:
        return True
    changes = announcements.list_changes(db, announcement.id)
    made_at = several[0].created_at
    return any(each.what in _ENDS and each.at >= made_at for each in changes)


def _waits(announcement: Announcement) -> bool:
    return announcement.state in {State.WAITING.value, State.PAUSED.value}


def _held_until(db: Connection, announcement: Announcement, place: int, at: datetime) -> datetime:
    if Sort(announcement.sort).is_urgent:
        return at
    return free_from(at, quiet_hours_of(db, place))


def _get(db: Connection, post_id: int, person: Person) -> Post:
    try:
        post = posts.get_post(db, post_id)
    except LookupError:
        raise Refused("pasting.refused.gone") from None
    if post.paste_group is None or post.neighbourhood_id is None:
        raise Refused("pasting.refused.gone")
    require_leads(db, person, post.neighbourhood_id)
    return post


def _marked(db: Connection, post_id: int, before: bool) -> Marked:
    post = posts.get_post(db, post_id)
    around = pastes.list_pastes(db, post.occurrence_id or 0, post.neighbourhood_id)
    return Marked(post, around, before)
