"""One turn: an incoming update with who and where it came from, inside its transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Connection

from bot.channels.base import Incoming
from domain.notices import Lane, Notice, Text
from storage import outbox
from storage.tables import Address, Person


@dataclass(frozen=True, slots=True)
class BotFacts:
    """What handlers may know of the bot that received the update.

    `wards` are the codes of the wards that it serves; empty means every ward.
    """

    name: str
    username: str
    wards: tuple[str, ...] = ()

    def start_link(self, payload: str) -> str:
        """A deep link that opens the private chat (payload: A-Z a-z 0-9 _ -, at most 64).

        https://core.telegram.org/bots/features#deep-linking
        """
        return f"https://t.me/{self.username}?start={payload}"

    def group_link(self) -> str:
        """A link that lets whoever opens it add the bot to one of their groups; without a
        payload, so that nothing is said there in their name.

        https://core.telegram.org/api/links#groups-bot-links
        """
        return f"https://t.me/{self.username}?startgroup"


@dataclass(slots=True)
class Turn:
    """`address` is the chat, `person` the sender, `home` the sender's private chat with this
    bot where there is one. `random_below(n)` draws codes (0 <= result < n). `tap_answer`
    is shown on the pressed button, best effort."""

    db: Connection
    bot: BotFacts
    incoming: Incoming
    now: datetime
    random_below: Callable[[int], int]
    address: Address
    person: Person
    home: Address | None = None
    tap_answer: Text | None = field(default=None)
    tap_alert: bool = False

    def pop_up(self, text: Text) -> None:
        """Show it on the pressed button alone; where nothing was pressed, say it."""
        if self.incoming.tap is None:
            self.say(Notice(text))
        else:
            self.tap_answer, self.tap_alert = text, True

    def say(
        self,
        notice: Notice,
        lane: Lane = Lane.CONVERSATION,
        *,
        concerns: str | None = None,
        answers: int | None = None,
    ) -> int:
        """Owe this notice to the chat that the update came from; its outbox id."""
        return outbox.put(
            self.db, self.address, notice, lane, self.now, concerns=concerns, answers=answers
        )
