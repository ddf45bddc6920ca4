"""What a correction puts into a chat that has a copy of what it stands for: the short message
below it, or the whole of it where the copy was never seen.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.broadcasting import post, quiet_hours_of
from actions.correction_face import short_face
from domain.announcing import Sort
from domain.corrections import Kind
from domain.notices import Notice
from domain.quiet_hours import free_from
from storage import posts
from storage.addresses import get_address
from storage.announcement_tables import Announcement, Occurrence
from storage.corrections import Copy


@dataclass(frozen=True, slots=True)
class Spreading:
    """One correction on its way: `occurrence` is the time at which it left for the old copies,
    `formers` are what it stands for, by their ids."""

    fresh: Announcement
    occurrence: Occurrence
    formers: dict[int, Announcement]
    kind: Kind

    @property
    def mark(self) -> str:
        """What the edits that it owes are marked with."""
        return f"correction:{self.fresh.id}"


def needs_short(copy: Copy) -> bool:
    """An edit notifies nobody, and a post may be read the moment that it is there: wherever it
    was sent a message of its own says it."""
    return copy.state != "due"


def post_short(db: Connection, spreading: Spreading, copy: Copy, now: datetime) -> None:
    """Below the old copy, and on top of the group instead of it. Quiet hours hold; the day's
    limit is against noise, and a correction of what stands there already is none."""
    former = spreading.formers[copy.announcement_id]
    short = replace(short_face(db, spreading.fresh, former), replies_to=copy.message_id or None)
    sort = Sort(spreading.fresh.sort)
    if not sort.is_urgent and free_from(now, quiet_hours_of(db, copy.neighbourhood_id)) <= now:
        sort = Sort.HAZARD
    post_copy(db, spreading, copy, short, sort, now)
    if copy.unpin_at is not None:
        posts.set_post(db, copy.post_id, unpin_at=min(copy.unpin_at, now))


def post_copy(
    db: Connection, spreading: Spreading, copy: Copy, notice: Notice, sort: Sort, now: datetime
) -> None:
    """In the chat of this copy, as one of the correction's own."""
    post(
        db,
        get_address(db, copy.address_id),
        notice,
        sort,
        now,
        occurrence_id=spreading.occurrence.id,
        neighbourhood_id=copy.neighbourhood_id,
    )
