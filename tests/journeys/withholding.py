"""Somebody who withholds their name lives through everything: a report with files, additions and
an answer, "báo hộ", two alerts, a request for mediation; and whoever may not know asks around.
Every word of theirs is one of canaries.py. All names are invented.
"""

import base64
from typing import Any

from actions.people import arrive
from actions.rooms import bind_room
from actions.standings import grant
from actions.wards import merge_ward
from cli.demo_seed import SERVING_FOR
from cli.demo_ward import BOT_NAME
from domain.roles import Purpose, Role
from storage.addresses import add_address
from storage.engine import writer_engine
from tests.journeys.canaries import NAME, PHONE, USERNAME
from tests.journeys.hurried import Hurried
from tests.journeys.test_quiet import does
from tests.journeys.town import Town, present
from tests.messenger import Persona, words
from tests.specimens import WORD, jpeg, ogg, pdf

ELSEWHERE = "06793"  # another ward
SENT = "Đã ghi tin"
ADDED = "Đã ghi thêm"


async def somebody(town: Town) -> Persona:
    """Whoever is looked for, with a profile that tells it; they live among the others."""
    wanted = {"name": f"Lương {NAME}", "username": USERNAME, "language": "vi"}
    made = await town.api.post("people", **wanted, messenger="telegram")
    group = town.chat("neighbourhood")
    await town.api.post(f"chats/{group}/members", add=[made["id"]], by=town.leader.id)
    return Persona(town.api, int(made["id"]), town.stage.bot)


async def another_ward(town: Town) -> tuple[Persona, int]:
    """An officer of another ward, and the duty chat there."""
    wanted = {"name": "Tạ Văn Xa", "language": "vi", "messenger": "telegram"}
    person = int((await town.api.post("people", **wanted))["id"])
    group = {"title": "Trực ban nơi khác", "type": "group", "messenger": "telegram"}
    members = {"members": [person], "bots": [town.stage.bot], "admins": [person]}
    chat = int((await town.api.post("chats", **group, **members))["id"])
    with writer_engine(town.engine).begin() as db:
        merge_ward(db, ELSEWHERE, "Phường Cẩm Phả", ["Khu Bịa Đặt"])
        home: Any = {"bot": BOT_NAME, "chat": str(person), "private": True, "title": ""}
        sender: Any = {"sender_id": str(person), "sender_name": "Tạ Văn Xa", "language": "vi"}
        found = arrive(db, **home, **sender, now=present()).person
        grant(db, found.id, Role.OFFICER, ELSEWHERE, None, None, present() - SERVING_FOR)
        address = add_address(db, BOT_NAME, str(chat), present(), title="Trực ban nơi khác")
        bind_room(db, address, Purpose.DUTY, ELSEWHERE, None, found.id, present())
    return Persona(town.api, person, town.stage.bot), chat


async def reports(me: Persona) -> tuple[str, int]:
    """With a photo; the code and the receipt's message id."""
    await does(me, [("/baotin", "Có chuyện gì")])
    await me.shows(jpeg(), "Mất xe máy, Chimanhmot bẻ khóa")
    await me.sees("việc gì")
    steps = (
        ("[Trộm cắp]", "khu phố hay thôn nào"),
        ("Khu 1", "Ở đâu"),
        ("số 7 ngõ Chimnoihai", "biết tên"),
        ("[Không nêu tên]", "Xem lại"),
    )
    await does(me, steps)
    await me.taps("Gửi tin")
    receipt = await me.sees(SENT)
    return words(receipt).split("Mã ")[1][:9], int(receipt["message_id"])


async def tells_more(town: Town, me: Persona, receipt: int) -> None:
    """Each as a reply to the receipt."""
    await me.says("xe màu đỏ Chimthemba", reply_to=receipt)
    await me.sees(ADDED)
    for kind, content, more in (("voice", ogg(), ""), ("document", pdf(), "đơn Chimgiaytu")):
        file: Any = {"data": base64.b64encode(content).decode(), "file_name": f"tep {WORD}.bin"}
        await me.says(more, reply_to=receipt, **{kind: file})
        if kind == "voice":
            await me.taps("Vẫn gửi")
        await me.sees(ADDED)
        await town.officer.receives(kind, chat=town.chat("police"))


async def is_asked(town: Town, me: Persona) -> None:
    """By the officer who took it."""
    officer, police = town.officer, town.chat("police")
    await officer.taps("Tôi nhận", chat=police)
    await me.sees("đã nhận tin lúc")
    await officer.taps("Hỏi người báo", chat=police)
    prompt = await officer.sees("muốn hỏi người báo điều gì", chat=police)
    await officer.says("người đó có cao không", chat=police, reply_to=prompt["message_id"])
    question = await me.sees("có cao không")
    await me.says("cao gầy Chimdapnam", reply_to=question["message_id"])
    await officer.sees("người báo trả lời", chat=police)


async def is_dealt_with(town: Town, me: Persona) -> None:
    officer, police = town.officer, town.chat("police")
    await officer.taps("Đang tới", chat=police)
    await me.sees("đang tới")
    await officer.taps("Đã xử lý", chat=police)
    await officer.taps("Đã đến nơi và giải quyết", chat=police)
    await me.sees("Đã xử lý")


async def helps(me: Persona) -> None:
    steps = (
        ("báo hộ", "Có chuyện gì"),
        ("đánh bạc ầm ĩ, Chimhosau la hét", "việc gì"),
        ("đánh bạc", "Ở đâu"),
        ("nhà số 5 Chimnhabay", "Báo hộ ai"),
        ("bà cụ Chimcutam 80 tuổi", "đồng ý"),
        ("1", "biết tên"),
        ("không nêu tên", "Xem lại"),
        ("gửi tin", SENT),
    )
    await does(me, steps)


async def is_in_danger(town: Town, me: Persona, hurried: Hurried) -> None:
    """And waits in vain for a minute; everybody around is warned."""
    steps = (
        ("chay nha Chimlaychin roi", "Có phải"),
        ("[Phải", "Cháy ở đâu"),
        ("so 12 ngo Chimloimuoi", "gọi lại số nào"),
        (PHONE, "bà con trong khu"),
        ("có", "Đang báo cho bà con"),
    )
    await does(me, steps)
    await town.neighbour.sees("Cháy, nổ: Khu 1", chat=town.chat("neighbourhood"))
    for told in (town.leader, town.team):
        await told.sees("Cháy, nổ: Khu 1")
    hurried.move(seconds=61)
    await me.sees("chưa có cán bộ nhận tin")
    await town.officer.taps("Tôi nhận", chat=town.chat("police"))
    await me.sees("đã nhận tin lúc")
    await is_dealt_with(town, me)
    await town.leader.sees("Cháy, nổ, Khu 1")


async def was_mistaken(town: Town, me: Persona) -> None:
    """At home, where two answers tell all; and takes it back."""
    steps = (
        ("/dangky", "giữ số nhà"),
        ("có", "Số nhà và ngõ"),
        ("số 9 ngõ Chimbenkia", "giữ một số điện thoại"),
        ("có", "Gọi lại số nào"),
        (PHONE, "đúng chưa"),
        ("lưu", "Đã ghi lại"),
        ("có người đuối nước, Chimsongduoi", "Có phải"),
        ("[Phải, ở nhà tôi", SENT),
    )
    await does(me, steps)
    card = ("Nơi: số 9 ngõ Chimbenkia", f"Gọi lại: {PHONE}", "Chimsongduoi")
    await town.officer.sees(*card, chat=town.chat("police"))
    await town.leader.sees("đuối nước")
    await does(me, [("báo nhầm", "May quá")])
    await town.leader.sees("báo nhầm")


async def everybody_asks(town: Town, far: tuple[Persona, int], code: str) -> None:
    """Whoever may not know tries what they can, and the police look it up."""
    group, (stranger, elsewhere) = town.chat("neighbourhood"), far
    await town.leader.says(f"/vuviec {code}")
    await town.leader.sees("")
    await town.team.says("/vuviec")
    await town.team.sees("")
    await town.neighbour.says("/vuviec", chat=group)
    await town.neighbour.sees("riêng", chat=group)
    await stranger.says(f"/vuviec {code}", chat=elsewhere)
    await stranger.sees("", chat=elsewhere)
    await town.officer.says(f"/vuviec {code}", chat=town.chat("police"))
    await town.officer.sees(code, "Trộm cắp", chat=town.chat("police"))
    await town.chief.says(f"/nhatky {code}")
    await town.chief.sees(code)
    for told, where in ((town.leader, None), (town.team, None), (town.neighbour, group)):
        await told.sees_nothing_of("Trộm cắp", "Đánh bạc", chat=where)


async def asks_for_mediation(town: Town, me: Persona) -> None:
    steps = (
        ("hòa giải", "bị đánh"),
        ("không", "Có chuyện gì"),
        ("Nhà bên xả nước sang Chimsanvuon", "Với ai"),
        ("nhà ông Chimdoiphuong", "Lúc nào"),
        ("tối thứ bảy Chimgiohen", "Xem lại"),
        ("gửi", "hòa giải viên"),
    )
    await does(me, steps)
    await town.mediator.taps("Tôi nhận", chat=town.chat("mediation"))
    await town.mediator.sees(NAME)
    await me.sees("Mai")


async def lived(town: Town, me: Persona, hurried: Hurried) -> str:
    """Everything but mediation; the code of the report."""
    faulty = {"bot": town.stage.bot, "method": "sendMessage", "times": 1}
    await town.api.post("faults", kind="http_500", **faulty)
    code, receipt = await reports(me)
    await tells_more(town, me, receipt)
    await is_asked(town, me)
    await is_dealt_with(town, me)
    await me.taps("Chưa ổn")
    await town.officer.taps("Tôi nhận", chat=town.chat("police"))
    await is_dealt_with(town, me)
    await helps(me)
    await is_in_danger(town, me, hurried)
    await town.api.post("faults", kind="http_502_html", **faulty)
    await was_mistaken(town, me)
    return code
