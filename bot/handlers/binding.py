"""`/thietlap` in a group: the chat is bound to what it serves, with a code or by somebody who
holds a role in its ward; always by an administrator of the group.
"""

from collections.abc import Sequence
from typing import Final

from actions import invites, people, rooms, waiting, ward_news
from actions.wards import find_served
from bot.handlers import groups
from bot.handlers.described import described
from bot.handlers.turn import Turn
from domain.access import require_group_administrator
from domain.codes import parse_invite
from domain.errors import Refused
from domain.notices import Button, Notice, Text, plain
from domain.roles import Purpose
from domain.text import fold
from storage.tables import Neighbourhood, Room, Ward

_MOST_BUTTONS: Final = 5

Place = tuple[Neighbourhood, Ward]


def set_up(turn: Turn, rest: str) -> None:
    """`/thietlap`, `/thietlap ABCD-2345`, `/thietlap khu 2`, `/thietlap ha long khu 2`."""
    require_group_administrator(turn.incoming.by_admin)
    places = rooms.list_bindable(turn.db, turn.person.id, turn.bot.wards)
    meant = [place for place in places if is_called(place, rest)] if rest else places
    if rest and not meant:
        meant = [place for place in places if fold(rest) and _ends_so(place, rest)]
    if len(meant) == 1:
        _bind_neighbourhood(turn, meant[0][0])
    elif meant:
        _ask_which(turn, meant)
    elif rest and (not places or _looks_like_code(rest)):
        _bind_by_code(turn, rest)
    elif places:
        _ask_which(turn, places)
    else:
        raise Refused("access.may_not_bind")


def on_tap(turn: Turn, rest: str) -> None:
    """A press of one of several neighbourhoods (`g:<id>`); who presses is asked again."""
    require_group_administrator(turn.incoming.by_admin)
    place = find_served(turn.db, int(rest), turn.bot.wards) if rest.isdecimal() else None
    if place is None:
        raise Refused("access.neighbourhood_missing")
    _bind_neighbourhood(turn, place)


def is_called(place: Place, typed: str) -> bool:
    """Whether this is the neighbourhood's name, alone or with its ward's, before or after."""
    name, ward = place[0].name_fold, fold(place[1].name)
    short = ward.removeprefix("phuong ").removeprefix("xa ").removeprefix("dac khu ")
    orders = (f"{ward} {name}", f"{short} {name}", f"{name} {ward}", f"{name} {short}")
    return fold(typed) in (name, *orders)


def _ends_so(place: Place, typed: str) -> bool:
    """Typed 2 for "Khu 2"."""
    return place[0].name_fold.endswith(f" {fold(typed)}")


def _looks_like_code(typed: str) -> bool:
    return parse_invite(typed) is not None


def _bind_by_code(turn: Turn, typed: str) -> None:
    invite = invites.redeem_for_chat(turn.db, turn.person.id, typed, turn.now, turn.bot.wards)
    purpose, ward_code = Purpose(str(invite.purpose)), str(invite.ward_code)
    former = rooms.bind_room(
        turn.db,
        turn.address,
        purpose,
        ward_code,
        invite.neighbourhood_id,
        turn.person.id,
        turn.now,
    )
    _say_bound(turn, former)
    waiting.show_what_waits(turn.db, turn.address.id, turn.now)


def _bind_neighbourhood(turn: Turn, place: Neighbourhood) -> None:
    former = rooms.bind_neighbourhood(turn.db, turn.address, place, turn.person.id, turn.now)
    _say_bound(turn, former)


def _say_bound(turn: Turn, former: Room | None) -> None:
    """What the chat serves now, what follows from it, and what it served before."""
    people.set_reachable(turn.db, turn.address, True, turn.now)
    room = rooms.find_room(turn.db, turn.address.id)
    if room is None:
        return
    what = _described(turn, room)
    before = Text("text.nothing")
    if former is not None and _described(turn, former) != what:
        before = Text("group.bound.before", {"what": _described(turn, former)})
    is_local = room.purpose == Purpose.NEIGHBOURHOOD.value
    next_step, deaf = Text(f"group.next.{room.purpose}"), Text("text.nothing")
    if is_local and not (turn.bot.hears_groups or turn.incoming.bot_admin):
        deaf = Text("group.deaf")
        ward_news.room_is_deaf(turn.db, room, turn.now)
    lines = (Text("group.bound", {"what": what}), before, next_step, deaf)
    button = groups.report_button(turn.bot, room)
    turn.say(Notice(Text("group.lines", {"lines": lines}), (button,) if is_local else ()))


def _described(turn: Turn, room: Room) -> Text:
    return described(turn.db, Purpose(room.purpose), room.ward_code, room.neighbourhood_id)


def _ask_which(turn: Turn, places: Sequence[Place]) -> None:
    several = len({ward.code for _, ward in places}) > 1
    buttons = tuple(
        (Button(_label(place, several), f"g:{place[0].id}"),) for place in places[:_MOST_BUTTONS]
    )
    lines = tuple(Text("group.which.line", {"name": _label(place, several)}) for place in places)
    turn.say(Notice(Text("group.which", {"lines": lines}), buttons))


def _label(place: Place, several: bool) -> Text:
    neighbourhood, ward = place
    return plain(f"{neighbourhood.name}, {ward.name}" if several else neighbourhood.name)
