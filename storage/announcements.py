"""Announcements with their targets, their times (one row an occurrence) and who changed what."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.announcement_tables import (
    Announcement,
    AnnouncementChange,
    AnnouncementTarget,
    Occurrence,
)
from storage.keys import mark
from storage.rows import add, find_by, rows, table
from storage.rows import change as change_row
from storage.rows import find as find_row

_ANNOUNCEMENT = table(Announcement)
_OCCURRENCE = table(Occurrence)
_TARGET = table(AnnouncementTarget)


def find(db: Connection, key: int) -> Announcement | None:
    """The announcement with this id."""
    return find_by(db, Announcement, id=key)


def get(db: Connection, key: int) -> Announcement:
    """Raises LookupError."""
    announcement = find(db, key)
    if announcement is None:
        raise LookupError(f"announcement {key}")
    return announcement


def lock(db: Connection, key: int) -> Announcement:
    """The announcement as it stands now; whoever else wants to change or send it waits until this
    transaction ends. (SQLite has one writer at a time anyway.) Raises LookupError."""
    wanted = select(Announcement).where(Announcement.id == key).with_for_update()
    announcement = find_row(db, Announcement, wanted)
    if announcement is None:
        raise LookupError(f"announcement {key}")
    return announcement


def lock_free(db: Connection, key: int) -> Announcement | None:
    """The same for a tick, which looks again soon: None where somebody else has it now, so that a
    tick never waits, and nobody waits crosswise for it."""
    wanted = select(Announcement).where(Announcement.id == key)
    return find_row(db, Announcement, wanted.with_for_update(skip_locked=True))


def find_filed(db: Connection, draft_id: int) -> Announcement | None:
    """The announcement that this draft has already become."""
    return find_by(db, Announcement, filed=draft_mark(db, draft_id))


def draft_mark(db: Connection, draft_id: int) -> str:
    """What stands for a draft beside the announcement that it became."""
    return mark(db, f"announced:{draft_id}")


def find_by_code(db: Connection, code: str) -> Announcement | None:
    """`code` is the eight bare digits."""
    return find_by(db, Announcement, code=code)


def add_announcement(db: Connection, announcement: Announcement) -> Announcement:
    """Insert; the row with its id."""
    announcement.id = add(db, announcement)
    return announcement


def set_columns(db: Connection, key: int, **values: Any) -> None:
    """Change columns of one announcement."""
    change_row(db, Announcement, key, **values)


def move(db: Connection, key: int, froms: Collection[str], to: str, **values: Any) -> bool:
    """From one of these states to another in one statement: False for whoever came second."""
    wanted = (_ANNOUNCEMENT.c.id == key) & _ANNOUNCEMENT.c.state.in_(list(froms))
    moved = _ANNOUNCEMENT.update().where(wanted).values(state=to, **values)
    return db.execute(moved).rowcount == 1


def list_in_states(
    db: Connection, ward_codes: Sequence[str], states: Collection[str]
) -> list[Announcement]:
    """Those of these wards, the newest first."""
    wanted = col(Announcement.ward_code).in_(ward_codes) & col(Announcement.state).in_(states)
    statement = select(Announcement).where(wanted).order_by(col(Announcement.id).desc())
    return rows(db, Announcement, statement)


def set_targets(
    db: Connection, key: int, targets: Sequence[tuple[int | None, str | None]]
) -> None:
    """Each is a neighbourhood's id or None, and a tag or None; what was there goes."""
    db.execute(_TARGET.delete().where(_TARGET.c.announcement_id == key))
    for neighbourhood_id, tag in targets:
        target = AnnouncementTarget(
            announcement_id=key, neighbourhood_id=neighbourhood_id, tag=tag
        )
        add(db, target)


def list_targets(db: Connection, key: int) -> list[AnnouncementTarget]:
    """To whom it goes, in the order in which they were chosen."""
    wanted = select(AnnouncementTarget).where(AnnouncementTarget.announcement_id == key)
    return rows(db, AnnouncementTarget, wanted.order_by(col(AnnouncementTarget.id)))


def list_aims(db: Connection, key: int) -> list[tuple[int | None, str | None]]:
    """The same as plain values: a neighbourhood's id or None, and a tag or None; of six hundred
    neighbourhoods the rows themselves are costly."""
    wanted = select(_TARGET.c.neighbourhood_id, _TARGET.c.tag)
    found = db.execute(wanted.where(_TARGET.c.announcement_id == key).order_by(_TARGET.c.id))
    return [(row[0], row[1]) for row in found]


def add_change(
    db: Connection, key: int, what: str, actor_id: int | None, at: datetime, detail: Any = None
) -> None:
    """Note who changed what; `actor_id` None is the bot itself."""
    row = AnnouncementChange(
        announcement_id=key, what=what, actor_id=actor_id, at=at, detail=detail
    )
    add(db, row)


def list_changes(db: Connection, key: int) -> list[AnnouncementChange]:
    """Its history, the oldest first."""
    wanted = select(AnnouncementChange).where(AnnouncementChange.announcement_id == key)
    return rows(db, AnnouncementChange, wanted.order_by(col(AnnouncementChange.id)))


def newest_change(db: Connection, key: int, whats: Collection[str]) -> AnnouncementChange | None:
    """The last time that one of these was done to it."""
    wanted = select(AnnouncementChange).where(AnnouncementChange.announcement_id == key)
    wanted = wanted.where(col(AnnouncementChange.what).in_(list(whats)))
    return find_row(
        db, AnnouncementChange, wanted.order_by(col(AnnouncementChange.id).desc()).limit(1)
    )


def plan(db: Connection, key: int, due_at: datetime, send_at: datetime) -> bool:
    """One time of it; False where there is a row of that time already, whatever became of it."""
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    row = insert(_OCCURRENCE).values(
        announcement_id=key, due_at=due_at, send_at=send_at, state="due"
    )
    # psycopg does not count the rows of an insert: ask for the row itself.
    taken = row.on_conflict_do_nothing().returning(_OCCURRENCE.c.id)
    return db.execute(taken).first() is not None


def unplan(db: Connection, key: int) -> None:
    """Forget the times of it that were planned and not sent: its rule changed."""
    due = (_OCCURRENCE.c.announcement_id == key) & (_OCCURRENCE.c.state == "due")
    db.execute(_OCCURRENCE.delete().where(due))


def settle(
    db: Connection, occurrence_id: int, state: str, *, was: str = "due", **values: Any
) -> bool:
    """From due to what became of it in one statement: False for whoever came second."""
    wanted = (_OCCURRENCE.c.id == occurrence_id) & (_OCCURRENCE.c.state == was)
    settled = _OCCURRENCE.update().where(wanted).values(state=state, **values)
    return db.execute(settled).rowcount == 1


def postpone(db: Connection, key: int, send_at: datetime) -> None:
    """What is due of it is not sent before `send_at`."""
    due = (_OCCURRENCE.c.announcement_id == key) & (_OCCURRENCE.c.state == "due")
    earlier = due & (_OCCURRENCE.c.send_at < send_at)
    db.execute(_OCCURRENCE.update().where(earlier).values(send_at=send_at))


def set_occurrence(db: Connection, occurrence_id: int, **values: Any) -> None:
    """Change columns of one occurrence that is settled."""
    change_row(db, Occurrence, occurrence_id, **values)


def get_occurrence(db: Connection, occurrence_id: int) -> Occurrence:
    """Raises LookupError."""
    row = find_by(db, Occurrence, id=occurrence_id)
    if row is None:
        raise LookupError(f"occurrence {occurrence_id}")
    return row


def find_due(db: Connection, key: int) -> Occurrence | None:
    """The next time of it, if one is planned."""
    wanted = (col(Occurrence.announcement_id) == key) & (col(Occurrence.state) == "due")
    statement = select(Occurrence).where(wanted).order_by(col(Occurrence.due_at))
    return find_row(db, Occurrence, statement)


def list_occurrences(db: Connection, key: int) -> list[Occurrence]:
    """All times of it that have a row, by time."""
    wanted = select(Occurrence).where(Occurrence.announcement_id == key)
    return rows(db, Occurrence, wanted.order_by(col(Occurrence.due_at)))


def list_sending(db: Connection, key: int) -> list[Occurrence]:
    """The times of it of which some chats still wait for their copy to be put."""
    wanted = (col(Occurrence.announcement_id) == key) & (col(Occurrence.state) == "sending")
    return rows(db, Occurrence, select(Occurrence).where(wanted).order_by(col(Occurrence.id)))


def list_due(db: Connection, now: datetime) -> list[int]:
    """The ids of the announcements of which something is due, or was begun and is not put into
    all chats, in one order for everybody, so that two schedulers never wait for each other
    crosswise."""
    due = (col(Occurrence.state) == "due") & (col(Occurrence.send_at) <= now)
    begun = col(Occurrence.state) == "sending"
    wanted = select(Occurrence.announcement_id).where(due | begun).distinct()
    return list(db.execute(wanted.order_by(col(Occurrence.announcement_id))).scalars())


def list_coming(db: Connection, limit: int) -> list[Occurrence]:
    """What is planned, of every ward, the next one first."""
    wanted = select(Occurrence).where(Occurrence.state == "due")
    return rows(db, Occurrence, wanted.order_by(col(Occurrence.send_at)).limit(limit))
