"""What may leave now: looked up when delivery is called, or by the writer itself at the end of
what owes it, so that an answer need not wait until it is the writer's turn once more.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy.engine import Connection

from bot.delivery.chats import Chats
from bot.delivery.preparing import Preparing
from storage import owed
from storage.locks import SETTLING
from storage.owed import Closed, Due
from storage.writer import Writer

LOOKAHEAD: Final = 48  # due rows read at a time
FEW: Final = 4  # chats in flight at which the writer still looks ahead


class Looking:
    """For one bot; `stir` is called once something was `seen`, or could not be and one must
    look."""

    def __init__(
        self,
        bot: str,
        writer: Writer,
        chats: Chats,
        preparing: Preparing,
        stir: Callable[..., None],
    ) -> None:
        self._bot = bot
        self._writer = writer
        self._chats = chats
        self._preparing = preparing
        self._stir = stir
        self._ahead: asyncio.Future[list[Due]] | None = None
        self._seen: list[Due] | None = None

    async def look(self, now: datetime) -> list[Due]:
        """What is due, of chats that can take it, urgent first. Raises SQLAlchemyError."""
        work = partial(self._list_due, clock=lambda: now, closed=self._closed())
        return await self._writer.run(work, beside=SETTLING)

    def stand_by(self, wake: Callable[[], None], clock: Callable[[], datetime]) -> None:
        """Have the writer look instead of calling `wake`. Alone on the database only; and not
        while much is on the wire: whatever comes back has us look anyway, and at newer rows."""
        self._seen = None
        if not self._writer.is_shared and len(self._chats.in_flight) <= FEW:
            work = partial(self._look_ahead, clock=clock, closed=self._closed(in_flight=False))
            self._ahead = self._writer.stand_by(wake, work)
            self._ahead.add_done_callback(self._note)

    def seen(self) -> list[Due] | None:
        """What the writer saw meanwhile; None where one must look. It looks no longer."""
        if self._ahead is not None:
            self._ahead.cancel()
            self._ahead = None
        seen, self._seen = self._seen, None
        return seen

    def _closed(self, *, in_flight: bool = True) -> Closed:
        closed = self._chats.closed(time.monotonic(), in_flight=in_flight)
        return replace(closed, unready=self._preparing.unready)

    def _list_due(
        self, db: Connection, clock: Callable[[], datetime], closed: Closed
    ) -> list[Due]:
        return owed.list_due(db, self._bot, clock(), closed, LOOKAHEAD)

    def _look_ahead(
        self, db: Connection, clock: Callable[[], datetime], closed: Closed
    ) -> list[Due] | None:
        """Most of what is owed is another bot's."""
        return self._list_due(db, clock, closed) if owed.is_any_due(db, self._bot) else None

    def _note(self, ahead: "asyncio.Future[list[Due]]") -> None:
        """Called before anything can go on that the writer did later: so a row that was sent
        since it looked is still in flight here, and what was settled before is not."""
        if ahead.cancelled():
            return
        # Asked for first: a fault that nobody asks for is written to the log, words and all.
        failed = ahead.exception() is not None
        if ahead is not self._ahead:
            return
        if failed:
            self._stir(looks_again=True)
            return
        rows = ahead.result()
        self._seen = [row for row in rows if row.address_id not in self._chats.in_flight]
        self._stir(looks_again=False)
