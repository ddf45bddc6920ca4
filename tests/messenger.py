"""People of the sandbox as tests speak of them: who says, taps, sees, and sees nothing."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

PATIENCE = 15.0  # seconds until something that should be seen is called missing

Message = dict[str, Any]


class Messenger:
    """The sandbox's person API."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    async def get(self, path: str, **query: Any) -> Any:
        """Fails with the sandbox's own words."""
        return await self._call("GET", path, params={k: str(v) for k, v in query.items()})

    async def post(self, path: str, **body: Any) -> Any:
        """Fails with the sandbox's own words."""
        return await self._call("POST", path, json=body)

    async def patch(self, path: str, **body: Any) -> Any:
        """Fails with the sandbox's own words."""
        return await self._call("PATCH", path, json=body)

    async def delete(self, path: str, **body: Any) -> Any:
        """Fails with the sandbox's own words."""
        return await self._call("DELETE", path, json=body)

    async def _call(self, method: str, path: str, **request: Any) -> Any:
        async with self._session.request(
            method, f"{self.url}/sandbox/{path}", **request
        ) as answer:
            body = await answer.json()
        assert answer.status == 200, f"{method} {path}: {body}"
        return body

    async def sent(self, **query: Any) -> list[dict[str, Any]]:
        """The bot's calls, in order."""
        return list((await self.get("sent", **query))["calls"])


@asynccontextmanager
async def messenger(url: str) -> AsyncIterator[Messenger]:
    """A caller of the sandbox at this address."""
    async with aiohttp.ClientSession() as session:
        yield Messenger(url, session)


@dataclass
class Persona:
    """One person; `bot` is the id of the bot whose private chat is meant where none is named."""

    api: Messenger
    id: int
    bot: int
    _seen: dict[int, int] = field(default_factory=dict)

    async def starts(self, payload: str = "") -> None:
        """Press Start, as a deep link does with its payload."""
        await self.api.post("start", **{"from": self.id}, bot=self.bot, payload=payload)

    async def says(self, text: str = "", *, chat: int | None = None, **more: Any) -> Message:
        """Write; `more` as in POST /sandbox/messages."""
        words = {"text": text} if text else {}
        return dict(
            await self.api.post(
                "messages", **{"from": self.id}, chat=chat or self.bot, **words, **more
            )
        )

    async def shows(self, picture: bytes, caption: str = "", **more: Any) -> Message:
        """Send a photo."""
        return await self.says(caption, photo=base64.b64encode(picture).decode(), **more)

    async def taps(self, label: str, *, chat: int | None = None) -> dict[str, Any]:
        """Press the newest button with this in its label."""
        place = chat or self.bot
        message, button = await self._button(label, place)
        return dict(
            await self.api.post(
                "taps",
                **{"from": self.id},
                chat=place,
                message_id=message["message_id"],
                data=button["callback_data"],
            )
        )

    async def votes(self, at: int, *, chat: int) -> None:
        """Choose this option, counted from 0, in the newest poll."""
        polls = [message for message in await self.history(chat) if "poll" in message]
        asked = {"chat": chat, "message_id": polls[-1]["message_id"], "options": [at]}
        await self.api.post("votes", **{"from": self.id}, **asked)

    async def sees(self, *fragments: str, chat: int | None = None) -> Message:
        """Wait for somebody else's message (or its edit) with all of these, not seen before."""
        place = chat or self.bot
        while True:
            found = await self._new(place, wait=PATIENCE)
            for message in found:
                self._seen[place] = max(self._seen.get(place, 0), newest(message))
                mine = message["from"]["id"] == self.id
                if not mine and all(fragment in words(message) for fragment in fragments):
                    return message
            assert found, f"{fragments} never came; last: {await self._last(place)}"

    async def receives(self, kind: str, *, chat: int | None = None) -> Message:
        """Wait for a message of this kind (photo, location…), wherever it stands."""
        place, after = chat or self.bot, 0
        while True:
            query = {"as": self.id, "after": after, "wait": PATIENCE}
            found = (await self.api.get(f"chats/{place}/messages", **query))["messages"]
            for message in found:
                if kind in message and message["from"]["id"] != self.id:
                    return dict(message)
            assert found, f"no {kind} came; last: {await self._last(place)}"
            after = newest(found[-1])

    async def sees_nothing_of(self, *fragments: str, chat: int | None = None) -> None:
        """Nothing of this stands in the whole chat."""
        for message in await self.history(chat):
            for fragment in fragments:
                assert fragment not in words(message), words(message)

    async def history(self, chat: int | None = None) -> list[Message]:
        """Everything this person sees in a chat, oldest first."""
        return list(
            (await self.api.get(f"chats/{chat or self.bot}/messages", **{"as": self.id}))[
                "messages"
            ]
        )

    async def _new(self, place: int, wait: float) -> list[Message]:
        query = {"as": self.id, "after": self._seen.get(place, 0), "wait": wait, "edits": 1}
        found = (await self.api.get(f"chats/{place}/messages", **query))["messages"]
        return sorted(found, key=newest)

    async def _last(self, place: int) -> list[str]:
        return [words(message) for message in (await self.history(place))[-3:]]

    async def _button(self, label: str, place: int) -> tuple[Message, dict[str, Any]]:
        """The newest button with this in its label, waited for until it is there."""
        while True:
            shown = await self.history(place)
            for message in reversed(shown):
                for button in buttons(message):
                    if label in button["text"] and "callback_data" in button:
                        return message, button
            after = max((newest(message) for message in shown), default=0)
            query = {"as": self.id, "after": after, "wait": PATIENCE, "edits": 1}
            more = (await self.api.get(f"chats/{place}/messages", **query))["messages"]
            assert more, f"no button {label!r}; last: {await self._last(place)}"


def words(message: Message) -> str:
    """The text or caption."""
    return str(message.get("text") or message.get("caption") or "")


def buttons(message: Message) -> list[dict[str, Any]]:
    """All inline buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def newest(message: Message) -> int:
    """The seq of a message or of its last edit."""
    return int(max(message["seq"], message.get("edit_seq", 0)))
