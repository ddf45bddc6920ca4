"""One update's effects, in one savepoint with the record that it was taken: exactly once.

Runs in the writer's thread. A failing update is tried twice, then parked for an operator; its
sender is told, and the conversation goes on.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from bot.channels.base import Incoming
from bot.handlers.arrival import open_turn
from bot.handlers.turn import BotFacts, Turn
from domain.errors import wordless
from domain.notices import Notice, Text
from storage import inbox
from storage.faults import breaks_transaction
from storage.keys import mark
from storage.locks import is_alone
from storage.savepoints import savepoint

log = logging.getLogger(__name__)

ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Received:
    """A raw update with its translation. `stored` is its inbox row where a webhook stored it
    first, `fault` what made it unreadable."""

    update: Mapping[str, Any]
    incoming: Incoming | None = None
    stored: int | None = None
    fault: Exception | None = None


@dataclass(frozen=True, slots=True)
class Spinner:
    """What to show on a pressed button once its effects are committed."""

    answer_id: str
    text: Text | None
    alert: bool
    locale: str


@dataclass(frozen=True, slots=True)
class Taking:
    """Takes the updates of one bot; `handle` is what an update means (bot/handlers/router)."""

    facts: BotFacts
    handle: Callable[[Turn], None]
    clock: Callable[[], datetime]
    random_below: Callable[[int], int]

    def take_all(self, db: Connection, batch: Sequence[Received]) -> list[Spinner]:
        """Each update in its own savepoint, in order; the spinners of the taps among them."""
        taken = [self._take(db, received) for received in batch]
        return [spinner for spinner in taken if spinner is not None]

    def store(self, db: Connection, update: Mapping[str, Any]) -> None:
        """Record an update to be taken later."""
        inbox.record(
            db, self.facts.name, update["update_id"], "", self.clock(), payload=dict(update)
        )

    def store_all(self, db: Connection, batch: Sequence[Received]) -> None:
        """The same, each with its conversation, so that several processes can take them; what
        cannot be read holds up none, and what concerns nobody is taken at once."""
        bot, now = self.facts.name, self.clock()
        for received in batch:
            update = dict(received.update)
            number, (chat, _) = update["update_id"], _whose(db, received.incoming)
            if received.fault is not None:
                inbox.record(db, bot, number, f"?{number}", now, payload=update)
            elif received.incoming is None:
                inbox.record(db, bot, number, "", now)
            else:
                inbox.record(db, bot, number, chat, now, payload=update)

    def _take(self, db: Connection, received: Received) -> Spinner | None:
        fault = received.fault
        for _ in range(0 if fault else ATTEMPTS):
            try:
                with savepoint(db):
                    return self._handle(db, received)
            except Exception as raised:
                # Beside others nothing is tried twice: it is done once more, alone.
                if breaks_transaction(db, raised) or not is_alone(db):
                    raise
                fault = raised
        if fault is not None:
            _log_wordless(fault)
            self._park(db, received, type(fault).__name__)
        return None

    def _handle(self, db: Connection, received: Received) -> Spinner | None:
        if not self._is_first(db, received):
            return None
        turn = self._turn(db, received.incoming)
        if turn is None:
            return None
        self.handle(turn)
        tap, locale = turn.incoming.tap, turn.person.locale
        return Spinner(tap.answer_id, turn.tap_answer, turn.tap_alert, locale) if tap else None

    def _is_first(self, db: Connection, received: Received) -> bool:
        conversation, message_id = _whose(db, received.incoming)
        if received.stored is not None:
            inbox.finish(db, received.stored, conversation, message_id)
            return True
        bot, update_id = self.facts.name, received.update["update_id"]
        return inbox.record(db, bot, update_id, conversation, self.clock(), message_id=message_id)

    def _turn(self, db: Connection, incoming: Incoming | None) -> Turn | None:
        if incoming is None:
            return None
        return open_turn(db, self.facts, incoming, self.clock(), self.random_below)

    def _park(self, db: Connection, received: Received, kind: str) -> None:
        """Kept in any case; telling the sender may fail for the same reason as the update."""
        update, (chat, message) = dict(received.update), _whose(db, received.incoming)
        bot, number = self.facts.name, update["update_id"]
        with savepoint(db):
            inbox.park(
                db, bot, number, self.clock(), update, kind, conversation=chat, message_id=message
            )
        try:
            with savepoint(db):
                self._apologise(db, received.incoming)
        except Exception as fault:
            if breaks_transaction(db, fault):
                raise
            _log_wordless(fault)

    def _apologise(self, db: Connection, incoming: Incoming | None) -> None:
        turn = self._turn(db, incoming)
        if turn is not None and turn.incoming.private:
            turn.say(Notice(Text("intake.failed")))


def _whose(db: Connection, incoming: Incoming | None) -> tuple[str, str | None]:
    """The mark of the chat, and the id of what a person wrote in their private one, which a bot
    may delete there; a press names our own message."""
    if incoming is None:
        return "", None
    theirs = incoming.private and incoming.tap is None and incoming.event is None
    return mark(db, incoming.chat), (incoming.message_id or None) if theirs else None


def _log_wordless(fault: Exception) -> None:
    """The traceback without the message, which may quote somebody's words."""
    log.error("an update was parked", exc_info=wordless(fault))
