"""What a ward chooses for its ladder, and the look at it once a day: a step that reaches nobody
is mended before it is needed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.card_face import ward_name
from actions.ladder_people import gaps_of
from actions.standings import standings_of
from actions.ward_news import tell_ward
from domain.access import may_handle_incident, may_keep_ladder, require_keep_ladder
from domain.errors import Refused
from domain.ladder import (
    DEFAULT_MINUTES,
    MOST_PHONES,
    URGENT,
    Ladder,
    Phone,
    Rung,
    minutes_in,
    phone_in,
    with_phone,
)
from domain.notices import Param, Text
from domain.phones import parse_phone
from domain.urgency import Urgency
from domain.wall_clock import day_of, wall_of
from storage import ladders, tables, wards
from storage.addresses import get_person
from storage.tables import Ward

# In the morning somebody is there who can mend it.
TOLD_FROM_HOUR: Final = 7


@dataclass(frozen=True, slots=True)
class Change:
    """Whose ladder is changed by whom, when."""

    ward_code: str
    person_id: int
    now: datetime


def ladder_of(db: Connection, ward_code: str) -> Ladder:
    """As the ward chose it, or as it is usual."""
    return _read(ladders.find_ladder(db, ward_code))


def ladders_in_use(db: Connection) -> list[tuple[Ladder, Sequence[str]]]:
    """Each ladder with the codes of the wards that have it."""
    chosen = {each.ward_code: _read(each) for each in ladders.list_ladders(db)}
    usual = [ward.code for ward in wards.list_wards(db) if ward.code not in chosen]
    own: list[tuple[Ladder, Sequence[str]]] = [(lad, [code]) for code, lad in chosen.items()]
    return [(Ladder(), usual), *own] if usual else own


def list_seen(db: Connection, person_id: int, served: Sequence[str]) -> list[Ward]:
    """The wards whose ladder this person may see, of those that the bot serves (() for all):
    who keeps it, and the ward's police. Raises Refused where there is none."""
    standings = standings_of(db, person_id)
    known = wards.list_wards(db, served) if standings else []
    seen = [
        ward
        for ward in known
        if may_keep_ladder(standings, ward.code) or may_handle_incident(standings, ward.code)
    ]
    if not seen:
        raise Refused("ladder.police_only")
    return seen


def is_kept_by(db: Connection, person_id: int, ward_code: str) -> bool:
    """Whether this person may change it."""
    return may_keep_ladder(standings_of(db, person_id), ward_code)


def choose_minutes(db: Connection, change: Change, urgency: Urgency, typed: str) -> Ladder:
    """Other minutes, or the usual ones where nothing was typed. Raises Refused."""
    _require(db, change)
    old = ladder_of(db, change.ward_code)
    minutes = minutes_in(typed) if typed else DEFAULT_MINUTES[urgency]
    if minutes is None:
        raise Refused("ladder.minutes_unread")
    return _keep(db, change, Ladder({**old.minutes, urgency: minutes}, old.phones))


def add_phone(db: Connection, change: Change, typed: str) -> Ladder:
    """One more number to call in the end, or another name for it. Raises Refused."""
    _require(db, change)
    old, phone = ladder_of(db, change.ward_code), phone_in(typed)
    if phone is None:
        raise Refused("ladder.phone_unread")
    phones = with_phone(old.phones, phone)
    if phones is None:
        raise Refused("ladder.phones_full", number=MOST_PHONES)
    return _keep(db, change, Ladder(old.minutes, phones))


def drop_phone(db: Connection, change: Change, typed: str) -> Ladder:
    """This number is not called any more. Raises Refused."""
    _require(db, change)
    old, number = ladder_of(db, change.ward_code), parse_phone(typed)
    left = tuple(each for each in old.phones if each.number != number)
    if len(left) == len(old.phones):
        raise Refused("ladder.phone_unread")
    return _keep(db, change, Ladder(old.minutes, left))


def check_ladders(db: Connection, now: datetime) -> None:
    """Tell each ward once a day which steps reach nobody, and what to do about it."""
    if wall_of(now).hour < TOLD_FROM_HOUR:
        return
    for ward in wards.list_wards(db):
        gaps = gaps_of(db, ward.code)
        if gaps:
            params: dict[str, Param] = {"ward": ward_name(db, ward.code)}
            params["lines"] = gap_lines(gaps)
            once = f"gaps:{ward.code}:{day_of(now)}"
            tell_ward(db, ward.code, Text("ladder.gaps", params), now, once)


def gap_lines(gaps: Collection[Rung]) -> tuple[Text, ...]:
    """What is missing at each of these steps, and what to do."""
    return tuple(Text(f"ladder.gap.{rung.word}") for rung in gaps)


def _require(db: Connection, change: Change) -> None:
    require_keep_ladder(standings_of(db, change.person_id), change.ward_code)


def _keep(db: Connection, change: Change, ladder: Ladder) -> Ladder:
    """Everybody in charge hears of it: a ladder that one alone makes slow hurts others."""
    own = {u: each for u, each in ladder.minutes.items() if each != DEFAULT_MINUTES[u]}
    minutes = {f"p{u.value}": list(each) for u, each in own.items()} or None
    phones = [(each.number, each.name) for each in ladder.phones]
    ladders.put_ladder(db, change.ward_code, minutes, phones)
    params: dict[str, Param] = {
        "name": get_person(db, change.person_id).name,
        "ward": ward_name(db, change.ward_code),
        "p1": spoken_minutes(ladder, Urgency.P1),
        "p2": spoken_minutes(ladder, Urgency.P2),
        "count": len(ladder.phones),
    }
    tell_ward(db, change.ward_code, Text("ladder.changed", params), change.now)
    return ladder


def spoken_minutes(ladder: Ladder, urgency: Urgency) -> str:
    """The minutes of each step: "2, 4, 6, 8"."""
    return ", ".join(str(each) for each in ladder.minutes[urgency])


def _read(stored: tables.Ladder | None) -> Ladder:
    if stored is None:
        return Ladder()
    chosen: Mapping[str, Sequence[int]] = stored.minutes or {}
    minutes = {u: tuple(chosen.get(f"p{u.value}", DEFAULT_MINUTES[u])) for u in URGENT}
    return Ladder(minutes, tuple(Phone(number, name) for number, name in stored.phones or ()))
