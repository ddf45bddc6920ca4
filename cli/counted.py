"""A Telegram bot whose sends and polls are counted: what the messenger said, nobody's words."""

from typing import Any

from bot.channels.base import (
    Migrated,
    Misconfigured,
    Outgoing,
    SendError,
    Sent,
    Throttled,
    Unavailable,
)
from bot.channels.telegram import TelegramChannel
from cli.measures import Measures


class CountedChannel(TelegramChannel):
    """See `TelegramChannel`."""

    def __init__(self, name: str, token: str, api_base: str, measures: Measures) -> None:
        super().__init__(name, token, api_base)
        self._measures = measures

    async def receive(self) -> list[dict[str, Any]]:
        """Long polling."""
        updates = await super().receive()
        self._measures.polled(self.name)
        return updates

    async def send(self, message: Outgoing) -> Sent:
        """Send or edit."""
        try:
            sent = await super().send(message)
        except SendError as fault:
            self._count(fault)
            raise
        self._measures.sent("accepted")
        return sent

    async def delete(self, chat: str, message_id: str) -> None:
        """Take a message back."""
        try:
            await super().delete(chat, message_id)
        except SendError as fault:
            self._count(fault)
            raise
        self._measures.sent("accepted")

    def _count(self, fault: SendError) -> None:
        uncertain = isinstance(fault, Unavailable) and fault.uncertain
        outcome = "uncertain" if uncertain else type(fault).__name__.lower()
        again = isinstance(fault, Throttled | Unavailable | Migrated | Misconfigured)
        self._measures.sent(outcome, again=again)
