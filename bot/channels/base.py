"""What every messenger looks like from inside: wire in, `Incoming`; `Outgoing`, wire out.

An adapter translates and never decides; what a failure means is settled in bot/delivery.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, Protocol

from domain.notices import Media, MediaKind, Pin

Event = Literal["bot_added", "bot_removed", "blocked", "unblocked", "migrated", "member_left"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a messenger can show; `text_limit` is in UTF-16 units. `polls`: questions that a chat
    answers without names. `pins`: messages that stay on top of a group."""

    buttons: bool = True
    edits: bool = True
    text_limit: int = 4096
    polls: bool = False
    pins: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """The person (or bot) that an update came from, as the messenger names them."""

    id: str
    name: str
    language: str | None = None
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Tap:
    """A press of a button; `answer_id` is what the messenger wants answered (the spinner)."""

    data: str
    answer_id: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update, messenger-free. Exactly one of the content fields is normally set.

    `start` is the payload of a Start press ("" without one). `by_admin` says whether the
    sender administers this group; None where it was not asked or could not be learnt.
    `mentions_bot` is true for a text that addresses the bot by its name. `anonymous`: an
    administrator of the group wrote in its name, so that nobody can know who it was.
    `forwarded`: somebody else wrote it first, elsewhere; who that was is not read. `bot_admin`
    says whether the bot itself administers this group; None where it was not asked either. The
    `sender` of "member_left" is who left.
    """

    bot: str
    update_id: int
    chat: str
    private: bool
    sender: Sender | None = None
    chat_title: str = ""
    message_id: str = ""
    text: str = ""
    media: tuple[Media, ...] = ()
    album: str | None = None
    pin: Pin | None = None
    tap: Tap | None = None
    start: str | None = None
    event: Event | None = None
    migrated_to: str | None = None
    reply_to: str | None = None
    reply_to_bot: bool = False
    edited: bool = False
    sticker: bool = False
    by_admin: bool | None = None
    bot_admin: bool | None = None
    anonymous: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class WordedButton:
    """A button whose label is already in the recipient's language."""

    label: str
    tap: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class WordedContact:
    """A number to call, under a name in the recipient's language."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class WordedPoll:
    """A question with its options in the recipient's language; `correct` counts from 0."""

    question: str
    options: tuple[str, ...]
    correct: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the messenger does not have yet, under the name that it shall show; `type`
    is its MIME type."""

    kind: MediaKind
    content: bytes = field(repr=False)
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What the messenger took: the (last) message's id, and its own ids of the files, one for
    each of the message's media in their order ("" where it named none). `votes` are how many
    chose each option of a poll that was closed."""

    message_id: str
    files: tuple[str, ...] = ()
    votes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready for the wire; `text` is HTML that escaping has made safe. A poll has no
    text beside it; `closes_poll` is what happens to the message that it edits."""

    chat: str
    text: str = ""
    buttons: tuple[tuple[WordedButton, ...], ...] = ()
    media: tuple[Media | Upload, ...] = ()
    pin: Pin | None = None
    contact: WordedContact | None = None
    poll: WordedPoll | None = None
    closes_poll: bool = False
    silent: bool = False
    ask_reply: bool = False
    reply_to: str | None = None
    edits: str | None = None
    plain: bool = False


class SendError(Exception):
    """A refusal or a failure of one send; the subclass says what it means."""


class Unavailable(SendError):
    """The messenger or the network failed; nothing is wrong with the message: try again.

    `uncertain` is true where the request may have been accepted before the connection broke.
    """

    def __init__(self, reason: str, *, uncertain: bool = False) -> None:
        super().__init__(reason)
        self.uncertain = uncertain


class Throttled(SendError):
    """The messenger wants no more for `retry_after`."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"throttled for {retry_after.total_seconds():.0f} s")
        self.retry_after = retry_after


class Unreachable(SendError):
    """The address cannot be written to (blocked, kicked, deleted, never started)."""


class Migrated(SendError):
    """The group lives on under another id."""

    def __init__(self, chat: str) -> None:
        super().__init__("group migrated")
        self.chat = chat


class BadMarkup(SendError):
    """The messenger could not parse the formatting: send the same as plain text."""


class Unchanged(SendError):
    """An edit to what already stands there: as good as done."""


class Refused(SendError):
    """The messenger will never accept this message; it becomes a dead letter."""


class TooLarge(Refused):
    """A file larger than the messenger hands out to a bot."""


class Gone(Refused):
    """The messenger does not have this file, or not now: it does not say which."""


class Misconfigured(SendError):
    """The token is wrong or revoked: an operator must act, the message waits."""


class Channel(Protocol):
    """One bot on one messenger."""

    name: str
    capabilities: Capabilities

    async def receive(self) -> list[dict[str, Any]]:
        """Wait for raw updates after the confirmed ones; [] when the wait ran out.

        Raises SendError as `send` does.
        """

    def confirm(self, updates: list[dict[str, Any]]) -> None:
        """Let the next `receive` tell the messenger that these are safe with us."""

    def read(self, update: Mapping[str, Any]) -> Incoming | None:
        """The update in our words, as far as it says; None where it concerns nobody. Raises
        LookupError, TypeError, ValueError, AttributeError for a shape that it does not know."""

    async def complete(self, incoming: Incoming) -> Incoming:
        """With what only the messenger can say: who administers a group where it is set up.
        Of a private chat it is never asked anything. Raises as `read` does."""

    async def send(self, message: Outgoing) -> Sent:
        """Send, edit, or close a poll. Raises SendError."""

    async def delete(self, chat: str, message_id: str) -> None:
        """Take a message back; one that is gone, or too old for it, is as good as deleted.
        Raises SendError."""

    async def pin(self, chat: str, message_id: str, *, silent: bool) -> None:
        """Keep a message on top of its chat; one that is gone is left. Raises SendError: Refused
        where the bot lacks the right to."""

    async def unpin(self, chat: str, message_id: str) -> None:
        """The end of that; one that is not pinned is left. Raises SendError."""

    async def download(self, file: str) -> bytes:
        """The bytes of a file that this bot received. Raises TooLarge, Gone, SendError."""

    async def answer_tap(self, answer_id: str, text: str, *, alert: bool) -> None:
        """Stop the spinner, best effort: failures are swallowed."""

    async def close(self) -> None:
        """Release connections."""
