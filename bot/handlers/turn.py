"""One turn: an incoming update with who and where it came from, inside its transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.conversations import is_first
from actions.expected import find_newest, has_numbers
from bot.channels.base import Incoming
from bot.handlers.first_line import with_numbers
from domain.notices import Lane, Notice, Text
from storage import outbox
from storage.tables import Address, Person

_NEWCOMER_FOR: Final = timedelta(days=1)


def _wordless(text: Text, locale: str) -> str:
    raise LookupError("this bot was not told how it words its texts")


def _wordless_ever(text: Text, locale: str) -> tuple[str, ...]:
    return (_wordless(text, locale),)


@dataclass(frozen=True, slots=True)
class BotFacts:
    """What handlers may know of the bot that received the update.

    `wards` are the codes of the wards that it serves; empty means every ward. `words_of` are
    the words of a text in a language, for the proof of what somebody agreed to; `plain_of`
    without markup, for a suggestion that an officer makes their own by sending it; `ever_of` in
    a trial and after it, for comparing what people show us with what we posted. For nothing
    else: what is said is worded when it is sent. `hears_groups`: it reads everything that is
    said in its groups, also where it does not administer them.
    """

    name: str
    username: str
    wards: tuple[str, ...] = ()
    words_of: Callable[[Text, str], str] = _wordless
    plain_of: Callable[[Text, str], str] = _wordless
    ever_of: Callable[[Text, str], tuple[str, ...]] = _wordless_ever
    hears_groups: bool = False

    def start_link(self, payload: str) -> str:
        """A deep link that opens the private chat (payload: A-Z a-z 0-9 _ -, at most 64).

        https://core.telegram.org/bots/features#deep-linking
        """
        return f"https://t.me/{self.username}?start={payload}"

    def account_link(self, chat: str) -> str | None:
        """What opens the account behind a private chat of this bot, if anything does.

        https://core.telegram.org/bots/api#html-style
        """
        return f"tg://user?id={chat}" if chat.isdecimal() else None

    def group_link(self) -> str:
        """A link that lets whoever opens it add the bot to one of their groups; without a
        payload, so that nothing is said there in their name.

        https://core.telegram.org/api/links#groups-bot-links
        """
        return f"https://t.me/{self.username}?startgroup"


@dataclass(frozen=True, slots=True)
class Again:
    """A message to be taken once more, as if it had just come: it names no danger after all.
    `newest` is the outbox id of what had been said last before it."""

    incoming: Incoming
    newest: int | None


@dataclass(slots=True)
class Turn:
    """`address` is the chat, `person` the sender, `home` the sender's private chat with this
    bot where there is one. `random_below(n)` draws codes (0 <= result < n). `tap_answer`
    is shown on the pressed button, best effort. `again` is left for the router. `draft_begun`:
    a conversation goes on here that began before this turn, so nobody is new."""

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
    spoke: bool = False
    again: Again | None = None
    draft_begun: bool = False
    said: list[Notice] = field(default_factory=list)

    @property
    def listed(self) -> bool:
        """Whether what was said last in it is a list whose numbers may be typed."""
        return bool(self.said) and has_numbers(self.said[-1])

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
        """Owe this notice to the chat that the update came from; its outbox id. The first
        words that a newcomer reads are the numbers to call."""
        if self._greets():
            notice = with_numbers(notice)
        self.spoke = True
        self.said.append(notice)
        return outbox.put(
            self.db, self.address, notice, lane, self.now, concerns=concerns, answers=answers
        )

    def _greets(self) -> bool:
        """Whether nothing was ever said in this private chat, or nothing but a greeting: whoever
        pressed Start yesterday and sends a photo now is still a newcomer. (An older chat was
        answered before; it need not be looked up.)"""
        if not self.address.private or self.spoke:
            return False
        if self.address.created_at == self.now:
            return find_newest(self.db, self.address.id) is None
        if self.draft_begun:
            return False
        tells = not self.incoming.tap and not self.incoming.text.startswith("/")
        fresh = self.now - self.address.created_at < _NEWCOMER_FOR
        return tells and fresh and is_first(self.db, self.address.id, self.now)
