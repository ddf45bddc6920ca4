"""A broadcast to many groups with an emergency in its middle, under the messenger's limits: each
group gets one copy, no call is refused, and the emergency does not wait for the end.
"""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from actions.codes import unused_code
from actions.rooms import bind_room
from cli.demo_ward import BOT_NAME, WARD_CODE
from domain.roles import Purpose, Role
from storage import announcements, wards
from storage.addresses import add_address, find_address, get_person
from storage.announcement_tables import Announcement
from storage.engine import writer_engine
from tests.journeys.test_announcing import morning_clock
from tests.journeys.town import Town, open_town, present
from tests.specimens import jpeg

CHATS: Final = 90
WORDS: Final = "Chiều mai diễn tập chữa cháy ở sân nhà văn hóa (lời bịa)"
TOO_MANY: Final = 429
LONGEST: Final = 120.0
GREETED: Final = text(
    "SELECT count(*) FROM outbox JOIN address ON address.id = outbox.address_id"
    " WHERE outbox.state = 'sent' AND address.private"
)
PHOTOS: Final = text(
    "SELECT count(*) FROM outbox WHERE state = 'sent' AND lane = 3 AND answers IS NOT NULL"
)
COPIES: Final = text(
    "SELECT count(*) FROM post JOIN outbox ON outbox.id = post.outbox_id"
    " WHERE outbox.state = 'sent' AND outbox.lane = 3"
)


async def test_an_emergency_in_the_middle_of_a_broadcast(tmp_path: Path) -> None:
    async with open_town(tmp_path, limits=True) as town:
        groups = [await _group(town, number) for number in range(CHATS)]
        places = _bind(town, groups, present())
        await town.resident.starts()
        await town.officer.starts()
        clock = morning_clock()
        async with town.bot(clock):
            await _until(town, GREETED, 2)
            await town.resident.says("/baotin")
            await town.resident.sees("chuyện gì")
            await town.resident.says("cháy nhà ở đầu ngõ, khói mù mịt")
            await town.resident.sees("Cháy, nổ")
            _plan(town, places, clock())
            await _until(town, COPIES, CHATS // 3)
            await town.resident.says("1")
            await town.resident.sees("Mã")
            await _until(town, COPIES, CHATS)
            await town.officer.sees(f"Đã đăng xong: {CHATS} nhóm")
        calls = (await town.api.get("sent", bot=town.stage.bot))["calls"]
    assert [call for call in calls if call["status"] == TOO_MANY] == []
    posted = [n for n, call in enumerate(calls) if _is_copy(call, groups)]
    assert sorted(_chat(calls[n]) for n in posted) == sorted(map(str, groups))
    (card,) = (n for n, call in enumerate(calls) if _is_card(call, town.chat("police")))
    assert posted[CHATS // 3 - 1] < card < posted[-1]
    # Behind it stands most of what had been waiting before it.
    assert sum(n > card for n in posted) > CHATS // 4


async def test_a_photo_is_uploaded_once_and_without_where_it_was_taken(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        groups = [await _group(town, number) for number in range(5)]
        with writer_engine(town.engine).begin() as db:
            leader = find_address(db, BOT_NAME, str(town.stage.cast["leader"]))
            assert leader is not None
            home = get_person(db, leader.person_id or 0).neighbourhood_id
            for number, group in enumerate(groups):
                _chat_of(db, town, number, group, home or 0, present())
        async with town.bot(morning_clock()):
            await town.start("leader")
            await town.leader.says("/thongbao")
            await town.leader.sees("Thông báo gì tới bà con")
            await town.leader.shows(jpeg(), WORDS)
            await town.leader.sees("Đăng lúc nào")
            await town.leader.taps("Ngay bây giờ")
            await town.leader.sees("Chưa gửi đi")
            await town.leader.taps("Đăng")
            await _until(town, PHOTOS, len(groups) + 1)
        calls = (await town.api.get("sent", bot=town.stage.bot, method="sendPhoto"))["calls"]
    photos = [c["params"]["photo"] for c in calls if int(_chat(c)) in groups or int(_chat(c)) < 0]
    uploads = [photo for photo in photos if isinstance(photo, dict) or "attach" in photo]
    assert len(photos) == len(groups) + 1
    assert len(uploads) == 1
    # The others name what came of that upload, not what the leader sent.
    assert len(set(map(str, photos)) - set(map(str, uploads))) == 1


async def _group(town: Town, number: int) -> int:
    members, bot = [town.stage.cast["leader"]], town.stage.bot
    made = await town.api.post(
        "chats",
        title=f"Nhóm bịa {number}",
        type="group",
        messenger="telegram",
        members=members,
        bots=[bot],
        admins=[*members, bot],
    )
    return int(made["id"])


def _bind(town: Town, groups: list[int], now: datetime) -> list[int]:
    """A neighbourhood for each of these groups."""
    with writer_engine(town.engine).begin() as db:
        return [_place(db, town, number, group, now) for number, group in enumerate(groups)]


def _place(db: Connection, town: Town, number: int, group: int, now: datetime) -> int:
    name = f"Khu bịa {number}"
    place = wards.add_neighbourhood(db, WARD_CODE, name, name.casefold()).id
    _chat_of(db, town, number, group, place, now)
    return place


def _chat_of(
    db: Connection, town: Town, number: int, group: int, place: int, now: datetime
) -> None:
    address = add_address(db, BOT_NAME, str(group), now, title=f"Nhóm bịa {number}")
    bind_room(db, address, Purpose.NEIGHBOURHOOD, WARD_CODE, place, _officer(db, town), now)


def _officer(db: Connection, town: Town) -> int:
    found = find_address(db, BOT_NAME, str(town.stage.cast["officer"]))
    assert found is not None
    return found.person_id or 0


def _plan(town: Town, places: list[int], now: datetime) -> None:
    """An announcement of the police to these neighbourhoods, due now."""
    with writer_engine(town.engine).begin() as db:
        row = Announcement(
            code=unused_code(db, lambda below: 12_345_677 % below),
            ward_code=WARD_CODE,
            author_id=_officer(db, town),
            author_role=Role.OFFICER.value,
            words=WORDS,
            bot=BOT_NAME,
            late_for=3600,
            created_at=now,
        )
        key = announcements.add_announcement(db, row).id
        announcements.set_targets(db, key, [(place, None) for place in places])
        announcements.plan(db, key, now, now)


async def _until(town: Town, wanted: TextClause, number: int) -> None:
    """Wait until this counts so many."""
    async with asyncio.timeout(LONGEST):
        while True:
            with town.engine.connect() as db:
                if db.execute(wanted).scalar_one() >= number:
                    return
            await town.api.get("state")


def _chat(call: dict[str, Any]) -> str:
    return str(call["params"].get("chat_id"))


def _is_copy(call: dict[str, Any], groups: list[int]) -> bool:
    is_post = call["method"] == "sendMessage" and WORDS in call["params"]["text"]
    return is_post and int(_chat(call)) in groups


def _is_card(call: dict[str, Any], police: int) -> bool:
    is_message = call["method"].startswith("send") and _chat(call) == str(police)
    return is_message and "Cháy" in str(call["params"].get("text", ""))
