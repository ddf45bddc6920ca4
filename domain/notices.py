"""What the bot owes somebody, as data: catalogue keys and parameters, never words.

A notice is worded in the recipient's language at the moment it is sent (bot/wording.py),
so nothing between intake and outbox knows a human sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal

MediaKind = Literal["photo", "video", "voice", "audio", "document"]


class Lane(IntEnum):
    """Strict priority of delivery: a lower number never waits behind a higher one."""

    EMERGENCY = 0
    CONVERSATION = 1
    NOTICE = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (aware, UTC) that is spoken in Asia/Ho_Chi_Minh."""

    at: datetime
    style: Literal["time", "date", "full"] = "full"


@dataclass(frozen=True, slots=True)
class Text:
    """A catalogue key with its parameters; a tuple of texts is spoken one per line."""

    key: str
    params: Mapping[str, "Param"] = field(default_factory=dict)


Param = str | int | Moment | Text | tuple[Text, ...]


def plain(words: str) -> Text:
    """People's own words or a name, spoken as they are and escaped by wording."""
    return Text("text.plain", {"words": words})


@dataclass(frozen=True, slots=True)
class Button:
    """A label with what a tap sends back (at most 64 bytes) or the link that it opens."""

    label: Text
    tap: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A file that the messenger keeps; `file` is its id for the bot that received it.

    `size` is in bytes (0 where the messenger did not say), `album` the messenger's group id.
    """

    kind: MediaKind
    file: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map, WGS 84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Contact:
    """A number that can be tapped to call it: in a plain text "113" cannot be."""

    number: str
    name: Text


@dataclass(frozen=True, slots=True)
class Poll:
    """A question to everybody in a chat, answered without names; the option at `correct`,
    counted from 0, is right, and `explanation` says why."""

    question: Text
    options: tuple[Text, ...]
    correct: int
    explanation: Text


@dataclass(frozen=True, slots=True)
class Notice:
    """One message of the messenger: words with buttons, or media, or a pin, or a contact.

    `digest` is the one line that stands for this notice when a crowded chat gets several
    calm ones gathered into one message; `digest_button` then opens the whole of it.
    `ask_reply` opens the keyboard of the person addressed, for a free answer. `replies_to` is
    the messenger's id of somebody's message in the same chat, below which it stands. A `poll`
    comes below the words, where the messenger has polls; `closes_poll` ends the poll of the
    message that this one edits, so that its votes are counted. `pins`: the message that this one
    edits is pinned (True) or no longer pinned (False), and its words stay.
    """

    text: Text | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    media: tuple[Media, ...] = ()
    pin: Pin | None = None
    contact: Contact | None = None
    poll: Poll | None = None
    closes_poll: bool = False
    pins: bool | None = None
    silent: bool = False
    ask_reply: bool = False
    replies_to: str | None = None
    digest: Text | None = None
    digest_button: Button | None = None
