"""Who was asked to confirm an occurrence, and who did: a row is made when somebody is asked, and
`read_at` is filled when they answer.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.announcement_tables import (
    Announcement,
    AnnouncementChange,
    AnnouncementTarget,
    Occurrence,
    Reading,
)
from storage.rows import find as find_row
from storage.rows import rows, table
from storage.tables import Outbox, Person

REMINDED = "reminded"
# How far a reminder to many came; its end is one without a person.
REMINDING = "reminding"
_READING = table(Reading)
_PERSON = table(Person)


class Asked(NamedTuple):
    """One person who was asked; `house` only where they let us keep it."""

    person_id: int
    name: str
    house: str | None
    neighbourhood_id: int | None
    read_at: datetime | None


class Reminding(NamedTuple):
    """A reminder on its way to these neighbourhoods: `after` is the last person who had a
    turn, 0 for none."""

    announcement_id: int
    occurrence_id: int
    places: list[int]
    after: int


def ask(db: Connection, occurrence_id: int, person_id: int) -> None:
    """This person is asked; a second time changes nothing."""
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    row = insert(_READING).values(occurrence_id=occurrence_id, person_id=person_id)
    db.execute(row.on_conflict_do_nothing())


def ask_all(db: Connection, occurrence_id: int, person_ids: Collection[int]) -> None:
    """The same for several."""
    if not person_ids:
        return
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    values = [{"occurrence_id": occurrence_id, "person_id": each} for each in person_ids]
    db.execute(insert(_READING).on_conflict_do_nothing(), values)


def find(db: Connection, occurrence_id: int, person_id: int) -> Reading | None:
    """Their row; None for whoever was not asked."""
    wanted = (Reading.occurrence_id == occurrence_id) & (Reading.person_id == person_id)
    return find_row(db, Reading, select(Reading).where(wanted))


def confirm(db: Connection, occurrence_id: int, person_id: int, at: datetime) -> bool:
    """They have read it, in one statement: False for a second time."""
    wanted = (_READING.c.occurrence_id == occurrence_id) & (_READING.c.person_id == person_id)
    open_one = wanted & _READING.c.read_at.is_(None)
    return db.execute(_READING.update().where(open_one).values(read_at=at)).rowcount == 1


def list_asked(db: Connection, occurrence_id: int) -> list[Asked]:
    """Everybody who was asked, whoever has been known the longest first."""
    columns = [
        _PERSON.c.id,
        _PERSON.c.name,
        _PERSON.c.house,
        _PERSON.c.neighbourhood_id,
        _READING.c.read_at,
    ]
    joined = _READING.join(_PERSON, _PERSON.c.id == _READING.c.person_id)
    here = _READING.c.occurrence_id == occurrence_id
    wanted = select(*columns).select_from(joined).where(here).order_by(_READING.c.person_id)
    return [Asked(*row) for row in db.execute(wanted)]


def list_of(db: Connection, person_id: int) -> list[Reading]:
    """What one person was asked, the newest first."""
    wanted = select(Reading).where(col(Reading.person_id) == person_id)
    return rows(db, Reading, wanted.order_by(col(Reading.id).desc()))


def list_occurrences(
    db: Connection, author_id: int, places: Collection[int], since: datetime, limit: int
) -> list[Occurrence]:
    """What was sent after `since` and asked to be confirmed: by this author, or in one of these
    neighbourhoods; the newest first."""
    own = select(Announcement.id).where(Announcement.author_id == author_id)
    here = select(AnnouncementTarget.announcement_id).where(
        col(AnnouncementTarget.neighbourhood_id).in_(list(places))
    )
    about = col(Occurrence.announcement_id)
    wanted = select(Occurrence).where(
        col(Occurrence.id).in_(select(Reading.occurrence_id)),
        col(Occurrence.sent_at) > since,
        about.in_(own) | about.in_(here),
    )
    return rows(db, Occurrence, wanted.order_by(col(Occurrence.id).desc()).limit(limit))


def list_reminded(db: Connection, occurrence: Occurrence) -> set[int]:
    """The neighbourhoods whose leader, or the author, has reminded once already."""
    wanted = select(AnnouncementChange).where(
        AnnouncementChange.announcement_id == occurrence.announcement_id,
        AnnouncementChange.what == REMINDED,
    )
    details = [each.detail or {} for each in rows(db, AnnouncementChange, wanted)]
    mine = [each for each in details if each.get("occurrence") == occurrence.id]
    return {int(place) for each in mine for place in each.get("places", ())}


def list_begun(db: Connection, since: datetime, key: int | None = None) -> list[Reminding]:
    """The reminders (of one announcement, or of all) that went on after `since` and have not come
    to their end, the oldest first."""
    wanted = select(AnnouncementChange).where(
        AnnouncementChange.what == REMINDING, col(AnnouncementChange.at) > since
    )
    if key is not None:
        wanted = wanted.where(AnnouncementChange.announcement_id == key)
    last: dict[tuple[int, tuple[int, ...]], Reminding] = {}
    for each in rows(db, AnnouncementChange, wanted.order_by(col(AnnouncementChange.id))):
        said = each.detail or {}
        occurrence_id, places = int(said["occurrence"]), [int(p) for p in said["places"]]
        after = int(said["after"] or 0)
        last[occurrence_id, tuple(places)] = Reminding(
            each.announcement_id, occurrence_id, places, after
        )
    return [each for each in last.values() if each.after]


def find_arrived(db: Connection, address_id: int, since: datetime) -> Outbox | None:
    """The post that was sent to this chat last, after `since`: one that was held stands below
    younger messages."""
    wanted = (
        (col(Outbox.address_id) == address_id)
        & col(Outbox.concerns).startswith("post:")
        & (col(Outbox.sent_at) > since)
        & col(Outbox.edits).is_(None)
    )
    newest = select(Outbox).where(wanted).order_by(col(Outbox.sent_at).desc()).limit(1)
    return find_row(db, Outbox, newest)


def forget_person(db: Connection, person_id: int) -> int:
    """Nothing says any more what this person was asked or confirmed; how many rows."""
    return db.execute(_READING.delete().where(_READING.c.person_id == person_id)).rowcount
