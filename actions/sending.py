"""A time of an announcement on its way into its chats: a piece in a transaction, so that nothing
urgent waits for six hundred; what is put is durable, and the next piece goes on from there.

What is out stays, whatever comes between. What is not put yet is not sent any more when somebody
pauses or stops it, when its author loses the role, or when it is over: its author hears how far
it came.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions import audience_news
from actions.announcement_face import named, neighbourhoods_of
from actions.announcement_news import tell_author, tell_held, tell_lost, tell_not_everywhere
from actions.audiences import is_for_groups, rests_too_long
from actions.neighbours import chats_without, places_without
from actions.occurrence_fates import lost, why_no_more
from actions.pieces import Piece
from domain.announcing import OccurrenceState
from domain.notices import Param, Text
from storage import announcements, copies, posts
from storage.announcement_tables import Announcement, Occurrence

Spread = Callable[[Connection, Announcement, Occurrence, datetime, int], Piece]
"""Brings one occurrence to chats that have no copy of it, at most so many, each with a row in
`post` of its own (actions/broadcasting.py), and says how many it brought it to. It may be called
again for what it did already, and then changes nothing."""

_SENDING: Final = OccurrenceState.SENDING.value


def go_on(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    now: datetime,
    most: int,
    spreads: Sequence[Spread],
) -> int:
    """Put the next piece, of at most `most` copies of any sort; how many were put. It is not
    finished where they are as many."""
    if reason := why_no_more(db, announcement, occurrence, now):
        _break_off(db, announcement, occurrence, reason, now)
        return 0
    if announcement.corrects is not None and occurrence.due_at == announcement.created_at:
        # It goes to where the copies of what it corrects are: actions/corrected.py.
        _settle(db, occurrence, OccurrenceState.SENT)
        return 0
    put = 0
    for spread in spreads:
        piece = spread(db, announcement, occurrence, now, most - put)
        put += piece.put
        if piece.more or put >= most:
            return max(put, most)
    _finish(db, announcement, occurrence, now)
    return put


def break_off(db: Connection, announcement: Announcement, reason: str, now: datetime) -> None:
    """Who has it has it, and what of it is not put yet stays unsent, before anything else is done
    to it; `reason` is a catalogue key."""
    for occurrence in announcements.list_sending(db, announcement.id):
        _break_off(db, announcement, occurrence, reason, now)


def _finish(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    now: datetime,
) -> None:
    """It is everywhere now, but in chats that rest for too long; its author hears what waits and
    where it does not go. It may have led nowhere."""
    reached = copies.neighbourhoods_with(db, occurrence.id)
    left = places_without(db, announcement, occurrence)
    if is_for_groups(db, announcement) and not rests_too_long(db, announcement, now):
        _settle(db, occurrence, OccurrenceState.SENT)
        audience_news.tell_sent(db, announcement, occurrence, now)
        return
    if reached is None:
        silent = left or is_for_groups(db, announcement)
        fate = lost("silent" if silent else "no_chat")
        _settle(db, occurrence, fate.state, reason=fate.reason, sent_at=None)
        tell_lost(db, announcement, [(occurrence, fate.reason or "")], now)
        return
    _settle(db, occurrence, OccurrenceState.SENT)
    tell_held(db, announcement, posts.list_waiting(db, occurrence.id), now)
    places = neighbourhoods_of(db, announcement)
    missed = tuple(each for each in places if each not in reached and each not in left)
    resting = tuple(each for each in places if each in left)
    for some, why in ((missed, "no_chat"), (resting, "silent")):
        if some:
            tell_not_everywhere(db, announcement, some, f"announcement.reason.{why}", now)


def _break_off(
    db: Connection, announcement: Announcement, occurrence: Occurrence, reason: str, now: datetime
) -> None:
    if is_for_groups(db, announcement):
        _settle(db, occurrence, OccurrenceState.SENT, reason=reason)
        audience_news.tell_broken_off(db, announcement, occurrence, reason, now)
        return
    tally = copies.tallies(db, [occurrence.id]).get((occurrence.id, False), copies.Tally())
    without = len(chats_without(db, announcement, occurrence))
    if copies.neighbourhoods_with(db, occurrence.id) is None:
        _settle(db, occurrence, OccurrenceState.DROPPED, reason=reason, sent_at=None)
        tell_lost(db, announcement, [(occurrence, reason)], now)
    elif _settle(db, occurrence, OccurrenceState.SENT, reason=reason):
        params: dict[str, Param] = {
            "what": named(announcement),
            "number": tally.chats - tally.waiting,
            "reason": Text(reason),
        }
        key = "announcement.news.broken_off.people"
        if left := without + tally.waiting:
            key, params["left"] = "announcement.news.broken_off", left
        tell_author(db, announcement, Text(key, params), now)


def _settle(
    db: Connection, occurrence: Occurrence, state: OccurrenceState, **values: object
) -> bool:
    return announcements.settle(db, occurrence.id, state.value, was=_SENDING, **values)
