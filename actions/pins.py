"""Posts that stay on top of their groups for a while: pinned when they have arrived, let go on
time. Where the bot may not pin, the author hears once what right it needs.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import named, places_of
from actions.announcement_news import tell_author
from actions.pieces import PIECE
from domain.announcing import Sort
from domain.notices import Param, Text
from storage import announcements, outbox, pins, posts
from storage.pins import Over, Pinned

# A held post leaves within this time of its hour, or not at all.
_ARRIVES_WITHIN: Final = timedelta(days=3)
# The bot may be let in again, or get the right that it lacks.
_TRIED_EVERY: Final = timedelta(hours=1)
_TRIED_FOR: Final = timedelta(days=30)


def look_after_pins(db: Connection, now: datetime) -> None:
    """A tick: pin what arrived, let go what was pinned long enough, and say what was refused."""
    for each in pins.list_unpinned(db, now - _ARRIVES_WITHIN, PIECE):
        _pin(db, each, now)
    _tell_refused(db, now)
    for over in pins.list_over(db, now, PIECE):
        _let_go(db, over, now)


def _pin(db: Connection, pinned: Pinned, now: datetime) -> None:
    """An emergency is noticed by everybody; of other posts only the message itself was."""
    until = pinned.sent_at + timedelta(seconds=pinned.pinned_for)
    loud = pinned.sort == Sort.EMERGENCY.value
    outbox.pin(db, outbox.get(db, pinned.outbox_id), now, loud=loud)
    posts.set_post(db, pinned.post_id, unpin_at=until)


def _let_go(db: Connection, over: Over, now: datetime) -> None:
    """Forgotten once its messenger knows, since nobody else would take it down; what was refused
    is said again later, for some days."""
    if over.unpin_id is None:
        outbox.unpin(db, outbox.get(db, over.outbox_id), now)
    elif over.state == "sent" or now > over.unpin_at + _TRIED_FOR:
        posts.set_post(db, over.post_id, unpin_at=None)
    else:
        outbox.owe_again(db, over.unpin_id, now + _TRIED_EVERY)


def _tell_refused(db: Connection, now: datetime) -> None:
    refused: dict[int, list[Pinned]] = {}
    for each in pins.list_refused(db):
        refused.setdefault(each.announcement_id, []).append(each)
        posts.set_post(db, each.post_id, unpin_at=None)
    for key, several in refused.items():
        announcement = announcements.get(db, key)
        places = dict.fromkeys(p.neighbourhood_id for p in several if p.neighbourhood_id)
        params: dict[str, Param] = {"what": named(announcement)}
        params["places"] = places_of(db, tuple(places))
        once = f"pin_refused:{key}"
        tell_author(db, announcement, Text("correction.pin_refused", params), now, once=once)
