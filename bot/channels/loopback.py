"""A messenger inside the process, for the self-test: three chats, and nobody in them. What is sent
is kept nowhere; a question gets its answer, and the card its press of “nhận tin”.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from bot.channels.base import Capabilities, Incoming, Outgoing, Sender, Sent, Tap, Unavailable
from domain.self_test import DESK_CHAT, OFFICER_CHAT, REPORTER_CHAT, SELF_BOT

# A conversation that goes round in circles is not followed.
MOST_ANSWERS: Final = 20
_TAKES: Final = ":take"


class Loopback:
    """`typed` are the reporter's words by the step that asks for them ("" begins), `pressed` what
    is chosen where it is offered; of anything else the first choice. `said_at` and `heard_at` are
    instants of the loop: of the first update, and of the last news that the reporter got. Once
    it is `closed` nothing is taken any more."""

    def __init__(self, typed: Mapping[str, str], pressed: Mapping[str, str]) -> None:
        self.name = SELF_BOT
        self.capabilities = Capabilities()
        self.said_at = 0.0
        self.heard_at = 0.0
        self._typed = typed
        self._pressed = pressed
        self._waiting: list[dict[str, Any]] = []
        self._said = asyncio.Event()
        self.closed = asyncio.Event()
        self._numbers = 0
        self._answers = 0
        self._taken = False

    @property
    def silent_since(self) -> int | None:
        """The number of the last thing that was said or heard; None while an update is still to
        be taken. The same one twice, with nothing owed at either time: nothing more will come."""
        return None if self._waiting else self._numbers

    def begin(self) -> None:
        """The reporter writes."""
        self.said_at = asyncio.get_running_loop().time()
        self._put(REPORTER_CHAT, REPORTER_CHAT, text=self._typed[""])

    async def receive(self) -> list[dict[str, Any]]:
        """Again and again, until they are confirmed."""
        while not self._waiting:
            self._said.clear()
            await self._said.wait()
        return list(self._waiting)

    def confirm(self, updates: list[dict[str, Any]]) -> None:
        """They are committed."""
        del self._waiting[: len(updates)]

    def read(self, update: Mapping[str, Any]) -> Incoming | None:
        """Only our own updates come in."""
        tap = update.get("tap")
        return Incoming(
            bot=self.name,
            update_id=update["update_id"],
            chat=update["chat"],
            private=update["chat"] != DESK_CHAT,
            sender=Sender(update["from"], self.name, "vi"),
            message_id=update["message"],
            text=update.get("text", ""),
            tap=Tap(tap, update["message"]) if tap else None,
        )

    async def complete(self, incoming: Incoming) -> Incoming:
        """There is nobody to ask."""
        return incoming

    async def send(self, message: Outgoing) -> Sent:
        """Taken at once, and answered. Raises Unavailable once it is closed."""
        if self.closed.is_set():
            raise Unavailable("the self-test is over")
        number = message.edits or self._number()
        taps = [button.tap for row in message.buttons for button in row if button.tap]
        if message.chat == DESK_CHAT:
            self._take(number, taps)
        elif message.chat == REPORTER_CHAT and message.edits is None:
            self.heard_at = asyncio.get_running_loop().time()
            self._answer(number, taps)
        return Sent(number)

    async def delete(self, chat: str, message_id: str) -> None:
        """There is nothing to delete."""

    async def pin(self, chat: str, message_id: str, *, silent: bool) -> None:
        """Nobody looks."""

    async def unpin(self, chat: str, message_id: str) -> None:
        """Nobody looks."""

    async def download(self, file: str) -> bytes:
        """Nothing was ever uploaded. Raises Unavailable."""
        raise Unavailable("the self-test has no files")

    async def answer_tap(self, answer_id: str, text: str, *, alert: bool) -> None:
        """Nobody looks."""

    async def close(self) -> None:
        """Whatever is still to be sent is refused."""
        self.closed.set()

    def _answer(self, number: str, taps: list[str]) -> None:
        """Of a question's buttons (`f:<draft>:<step>:<value>`) the ones with a value that begins
        with "_" lead elsewhere."""
        asked = [tap.split(":", 3) for tap in taps if tap.startswith("f:") and tap.count(":") == 3]
        if not asked or self._answers >= MOST_ANSWERS:
            return
        self._answers += 1
        step = asked[0][2]
        choices = [":".join(each) for each in asked if not each[3].startswith("_")]
        wanted = [tap for tap in choices if tap.endswith(f":{self._pressed.get(step, '')}")]
        if choices and step not in self._typed:
            self._put(REPORTER_CHAT, REPORTER_CHAT, tap=(wanted or choices)[0], message=number)
        else:
            self._put(REPORTER_CHAT, REPORTER_CHAT, text=self._typed.get(step, step))

    def _take(self, number: str, taps: list[str]) -> None:
        press = next((tap for tap in taps if tap.endswith(_TAKES)), None)
        if press is not None and not self._taken:
            self._taken = True
            self._put(DESK_CHAT, OFFICER_CHAT, tap=press, message=number)

    def _put(self, chat: str, sender: str, *, message: str = "", **said: str) -> None:
        number = self._number()
        update = {"update_id": int(number), "chat": chat, "from": sender, **said}
        self._waiting.append({**update, "message": message or number})
        self._said.set()

    def _number(self) -> str:
        self._numbers += 1
        return str(self._numbers)
