"""Copies of announcements that people paste by hand into groups that no bot can join: rows of
`post` without an address; and the names of those groups by neighbourhood.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.quiet_hours import QuietHours
from storage.announcement_tables import AnnouncementTarget, Post, Rhythm
from storage.posts import find_rhythm, set_rhythm
from storage.rows import rows, table

_POST = table(Post)
_RHYTHM = table(Rhythm)
_TARGET = table(AnnouncementTarget)


def list_groups(db: Connection, neighbourhood_id: int) -> list[str]:
    """The names of its groups, in the order in which they were added."""
    rhythm = find_rhythm(db, neighbourhood_id)
    return [str(each) for each in (rhythm.paste_groups or ())] if rhythm else []


def set_groups(db: Connection, neighbourhood_id: int, names: Sequence[str]) -> None:
    """These from now on."""
    set_rhythm(db, neighbourhood_id, paste_groups=list(names))


def list_pastes(
    db: Connection, occurrence_id: int, neighbourhood_id: int | None = None
) -> list[Post]:
    """The copies of an occurrence that are pasted by hand, of one neighbourhood or of all."""
    wanted = _by_hand() & (col(Post.occurrence_id) == occurrence_id)
    if neighbourhood_id is not None:
        wanted &= col(Post.neighbourhood_id) == neighbourhood_id
    return rows(db, Post, select(Post).where(wanted).order_by(col(Post.id)))


def list_unlisted(
    db: Connection, announcement_id: int, occurrence_id: int, after: int, limit: int
) -> list[tuple[int, list[str], QuietHours]]:
    """The next neighbourhoods of an announcement, behind `after`, with groups of which the
    occurrence has no row yet: the names of those groups, and the quiet hours."""
    joined = _RHYTHM.join(_TARGET, _TARGET.c.neighbourhood_id == _RHYTHM.c.neighbourhood_id)
    have = select(_POST.c.neighbourhood_id).where(_by_hand(), Post.occurrence_id == occurrence_id)
    wanted = (
        select(*_RHYTHM.c)
        .select_from(joined)
        .where(_TARGET.c.announcement_id == announcement_id, _RHYTHM.c.neighbourhood_id > after)
        .where(_RHYTHM.c.paste_groups.is_not(None), _RHYTHM.c.neighbourhood_id.not_in(have))
        .order_by(_RHYTHM.c.neighbourhood_id)
        .limit(limit)
    )
    return [
        (each.neighbourhood_id, list(each.paste_groups or ()), QuietHours.from_json(each.quiet))
        for each in rows(db, Rhythm, wanted)
    ]


def add_pastes(
    db: Connection,
    occurrence_id: int,
    neighbourhood_id: int,
    names: Sequence[str],
    held_until: datetime | None,
    now: datetime,
) -> None:
    """A row for each of these groups; they wait until `held_until` (aware, UTC)."""
    row = {
        "occurrence_id": occurrence_id,
        "neighbourhood_id": neighbourhood_id,
        "held_until": held_until,
        "right_answers": 0,
        "wrong_answers": 0,
        "created_at": now,
    }
    db.execute(_POST.insert(), [{**row, "paste_group": name} for name in names])


def list_unpasted(db: Connection, since: datetime) -> list[tuple[int, int]]:
    """(occurrence, neighbourhood) of what was made after `since` and is not pasted everywhere, in
    one order for everybody."""
    wanted = _by_hand() & col(Post.pasted_at).is_(None) & (col(Post.created_at) > since)
    columns = (_POST.c.occurrence_id, _POST.c.neighbourhood_id)
    found = db.execute(_POST.select().with_only_columns(*columns).where(wanted).distinct())
    return sorted((int(row[0]), int(row[1])) for row in found)


def drop(db: Connection, occurrence_id: int, neighbourhood_id: int) -> None:
    """Nobody is to paste it there any more."""
    mine = (_POST.c.occurrence_id == occurrence_id) & _POST.c.address_id.is_(None)
    mine &= (_POST.c.neighbourhood_id == neighbourhood_id) & _POST.c.pasted_at.is_(None)
    db.execute(_POST.delete().where(mine & _POST.c.paste_group.is_not(None)))


def _by_hand() -> ColumnElement[bool]:
    by_hand = col(Post.address_id).is_(None) & col(Post.paste_group).is_not(None)
    return by_hand & col(Post.occurrence_id).is_not(None) & col(Post.neighbourhood_id).is_not(None)
