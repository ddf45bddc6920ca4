"""To whom somebody may speak: the neighbourhoods that the gate lets them announce in; and when
people there would hear it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_plans import Planned
from actions.post_hours import Diary
from actions.standings import standings_of
from actions.wards import Surroundings
from domain.access import announcing_role
from domain.errors import Refused
from domain.quiet_hours import DEFAULTS, QuietHours, free_from
from domain.recurrence import next_after
from domain.roles import Purpose
from storage import copies, posts, wards


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
    around = copies.list_chats(db, planned.ward_code, Purpose.NEIGHBOURHOOD.value)
    chats = [each for each in around if each.neighbourhood_id in planned.neighbourhoods]
    diary = Diary(db, chats)
    held = (diary.held_until(each, planned.sort, at) for each in chats)
    return max((each for each in held if each is not None), default=None)


def own_hours(db: Connection, places: Sequence[int]) -> dict[int, list[list[int]]]:
    """The quiet hours of those of these neighbourhoods that have their own, as plain values."""
    found = posts.list_rhythms(db, places)
    own = {key: each.quiet for key, each in found.items()}
    return {key: quiet for key, quiet in own.items() if quiet is not None}


def heard_at(db: Connection, planned: Planned, times: Sequence[datetime]) -> list[datetime]:
    """When people hear what is planned for these times (aware, UTC): by the hours of its
    neighbourhoods, however many posts their chats have by then."""
    if planned.sort.is_urgent or not times:
        return list(times)
    places = planned.neighbourhoods
    if not places:
        places = tuple(each.id for each in wards.list_neighbourhoods(db, [planned.ward_code]))
    own = own_hours(db, places)
    hours = [QuietHours.from_json(each) for each in own.values()]
    if len(own) < len(places):
        hours.append(DEFAULTS)
    return [max((free_from(at, each) for each in hours), default=at) for at in times]


def _rest_until(db: Connection, planned: Planned, at: datetime) -> datetime | None:
    """By the hours of the neighbourhoods alone: whose chat is full would say who is in a group."""
    free = heard_at(db, planned, [at])[0]
    return free if free > at else None
