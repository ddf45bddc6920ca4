"""Single questions to a Telegram Bot API, for init and doctor: plain HTTP and JSON, because
loading the real client would cost seconds before the first answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

TIMEOUT_SECONDS = 10.0


class Unanswered(Exception):
    """Nobody answered, or not as the Bot API does; the text never holds the token."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`result` where `ok`, else `code` and `description`; `date` is the server's clock."""

    ok: bool
    result: Any
    code: int
    description: str
    date: datetime | None


class BotApi:
    """One bot's questions over one connection pool."""

    def __init__(self, session: aiohttp.ClientSession, api_base: str, token: str) -> None:
        self._session = session
        self._address = f"{api_base}/bot{token}"

    async def ask(self, method: str, **params: Any) -> Answer:
        """Call a method. Raises Unanswered."""
        try:
            async with self._session.post(f"{self._address}/{method}", json=params) as response:
                said = await response.json(content_type=None)
                date = _date(response.headers.get("Date", ""))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            # The exception's own text may hold the address, and with it the token.
            raise Unanswered(type(fault).__name__) from None
        if not isinstance(said, dict) or "ok" not in said:
            raise Unanswered("NotABotApi")
        code, description = said.get("error_code", 200), said.get("description", "")
        return Answer(bool(said["ok"]), said.get("result"), int(code), str(description), date)


@asynccontextmanager
async def open_bot_api(api_base: str, token: str) -> AsyncIterator[BotApi]:
    """Ready to ask for TIMEOUT_SECONDS at most per question."""
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session:
        yield BotApi(session, api_base, token)


def _date(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header).astimezone(UTC)
    except ValueError:
        return None
