"""The one gate: who may do what to what. Actions load the standings, ask here, and ask again
at the moment of effect, because a role may have ended since a button or a code was made.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from domain.announcing import Sort
from domain.errors import Refused
from domain.reveals import Party
from domain.roles import Purpose, Role, Standing

# The ward of an administrator who answers for every ward.
EVERY_WARD: Final = ""

Invited = Role | Purpose

# Who works for the whole ward, and whom they may invite into it.
_INVITED_BY: Final[dict[Role, frozenset[Invited]]] = {
    Role.ADMINISTRATOR: frozenset({*Role, *Purpose}),
    Role.CHIEF: frozenset({Role.OFFICER, Role.LEADER, Role.TEAM, Role.MEDIATOR, *Purpose}),
    Role.OFFICER: frozenset({Role.LEADER, Role.TEAM, Role.MEDIATOR, Purpose.NEIGHBOURHOOD}),
}
# What belongs to one neighbourhood and to no other.
_LOCAL: Final[frozenset[Invited]] = frozenset({Role.LEADER, Role.TEAM, Purpose.NEIGHBOURHOOD})
_POLICE: Final = frozenset({Role.CHIEF, Role.OFFICER})
# In which role somebody speaks to neighbourhoods, where they hold several.
_SPEAKS_AS: Final = (Role.CHIEF, Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR)


def may_handle_incident(standings: Iterable[Standing], ward_code: str) -> bool:
    """Take, answer, close or pass on an incident, or ask to see who reported it: the police of
    its ward, nobody else."""
    return any(s.role in _POLICE and s.ward_code == ward_code for s in standings)


def require_handle_incident(standings: Iterable[Standing], ward_code: str) -> None:
    """Raises Refused."""
    if not may_handle_incident(standings, ward_code):
        raise Refused("access.officers_only")


def require_decide_reveal(asker: Party, second: Party, ward_code: str, now: datetime) -> None:
    """Decide whether the asker sees who reported: another one of the same police, long enough
    in the role, one of the two a chief, and neither of them lately seated by the other or both
    by the same hand. Both are looked at as they stand now. Raises Refused."""
    require_handle_incident(second.standings, ward_code)
    if asker.person_id == second.person_id:
        raise Refused("reveal.own_request")
    if not may_handle_incident(asker.standings, ward_code):
        raise Refused("reveal.asker_left")
    settled = second.settled(now)
    if not may_handle_incident(settled, ward_code):
        raise Refused("reveal.too_new")
    if Standing(Role.CHIEF, ward_code) not in (*asker.standings, *settled):
        raise Refused("reveal.chief_missing")
    if asker.hands & second.hands:
        raise Refused("reveal.same_hand")


def may_read_journal(standings: Iterable[Standing], ward_code: str) -> bool:
    """See who read, asked and revealed: the chief and the administrators of the ward."""
    overseers = (Role.CHIEF, Role.ADMINISTRATOR)
    return any(s.role in overseers and _covers(s, ward_code) for s in standings)


def may_keep_ladder(standings: Iterable[Standing], ward_code: str) -> bool:
    """Choose when the ward's police are woken: its chief and its administrators."""
    return may_read_journal(standings, ward_code)


def require_keep_ladder(standings: Iterable[Standing], ward_code: str) -> None:
    """Raises Refused."""
    if not may_keep_ladder(standings, ward_code):
        raise Refused("ladder.keepers_only")


def may_approve_law(standings: Iterable[Standing], ward_code: str) -> bool:
    """Answer for what the ward says about the law, and plan its campaigns: the chief and the
    administrators of the ward."""
    return may_read_journal(standings, ward_code)


def require_approve_law(standings: Iterable[Standing], ward_code: str) -> None:
    """Raises Refused."""
    if not may_approve_law(standings, ward_code):
        raise Refused("law.approvers_only")


def may_take_mediation(
    standings: Iterable[Standing], ward_code: str, neighbourhood_id: int | None
) -> bool:
    """A mediator of the ward, or of this neighbourhood where the mediator has one."""
    return any(
        s.role is Role.MEDIATOR
        and s.ward_code == ward_code
        and s.neighbourhood_id in (None, neighbourhood_id)
        for s in standings
    )


def require_take_mediation(
    standings: Iterable[Standing], ward_code: str, neighbourhood_id: int | None
) -> None:
    """Raises Refused."""
    if not may_take_mediation(standings, ward_code, neighbourhood_id):
        raise Refused("access.mediators_only")


def may_invite(
    standings: Iterable[Standing],
    invited: Invited,
    ward_code: str | None,
    neighbourhood_id: int | None = None,
) -> bool:
    """Invite into a role, or a chat into a purpose; `ward_code` None is every ward."""
    return any(_invites(s, invited, ward_code, neighbourhood_id) for s in standings)


def require_invite(
    standings: Iterable[Standing],
    invited: Invited,
    ward_code: str | None,
    neighbourhood_id: int | None = None,
) -> None:
    """Raises Refused, also for an invitation that lacks the neighbourhood it is about."""
    if invited in _LOCAL and neighbourhood_id is None:
        raise Refused("access.neighbourhood_missing")
    if not may_invite(standings, invited, ward_code, neighbourhood_id):
        raise Refused("access.may_not_invite")


def list_invitable(standings: Sequence[Standing], ward_code: str) -> tuple[Invited, ...]:
    """What somebody may invite into this ward at all, in some neighbourhood or other."""
    places = {None, *(s.neighbourhood_id for s in standings)}
    return tuple(
        invited
        for invited in (*Role, *Purpose)
        if any(may_invite(standings, invited, ward_code, place) for place in places)
    )


def _invites(
    standing: Standing, invited: Invited, ward_code: str | None, neighbourhood_id: int | None
) -> bool:
    if standing.role is Role.LEADER:
        return _is_own_team(standing, invited, ward_code, neighbourhood_id)
    if invited not in _INVITED_BY.get(standing.role, frozenset()):
        return False
    return _covers(standing, ward_code)


def _is_own_team(
    leader: Standing, invited: Invited, ward_code: str | None, neighbourhood_id: int | None
) -> bool:
    return (
        invited is Role.TEAM
        and leader.ward_code == ward_code
        and leader.neighbourhood_id is not None
        and leader.neighbourhood_id == neighbourhood_id
    )


def may_bind_chat(standings: Iterable[Standing], ward_code: str, neighbourhood_id: int) -> bool:
    """Make a group the chat of a neighbourhood without a code. (A duty or mediation chat
    is bound by a code alone; the one who types it must administer the group, and so must
    this one: the handlers know that.)"""
    return any(
        _binds_any(s, ward_code)
        or (
            s.role is Role.LEADER
            and s.ward_code == ward_code
            and s.neighbourhood_id == neighbourhood_id
        )
        for s in standings
    )


def require_bind_chat(
    standings: Iterable[Standing], ward_code: str, neighbourhood_id: int
) -> None:
    """Raises Refused."""
    if not may_bind_chat(standings, ward_code, neighbourhood_id):
        raise Refused("access.may_not_bind")


def require_group_administrator(by_admin: bool | None) -> None:
    """Raises Refused; None means that the messenger did not say."""
    if by_admin is None:
        raise Refused("access.group_administrator_unknown")
    if not by_admin:
        raise Refused("access.group_administrators_only")


def may_set_up_ward(standings: Iterable[Standing], ward_code: str | None = None) -> bool:
    """Add a ward or its neighbourhoods; without a code: any ward at all."""
    return any(
        s.role is Role.ADMINISTRATOR
        and (ward_code is None or s.ward_code in (EVERY_WARD, ward_code))
        for s in standings
    )


def require_set_up_ward(standings: Iterable[Standing], ward_code: str | None = None) -> None:
    """Raises Refused."""
    if not may_set_up_ward(standings, ward_code):
        raise Refused("access.administrators_only")


def announcing_role(
    standings: Iterable[Standing], ward_code: str, neighbourhood_ids: Collection[int]
) -> Role | None:
    """As what somebody may announce something in all of these neighbourhoods of the ward (() is
    the whole ward): a leader in their own, the police and the administrators in any."""
    held = [s for s in standings if _covers(s, ward_code)]
    led = {s.neighbourhood_id for s in held if s.role is Role.LEADER}
    leads = bool(neighbourhood_ids) and led.issuperset(neighbourhood_ids)
    roles = {s.role for s in held if leads or s.role is not Role.LEADER}
    return next((role for role in _SPEAKS_AS if role in roles), None)


def require_announce(
    standings: Iterable[Standing],
    ward_code: str,
    neighbourhood_ids: Collection[int],
    sort: Sort,
) -> None:
    """Raises Refused: in an emergency with whom to turn to instead."""
    if announcing_role(standings, ward_code, neighbourhood_ids) is None:
        urgent = sort is Sort.EMERGENCY
        raise Refused("access.may_not_alert" if urgent else "access.may_not_announce")


def require_agree(
    standings: Sequence[Standing],
    ward_code: str,
    neighbourhood_ids: Collection[int],
    *,
    names_person: bool,
) -> None:
    """Be the second person behind an announcement: somebody who could announce it; the police
    where a person, face or plate is shown. Raises Refused."""
    if names_person:
        require_handle_incident(standings, ward_code)
    elif announcing_role(standings, ward_code, neighbourhood_ids) is None:
        raise Refused("access.may_not_announce")


def _binds_any(standing: Standing, ward_code: str) -> bool:
    return standing.role in _INVITED_BY and _covers(standing, ward_code)


def _covers(standing: Standing, ward_code: str | None) -> bool:
    """Whether this standing reaches that ward; every ward only for an administrator of all."""
    if standing.role is Role.ADMINISTRATOR and standing.ward_code == EVERY_WARD:
        return True
    return ward_code is not None and standing.ward_code == ward_code
