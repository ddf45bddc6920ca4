"""The few calls of the sandbox's person API that the demo needs (docs: sandbox/)."""

from collections.abc import Sequence
from typing import Any

import aiohttp

WAIT_SECONDS = 20


class SandboxClient:
    """Speaks as the people of a sandbox at `url`. Raises aiohttp.ClientError."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def add_bot(self, name: str, username: str) -> dict[str, Any]:
        """A new bot with its `id` and `token`."""
        wanted = {"name": name, "username": username, "messenger": "telegram"}
        return await self._post("bots", wanted)

    async def add_person(self, name: str, shown: str) -> int:
        """Somebody's id; `shown` stands beside the name on the chat page."""
        wanted = {"name": name, "language": "vi", "messenger": "telegram", "role": shown}
        return int((await self._post("people", wanted))["id"])

    async def add_group(self, title: str, members: Sequence[int], bot: int) -> int:
        """A group's id; the first member and the bot administer it, so that it hears a cry."""
        wanted = {
            "title": title,
            "type": "group",
            "messenger": "telegram",
            "members": list(members),
            "bots": [bot],
            "admins": [*members[:1], bot],
        }
        return int((await self._post("chats", wanted))["id"])

    async def start(self, person: int, bot: int) -> int:
        """Press Start in the private chat; the place of that message in what is seen."""
        return int((await self._post("start", {"from": person, "bot": bot}))["seq"])

    async def answered(self, person: int, bot: int, after: int) -> None:
        """Wait until this person sees something in that chat that came after `after`."""
        query = {"as": person, "after": after, "wait": WAIT_SECONDS}
        while not (await self._get(f"chats/{bot}/messages", query))["messages"]:
            continue

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._session.post(f"{self._url}/sandbox/{path}", json=body) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer

    async def _get(self, path: str, query: dict[str, Any]) -> dict[str, Any]:
        async with self._session.get(f"{self._url}/sandbox/{path}", params=query) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer
