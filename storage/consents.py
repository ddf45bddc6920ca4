"""Answers to questions for consent: written once, never changed but for their withdrawal. They
hold no words of the person, so that they can prove what was agreed after everything else is
erased (Law 91/2025/QH15 article 9).
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.prepared import fetch
from storage.rows import find_kept, insert, rows, table
from storage.tables import Consent

_CONSENT = table(Consent)
_ANSWERS: Final = (
    select(Consent)
    .where(col(Consent.person_id) == bindparam("person_id"))
    .where(col(Consent.purpose) == bindparam("purpose"))
    .order_by(col(Consent.id).desc())
    .limit(1)
)
_STANDING: Final = _ANSWERS.where(
    col(Consent.given).is_(True), col(Consent.withdrawn_at).is_(None)
)


def add_consent(db: Connection, **values: Any) -> int:
    """Insert; the row's id."""
    return insert(db, Consent, **values)


def find_newest(db: Connection, person_id: int, purpose: str) -> Consent | None:
    """The last answer to this question."""
    return find_kept(db, Consent, _ANSWERS, person_id=person_id, purpose=purpose)


def find_standing(db: Connection, person_id: int, purpose: str) -> Consent | None:
    """The last yes to this question that was not withdrawn."""
    return find_kept(db, Consent, _STANDING, person_id=person_id, purpose=purpose)


def has_standing(db: Connection, person_id: int, purposes: Collection[str]) -> bool:
    """Whether one of these questions has a yes that was not withdrawn."""
    values = {f"purpose_{n}": str(purpose) for n, purpose in enumerate(purposes)}
    return bool(fetch(db, _one_of(len(values)), {"person_id": person_id, **values}))


@cache
def _one_of(number: int) -> Select[Any]:
    purposes: list[Any] = [bindparam(f"purpose_{n}") for n in range(number)]
    return (
        _CONSENT.select()
        .with_only_columns(_CONSENT.c.id)
        .where(_CONSENT.c.person_id == bindparam("person_id"), _CONSENT.c.purpose.in_(purposes))
        .where(_CONSENT.c.given.is_(True), _CONSENT.c.withdrawn_at.is_(None))
        .limit(1)
    )


def mark_withdrawn(db: Connection, person_id: int, purpose: str, at: datetime) -> int:
    """Every yes of this purpose ends now; how many did."""
    mine = (_CONSENT.c.person_id == person_id) & (_CONSENT.c.purpose == purpose)
    standing = mine & _CONSENT.c.given.is_(True) & _CONSENT.c.withdrawn_at.is_(None)
    return db.execute(_CONSENT.update().where(standing).values(withdrawn_at=at)).rowcount


def list_standing(db: Connection, purpose: str, after: int, limit: int) -> list[Consent]:
    """Everybody's yes of this purpose that was not withdrawn, by id from `after` on."""
    wanted = (
        (col(Consent.id) > after)
        & (col(Consent.purpose) == purpose)
        & col(Consent.given).is_(True)
        & col(Consent.withdrawn_at).is_(None)
    )
    return rows(db, Consent, select(Consent).where(wanted).order_by(col(Consent.id)).limit(limit))
