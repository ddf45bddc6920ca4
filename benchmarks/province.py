"""A whole province in one database: 54 wards, each with its bot, its desk, three officers and a
chief, and 5,000 neighbourhoods with a group each, made by the actions that make real ones.

Everybody and everything but the first ward's name is invented.
"""

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from actions.people import arrive
from actions.rooms import bind_room
from actions.standings import grant
from actions.wards import merge_ward
from benchmarks.variants import stage
from cli.demo_seed import SERVING_FOR, seed
from cli.demo_ward import BOT_NAME, PLACES, WARD_CODE, WARD_NAME
from domain.roles import Purpose, Role
from storage import rooms
from storage.addresses import add_address

WARDS: Final = 54
GROUPS: Final = 5_000
_FIRST_CHAT: Final = 7_000_000


class Precinct(NamedTuple):
    """What a report of this ward names: its bot, its duty chat (as an address), the person who
    takes it, and its neighbourhoods from the first to the last id."""

    ward_code: str
    bot: str
    desk: int
    officer: int
    first_home: int
    last_home: int


def found(db: Connection, now: datetime, groups: int = GROUPS) -> list[Precinct]:
    """Fill an empty database; the wards, the demo's first."""
    seed(db, stage(), now)
    each = -(-groups // WARDS)
    chats = iter(range(_FIRST_CHAT, _FIRST_CHAT + 2 * groups + 10 * WARDS))
    made = []
    for number in range(WARDS):
        code = WARD_CODE if number == 0 else f"{10_000 + number}"
        bot = BOT_NAME if number == 0 else f"ward-{number}"
        name = WARD_NAME if number == 0 else f"Phường bịa {number}"
        homes = [f"Khu bịa {n}" for n in range(each)]
        named = [place.name for place in PLACES] + homes if number == 0 else homes
        ward = merge_ward(db, code, name, named)
        ids = [neighbourhood.id for neighbourhood in ward.neighbourhoods]
        officers = [_officer(db, bot, next(chats), code, role, now) for role in _STAFF]
        for home in ids[-each:]:
            address = add_address(db, bot, str(-next(chats)), now, title=f"Nhóm bịa {home}")
            bind_room(db, address, Purpose.NEIGHBOURHOOD, code, home, officers[0], now)
        if number:
            desk = add_address(db, bot, str(-next(chats)), now, title=f"Trực ban {number}")
            bind_room(db, desk, Purpose.DUTY, code, None, officers[0], now)
        made.append(_precinct(db, code, bot, officers[0], ids))
    return made


_STAFF: Final = (Role.CHIEF, Role.OFFICER, Role.OFFICER, Role.OFFICER)


def _precinct(db: Connection, code: str, bot: str, officer: int, homes: list[int]) -> Precinct:
    (desk,) = rooms.list_rooms(db, code, Purpose.DUTY.value)
    return Precinct(code, bot, desk.address_id, officer, min(homes), max(homes))


def _officer(
    db: Connection, bot: str, chat: int, ward_code: str, role: Role, now: datetime
) -> int:
    person = arrive(
        db,
        bot=bot,
        chat=str(chat),
        private=True,
        title="",
        sender_id=str(chat),
        sender_name=f"Cán bộ bịa {chat}",
        language="vi",
        now=now,
    ).person
    grant(db, person.id, role, ward_code, None, None, now - SERVING_FOR)
    return person.id
