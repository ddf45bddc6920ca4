"""The things that exist in the sandbox: people, bots, chats, messages and media.

Plain records without behaviour beyond looking at themselves; what happens to them is in
posting.py, membership.py and taps.py. All times are seconds since the epoch (UTC).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.limits import BotLimits
    from sandbox.polls import Poll
    from sandbox.updates import Mailbox

Wire = dict[str, Any]

PRESENT = frozenset({"creator", "administrator", "member"})
ADMINS = frozenset({"creator", "administrator"})


@dataclass(eq=False)
class Person:
    """Somebody who taps and types. `role` is a free label that only the chat page shows."""

    id: int
    name: str
    language: str
    messenger: str
    role: str | None = None
    username: str | None = None

    @cached_property
    def user(self) -> Wire:
        """The Telegram User object of this person."""
        user: Wire = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        user["language_code"] = self.language
        return user


@dataclass(eq=False)
class Bot:
    """One bot account with its mailbox, limits, and who has started or blocked it."""

    id: int
    token: str
    name: str
    username: str
    messenger: str
    mailbox: Mailbox
    limits: BotLimits
    can_read_all: bool = False
    latency_ms: float = 0.0
    started_by: set[int] = field(default_factory=set)
    blocked_by: set[int] = field(default_factory=set)
    commands: dict[tuple[str, str], list[Wire]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Wire] = field(default_factory=dict)

    @cached_property
    def user(self) -> Wire:
        """The Telegram User object of this bot."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


Account = Person | Bot


@dataclass(eq=False)
class Media:
    """One file with what Telegram tells about it. `sizes` are (width, height), smallest first."""

    kind: str
    unique_id: str
    content: bytes
    mime_type: str
    file_name: str | None = None
    sizes: list[tuple[int, int]] = field(default_factory=list)
    duration: int = 0
    path: str = ""
    title: str | None = None


@dataclass(eq=False)
class Message:
    """One message. `body` holds the wire fields that are the same for everybody who sees it.

    `seq` grows over the whole sandbox and never changes; `edit_seq` is taken from the same
    numbers at each edit.
    """

    chat: Chat
    message_id: int
    seq: int
    sender: Account
    date: int
    body: Wire
    media: Media | None = None
    markup: Wire | None = None
    reply_to: Message | None = None
    edit_date: int | None = None
    edit_seq: int | None = None
    silent: bool = False
    protected: bool = False
    deleted: bool = False
    service: bool = False
    poll: Poll | None = None
    offered: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Chat:
    """A private chat (its id is the person's, as a bot sees it), a group or a supergroup."""

    id: int
    kind: str
    messenger: str
    title: str = ""
    person: Person | None = None
    bot: Bot | None = None
    standings: dict[int, str] = field(default_factory=dict)
    bots: dict[int, Bot] = field(default_factory=dict)
    left_at_seq: dict[int, int] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    order: list[Message] = field(default_factory=list)
    edited: list[Message] = field(default_factory=list)
    read_seq: dict[int, int] = field(default_factory=dict)
    last_message_id: int = 0
    migrated_to: int | None = None
    pinned: Message | None = None
    waiters: set[asyncio.Future[None]] = field(default_factory=set)

    @property
    def private(self) -> bool:
        """True for the chat of one person with one bot."""
        return self.kind == "private"

    def has(self, account_id: int) -> bool:
        """True while this person or bot is in the chat."""
        return self.standings.get(account_id) in PRESENT

    def is_admin(self, account_id: int) -> bool:
        """True for the owner and the administrators."""
        return self.standings.get(account_id) in ADMINS

    def address_for(self, person: Person) -> int:
        """The id by which this person names the chat: a private chat is named by its bot."""
        return self.bot.id if self.bot is not None and self.private else self.id
