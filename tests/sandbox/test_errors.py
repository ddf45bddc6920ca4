"""Every error that a bot must be able to meet, with the real codes and words."""

from __future__ import annotations

import pytest

from tests.sandbox.town import Bot, Caller, HandClock, buttons, in_base64, picture


async def test_wrong_token(caller: Caller, bot: Bot) -> None:
    stranger = Bot(caller, 1, "1:wrong", "x")
    assert await stranger.fails("getMe") == "401 Unauthorized"


async def test_unknown_method_is_404_and_listed(caller: Caller, bot: Bot) -> None:
    assert await bot.fails("sendGalaxy") == "404 Not Found"
    listed = await caller.ask("GET", "unknown-methods")
    assert listed == {"methods": {"sendGalaxy": 1}}


async def test_unbuilt_parameters_never_pretend(caller: Caller, bot: Bot, person: int) -> None:
    said = await bot.fails(
        "sendMessage", chat_id=person, text="x", ephemeral_message_parameters={"user_id": person}
    )
    assert said == "404 Not Found"
    assert (
        await bot.fails("sendMessage", chat_id=person, text="*x*", parse_mode="MarkdownV2")
        == "404 Not Found"
    )
    assert len((await caller.ask("GET", "unknown-methods"))["methods"]) == 2
    assert [message["text"] for message in await caller.sees(person, bot.id)] == ["/start"]


async def test_who_has_not_started_cannot_be_written_to(caller: Caller, bot: Bot) -> None:
    person = await caller.person()
    reason = "403 Forbidden: bot can't initiate conversation with a user"
    assert await bot.fails("sendMessage", chat_id=person, text="x") == reason
    await caller.sees(person, bot.id)
    assert await bot.fails("sendMessage", chat_id=person, text="x") == reason


async def test_blocked_and_unblocked(caller: Caller, bot: Bot, person: int) -> None:
    await caller.ask("POST", "blocks", {"from": person, "bot": bot.id, "blocked": True})
    assert await bot.fails("sendMessage", chat_id=person, text="x") == (
        "403 Forbidden: bot was blocked by the user"
    )
    status, _ = await caller.try_ask(
        "POST", "messages", {"from": person, "chat": bot.id, "text": "x"}
    )
    assert status == 403
    await caller.start(person, bot)
    await bot.does("sendMessage", chat_id=person, text="x")
    changes = [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in await bot.updates()
        if "my_chat_member" in update
    ]
    assert changes == ["kicked", "member"]


@pytest.mark.parametrize(
    ("kind", "what"), [("group", "group chat"), ("supergroup", "supergroup chat")]
)
async def test_kicked_from_a_group(caller: Caller, bot: Bot, kind: str, what: str) -> None:
    person = await caller.person()
    chat = await caller.group([person], [bot.id], [person], kind)
    await bot.does("sendMessage", chat_id=chat, text="x")
    await caller.ask("POST", f"chats/{chat}/members", {"remove": [bot.id], "by": person})
    said = await bot.fails("sendMessage", chat_id=chat, text="x")
    assert said == f"403 Forbidden: bot was kicked from the {what}"


async def test_left_a_group(caller: Caller, bot: Bot) -> None:
    person = await caller.person()
    chat = await caller.group([person], [bot.id])
    await bot.does("leaveChat", chat_id=chat)
    said = await bot.fails("sendMessage", chat_id=chat, text="x")
    assert said == "403 Forbidden: bot is not a member of the group chat"


@pytest.mark.parametrize("chat_id", [-4999, 999, "@nowhere", "x"])
async def test_unknown_chat(bot: Bot, chat_id: object) -> None:
    said = await bot.fails("sendMessage", chat_id=chat_id, text="x")
    assert said == "400 Bad Request: chat not found"


async def test_a_group_that_the_bot_never_saw(caller: Caller, bot: Bot) -> None:
    chat = await caller.group([await caller.person()], [])
    said = await bot.fails("sendMessage", chat_id=chat, text="x")
    assert said == "400 Bad Request: chat not found"


async def test_no_chat_id(bot: Bot) -> None:
    assert await bot.fails("sendMessage", text="x") == "400 Bad Request: chat_id is empty"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("<b></b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>ă</b", "can't parse entities: Unclosed end tag at byte offset 5"),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("ă<foo>x</foo>", 'can\'t parse entities: Unsupported start tag "foo" at byte offset 2'),
        (
            "<b>x</i>",
            "can't parse entities: Unmatched end tag at byte offset 4, expected "
            '"</b>", found "</i>"',
        ),
        ("x</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        ("1 <2", "can't parse entities: Unclosed start tag at byte offset 2"),
        (
            "<a href>x</a>",
            "can't parse entities: Expected equal sign in declaration of an "
            'attribute of the tag "a" at byte offset 3',
        ),
        (
            "<span>x</span>",
            'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0',
        ),
    ],
)
async def test_bad_text(bot: Bot, person: int, text: str, reason: str) -> None:
    said = await bot.fails("sendMessage", chat_id=person, text=text, parse_mode="HTML")
    assert said == f"400 Bad Request: {reason}"


async def test_markup_does_not_count_as_length(bot: Bot, person: int) -> None:
    await bot.does("sendMessage", chat_id=person, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    await bot.does("sendMessage", chat_id=person, text="😀" * 2048)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (buttons(("A", "đ" * 33)), "BUTTON_DATA_INVALID"),
        (
            {"inline_keyboard": [[{"text": "A"}]]},
            "can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"text": "A", "url": "ftp://x"}]]},
            "inline keyboard button URL 'ftp://x' is invalid: Wrong HTTP URL",
        ),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_bad_buttons(bot: Bot, person: int, markup: object, reason: str) -> None:
    said = await bot.fails("sendMessage", chat_id=person, text="x", reply_markup=markup)
    assert said == f"400 Bad Request: {reason}"


async def test_callback_data_of_64_bytes_is_taken(bot: Bot, person: int) -> None:
    await bot.does("sendMessage", chat_id=person, text="x", reply_markup=buttons(("A", "đ" * 32)))


async def test_edits_that_fail(caller: Caller, bot: Bot, person: int) -> None:
    sent = await bot.does(
        "sendMessage",
        chat_id=person,
        text="<b>x</b>",
        parse_mode="HTML",
        reply_markup=buttons(("A", "a")),
    )
    mine = {"chat_id": person, "message_id": sent["message_id"]}
    theirs = (await caller.says(person, bot.id, "y"))["message_id"]
    edit = "editMessageText"
    assert (
        await bot.fails(
            edit, **mine, text="<b>x</b>", parse_mode="HTML", reply_markup=buttons(("A", "a"))
        )
    ).startswith("400 Bad Request: message is not modified: specified new message content")
    assert await bot.fails(edit, chat_id=person, message_id=99, text="x") == (
        "400 Bad Request: message to edit not found"
    )
    assert await bot.fails(edit, chat_id=person, message_id=theirs, text="x") == (
        "400 Bad Request: message can't be edited"
    )
    assert await bot.fails(edit, **mine, text="x" * 4097) == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await bot.fails("editMessageCaption", **mine, caption="x") == (
        "400 Bad Request: there is no caption in the message to edit"
    )
    assert (
        await bot.fails("editMessageReplyMarkup", **mine, reply_markup=buttons(("A", "a")))
    ).startswith("400 Bad Request: message is not modified")
    # The same words without the bold, or without the buttons, are another message.
    await bot.does(edit, **mine, text="x", reply_markup=buttons(("A", "a")))
    await bot.does(edit, **mine, text="x")


async def test_missing_messages(caller: Caller, bot: Bot, person: int) -> None:
    await caller.ask("PATCH", f"bots/{bot.id}", {"limits": False})
    where = {"chat_id": person, "message_id": 99}
    assert await bot.fails("deleteMessage", **where) == (
        "400 Bad Request: message to delete not found"
    )
    assert await bot.fails("copyMessage", from_chat_id=person, **where) == (
        "400 Bad Request: message to copy not found"
    )
    assert await bot.fails("forwardMessage", from_chat_id=person, **where) == (
        "400 Bad Request: message to forward not found"
    )
    reply = {"message_id": 99}
    assert await bot.fails("sendMessage", chat_id=person, text="x", reply_parameters=reply) == (
        "400 Bad Request: message to be replied not found"
    )
    reply["allow_sending_without_reply"] = True
    sent = await bot.does("sendMessage", chat_id=person, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_files_of_others_and_bad_files(caller: Caller, bot: Bot, person: int) -> None:
    await caller.ask("PATCH", f"bots/{bot.id}", {"limits": False})
    other = await caller.bot("khac_bot")
    await caller.start(person, other)
    await caller.says(person, bot.id, photo=in_base64(picture()))
    photo = (await bot.updates())[-1]["message"]["photo"]
    wrong = "400 Bad Request: wrong file identifier/HTTP URL specified"
    stolen = photo[-1]["file_id"]
    assert await other.fails("sendPhoto", chat_id=person, photo=stolen) == wrong
    assert await other.fails("getFile", file_id=stolen) == "400 Bad Request: invalid file_id"
    assert await bot.fails("sendPhoto", chat_id=person, photo="nonsense") == wrong
    assert await bot.fails("sendVideo", chat_id=person, video=stolen) == (
        "400 Bad Request: type of file mismatch"
    )
    assert await bot.fails("sendPhoto", chat_id=person, photo=stolen, caption="x" * 1025) == (
        "400 Bad Request: message caption is too long"
    )
    assert await bot.fails("sendPhoto", chat_id=person) == (
        "400 Bad Request: there is no photo in the request"
    )


async def test_old_or_invented_callback_query(bot: Bot) -> None:
    said = await bot.fails("answerCallbackQuery", callback_query_id="5")
    assert said == (
        "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_deleting_in_groups_and_after_two_days(
    caller: Caller, bot: Bot, clock: HandClock
) -> None:
    person = await caller.person()
    chat = await caller.group([person], [bot.id])
    theirs = await caller.says(person, chat, "@thu_bot x")
    where = {"chat_id": chat, "message_id": theirs["message_id"]}
    assert await bot.fails("deleteMessage", **where) == "400 Bad Request: message can't be deleted"
    mine = await bot.does("sendMessage", chat_id=chat, text="x")
    clock.move(48 * 3600 + 1)
    assert (
        await bot.fails("deleteMessage", chat_id=chat, message_id=mine["message_id"])
    ) == "400 Bad Request: message can't be deleted for everyone"
    await caller.ask("POST", f"chats/{chat}/members", {"promote": [bot.id], "by": person})
    assert await bot.does("deleteMessage", **where) is True
    assert theirs["message_id"] not in [m["message_id"] for m in await caller.sees(person, chat)]
