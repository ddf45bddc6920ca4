"""Outgoing messages as aiogram methods: which calls a message takes, and with what.

Imported with telegram_sending.py only, since aiogram is slow to import.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiogram.methods import (
    SendAudio,
    SendContact,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendPhoto,
    SendPoll,
    SendVideo,
    SendVoice,
    StopPoll,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InputMediaPhoto,
    InputMediaVideo,
    ReplyParameters,
)

from bot.channels.base import Outgoing, Upload, WordedContact, WordedPoll
from bot.channels.telegram_text import TIMEOUT_SECONDS
from domain.notices import Media, Pin

ALBUM_LIMIT = 10
UPLOAD_LIMIT = 45_000_000  # bytes of one call: the servers take 50 MB
SLOWEST_UPLOAD = 250_000  # bytes a second


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API; `places` are those of its files among the message's media."""

    method: TelegramMethod[Any]
    places: tuple[int, ...] = ()
    seconds: int = TIMEOUT_SECONDS


def calls_of(message: Outgoing) -> Sequence[Call]:
    """The calls that this message takes; more than one only for media."""
    if message.media:
        first, *others = _media_calls(message)
        return [replace(first, method=_captioned(first.method, message)), *others]
    if message.contact is not None:
        return (Call(_contact_method(message, message.contact)),)
    if message.poll is not None:
        return (Call(_poll_method(message, message.poll)),)
    if message.pin is not None:
        return (Call(_pin_method(message, message.pin)),)
    return (Call(_closing_method(message)),)


def _pin_method(message: Outgoing, pin: Pin) -> TelegramMethod[Any]:
    return SendLocation(
        chat_id=message.chat,
        latitude=pin.latitude,
        longitude=pin.longitude,
        disable_notification=message.silent,
        reply_parameters=_reply(message),
    )


def _contact_method(message: Outgoing, contact: WordedContact) -> TelegramMethod[Any]:
    """The vCard has the number as it is dialled, for an app that would make it +113."""
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{contact.name}", f"TEL:{contact.number}")
    return SendContact(
        chat_id=message.chat,
        phone_number=contact.number,
        first_name=contact.name,
        vcard="\n".join((*lines, "END:VCARD")),
        disable_notification=message.silent,
        reply_parameters=_reply(message),
    )


def _poll_method(message: Outgoing, poll: WordedPoll) -> TelegramMethod[Any]:
    """Anonymous, so that only a group's total is ever known."""
    return SendPoll(
        chat_id=message.chat,
        question=poll.question,
        options=[*poll.options],
        type="quiz",
        is_anonymous=True,
        correct_option_ids=[poll.correct],
        explanation=poll.explanation,
        disable_notification=message.silent,
        reply_parameters=_reply(message),
    )


def _closing_method(message: Outgoing) -> TelegramMethod[Any]:
    """Words alone go as they are (telegram_text.py), so this closes a poll."""
    return StopPoll(chat_id=message.chat, message_id=int(message.edits or 0))


def _media_calls(message: Outgoing) -> Iterator[Call]:
    pictures = {"photo", "video"}
    seen = [place for place, media in enumerate(message.media) if media.kind in pictures]
    for album in _albums(message, seen):
        yield _call(_album(message, [message.media[place] for place in album]), message, album)
    for place, media in enumerate(message.media):
        if place not in seen:
            yield _call(_single(message, media), message, [place])


def _captioned(method: TelegramMethod[Any], message: Outgoing) -> TelegramMethod[Any]:
    """With the message's words below its first file, at most 1,024 letters:
    https://core.telegram.org/bots/api#sendphoto"""
    if not message.text:
        return method
    words = {"caption": message.text, "parse_mode": None if message.plain else "HTML"}
    if isinstance(method, SendMediaGroup):
        first, *others = method.media
        return method.model_copy(update={"media": [first.model_copy(update=words), *others]})
    return method.model_copy(update=words)


def _call(method: TelegramMethod[Any], message: Outgoing, places: Sequence[int]) -> Call:
    size = sum(_size(message.media[place]) for place in places)
    return Call(method, tuple(places), TIMEOUT_SECONDS + size // SLOWEST_UPLOAD)


def _albums(message: Outgoing, seen: Sequence[int]) -> list[list[int]]:
    """As many in one album as Telegram takes, in number and in bytes."""
    albums: list[list[int]] = []
    room = 0
    for place in seen:
        size = _size(message.media[place])
        if not albums or len(albums[-1]) == ALBUM_LIMIT or size > room:
            albums.append([])
            room = UPLOAD_LIMIT
        albums[-1].append(place)
        room -= size
    return albums


def _size(media: Media | Upload) -> int:
    return len(media.content) if isinstance(media, Upload) else 0


def _file(media: Media | Upload) -> str | BufferedInputFile:
    if isinstance(media, Upload):
        return BufferedInputFile(media.content, media.name)
    return media.file


def _album(message: Outgoing, album: list[Media | Upload]) -> TelegramMethod[Any]:
    if len(album) == 1:
        return _single(message, album[0])
    items = [
        InputMediaPhoto(media=_file(media))
        if media.kind == "photo"
        else InputMediaVideo(media=_file(media))
        for media in album
    ]
    return SendMediaGroup(
        chat_id=message.chat,
        media=[*items],
        disable_notification=message.silent,
        reply_parameters=_reply(message),
    )


def _single(message: Outgoing, media: Media | Upload) -> TelegramMethod[Any]:
    methods: dict[str, Callable[..., TelegramMethod[Any]]] = {
        "photo": SendPhoto,
        "video": SendVideo,
        "voice": SendVoice,
        "audio": SendAudio,
        "document": SendDocument,
    }
    return methods[media.kind](
        chat_id=message.chat,
        disable_notification=message.silent,
        reply_parameters=_reply(message),
        **{media.kind: _file(media)},
    )


def _reply(message: Outgoing) -> ReplyParameters | None:
    if message.reply_to is None:
        return None
    return ReplyParameters(message_id=int(message.reply_to), allow_sending_without_reply=True)
