"""The state of the whole sandbox, in memory, and how things in it are found.

A messenger's face (telegram/, later another) and the people's face (person/) both act on one
World. Everything runs in one event loop; nothing here waits.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable

from sandbox.events import Hub
from sandbox.faults import Faults
from sandbox.ids import Ids, token_of
from sandbox.limits import BotLimits
from sandbox.model import Bot, Chat, Media, Person
from sandbox.sent import SentLog
from sandbox.taps import Taps
from sandbox.updates import Mailbox
from sandbox.webhook import Courier


class World:
    """Everything there is. `clock` gives seconds since the epoch; tests move it by hand."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.ids = Ids()
        self.people: dict[int, Person] = {}
        self.bots: dict[int, Bot] = {}
        self.bots_by_token: dict[str, Bot] = {}
        self.bots_by_username: dict[str, Bot] = {}
        self.groups: dict[int, Chat] = {}
        self.groups_of: dict[int, dict[int, Chat]] = {}
        self.private_chats: dict[tuple[int, int], Chat] = {}
        self.private_chats_of: dict[int, list[Chat]] = {}
        self.files: dict[str, tuple[int, Media]] = {}
        self.media: dict[str, Media] = {}
        self.paths: dict[tuple[int, str], Media] = {}
        self.hub = Hub()
        self.faults = Faults(clock)
        self.sent = SentLog()
        self.taps = Taps()
        self.couriers: dict[int, Courier] = {}
        self.unknown_methods: Counter[str] = Counter()
        self._closing: set[asyncio.Task[None]] = set()

    def keep(self, task: asyncio.Task[None]) -> None:
        """Hold on to a task that closes something until it is done."""
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """Stop all webhooks and wait until their connections are closed."""
        for courier in self.couriers.values():
            courier.stop()
        self.couriers.clear()
        for bot in self.bots.values():
            bot.mailbox.interrupt()
        await asyncio.gather(*self._closing)

    def now(self) -> int:
        """The clock in whole seconds, as messages are dated."""
        return int(self.clock())

    def add_person(
        self,
        name: str,
        language: str,
        messenger: str,
        role: str | None = None,
        username: str | None = None,
    ) -> Person:
        """A new person."""
        person = Person(self.ids.person(), name, language, messenger, role, username)
        self.people[person.id] = person
        return person

    def add_bot(
        self,
        name: str,
        username: str,
        messenger: str,
        *,
        can_read_all: bool = False,
        token: str | None = None,
    ) -> Bot:
        """A new bot; a given token (digits:rest) decides its id.

        Raises ValueError where the username or the id is taken.
        """
        bot_id = int(token.partition(":")[0]) if token else self.ids.bot()
        if bot_id in self.bots or username.lower() in self.bots_by_username:
            raise ValueError("a bot with this username or token exists")
        bot = Bot(
            bot_id,
            token or token_of(bot_id),
            name,
            username,
            messenger,
            Mailbox(),
            BotLimits(self.clock),
            can_read_all,
        )
        self.bots[bot.id] = bot
        self.bots_by_token[bot.token] = bot
        self.bots_by_username[username.lower()] = bot
        return bot

    def private_chat(self, person: Person, bot: Bot) -> Chat:
        """The chat of this person with this bot, made when it is first opened."""
        chat = self.private_chats.get((person.id, bot.id))
        if chat is None:
            chat = Chat(
                person.id,
                "private",
                bot.messenger,
                person=person,
                bot=bot,
                standings={person.id: "member", bot.id: "member"},
                bots={bot.id: bot},
            )
            self.private_chats[person.id, bot.id] = chat
            self.private_chats_of.setdefault(person.id, []).append(chat)
        return chat

    def chat_of_person(self, person: Person, chat_id: int) -> Chat | None:
        """The chat that this person names so: a group's id, or a bot's for a private chat."""
        if chat_id in self.bots:
            return self.private_chat(person, self.bots[chat_id])
        return self.groups.get(chat_id)

    def account(self, account_id: int) -> Person | Bot | None:
        """The person or bot with this id."""
        return self.people.get(account_id) or self.bots.get(account_id)
