"""Numbers and strings that look like the real messenger's, so that nothing too narrow survives.

People and bots have more than 32 bits, groups are negative, supergroups start with -100.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import secrets


class Ids:
    """The counters of one world."""

    def __init__(self) -> None:
        self._people = itertools.count(5_200_000_001)
        self._bots = itertools.count(7_000_000_001)
        self._groups = itertools.count(4_100_000_001)
        self._supergroups = itertools.count(2_200_000_001)
        self._seq = itertools.count(1)
        self._media = itertools.count(1)
        self._queries = itertools.count(3_370_000_000_000_000_001)
        self._albums = itertools.count(13_900_000_000_000_001)
        self._polls = itertools.count(5_300_000_000_000_000_001)
        self.last_seq = 0

    def person(self) -> int:
        """A new positive id of a person."""
        return next(self._people)

    def bot(self) -> int:
        """A new positive id of a bot."""
        return next(self._bots)

    def group(self) -> int:
        """A new negative id of a basic group."""
        return -next(self._groups)

    def supergroup(self) -> int:
        """A new id of a supergroup, -100 followed by ten digits."""
        return -(1_000_000_000_000 + next(self._supergroups))

    def seq(self) -> int:
        """The next number of the whole sandbox's sequence."""
        self.last_seq = next(self._seq)
        return self.last_seq

    def media(self) -> int:
        """The number of a new file."""
        return next(self._media)

    def query(self) -> str:
        """The id of a new callback query."""
        return str(next(self._queries))

    def poll(self) -> str:
        """The id of a new poll."""
        return str(next(self._polls))

    def album(self) -> str:
        """A new media_group_id."""
        return str(next(self._albums))


def token_of(bot_id: int) -> str:
    """A new Telegram token: digits, a colon, 35 characters."""
    return f"{bot_id}:AA{secrets.token_urlsafe(25)[:33]}"


def unique_id_of(number: int) -> str:
    """A file_unique_id that is stable for the life of the file."""
    digest = hashlib.sha256(f"unique {number}".encode()).digest()[:9]
    return "AQAD" + base64.urlsafe_b64encode(digest).decode()


def file_id_of(bot_id: int, unique_id: str, size: int) -> str:
    """A file_id that only this bot can use."""
    digest = hashlib.sha256(f"{bot_id} {unique_id} {size}".encode()).digest()
    return "AgACAgUAAxkB" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def chat_instance_of(chat_id: int) -> str:
    """The chat_instance of callback queries: constant per chat."""
    return str(int.from_bytes(hashlib.sha256(str(chat_id).encode()).digest()[:7], "big"))
