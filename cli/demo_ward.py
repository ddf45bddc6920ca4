"""The invented ward of the demo, as data.

Every person here is invented, and so are the landmarks; only the ward's name and code are
those of a real place, so that typing it without accents can be tried. Nothing real happened
there.
"""

from dataclasses import dataclass
from typing import Final

from domain.roles import Purpose, Role

WARD_CODE: Final = "06688"
WARD_NAME: Final = "Phường Hạ Long"
BOT_NAME: Final = "demo"
BOT_SHOWN: Final = "Tự Quản Hạ Long (bản thử)"
BOT_USERNAME: Final = "tu_quan_thu_bot"


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood and the public places by which its people say where something is."""

    name: str
    landmarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody invented; `place` is an index into PLACES, `shown` their part on the chat
    page. Who has not `written` has never pressed Start."""

    name: str
    shown: str
    role: Role | None = None
    place: int | None = None
    written: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat with the cast in it; the first one owns it."""

    title: str
    purpose: Purpose
    members: tuple[str, ...]
    place: int | None = None


PLACES: Final = (
    Place("Khu 1", ("Nhà văn hóa Khu 1", "Cổng chợ Cây Đa", "Ngõ 12 đường Hoa Phượng")),
    Place("Khu 2", ("Nhà văn hóa Khu 2", "Sân bóng Bãi Cọc", "Trường mầm non Hoa Sim")),
    Place("Khu 3", ("Nhà văn hóa Khu 3", "Bến đò Hòn Rùa", "Dốc Giếng Làng")),
)

CAST: Final[dict[str, Actor]] = {
    "resident": Actor("Nguyễn Thị Hoa", "Cư dân Khu 1", place=0),
    "neighbour": Actor("Phạm Văn Bình", "Hàng xóm, Khu 1", place=0),
    "officer": Actor("Trần Minh Đức", "Công an phường", Role.OFFICER),
    "officer2": Actor("Lê Thu Hằng", "Công an phường", Role.OFFICER),
    "chief": Actor("Đỗ Quang Huy", "Trưởng công an phường", Role.CHIEF),
    "leader": Actor("Vũ Thị Lan", "Trưởng khu, Khu 1", Role.LEADER, place=0),
    "mediator": Actor("Bùi Thị Mai", "Hòa giải viên", Role.MEDIATOR),
    "mediator2": Actor("Ngô Văn Thắng", "Hòa giải viên", Role.MEDIATOR),
    "newcomer": Actor("Đặng Thùy Linh", "Người mới đến Khu 1", written=False),
    "team": Actor("Hoàng Văn Nam", "Tổ bảo vệ an ninh, Khu 1", Role.TEAM, place=0),
    "leader2": Actor("Lương Văn Phúc", "Trưởng khu, Khu 2", Role.LEADER, place=1),
    "resident2": Actor("Mạc Thị Xuân", "Cư dân Khu 2", place=1),
    "administrator": Actor("Phan Anh Tuấn", "Quản trị của phường", Role.ADMINISTRATOR),
}

GROUPS: Final[dict[str, Group]] = {
    "neighbourhood": Group(
        "Khu 1 – phường Hạ Long (thử)",
        Purpose.NEIGHBOURHOOD,
        ("leader", "resident", "neighbour", "newcomer", "team"),
        place=0,
    ),
    "neighbourhood2": Group(
        "Khu 2 – phường Hạ Long (thử)",
        Purpose.NEIGHBOURHOOD,
        ("leader2", "resident2"),
        place=1,
    ),
    "police": Group(
        "Trực ban công an phường (thử)", Purpose.DUTY, ("chief", "officer", "officer2")
    ),
    "mediation": Group(
        "Tổ hòa giải phường Hạ Long (thử)",
        Purpose.MEDIATION,
        ("mediator", "mediator2", "leader"),
    ),
}
