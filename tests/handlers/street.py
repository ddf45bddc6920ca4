"""A street of invented people and groups in front of one bot: what they do goes in as
updates, and what the bot owes comes out as notices. Every notice is worded in both languages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from actions.standings import grant
from actions.wards import merge_ward
from bot.channels.base import Incoming, Sender, Tap
from bot.handlers.arrival import open_turn
from bot.handlers.router import handle
from bot.handlers.turn import BotFacts, Turn
from bot.wording import Wording
from domain.notices import Button, Notice, Text
from domain.roles import Role
from storage.outbox import load_notice
from storage.rows import change, list_by, rows
from storage.tables import Address, Neighbourhood, Outbox, Person
from tests.conftest import Clock

WARD = "06688"


@dataclass
class Street:
    """`bot` may be replaced by a test; `random` counts up, so that codes differ."""

    db: Connection
    clock: Clock
    wording: Wording
    bot: BotFacts = field(default_factory=lambda: BotFacts("phuong", "tuquan_bia_bot"))
    _numbers: Any = field(default_factory=lambda: count(1))
    _random: Any = field(default_factory=lambda: count(7, 11))
    last_turn: Turn | None = None

    def __post_init__(self) -> None:
        self.bot = replace(
            self.bot,
            words_of=self.wording.say,
            plain_of=self.wording.label,
            ever_of=self.wording.labels_ever,
        )

    def ward(self, *names: str, code: str = WARD, name: str = "Phường Hạ Long") -> list[int]:
        """A ward with these neighbourhoods; their ids."""
        done = merge_ward(self.db, code, name, names)
        return [each.id for each in done.neighbourhoods]

    def neighbourhood(self, key: int) -> Neighbourhood:
        """As it is stored."""
        wanted = select(Neighbourhood).where(Neighbourhood.id == key)
        return rows(self.db, Neighbourhood, wanted)[0]

    def person(self, chat: str) -> Person:
        """Who has this private chat."""
        turn = self._turn(self._incoming(chat, chat))
        assert turn is not None
        return turn.person

    def grant(self, chat: str, role: Role, ward: str | None = WARD, at: int | None = None) -> None:
        """Give somebody a role."""
        grant(self.db, self.person(chat).id, role, ward, at, None, self.clock())

    def says(self, who: str, text: str = "", chat: str | None = None, **more: Any) -> "Said":
        """Write in private, or in `chat`."""
        return self._take(self._incoming(who, chat or who, text=text, **more))

    def taps(self, who: str, data: str, chat: str | None = None, **more: Any) -> "Said":
        """Press a button with this data."""
        return self._take(self._incoming(who, chat or who, tap=Tap(data, "1"), **more))

    def event(self, who: str, chat: str, event: str, **more: Any) -> "Said":
        """Something happens to the bot in `chat`."""
        return self._take(self._incoming(who, chat, event=event, **more))

    def sent(self, notice_id: int, message_id: str) -> None:
        """The messenger accepted this outbox row under this id."""
        change(self.db, Outbox, notice_id, state="sent", message_id=message_id)

    def said_since(self, after: int) -> "Said":
        """What became due after this outbox row, wherever it goes."""
        wanted = select(Outbox).where(col(Outbox.id) > after).order_by(col(Outbox.id))
        return Said(self, rows(self.db, Outbox, wanted))

    def last_id(self) -> int:
        """The newest outbox row, 0 where there is none."""
        found = self.db.execute(select(Outbox.id).order_by(col(Outbox.id).desc())).scalar()
        return int(found or 0)

    def _incoming(self, who: str, chat: str, **more: Any) -> Incoming:
        return Incoming(
            bot=self.bot.name,
            update_id=next(self._numbers),
            chat=chat,
            private=who == chat,
            sender=Sender(who, f"Người bịa {who}", more.pop("language", "vi")),
            chat_title="" if who == chat else f"Nhóm bịa {chat}",
            **more,
        )

    def _turn(self, incoming: Incoming) -> Turn | None:
        return open_turn(self.db, self.bot, incoming, self.clock(), self.random_below)

    def random_below(self, limit: int) -> int:
        """Not random at all."""
        return int(next(self._random)) % limit

    def _take(self, incoming: Incoming) -> "Said":
        before = self.last_id()
        turn = self._turn(incoming)
        assert turn is not None
        handle(turn)
        self.last_turn = turn
        return self.said_since(before)


@dataclass
class Said:
    """The outbox rows of one turn, and apart from them the numbers to tap that stand below."""

    street: Street
    rows: Sequence[Outbox]
    numbers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for notice in self.notices:
            for locale in ("vi", "en"):
                self.street.wording.word(notice, locale, chat="1")
        self.numbers = [n.contact.number for n in self.notices if n.contact]
        self.rows = [row for row in self.rows if load_notice(row.notice).contact is None]

    @property
    def notices(self) -> list[Notice]:
        """In their order."""
        return [load_notice(row.notice) for row in self.rows]

    @property
    def only(self) -> Notice:
        """The one notice; fails where there are more or none."""
        assert len(self.rows) == 1, self.words
        return self.notices[0]

    @property
    def words(self) -> list[str]:
        """Each notice in Vietnamese."""
        say = self.street.wording.say
        return [say(notice.text, "vi") if notice.text else "" for notice in self.notices]

    @property
    def keys(self) -> set[str]:
        """Every catalogue key that was said, nested ones too."""
        return set().union(*(_keys(notice.text) for notice in self.notices))

    @property
    def taps(self) -> list[str]:
        """The data of every button."""
        return [button.tap for button in self._buttons() if button.tap]

    @property
    def links(self) -> list[str]:
        """The links of every button."""
        return [button.link for button in self._buttons() if button.link]

    def chats(self) -> list[str]:
        """Where each notice goes."""
        addresses = {a.id: a.chat for a in list_by(self.street.db, Address)}
        return [addresses[row.address_id] for row in self.rows]

    def _buttons(self) -> list[Button]:
        return [b for notice in self.notices for row in notice.buttons for b in row]


def _keys(text: Text | None) -> set[str]:
    if text is None:
        return set()
    found = {text.key}
    for value in text.params.values():
        for inner in value if isinstance(value, tuple) else (value,):
            found |= _keys(inner) if isinstance(inner, Text) else set()
    return found
