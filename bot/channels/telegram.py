"""One Telegram bot. Sends through aiogram; reads updates as the raw JSON that the inbox keeps.

https://core.telegram.org/bots/api
"""

import asyncio
import gc
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from bot.channels.base import (
    BadMarkup,
    Capabilities,
    Incoming,
    Migrated,
    Misconfigured,
    Outgoing,
    Refused,
    SendError,
    Sent,
    Throttled,
    Unavailable,
    Unchanged,
    Unreachable,
)
from bot.channels.telegram_files import fetch, refused_file
from bot.channels.telegram_text import TIMEOUT_SECONDS, is_text, text_call
from bot.channels.telegram_updates import ALLOWED_UPDATES, read_update
from domain.json_text import dumped, parsed

if TYPE_CHECKING:
    from bot.channels.telegram_sending import Sending

LONG_POLL_SECONDS = 25
BATCH = 100
_JSON = {"Content-Type": "application/json"}
ASK_SECONDS = 5.0  # for a question on which a whole batch of updates waits
# What only an administrator of a group may do there: the set-up command and its buttons.
SET_UP = ("/thietlap", "g:")


class TelegramChannel:
    """See `Channel`. `api_base` is the server's root, without a trailing slash."""

    capabilities = Capabilities(polls=True, pins=True)

    def __init__(self, name: str, token: str, api_base: str) -> None:
        self.name = name
        self._token = token
        self._api_base = api_base.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self._sending: Sending | None = None
        self._offset = 0
        self._urls: dict[str, URL] = {}

    async def receive(self) -> list[dict[str, Any]]:
        """Long polling; nothing is confirmed to Telegram before `confirm` was called."""
        query = {
            "offset": self._offset,
            "limit": BATCH,
            "timeout": LONG_POLL_SECONDS,
            "allowed_updates": ALLOWED_UPDATES,
        }
        updates: list[dict[str, Any]] = await self.call("getUpdates", query)
        return updates

    def confirm(self, updates: list[dict[str, Any]]) -> None:
        """The next `receive` asks for what follows these. The ids may begin anew, lower, after
        a week without updates (https://core.telegram.org/bots/api#update)."""
        if updates:
            self._offset = updates[-1]["update_id"] + 1

    def read(self, update: Mapping[str, Any]) -> Incoming | None:
        """See `read_update`."""
        return read_update(self.name, update)

    async def complete(self, incoming: Incoming) -> Incoming:
        """Asks who administers a group, and whether the bot does, only where it is set up."""
        if incoming.private:
            return incoming
        said = incoming.tap.data if incoming.tap else incoming.text
        if not said.casefold().startswith(SET_UP):
            return incoming
        # A token begins with the bot's own id.
        asked = (incoming.sender.id if incoming.sender else None, self._token.partition(":")[0])
        sender, bot = await asyncio.gather(*(self._is_admin(incoming.chat, u) for u in asked))
        return replace(incoming, by_admin=sender, bot_admin=bot)

    async def _is_admin(self, chat: str, user: str | None) -> bool | None:
        """None where nobody could say."""
        if user is None:
            return None
        query = {"chat_id": chat, "user_id": user}
        try:
            member = await self.call("getChatMember", query, ASK_SECONDS)
        except SendError:
            return None
        return member["status"] in {"administrator", "creator"}

    async def send(self, message: Outgoing) -> Sent:
        """Send or edit: words as they are, everything else through aiogram."""
        if not is_text(message):
            return await (await self._sender()).send(message)
        sent = await self.call(*text_call(message), seconds=TIMEOUT_SECONDS)
        written = sent.get("message_id") if isinstance(sent, dict) else None
        return Sent(str(written or message.edits or ""))

    async def delete(self, chat: str, message_id: str) -> None:
        """Telegram lets a bot delete for 48 hours, in private chats what the person wrote too.
        https://core.telegram.org/bots/api#deletemessage"""
        try:
            await self.call("deleteMessage", {"chat_id": chat, "message_id": int(message_id)})
        except Refused as fault:
            # "message to delete not found", "message can't be deleted for everyone"
            if "delete" not in str(fault):
                raise

    async def pin(self, chat: str, message_id: str, *, silent: bool) -> None:
        """Takes the right "Pin messages". https://core.telegram.org/bots/api#pinchatmessage"""
        query = {"chat_id": chat, "message_id": int(message_id), "disable_notification": silent}
        await self._call_about("pinChatMessage", query)

    async def unpin(self, chat: str, message_id: str) -> None:
        """https://core.telegram.org/bots/api#unpinchatmessage"""
        query = {"chat_id": chat, "message_id": int(message_id)}
        await self._call_about("unpinChatMessage", query)

    async def _call_about(self, method: str, query: Mapping[str, Any]) -> None:
        """A call about one message; that it is gone is no fault."""
        try:
            await self.call(method, query)
        except Refused as fault:
            # "message to pin not found", "message to unpin not found"
            if "not found" not in str(fault):
                raise

    async def download(self, file: str) -> bytes:
        """At most 20 MB; the token is in no fault that this raises."""
        try:
            found = await self.call("getFile", {"file_id": file})
        except Refused as fault:
            raise refused_file(fault) from None
        url = f"{self._api_base}/file/bot{self._token}/{found['file_path']}"
        return await fetch(self._http(), url)

    async def answer_tap(self, answer_id: str, text: str, *, alert: bool) -> None:
        """Best effort: a spinner that turns a little longer is no harm."""
        query = {"callback_query_id": answer_id, "text": text[:200], "show_alert": alert}
        try:
            await self.call("answerCallbackQuery", query, ASK_SECONDS)
        except SendError:
            return

    async def call(
        self, method: str, query: Mapping[str, Any], seconds: float = LONG_POLL_SECONDS + 15
    ) -> Any:
        """One API call as plain JSON, given up after `seconds`. Raises SendError; the token is
        in none of them."""
        try:
            asked = self._http().post(
                self._url(method), data=dumped(query), headers=_JSON, timeout=_limit(seconds)
            )
            async with asked as response:
                answer = parsed(await response.read())
        except aiohttp.ClientConnectorError:
            # Where no connection came about, nothing can have arrived.
            raise Unavailable("network") from None
        except (aiohttp.ClientError, TimeoutError, ValueError) as fault:
            raise Unavailable(type(fault).__name__, uncertain=True) from None
        if isinstance(answer, dict) and answer.get("ok"):
            return answer["result"]
        raise refusal(answer if isinstance(answer, dict) else {})

    async def close(self) -> None:
        """Release both HTTP sessions."""
        if self._session is not None:
            await self._session.close()
        if self._sending is not None:
            await self._sending.close()

    def _url(self, method: str) -> URL:
        """Read once: for every call anew it would take longer than to word what is sent."""
        if method not in self._urls:
            self._urls[method] = URL(f"{self._api_base}/bot{self._token}/{method}")
        return self._urls[method]

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            # The Bot API sets no cookies and asks for no headers; each costs time with every call.
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
            )
        return self._session

    async def _sender(self) -> "Sending":
        if self._sending is None:
            # aiogram takes seconds to import, so it is imported beside the event loop.
            module = await asyncio.to_thread(_import_sending)
            self._sending = self._sending or module.Sending(self._token, self._api_base)
        return self._sending


@cache
def _limit(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds)


def _import_sending() -> Any:
    from bot.channels import telegram_sending

    # aiogram stays for ever: the collector need not walk through it, which takes 0.15 s.
    gc.freeze()
    return telegram_sending


def refusal(answer: Mapping[str, Any]) -> SendError:
    """What a Bot API error body means. https://core.telegram.org/bots/api#making-requests"""
    code = int(answer.get("error_code", 0))
    said = str(answer.get("description", ""))
    parameters = answer.get("parameters") or {}
    if "retry_after" in parameters:
        return Throttled(timedelta(seconds=int(parameters["retry_after"])))
    if "migrate_to_chat_id" in parameters:
        return Migrated(str(parameters["migrate_to_chat_id"]))
    if code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
        return Misconfigured(said)
    if code == HTTPStatus.FORBIDDEN or "chat not found" in said:
        return Unreachable(said)
    if code == HTTPStatus.BAD_REQUEST:
        return bad_request(said)
    return Unavailable(said or f"HTTP {code}")


def bad_request(said: str) -> SendError:
    """The kinds of 400 that call for different things."""
    if "message is not modified" in said or "poll has already been closed" in said:
        return Unchanged(said)
    if "can't parse entities" in said:
        return BadMarkup(said)
    return Refused(said)
