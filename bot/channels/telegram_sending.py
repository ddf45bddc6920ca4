"""Sending through aiogram, what came of it, and aiogram's exceptions as our SendErrors.

Imported lazily by bot/channels/telegram.py: aiogram takes seconds and 120 MB to import.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from aiogram import Bot, exceptions
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods.base import Response
from aiogram.types import Message, Poll
from aiohttp import ClientConnectorError

from bot.channels.base import (
    Migrated,
    Misconfigured,
    Outgoing,
    SendError,
    Sent,
    Throttled,
    Unavailable,
    Unreachable,
)
from bot.channels.telegram import bad_request
from bot.channels.telegram_calls import Call, calls_of
from bot.channels.telegram_text import TIMEOUT_SECONDS

FILES = ("video", "voice", "audio", "animation", "video_note", "document")
# pydantic forgets a generic model that nobody holds; aiogram would build these anew, which
# takes longer than all the rest, for every single answer.
_ANSWERS = (
    Response[Message],
    Response[Message | bool],
    Response[list[Message]],
    Response[bool],
    Response[Poll],
)


class Sending:
    """The sending half of one Telegram bot."""

    def __init__(self, token: str, api_base: str) -> None:
        session = AiohttpSession(
            api=TelegramAPIServer.from_base(api_base), timeout=TIMEOUT_SECONDS
        )
        self._bot = Bot(token, session=session)

    async def send(self, message: Outgoing) -> Sent:
        """One call, or several for media that do not go in one. Raises SendError."""
        last, files = "", [""] * len(message.media)
        votes: tuple[int, ...] = ()
        for call in calls_of(message):
            result = await self._call(call)
            answers = _messages(result)
            votes = votes_of(result)
            last = next((str(answer.message_id) for answer in reversed(answers)), last)
            for place, answer in zip(call.places, answers, strict=False):
                files[place] = file_of(answer)
        return Sent(last or (message.edits or ""), tuple(files), votes)

    async def close(self) -> None:
        """Release the HTTP session."""
        await self._bot.session.close()

    async def _call(self, call: Call) -> Any:
        """What came of it, as far as it can be read."""
        try:
            return await self._bot(call.method, request_timeout=call.seconds)
        except exceptions.ClientDecodeError as fault:
            return _unread(fault.data)
        except exceptions.AiogramError as fault:
            raise send_error(fault) from None
        except Exception as fault:  # noqa: BLE001  (see below)
            # Whatever else breaks under aiogram, the message is not to blame: try again.
            raise Unavailable(type(fault).__name__, uncertain=True) from None


def _messages(result: Any) -> Sequence[Message]:
    answers = result if isinstance(result, list) else [result]
    return [answer for answer in answers if isinstance(answer, Message)]


def votes_of(result: Any) -> tuple[int, ...]:
    """Of a poll that was closed: how many chose each option."""
    if not isinstance(result, Poll):
        return ()
    return tuple(option.voter_count for option in result.options)


def _unread(answer: Any) -> Sequence[Message]:
    """An answer that aiogram cannot read: of a kind newer than it, or no JSON at all. Where it
    says that the message was taken, sending again would double it."""
    if isinstance(answer, dict) and answer.get("ok"):
        result = answer.get("result")
        last = result[-1] if isinstance(result, list) and result else result
        if isinstance(last, dict) and "message_id" in last:
            return [Message.model_construct(message_id=last["message_id"])]
        return []
    raise Unavailable("unreadable answer", uncertain=True)


def file_of(answer: Message) -> str:
    """The messenger's id of the file in a message; of a photo that of the largest size. A film
    without sound comes back as an animation, whatever it was sent as."""
    if photo := getattr(answer, "photo", None):
        return str(max(photo, key=lambda size: size.width * size.height).file_id)
    found = (getattr(answer, kind, None) for kind in FILES)
    return next((str(file.file_id) for file in found if file is not None), "")


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
            # Where no connection came about, nothing can have arrived.
            unsaid = isinstance(fault.__cause__, ClientConnectorError)
            return Unavailable("network", uncertain=not unsaid)
        case _:
            return Unavailable(type(fault).__name__)
