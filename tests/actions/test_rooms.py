"""Chats and what they serve."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Connection

from actions import rooms
from actions.desks import bound_desks
from domain.errors import Refused
from domain.roles import Purpose, Role
from storage.tables import Address
from storage.wards import get_neighbourhood
from tests.actions.neighbours import WARD, comes, holder, person, ward


def group(db: Connection, chat: str, now: datetime) -> Address:
    """A group in which somebody wrote."""
    return comes(db, "99", now, chat=chat, private=False, title="Nhóm bịa").address


def test_bound_bound_again_and_ended(db: Connection, now: datetime) -> None:
    first, _ = ward(db)
    chief = holder(db, "1", Role.CHIEF, now)
    chat = group(db, "-5", now)
    local = (Purpose.NEIGHBOURHOOD, WARD, first)
    assert rooms.bind_room(db, chat, *local, chief.id, now) is None
    later = now + timedelta(hours=1)
    before = rooms.bind_room(db, chat, Purpose.DUTY, WARD, None, chief.id, later)
    assert before is not None
    assert before.purpose == "neighbourhood"
    bound = rooms.find_room(db, chat.id)
    assert bound is not None
    assert (bound.purpose, bound.neighbourhood_id, bound.bound_at) == ("duty", None, later)
    ended = rooms.end_room(db, chat.id, later)
    assert ended is not None
    assert rooms.find_room(db, chat.id) is None
    assert rooms.end_room(db, chat.id, later) is None
    assert rooms.bind_room(db, chat, *local, chief.id, later) is None


def test_where_the_wards_cards_go(db: Connection, now: datetime) -> None:
    first, second = ward(db)
    chief = holder(db, "1", Role.CHIEF, now)
    chats = [group(db, chat, now) for chat in ("-5", "-6", "-7", "-8")]
    for chat, purpose, place in zip(
        chats,
        (Purpose.DUTY, Purpose.DUTY, Purpose.MEDIATION, Purpose.NEIGHBOURHOOD),
        (None, None, None, second),
        strict=True,
    ):
        rooms.bind_room(db, chat, purpose, WARD, place, chief.id, now)
    assert [chat.chat for chat in bound_desks(db, WARD)] == ["-5", "-6"]
    assert bound_desks(db, "06673") == []
    assert len(rooms.neighbourhood_rooms(db, WARD, second)) == 1
    assert rooms.neighbourhood_rooms(db, WARD, first) == []
    rooms.end_room(db, chats[0].id, now)
    assert [chat.chat for chat in bound_desks(db, WARD)] == ["-6"]


def test_which_neighbourhoods_somebody_may_name(db: Connection, now: datetime) -> None:
    first, second = ward(db)
    leader = holder(db, "1", Role.LEADER, now, at=second)
    chief = holder(db, "2", Role.CHIEF, now)
    assert [n.id for n, _ in rooms.list_bindable(db, leader.id, ())] == [second]
    assert [n.id for n, _ in rooms.list_bindable(db, chief.id, ())] == [first, second]
    assert rooms.list_bindable(db, chief.id, ("06673",)) == []
    assert rooms.list_bindable(db, person(db, "3", now).id, ()) == []
    chat = group(db, "-5", now)
    with pytest.raises(Refused):
        rooms.bind_neighbourhood(db, chat, get_neighbourhood(db, first), leader.id, now)
    assert rooms.find_room(db, chat.id) is None
    rooms.bind_neighbourhood(db, chat, get_neighbourhood(db, second), leader.id, now)
    assert rooms.find_room(db, chat.id) is not None
