"""Messengers of the self-test that misbehave, and one that tells what it was sent."""

import asyncio

from bot.channels.base import Outgoing, Sent, Unavailable, Unreachable
from bot.channels.loopback import Loopback
from domain.self_test import DESK_CHAT


class Telling(Loopback):
    """Keeps what it was sent: (chat, words, whether it replaced an earlier message)."""

    def __init__(self, *script: dict[str, str]) -> None:
        super().__init__(*script)
        self.sent: list[tuple[str, str, bool]] = []

    async def send(self, message: Outgoing) -> Sent:
        self.sent.append((message.chat, message.text, message.edits is not None))
        return await super().send(message)


class Stopped(Loopback):
    """Takes nothing, and does not say so."""

    async def send(self, message: Outgoing) -> Sent:
        await self.closed.wait()
        raise Unavailable("nobody waits any more")


class StoppedAtTheDesk(Stopped):
    """Takes everything but the card."""

    def __init__(self, *script: dict[str, str]) -> None:
        super().__init__(*script)
        self.reached = asyncio.Event()

    async def send(self, message: Outgoing) -> Sent:
        if message.chat != DESK_CHAT:
            return await Loopback.send(self, message)
        self.reached.set()
        return await super().send(message)


class ThrownOut(Loopback):
    """The bot is not in the duty chat any more."""

    async def send(self, message: Outgoing) -> Sent:
        if message.chat == DESK_CHAT:
            raise Unreachable("bot was kicked from the group chat")
        return await super().send(message)
