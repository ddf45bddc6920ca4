"""To whom somebody may speak: the neighbourhoods that the gate lets them announce in; and when
people there would hear it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_plans import Planned
from actions.broadcasting import held_until, quiet_hours_of
from actions.standings import standings_of
from actions.wards import Surroundings
from domain.access import announcing_role
from domain.errors import Refused
from domain.quiet_hours import free_from
from domain.recurrence import next_after
from domain.roles import Purpose
from storage import rooms, wards
from storage.addresses import get_address


def reach_of(db: Connection, person_id: int, served: Sequence[str]) -> Surroundings:
    """Of the wards that the bot serves (() for all), with `ward` where there is only one.
    Raises Refused for whoever may speak to no neighbourhood, and where none was named."""
    standings = standings_of(db, person_id)
    known = {ward.code: ward for ward in wards.list_wards(db, served)} if standings else {}
    around = wards.list_neighbourhoods(db, tuple(known)) if known else []
    near = [each for each in around if announcing_role(standings, each.ward_code, (each.id,))]
    if not near:
        whole = any(announcing_role(standings, code, ()) for code in known)
        raise Refused("announcing.no_neighbourhood" if whole else "announcing.not_allowed")
    own = {each.ward_code: known[each.ward_code] for each in near}
    ward = next(iter(own.values())) if len(own) == 1 else None
    return Surroundings(own, ward, None, near)


def waits_until(db: Connection, planned: Planned, now: datetime) -> datetime | None:
    """Until when (aware, UTC) the first time of it would wait for the end of quiet hours or of a
    full day in one of its chats, the longest of them; None where it goes at once."""
    at = next_after(planned.rule, now) if planned.rule else now
    if at is None:
        return None
    if planned.tags:
        return _rest_until(db, planned, at)
    near = rooms.list_rooms(db, planned.ward_code, Purpose.NEIGHBOURHOOD.value)
    held = [
        held_until(db, get_address(db, room.address_id), planned.sort, at, room.neighbourhood_id)
        for room in near
        if room.neighbourhood_id in planned.neighbourhoods
    ]
    return max((each for each in held if each is not None), default=None)


def _rest_until(db: Connection, planned: Planned, at: datetime) -> datetime | None:
    """By the hours of the neighbourhoods alone: whose chat is full would say who is in a group."""
    if planned.sort.is_urgent:
        return None
    around = wards.list_neighbourhoods(db, [planned.ward_code])
    places = planned.neighbourhoods or tuple(each.id for each in around)
    free = max((free_from(at, quiet_hours_of(db, each)) for each in places), default=at)
    return free if free > at else None
