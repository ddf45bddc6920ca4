"""Which groups people chose to hear the news of, and where they can be reached."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col
from sqlmodel import select as select_rows

from storage.announcement_tables import AudienceTag
from storage.rows import table
from storage.tables import Address, Neighbourhood, Person

_TAG = table(AudienceTag)
_PERSON = table(Person)
_ADDRESS = table(Address)
_NEIGHBOURHOOD = table(Neighbourhood)
_JOINED = (
    _TAG.join(_PERSON, _PERSON.c.id == _TAG.c.person_id)
    .join(_NEIGHBOURHOOD, _NEIGHBOURHOOD.c.id == _PERSON.c.neighbourhood_id)
    .join(_ADDRESS, _ADDRESS.c.person_id == _PERSON.c.id)
)


def list_tags(db: Connection, person_id: int) -> list[str]:
    """What this person chose, the oldest first."""
    wanted = select_rows(AudienceTag.tag).where(AudienceTag.person_id == person_id)
    return list(db.execute(wanted.order_by(col(AudienceTag.id))).scalars())


def add_tag(db: Connection, person_id: int, tag: str, now: datetime) -> bool:
    """False where they chose it already."""
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    row = insert(_TAG).values(person_id=person_id, tag=tag, chosen_at=now)
    taken = row.on_conflict_do_nothing().returning(_TAG.c.id)
    return db.execute(taken).first() is not None


def drop_tags(db: Connection, person_id: int, tags: Collection[str] | None = None) -> None:
    """Forget these choices of this person; None is all of them."""
    wanted = _TAG.c.person_id == person_id
    if tags is not None:
        wanted &= _TAG.c.tag.in_(list(tags))
    db.execute(_TAG.delete().where(wanted))


def count_chosen(
    db: Connection, ward_code: str, places: Sequence[int], tags: Collection[str]
) -> int:
    """How many people they are."""
    people = select(func.count(_TAG.c.person_id.distinct())).select_from(_JOINED)
    return int(db.execute(people.where(_living(ward_code, places, tags))).scalar_one())


def _living(ward_code: str, places: Sequence[int], tags: Collection[str]) -> ColumnElement[bool]:
    wanted = (_NEIGHBOURHOOD.c.ward_code == ward_code) & _TAG.c.tag.in_(list(tags))
    wanted &= _ADDRESS.c.private.is_(True) & _ADDRESS.c.unreachable_at.is_(None)
    return wanted & _PERSON.c.neighbourhood_id.in_(list(places)) if places else wanted
