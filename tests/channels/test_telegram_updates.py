"""Telegram's JSON in, Incoming out. Bodies are shaped as on
https://core.telegram.org/bots/api#update; every name and number in them is invented."""

from typing import Any

import pytest

from bot.channels.base import Incoming
from bot.channels.telegram_updates import read_update
from domain.notices import Media, Pin

USER = {
    "id": 7000001,
    "is_bot": False,
    "first_name": "Hoa",
    "last_name": "Trần",
    "language_code": "vi",
}
PRIVATE = {"id": 7000001, "type": "private", "first_name": "Hoa"}
GROUP = {"id": -1001234, "type": "supergroup", "title": "Khu 2"}


def message(chat: dict[str, Any] = PRIVATE, **body: Any) -> dict[str, Any]:
    framed = {"message_id": 12, "from": USER, "chat": chat, "date": 1795312800, **body}
    return {"update_id": 5, "message": framed}


def read(update: dict[str, Any]) -> Incoming:
    incoming = read_update("phuong", update)
    assert incoming is not None
    return incoming


def test_words_in_private() -> None:
    incoming = read(message(text="Có trộm"))
    assert (incoming.text, incoming.private, incoming.chat) == ("Có trộm", True, "7000001")
    assert incoming.sender is not None
    assert (incoming.sender.name, incoming.sender.language) == ("Trần Hoa", "vi")


@pytest.mark.parametrize(
    "content", [{"text": "Có trộm"}, {"location": {"latitude": 20.9, "longitude": 107.0}}]
)
def test_what_somebody_else_wrote_first_is_marked_without_their_name(
    content: dict[str, Any],
) -> None:
    origin = {"type": "user", "date": 1795312700, "sender_user": {**USER, "first_name": "Bịa"}}
    incoming = read(message(**content, forward_origin=origin))
    assert incoming.forwarded
    assert "Bịa" not in repr(incoming)
    assert not read(message(**content)).forwarded


def test_words_in_a_group_answering_a_message() -> None:
    ours = {"message_id": 9, "from": {"id": 1, "is_bot": True, "first_name": "Bot"}}
    incoming = read(message(GROUP, text="1", reply_to_message=ours))
    assert incoming.reply_to_bot
    assert (incoming.private, incoming.chat, incoming.reply_to) == (False, "-1001234", "9")
    assert incoming.chat_title == "Khu 2"


def test_the_largest_photo_is_taken_with_its_caption_and_album() -> None:
    sizes = [
        {"file_id": "small", "width": 90, "height": 60, "file_size": 900},
        {"file_id": "large", "width": 1280, "height": 800, "file_size": 90_000},
    ]
    incoming = read(message(photo=sizes, caption="Đây ạ", media_group_id="77"))
    assert incoming.media == (Media("photo", "large", 90_000),)
    assert (incoming.text, incoming.album) == ("Đây ạ", "77")


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("video", "video"),
        ("voice", "voice"),
        ("audio", "audio"),
        ("video_note", "video"),
        ("document", "document"),
    ],
)
def test_files(field: str, kind: str) -> None:
    incoming = read(message(**{field: {"file_id": "f1", "file_size": 5}}))
    assert [(media.kind, media.file, media.size) for media in incoming.media] == [(kind, "f1", 5)]


def test_an_animation_that_also_comes_as_a_document_is_one_file() -> None:
    body = {"animation": {"file_id": "a"}, "document": {"file_id": "a"}}
    assert read(message(**body)).media == (Media("video", "a"),)


def test_a_pin_and_a_venue_are_places() -> None:
    location = {"latitude": 20.95, "longitude": 107.08}
    assert read(message(location=location)).pin == Pin(20.95, 107.08)
    venue = {"location": location, "title": "Chợ", "address": "x"}
    assert read(message(location=location, venue=venue)).pin == Pin(20.95, 107.08)


@pytest.mark.parametrize(("text", "payload"), [("/start", ""), ("/start bt_2", "bt_2")])
def test_start_carries_its_payload(text: str, payload: str) -> None:
    assert read(message(text=text)).start == payload


def test_start_in_a_group_is_only_words() -> None:
    assert read(message(GROUP, text="/start bt_2")).start is None


def test_a_tap() -> None:
    query = {"id": "q1", "from": USER, "data": "f:3:kind:FIRE", "message": message()["message"]}
    incoming = read({"update_id": 6, "callback_query": query})
    assert incoming.tap is not None
    assert (incoming.tap.data, incoming.tap.answer_id) == ("f:3:kind:FIRE", "q1")
    assert incoming.message_id == "12"


def membership(chat: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    change = {
        "chat": chat,
        "from": USER,
        "date": 1,
        "old_chat_member": {"status": before},
        "new_chat_member": {"status": after},
    }
    return {"update_id": 7, "my_chat_member": change}


@pytest.mark.parametrize(
    ("chat", "before", "after", "event"),
    [
        (GROUP, "left", "member", "bot_added"),
        (GROUP, "left", "administrator", "bot_added"),
        (GROUP, "administrator", "kicked", "bot_removed"),
        (PRIVATE, "member", "kicked", "blocked"),
        (PRIVATE, "kicked", "member", "unblocked"),
    ],
)
def test_the_bots_own_standing(chat: dict[str, Any], before: str, after: str, event: str) -> None:
    assert read(membership(chat, before, after)).event == event


def test_a_promotion_of_the_bot_concerns_nobody() -> None:
    assert read_update("phuong", membership(GROUP, "member", "administrator")) is None


def test_a_migration_names_the_new_group() -> None:
    incoming = read(message(GROUP, migrate_to_chat_id=-1009999))
    assert (incoming.event, incoming.migrated_to) == ("migrated", "-1009999")


def test_an_edited_message_says_so() -> None:
    edited = {"update_id": 8, "edited_message": message(text="sửa")["message"]}
    assert read(edited).edited


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 9, "poll": {"id": "1"}},
        {"update_id": 9, "message": {"message_id": 1, "chat": {"id": -1, "type": "channel"}}},
        {"update_id": 9, "message": {"message_id": 1, "chat": GROUP, "sender_chat": GROUP}},
    ],
)
def test_what_concerns_nobody(update: dict[str, Any]) -> None:
    assert read_update("phuong", update) is None
