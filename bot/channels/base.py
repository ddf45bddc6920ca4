"""What every messenger looks like from inside: wire in, `Incoming`; `Outgoing`, wire out.

An adapter translates and never decides; what a failure means is settled in bot/delivery.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, Protocol

from domain.notices import Media, Pin

Event = Literal["bot_added", "bot_removed", "blocked", "unblocked", "migrated", "member_left"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a messenger can show; `text_limit` is in UTF-16 units."""

    buttons: bool = True
    edits: bool = True
    text_limit: int = 4096


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
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class WordedButton:
    """A button whose label is already in the recipient's language."""

    label: str
    tap: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready for the wire; `text` is HTML that escaping has made safe."""

    chat: str
    text: str = ""
    buttons: tuple[tuple[WordedButton, ...], ...] = ()
    media: tuple[Media, ...] = ()
    pin: Pin | None = None
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

    async def translate(self, update: Mapping[str, Any]) -> Incoming | None:
        """The update in our words, or None where it concerns nobody; asks the messenger
        who administers a group only where the text is a set-up command."""

    async def send(self, message: Outgoing) -> str:
        """Send or edit; the message's id. Raises SendError."""

    async def answer_tap(self, answer_id: str, text: str, *, alert: bool) -> None:
        """Stop the spinner, best effort: failures are swallowed."""

    async def close(self) -> None:
        """Release connections."""
