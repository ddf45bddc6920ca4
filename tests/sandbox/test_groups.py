"""Groups: made, joined, left, promoted, migrated; what bots and people see of it."""

from __future__ import annotations

from tests.sandbox.town import Bot, Caller, kinds


async def test_ids_look_like_the_real_thing(caller: Caller, bot: Bot) -> None:
    person = await caller.person()
    group = await caller.group([person], [bot.id])
    supergroup = await caller.group([person], [bot.id], kind="supergroup")
    assert person > 2**32
    assert bot.id > 2**32
    assert -(10**12) < group < -(2**31)
    assert str(supergroup).startswith("-100")
    assert bot.token.startswith(f"{bot.id}:")


async def test_a_bot_learns_that_it_was_put_into_a_group(caller: Caller, bot: Bot) -> None:
    person = await caller.person()
    chat = await caller.group([person], [bot.id], [person, bot.id], "supergroup")
    change, made = await bot.updates()
    assert change["my_chat_member"]["chat"] == {
        "id": chat,
        "title": "Khu phố thử",
        "type": "supergroup",
    }
    assert change["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert made["message"]["supergroup_chat_created"] is True


async def test_joining_leaving_and_being_put_out(caller: Caller, bot: Bot) -> None:
    chief, new = await caller.person(), await caller.person("Người Mới")
    chat = await caller.group([chief], [bot.id], [chief])
    await bot.confirmed()
    path = f"chats/{chat}/members"
    shown = await caller.ask("POST", path, {"add": [new]})
    assert shown["members"] == [chief, new]
    message = (await bot.confirmed())[0]["message"]
    assert [user["id"] for user in message["new_chat_members"]] == [new]
    assert message["from"]["id"] == new
    await caller.ask("POST", path, {"remove": [new]})
    assert (await bot.confirmed())[0]["message"]["left_chat_member"]["id"] == new
    member = await bot.does("getChatMember", chat_id=chat, user_id=new)
    assert member["status"] == "left"
    await caller.ask("POST", path, {"add": [new], "by": chief})
    await caller.ask("POST", path, {"remove": [new], "by": chief})
    member = await bot.does("getChatMember", chat_id=chat, user_id=new)
    assert member["status"] == "kicked"


async def test_the_bot_itself_is_put_out_and_back(caller: Caller, bot: Bot) -> None:
    chief = await caller.person()
    chat = await caller.group([chief], [bot.id], [chief])
    await bot.confirmed()
    path = f"chats/{chat}/members"
    await caller.ask("POST", path, {"remove": [bot.id], "by": chief})
    updates = await bot.confirmed()
    assert kinds(updates) == ["message", "my_chat_member"]
    assert updates[1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await caller.says(chief, chat, "/giup")
    assert await bot.updates() == []
    await caller.ask("POST", path, {"add": [bot.id], "by": chief})
    updates = await bot.confirmed()
    assert kinds(updates) == ["my_chat_member", "message"]


async def test_asking_about_a_group(caller: Caller, bot: Bot) -> None:
    chief, person = await caller.person(), await caller.person()
    chat = await caller.group([chief, person], [bot.id], [chief, bot.id])
    full = await bot.does("getChat", chat_id=chat)
    assert (full["type"], full["title"]) == ("group", "Khu phố thử")
    assert await bot.does("getChatMemberCount", chat_id=chat) == 3
    admins = await bot.does("getChatAdministrators", chat_id=chat)
    assert {one["user"]["id"]: one["status"] for one in admins} == {
        chief: "creator",
        bot.id: "administrator",
    }
    stranger = await caller.person()
    member = await bot.does("getChatMember", chat_id=chat, user_id=stranger)
    assert member["status"] == "left"
    assert await bot.fails("getChatMember", chat_id=chat, user_id=5) == (
        "400 Bad Request: invalid user_id specified"
    )


async def test_migration(caller: Caller, bot: Bot) -> None:
    chief, person = await caller.person(), await caller.person()
    old = await caller.group([chief, person], [bot.id], [chief, bot.id])
    await bot.confirmed()
    new = (await caller.ask("POST", f"chats/{old}/migrate"))["id"]
    assert str(new).startswith("-100")
    messages = [update["message"] for update in await bot.confirmed()]
    assert [m.get("migrate_to_chat_id") for m in messages] == [new, None]
    assert [m.get("migrate_from_chat_id") for m in messages] == [None, old]
    status, body = await bot.call("sendMessage", chat_id=old, text="x")
    assert status == 400
    assert body["description"] == ("Bad Request: group chat was upgraded to a supergroup chat")
    assert body["parameters"] == {"migrate_to_chat_id": new}
    sent = await bot.does("sendMessage", chat_id=new, text="x")
    assert sent["chat"]["type"] == "supergroup"
    assert (await bot.does("getChatMember", chat_id=new, user_id=chief))["status"] == "creator"
    assert [m["text"] for m in await caller.sees(person, new) if "text" in m] == ["x"]
    body = {"from": person, "chat": old, "text": "x"}
    assert (await caller.try_ask("POST", "messages", body))[0] == 409


async def test_pinning_needs_an_administrator(caller: Caller, bot: Bot) -> None:
    chief = await caller.person()
    chat = await caller.group([chief], [bot.id])
    sent = await bot.does("sendMessage", chat_id=chat, text="Họp tổ")
    where = {"chat_id": chat, "message_id": sent["message_id"]}
    assert await bot.fails("pinChatMessage", **where) == (
        "400 Bad Request: not enough rights to manage pinned messages in the chat"
    )
    await caller.ask("POST", f"chats/{chat}/members", {"promote": [bot.id], "by": chief})
    assert await bot.does("pinChatMessage", **where) is True
    assert (await bot.does("getChat", chat_id=chat))["pinned_message"]["text"] == "Họp tổ"
    assert (await caller.sees(chief, chat))[-1]["pinned_message"]["text"] == "Họp tổ"
    assert await bot.does("unpinChatMessage", chat_id=chat) is True


async def test_who_is_not_in_the_group_sees_nothing(caller: Caller, bot: Bot) -> None:
    chief, stranger = await caller.person(), await caller.person()
    chat = await caller.group([chief], [bot.id])
    await bot.does("sendMessage", chat_id=chat, text="việc trong tổ")
    assert await caller.sees(stranger, chat) == []
    body = {"from": stranger, "chat": chat, "text": "x"}
    assert (await caller.try_ask("POST", "messages", body))[0] == 403
    await caller.ask("POST", f"chats/{chat}/members", {"add": [stranger], "by": chief})
    assert "việc trong tổ" in [m.get("text") for m in await caller.sees(stranger, chat)]
    await caller.ask("POST", f"chats/{chat}/members", {"remove": [stranger], "by": chief})
    await bot.does("sendMessage", chat_id=chat, text="việc sau đó")
    texts = [m.get("text") for m in await caller.sees(stranger, chat)]
    assert "việc trong tổ" in texts
    assert "việc sau đó" not in texts
