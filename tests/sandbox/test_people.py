"""The person API: what tests and the page rely on."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from sandbox.server import Served
from tests.sandbox.town import Bot, Caller, in_base64, picture


async def test_state(caller: Caller, bot: Bot) -> None:
    person = await caller.person("Tổ trưởng Thử", role="tổ trưởng")
    chat = await caller.group([person], [bot.id], [person])
    state = await caller.ask("GET", "state")
    assert state["people"] == [
        {
            "id": person,
            "name": "Tổ trưởng Thử",
            "language": "vi",
            "messenger": "telegram",
            "role": "tổ trưởng",
        }
    ]
    assert state["chats"] == [
        {
            "id": chat,
            "title": "Khu phố thử",
            "type": "group",
            "messenger": "telegram",
            "members": [person],
            "bots": [bot.id],
            "admins": [person],
        }
    ]
    assert state["bots"][0]["polls"] == 0
    await bot.updates()
    assert (await caller.ask("GET", "state"))["bots"][0]["polls"] == 1


async def test_what_a_person_sees(caller: Caller, bot: Bot, person: int) -> None:
    keyboard = {"keyboard": [[{"text": "Báo tin"}]], "resize_keyboard": True}
    await bot.does(
        "sendMessage",
        chat_id=person,
        text="chào",
        reply_markup=keyboard,
        disable_notification=True,
    )
    start, hello = await caller.sees(person, bot.id)
    assert (start["text"], hello["text"]) == ("/start", "chào")
    assert start["seq"] < hello["seq"]
    assert hello["reply_markup"] == keyboard
    assert hello["silent"] is True
    assert hello["chat"]["id"] == bot.id
    assert await caller.sees(person, bot.id, after=start["seq"]) == [hello]


async def test_seq_grows_over_the_whole_sandbox(caller: Caller, bot: Bot, person: int) -> None:
    other = await caller.person()
    chat = await caller.group([person, other], [])
    seqs = [(await caller.says(who, chat, "x"))["seq"] for who in (person, other)]
    seqs.append((await caller.says(person, bot.id, "x"))["seq"])
    assert seqs == sorted(set(seqs))


async def test_waiting_for_a_message(caller: Caller, bot: Bot, person: int) -> None:
    seen = (await caller.sees(person, bot.id))[-1]["seq"]
    async with asyncio.timeout(5):
        waiting = asyncio.create_task(caller.sees(person, bot.id, after=seen, wait=30))
        await bot.does("sendMessage", chat_id=person, text="đến rồi")
        assert [message["text"] for message in await waiting] == ["đến rồi"]
    assert await caller.sees(person, bot.id, after=seen + 1000, wait=0.01) == []


async def test_waiting_for_an_edit(caller: Caller, bot: Bot, person: int) -> None:
    sent = await bot.does("sendMessage", chat_id=person, text="một")
    seen = (await caller.sees(person, bot.id))[-1]["seq"]
    where = {"chat_id": person, "message_id": sent["message_id"]}
    async with asyncio.timeout(5):
        waiting = asyncio.create_task(caller.sees(person, bot.id, after=seen, wait=30, edits=1))
        await bot.does("editMessageText", **where, text="hai")
        changed = await waiting
    assert [(m["text"], m["seq"]) for m in changed] == [("hai", seen)]
    assert changed[0]["edit_seq"] > seen


async def test_everything_that_a_person_can_send(caller: Caller, bot: Bot, person: int) -> None:
    blob = in_base64(b"invented bytes")
    place = {"latitude": 20.951, "longitude": 107.085}
    contact = {"phone_number": "+84900000001", "first_name": "Người Bịa"}
    for more in (
        {"photo": in_base64(picture())},
        {"video": blob},
        {"voice": blob},
        {"sticker": blob},
        {"location": place},
        {"contact": contact},
        {"document": {"data": blob, "file_name": "đơn.pdf"}},
    ):
        sent = await caller.says(person, bot.id, **more)
        update = (await bot.confirmed())[0]["message"]
        (name,) = more
        assert name in sent
        assert name in update
    assert update["document"]["file_name"] == "đơn.pdf"


async def test_an_album_of_a_person(caller: Caller, bot: Bot, person: int) -> None:
    items = [{"photo": in_base64(picture())}, {"photo": in_base64(picture(300, 900))}]
    sent = await caller.says(person, bot.id, "hai ảnh", album=items)
    assert len(sent["album"]) == 2
    first, second = (update["message"] for update in await bot.updates())
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption"] == "hai ảnh"
    assert "caption" not in second


async def test_forwarded_and_mentioned(caller: Caller, bot: Bot, person: int) -> None:
    friend = await caller.person("Bạn")
    await caller.says(person, bot.id, "x", forwarded_from=friend)
    await caller.says(person, bot.id, "x", forwarded_from="Người Ẩn")
    first, second = (update["message"]["forward_origin"] for update in await bot.updates())
    assert first["sender_user"]["id"] == friend
    assert second["type"] == "hidden_user"


async def test_deleting(caller: Caller, bot: Bot, person: int) -> None:
    sent = await bot.does("sendMessage", chat_id=person, text="x")
    body = {"by": person, "chat": bot.id, "message_id": sent["message_id"]}
    await caller.ask("DELETE", "messages", body)
    assert [m["text"] for m in await caller.sees(person, bot.id)] == ["/start"]
    assert (
        await bot.fails("editMessageText", chat_id=person, text="y", message_id=sent["message_id"])
    ) == ("400 Bad Request: message to edit not found")


async def test_events_over_the_websocket(caller: Caller, bot: Bot, person: int) -> None:
    async with (
        asyncio.timeout(5),
        caller.session.ws_connect(
            f"{caller.url}/sandbox/events", params={"as": str(person)}
        ) as socket,
    ):
        await socket.receive_json()
        sent = await bot.does("sendMessage", chat_id=person, text="x")
        where = {"chat_id": person, "message_id": sent["message_id"]}
        await bot.does("editMessageText", **where, text="y")
        await bot.does("deleteMessage", **where)
        events = [await socket.receive_json() for _ in range(3)]
    assert [event["type"] for event in events] == ["message", "edit", "delete"]
    assert {event["chat"] for event in events} == {bot.id}
    assert events[1]["message"]["text"] == "y"


async def test_the_list_of_chats(caller: Caller, bot: Bot) -> None:
    person = await caller.person()
    chat = await caller.group([person], [bot.id], [bot.id])
    listed = (await caller.ask("GET", f"people/{person}/chats"))["chats"]
    assert [one["id"] for one in listed] == [chat, bot.id]
    assert listed[1]["started"] is False
    await bot.does("sendMessage", chat_id=chat, text="x")
    listed = (await caller.ask("GET", f"people/{person}/chats"))["chats"]
    assert (listed[0]["unread"], listed[0]["last"]["text"]) == (1, "x")
    await caller.ask(
        "POST", "reads", {"from": person, "chat": chat, "seq": listed[0]["last"]["seq"]}
    )
    listed = (await caller.ask("GET", f"people/{person}/chats"))["chats"]
    assert listed[0]["unread"] == 0


async def test_the_log_of_calls(caller: Caller, bot: Bot, person: int) -> None:
    other = await caller.bot("khac_bot")
    await other.does("getMe")
    await bot.does("sendMessage", chat_id=person, text="một", disable_notification=True)
    await bot.call("sendMessage", chat_id=999, text="hai")
    calls = (await caller.ask("GET", "sent", bot=bot.id, method="sendMessage"))["calls"]
    assert [(call["params"]["text"], call["status"]) for call in calls] == [
        ("một", 200),
        ("hai", 400),
    ]
    assert calls[0]["params"]["disable_notification"] is True
    assert calls[0]["answer"]["result"]["text"] == "một"
    calls = (await caller.ask("GET", "sent", chat=person))["calls"]
    assert [call["method"] for call in calls] == ["sendMessage"]


async def test_media_for_the_page(caller: Caller, bot: Bot, person: int) -> None:
    content = picture()
    sent = await caller.says(person, bot.id, photo=in_base64(content))
    for size in sent["photo"]:
        url = f"{caller.url}/sandbox/media/{size['file_unique_id']}"
        async with caller.session.get(url) as response:
            assert await response.read() == content


async def test_refusals_are_plain(caller: Caller, bot: Bot, person: int) -> None:
    here: dict[str, Any] = {"from": person, "chat": bot.id}
    for verb, path, body, status in (
        ("POST", "messages", {**here}, 400),
        ("POST", "messages", {**here, "photo": "?"}, 400),
        ("POST", "messages", {**here, "text": "x", "thread": 1}, 422),
        ("POST", "messages", {"from": 1, "chat": bot.id, "text": "x"}, 404),
        ("POST", "votes", {**here, "message_id": 1, "options": [0]}, 400),
        ("POST", "people", {"name": "A", "messenger": "zalo"}, 422),
        ("POST", "faults", {"kind": "earthquake"}, 400),
        ("POST", "start", {"from": person, "bot": 1}, 404),
        ("POST", "no-such-path", {}, 404),
        ("PUT", "messages", {}, 405),
    ):
        got, answer = await caller.try_ask(verb, path, body)
        assert got == status, (path, body, answer)
        assert list(answer) == ["error"]


async def test_a_deep_link_button_presses_start(caller: Caller, bot: Bot) -> None:
    person = await caller.person()
    chat = await caller.group([person], [bot.id])
    url = "https://t.me/thu_bot?start=kp_12"
    sent = await bot.does(
        "sendMessage",
        chat_id=chat,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "Báo tin", "url": url}]]},
    )
    await bot.confirmed()
    answer = await caller.ask(
        "POST",
        "taps",
        {"from": person, "chat": chat, "message_id": sent["message_id"], "label": "Báo tin"},
    )
    assert answer["url"] == url
    assert (await bot.updates())[0]["message"]["text"] == "/start kp_12"


async def test_the_page_is_served_with_a_strict_policy(served: Served) -> None:
    async with aiohttp.ClientSession() as session, session.get(served.url) as response:
        assert response.status == 200
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
