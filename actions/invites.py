"""One-time codes: an invitation to a role, or to let a chat serve a purpose.

Whoever was invited is only as good as who invited: the gate is asked when a code is made and
again when it is used.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from actions.standings import grant, standings_of
from domain.access import Invited, list_invitable, may_invite, require_invite
from domain.codes import new_invite, parse_invite
from domain.errors import Refused
from domain.notices import Moment
from domain.roles import Purpose, Role
from storage import invites, wards
from storage.keys import mark
from storage.tables import Invite, Neighbourhood, Ward

VALID_FOR: Final = timedelta(days=7)
TRIES: Final = 5
TRIES_WITHIN: Final = timedelta(minutes=10)


class _Made(NamedTuple):
    """What a new code gives, where (None: every ward), and who made it (None: the operator)."""

    invited: Invited
    ward_code: str | None = None
    neighbourhood_id: int | None = None
    by: int | None = None


def invite(
    db: Connection,
    person_id: int,
    invited: Invited,
    ward_code: str,
    neighbourhood_id: int | None,
    now: datetime,
    random_below: Callable[[int], int],
) -> str:
    """A code that this person hands on: valid for VALID_FOR, usable once. Raises Refused."""
    require_invite(standings_of(db, person_id), invited, ward_code, neighbourhood_id)
    made = _Made(invited, ward_code, neighbourhood_id, person_id)
    return _put(db, made, now, random_below)


def list_wards_to_invite_into(db: Connection, person_id: int, served: Sequence[str]) -> list[Ward]:
    """The wards into which this person may invite anybody, of those that the bot serves (()
    for all), by code."""
    standings = standings_of(db, person_id)
    known = wards.list_wards(db, served) if standings else []
    return [ward for ward in known if list_invitable(standings, ward.code)]


def neighbourhoods_to_invite_into(
    db: Connection, person_id: int, ward_code: str
) -> list[Neighbourhood]:
    """A leader's own, everybody else's all of the ward."""
    standings = standings_of(db, person_id)
    return [
        each
        for each in wards.list_neighbourhoods(db, (ward_code,))
        if may_invite(standings, Role.TEAM, ward_code, each.id)
    ]


def create_first_administrator_code(
    db: Connection, now: datetime, random_below: Callable[[int], int]
) -> str:
    """For the operator at the command line: an administrator of every ward."""
    return _put(db, _Made(Role.ADMINISTRATOR), now, random_below)


def redeem(db: Connection, person_id: int, typed: str, now: datetime) -> Invite:
    """Use a code for oneself and take on its role. Raises Refused.

    Who types their own used code again (or taps its link twice) keeps what they have.
    """
    found = _valid(db, person_id, typed, now)
    if found.role is None:
        raise Refused("access.code_is_for_a_chat")
    if found.used_at is None:
        _use(db, found, person_id, now)
        role, ward, place = Role(found.role), found.ward_code, found.neighbourhood_id
        grant(db, person_id, role, ward, place, found.created_by, now)
    return found


def is_known(db: Connection, person_id: int, typed: str, now: datetime) -> bool:
    """Whether this is a code that was handed out, used or not; a wrong one counts as a try.
    Nothing is known any more to who has tried too often."""
    count, _ = invites.count_tries(db, person_id, now - TRIES_WITHIN)
    code = parse_invite(typed)
    if code is None or count >= TRIES:
        return False
    if invites.find_invite(db, code) is None:
        invites.add_try(db, person_id, now)
        return False
    return True


def redeem_for_chat(
    db: Connection, person_id: int, typed: str, now: datetime, served: Sequence[str] = ()
) -> Invite:
    """Use a code that binds a chat; the caller binds it. `served` are the wards of the
    bot, () for all. Raises Refused."""
    found = _valid(db, person_id, typed, now)
    if found.purpose is None:
        raise Refused("access.code_is_for_a_person")
    if found.used_at is not None:
        raise _wrong(db, person_id, now)
    if served and found.ward_code not in served:
        raise Refused("access.ward_of_another_bot")
    _use(db, found, person_id, now)
    return found


def _valid(db: Connection, person_id: int, typed: str, now: datetime) -> Invite:
    """The invite of this code, unused or used by this very person. What was wrong with any
    other is told to nobody."""
    _require_tries_left(db, person_id, now)
    code = parse_invite(typed)
    found = None if code is None else invites.find_invite(db, code)
    if found is None:
        raise _wrong(db, person_id, now)
    used_by_another = found.used_at is not None and found.used_by != person_id
    if used_by_another or found.expires_at <= now or not _still_backed(db, found):
        raise _wrong(db, person_id, now)
    return found


def _still_backed(db: Connection, found: Invite) -> bool:
    """Whether who made it might make it today."""
    if found.created_by is None:
        return True
    standings = standings_of(db, found.created_by)
    return may_invite(standings, invited_of(found), found.ward_code, found.neighbourhood_id)


def invited_of(found: Invite) -> Invited:
    """The role or the purpose that a code gives."""
    return Role(found.role) if found.role is not None else Purpose(str(found.purpose))


def _use(db: Connection, found: Invite, person_id: int, now: datetime) -> None:
    if not invites.use_invite(db, found.id, person_id, now):
        raise _wrong(db, person_id, now)


def _wrong(db: Connection, person_id: int, now: datetime) -> Refused:
    """Count the try (this is kept although the deed is refused) and say no more than that."""
    invites.drop_tries(db, now - TRIES_WITHIN)
    invites.add_try(db, person_id, now)
    return Refused("access.code_wrong")


def _require_tries_left(db: Connection, person_id: int, now: datetime) -> None:
    count, first = invites.count_tries(db, person_id, now - TRIES_WITHIN)
    if count >= TRIES and first is not None:
        raise Refused("access.too_many_tries", again=Moment(first + TRIES_WITHIN, "time"))


def _put(db: Connection, made: _Made, now: datetime, random_below: Callable[[int], int]) -> str:
    code = new_invite(random_below)
    while invites.find_invite(db, code) is not None:
        code = new_invite(random_below)
    row = Invite(
        code_mark=mark(db, code),
        role=made.invited.value if isinstance(made.invited, Role) else None,
        purpose=made.invited.value if isinstance(made.invited, Purpose) else None,
        ward_code=made.ward_code,
        neighbourhood_id=made.neighbourhood_id,
        created_by=made.by,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    invites.add_invite(db, row)
    return code
