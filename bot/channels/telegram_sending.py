"""Outgoing messages as aiogram methods, and aiogram's exceptions as our SendErrors.

Imported lazily by bot/channels/telegram.py: aiogram takes seconds and 120 MB to import.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from aiogram import Bot, exceptions
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import (
    EditMessageText,
    SendAudio,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.methods.base import Response
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)

from bot.channels.base import (
    Migrated,
    Misconfigured,
    Outgoing,
    SendError,
    Throttled,
    Unavailable,
    Unreachable,
    WordedButton,
)
from bot.channels.telegram import bad_request
from domain.notices import Media

TIMEOUT_SECONDS = 30
ALBUM_LIMIT = 10
# pydantic forgets a generic model that nobody holds; aiogram would build these anew, which
# takes longer than all the rest, for every single answer.
_ANSWERS = (Response[Message], Response[Message | bool], Response[list[Message]], Response[bool])
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sending:
    """The sending half of one Telegram bot."""

    def __init__(self, token: str, api_base: str) -> None:
        session = AiohttpSession(
            api=TelegramAPIServer.from_base(api_base), timeout=TIMEOUT_SECONDS
        )
        self._bot = Bot(token, session=session)

    async def send(self, message: Outgoing) -> str:
        """The id of the (last) message. Raises SendError."""
        last = ""
        for method in methods_of(message):
            last = await self._call(method) or last
        return last or (message.edits or "")

    async def close(self) -> None:
        """Release the HTTP session."""
        await self._bot.session.close()

    async def _call(self, method: TelegramMethod[Any]) -> str:
        try:
            result = await self._bot(method)
        except exceptions.ClientDecodeError as fault:
            return _id_of_unread(fault.data)
        except exceptions.AiogramError as fault:
            raise send_error(fault) from None
        except Exception as fault:  # noqa: BLE001  (see below)
            # Whatever else breaks under aiogram, the message is not to blame: try again.
            raise Unavailable(type(fault).__name__, uncertain=True) from None
        match result:
            case Message():
                return str(result.message_id)
            case [*_, Message() as last]:
                return str(last.message_id)
        return ""


def _id_of_unread(answer: Any) -> str:
    """An answer that aiogram cannot read: of a kind newer than it, or no JSON at all. Where it
    says that the message was taken, sending again would double it."""
    if isinstance(answer, dict) and answer.get("ok"):
        result = answer.get("result")
        last = result[-1] if isinstance(result, list) and result else result
        return str(last.get("message_id", "")) if isinstance(last, dict) else ""
    raise Unavailable("unreadable answer", uncertain=True)


def methods_of(message: Outgoing) -> Sequence[TelegramMethod[Any]]:
    """The calls that this message takes; more than one only for mixed media."""
    if message.media:
        return _media_methods(message)
    if message.pin is not None:
        return (
            SendLocation(
                chat_id=message.chat,
                latitude=message.pin.latitude,
                longitude=message.pin.longitude,
                disable_notification=message.silent,
                reply_parameters=_reply(message),
            ),
        )
    return (_text_method(message),)


def _text_method(message: Outgoing) -> TelegramMethod[Any]:
    parse_mode = None if message.plain else "HTML"
    if message.edits is not None:
        return EditMessageText(
            chat_id=message.chat,
            message_id=int(message.edits),
            text=message.text,
            parse_mode=parse_mode,
            reply_markup=_keyboard(message.buttons),
            link_preview_options=_NO_PREVIEW,
        )
    return SendMessage(
        chat_id=message.chat,
        text=message.text,
        parse_mode=parse_mode,
        reply_markup=_keyboard(message.buttons) or _force_reply(message),
        disable_notification=message.silent,
        reply_parameters=_reply(message),
        link_preview_options=_NO_PREVIEW,
    )


def _media_methods(message: Outgoing) -> Sequence[TelegramMethod[Any]]:
    seen = [media for media in message.media if media.kind in {"photo", "video"}]
    rest = [media for media in message.media if media.kind not in {"photo", "video"}]
    albums = [seen[at : at + ALBUM_LIMIT] for at in range(0, len(seen), ALBUM_LIMIT)]
    grouped = [_album(message, album) for album in albums]
    return [*grouped, *(_single(message, media) for media in rest)]


def _album(message: Outgoing, album: list[Media]) -> TelegramMethod[Any]:
    if len(album) == 1:
        return _single(message, album[0])
    items = [
        InputMediaPhoto(media=media.file)
        if media.kind == "photo"
        else InputMediaVideo(media=media.file)
        for media in album
    ]
    return SendMediaGroup(
        chat_id=message.chat,
        media=[*items],
        disable_notification=message.silent,
        reply_parameters=_reply(message),
    )


def _single(message: Outgoing, media: Media) -> TelegramMethod[Any]:
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
        **{media.kind: media.file},
    )


def _keyboard(rows: tuple[tuple[WordedButton, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=button.label, callback_data=button.tap, url=button.link)
                for button in row
            ]
            for row in rows
        ]
    )


def _force_reply(message: Outgoing) -> ForceReply | None:
    return ForceReply() if message.ask_reply else None


def _reply(message: Outgoing) -> ReplyParameters | None:
    if message.reply_to is None:
        return None
    return ReplyParameters(message_id=int(message.reply_to), allow_sending_without_reply=True)


def send_error(fault: exceptions.AiogramError) -> SendError:
    """The closed list of what a failure can mean. aiogram's own texts may carry the URL of
    the call, and with it the token, so only Telegram's description is kept."""
    match fault:
        case exceptions.TelegramRetryAfter():
            return Throttled(timedelta(seconds=fault.retry_after))
        case exceptions.TelegramMigrateToChat():
            return Migrated(str(fault.migrate_to_chat_id))
        case exceptions.TelegramUnauthorizedError() | exceptions.TelegramNotFound():
            return Misconfigured(fault.message)
        case exceptions.TelegramForbiddenError():
            return Unreachable(fault.message)
        case exceptions.TelegramBadRequest() if "chat not found" in fault.message:
            return Unreachable(fault.message)
        case exceptions.TelegramBadRequest():
            return bad_request(fault.message)
        case exceptions.TelegramNetworkError():
            return Unavailable("network", uncertain=True)
        case _:
            return Unavailable(type(fault).__name__)
