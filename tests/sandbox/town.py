"""A caller of a running sandbox for tests: plain HTTP, no client library, invented people."""

from __future__ import annotations

import base64
import io
from typing import Any

import aiohttp
from PIL import Image

START = 1_795_000_000.0


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> float:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += seconds


class Caller:
    """Calls the person API, and the Bot API without any library."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.session = session

    async def ask(self, verb: str, path: str, body: Any = None, **query: Any) -> Any:
        """The answer of the person API; raises AssertionError unless it is 200."""
        status, answer = await self.try_ask(verb, path, body, **query)
        assert status == 200, (status, answer)
        return answer

    async def try_ask(
        self, verb: str, path: str, body: Any = None, **query: Any
    ) -> tuple[int, Any]:
        url = f"{self.url}/sandbox/{path}"
        params = {name: str(value) for name, value in query.items()}
        async with self.session.request(verb, url, json=body, params=params) as response:
            return response.status, await response.json()

    async def bot(self, username: str = "thu_bot", **more: Any) -> Bot:
        made = await self.ask(
            "POST",
            "bots",
            {"name": "Bot thử", "username": username, "messenger": "telegram", **more},
        )
        return Bot(self, made["id"], made["token"], username)

    async def person(self, name: str = "Trần Thử", **more: Any) -> int:
        made = await self.ask(
            "POST", "people", {"name": name, "language": "vi", "messenger": "telegram", **more}
        )
        return int(made["id"])

    async def group(
        self,
        members: list[int],
        bots: list[int],
        admins: list[int] | None = None,
        kind: str = "group",
    ) -> int:
        made = await self.ask(
            "POST",
            "chats",
            {
                "title": "Khu phố thử",
                "type": kind,
                "messenger": "telegram",
                "members": members,
                "bots": bots,
                "admins": admins or [],
            },
        )
        return int(made["id"])

    async def says(self, person: int, chat: int, text: str = "", **more: Any) -> Any:
        return await self.ask(
            "POST", "messages", {"from": person, "chat": chat, "text": text, **more}
        )

    async def start(self, person: int, bot: Bot, payload: str = "") -> Any:
        return await self.ask("POST", "start", {"from": person, "bot": bot.id, "payload": payload})

    async def sees(self, person: int, chat: int, **query: Any) -> list[Any]:
        answer = await self.ask("GET", f"chats/{chat}/messages", **{"as": person}, **query)
        return list(answer["messages"])


class Bot:
    """One bot account, called with plain JSON."""

    def __init__(self, caller: Caller, bot_id: int, token: str, username: str) -> None:
        self.caller = caller
        self.id = bot_id
        self.token = token
        self.username = username

    async def call(self, method: str, **params: Any) -> tuple[int, Any]:
        """HTTP status and body."""
        url = f"{self.caller.url}/bot{self.token}/{method}"
        async with self.caller.session.post(url, json=params) as response:
            return response.status, await response.json()

    async def does(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.call(method, **params)
        assert status == 200, body
        return body["result"]

    async def fails(self, method: str, **params: Any) -> str:
        """Code and description of a call that must fail, as one text."""
        status, body = await self.call(method, **params)
        assert body["ok"] is False
        assert body["error_code"] == status
        return f"{status} {body['description']}"

    async def updates(self, **params: Any) -> list[Any]:
        return list(await self.does("getUpdates", **params))

    async def confirmed(self, **params: Any) -> list[Any]:
        """The waiting updates, confirmed."""
        updates = await self.updates(**params)
        if updates:
            await self.updates(offset=updates[-1]["update_id"] + 1, limit=1)
        return updates


def picture(width: int = 640, height: int = 480, kind: str = "PNG") -> bytes:
    """A real picture of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (200, 40, 40)).save(stream, kind)
    return stream.getvalue()


def in_base64(content: bytes) -> str:
    """Bytes as the person API takes them."""
    return base64.b64encode(content).decode()


def kinds(updates: list[Any]) -> list[str]:
    """What each update is about."""
    return [next(key for key in update if key != "update_id") for update in updates]


def buttons(*pairs: tuple[str, str]) -> dict[str, Any]:
    """An inline keyboard of (label, data), one button a row."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data}] for label, data in pairs]}
