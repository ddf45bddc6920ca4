"""What the ward must know of its own chats and people: a bot that was removed, a desk that cannot
be written to, an officer who left. Said in private to those who can mend it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.card_face import neighbourhood_of, ward_name
from actions.desks import desks
from domain.notices import Lane, Notice, Param, Text, plain
from domain.roles import Purpose, Role
from storage import memberships, outbox, rooms
from storage.addresses import find_address, find_private_chat, get_address, get_person
from storage.keys import mark
from storage.tables import Address, Membership, Room

# Without these somebody who calls for help may not be heard.
_RELIED_ON: Final = (Role.OFFICER, Role.CHIEF, Role.LEADER, Role.TEAM, Role.MEDIATOR)


def tell_ward(
    db: Connection,
    ward_code: str,
    text: Text,
    now: datetime,
    once: str | None = None,
    *,
    lane: Lane = Lane.NOTICE,
) -> int:
    """Tell the ward's chiefs and administrators in private; where none can be reached, its duty
    chats. `once` makes it the only one of its sort for each of them. How many are told."""
    heard = _in_charge(db, ward_code) or desks(db, ward_code)
    for address in heard:
        only = f"{once}:{address.id}" if once else None
        outbox.put(db, address, Notice(text), lane, now, once=only)
    return len(heard)


def room_removed(db: Connection, room: Room, now: datetime) -> None:
    """The bot was taken out of a chat that it served, which serves nothing now."""
    left = "" if _others(db, room) else ".last"
    text = Text(f"ward_news.removed.{room.purpose}{left}", _named(db, room))
    tell_ward(db, room.ward_code, text, now, lane=_lane(room))


def room_moved(db: Connection, address: Address, now: datetime) -> None:
    """A chat lives on under another id, by whichever sign we learnt it first."""
    room = rooms.find_room(db, address.id)
    if room is not None:
        text = Text("ward_news.moved", {"chat": _chat(db, room)})
        once = f"moved:{mark(db, f'{address.bot}:{address.chat}')}"
        tell_ward(db, room.ward_code, text, now, once)


def room_is_deaf(db: Connection, room: Room, now: datetime) -> None:
    """In this chat the bot hears only what is said to it; told once."""
    text = Text("ward_news.deaf", _named(db, room))
    tell_ward(db, room.ward_code, text, now, f"deaf:{room.id}")


def address_lost(db: Connection, address: Address, now: datetime) -> None:
    """Nothing can be delivered there any more: a chat that serves the ward, or somebody whom it
    relies on. Nothing is said of anybody else. The caller noted that it is unreachable."""
    if address.private:
        if address.person_id is not None:
            _person_lost(db, address.person_id, now)
        return
    room = rooms.find_room(db, address.id)
    if room is not None:
        left = "" if _others(db, room) else ".last"
        text = Text(f"ward_news.unreachable.{room.purpose}{left}", _named(db, room))
        tell_ward(db, room.ward_code, text, now, lane=_lane(room))


def member_left(db: Connection, bot: str, chat: str, member: str, now: datetime) -> None:
    """Somebody left a group, or was taken out (`member` is the id of their private chat);
    nothing is kept of who is no concern of the ward."""
    address, home = find_address(db, bot, chat), find_address(db, bot, member)
    room = rooms.find_room(db, address.id) if address else None
    if room is None or home is None or home.person_id is None:
        return
    held = _relied_on(db, home.person_id, room.ward_code)
    if held:
        params = {**_of_person(db, held[0]), "chat": _chat(db, room)}
        # By the hour: two signs of one leaving are told once, a second leaving again.
        once = f"left:{room.id}:{home.person_id}:{now:%Y%m%d%H}"
        tell_ward(db, room.ward_code, Text("ward_news.left", params), now, once)


def _person_lost(db: Connection, person_id: int, now: datetime) -> None:
    """Once a day: the messenger says it, and then every send is refused."""
    if find_private_chat(db, person_id) is not None:
        return
    told: set[str] = set()
    for held in _relied_on(db, person_id):
        if held.ward_code and held.ward_code not in told:
            told.add(held.ward_code)
            text, once = Text("ward_news.blocked", _of_person(db, held)), f"{now:%Y%m%d}"
            tell_ward(db, held.ward_code, text, now, f"blocked:{person_id}:{once}")


def _relied_on(
    db: Connection, person_id: int, ward_code: str | None = None
) -> Sequence[Membership]:
    return [
        held
        for held in memberships.list_memberships(db, person_id)
        if held.role in _RELIED_ON and ward_code in (None, held.ward_code)
    ]


def _in_charge(db: Connection, ward_code: str) -> list[Address]:
    chiefs = memberships.list_holders(db, Role.CHIEF.value, ward_code)
    held = (*chiefs, *memberships.list_administrators(db, ward_code))
    people = dict.fromkeys(each.person_id for each in held)
    homes = (find_private_chat(db, person_id) for person_id in people)
    return [home for home in homes if home is not None]


def _others(db: Connection, room: Room) -> bool:
    """Whether another chat that can be reached does the same for the same people."""
    around = rooms.list_rooms(db, room.ward_code, room.purpose)
    alike = [each for each in around if each.neighbourhood_id == room.neighbourhood_id]
    others = [get_address(db, each.address_id) for each in alike if each.id != room.id]
    return any(address.unreachable_at is None for address in others)


def _lane(room: Room) -> Lane:
    """A ward without its desk hears nothing of a fire."""
    return Lane.EMERGENCY if room.purpose == Purpose.DUTY.value else Lane.NOTICE


def _named(db: Connection, room: Room) -> dict[str, Param]:
    params: dict[str, Param] = {"chat": _chat(db, room)}
    params["ward"] = ward_name(db, room.ward_code)
    return params


def _chat(db: Connection, room: Room) -> Text:
    """What the chat is for, and where: "nhóm Khu 2, phường Hạ Long"."""
    params: dict[str, Param] = {"ward": ward_name(db, room.ward_code)}
    if room.neighbourhood_id is not None:
        params["name"] = neighbourhood_of(db, room.neighbourhood_id)
        return Text("ward_news.chat.of_neighbourhood", params)
    return Text(f"ward_news.chat.{room.purpose}", params)


def _of_person(db: Connection, held: Membership) -> dict[str, Param]:
    params: dict[str, Param] = {"name": plain(get_person(db, held.person_id).name)}
    params["role"] = Text(f"admin.role.{held.role}")
    params["ward"] = ward_name(db, held.ward_code) if held.ward_code else Text("text.nothing")
    return params
