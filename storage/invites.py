"""One-time codes, of which only the keyed hash is kept, and the wrong tries of each person.

Comparing keyed hashes tells a guesser nothing by the time it takes.
"""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.keys import mark
from storage.rows import add, find, table
from storage.tables import Invite, InviteTry

_INVITES = table(Invite)
_TRIES = table(InviteTry)


def add_invite(db: Connection, invite: Invite) -> Invite:
    """`code_mark` is the mark of the code in its one normal form; the code itself can be had
    from nowhere afterwards."""
    invite.id = add(db, invite)
    return invite


def find_invite(db: Connection, code: str) -> Invite | None:
    """The invite with this code (in its normal form), used or not."""
    return find(db, Invite, select(Invite).where(Invite.code_mark == mark(db, code)))


def use_invite(db: Connection, invite_id: int, person_id: int, now: datetime) -> bool:
    """Whether it was this call that used it: of two at the same moment one wins."""
    unused = (
        (_INVITES.c.id == invite_id) & _INVITES.c.used_at.is_(None) & (_INVITES.c.expires_at > now)
    )
    done = db.execute(_INVITES.update().where(unused).values(used_at=now, used_by=person_id))
    return done.rowcount == 1


def add_try(db: Connection, person_id: int, now: datetime) -> None:
    """One wrong code more."""
    add(db, InviteTry(person_id=person_id, at=now))


def drop_tries(db: Connection, before: datetime) -> None:
    """Forget, for everybody, the tries that count no more."""
    db.execute(_TRIES.delete().where(_TRIES.c.at <= before))


def count_tries(db: Connection, person_id: int, since: datetime) -> tuple[int, datetime | None]:
    """How many wrong codes after `since`, and when the first of them was typed."""
    wanted = select(func.count(), func.min(col(InviteTry.at))).where(
        (InviteTry.person_id == person_id) & (InviteTry.at > since)
    )
    count, first = db.execute(wanted).one()
    return count, first
