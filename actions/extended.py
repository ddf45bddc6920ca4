"""What is in force for longer than it said at first: its copies show until when, a piece at a time
as those of a correction (actions/corrected.py).
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import notice_of
from actions.broadcasting import PIECE
from actions.copy_edits import edit_copy, reached_since
from actions.correction_face import copy_face
from actions.corrections import formers_of, in_force
from actions.dark_phones import list_lit
from domain.notices import Notice
from storage import corrections
from storage.announcement_tables import Announcement


def spread_extensions(db: Connection, now: datetime) -> None:
    """A tick: some more copies of what was extended; of all of them together a piece."""
    most = PIECE
    for announcement in corrections.list_extended(db, now):
        if most > 0:
            most -= _spread(db, announcement, now, most)
    if most <= 0:
        db.info["more"] = True


def _spread(db: Connection, announcement: Announcement, now: datetime, most: int) -> int:
    """How many copies were edited."""
    if announcement.expires_at is None or in_force(db, announcement).id != announcement.id:
        return 0
    several = {each.id: each for each in formers_of(db, announcement)}
    several[announcement.id] = announcement
    mark = f"until:{announcement.id}:{int(announcement.expires_at.timestamp())}"
    since = reached_since(db, several, now)
    found = corrections.list_unreached(db, list(several), mark, since, most)
    for copy in list_lit(db, found, mark, now):
        face = _face(db, announcement, several[copy.announcement_id], now)
        edit_copy(db, copy, face, f"{mark}:{copy.post_id}", now)
    return len(found)


def _face(
    db: Connection, announcement: Announcement, former: Announcement, now: datetime
) -> Notice:
    if announcement.corrects is None:
        return replace(notice_of(db, announcement, now), media=())
    return copy_face(db, announcement, former)
