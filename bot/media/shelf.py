"""Messages whose files are ready to leave, by their outbox rows. Kept in memory only; what is
forgotten is made ready once more.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.media.cellar import Cellar
from bot.media.cleaning import Clean
from domain.notices import Media, MediaKind

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Copy:
    """A clean copy that is to be uploaded: sealed in the folder as `name` until then."""

    kind: MediaKind
    ending: str
    name: str


@dataclass(frozen=True, slots=True)
class Held:
    """It is not shared."""


@dataclass(frozen=True, slots=True)
class AsItIs:
    """The file itself, which could not be cleaned and need not be while its sender is named."""

    media: Media


# A `Media` is a clean copy that the messenger has.
Ready = Copy | Media | AsItIs | Held


class Shelf:
    """What leaves for each file of a message, in their order."""

    def __init__(self, cellar: Cellar) -> None:
        self._cellar = cellar
        self._ready: OrderedDict[int, Sequence[Ready]] = OrderedDict()

    def find(self, row: int) -> Sequence[Ready] | None:
        """None where its files must be made ready."""
        return self._ready.get(row)

    def put(self, row: int, ready: Sequence[Ready]) -> None:
        """It is ready now; what waited longest is forgotten when there is too much."""
        self.forget(row)
        self._ready[row] = ready
        while len(self._ready) > MOST:
            self.forget(next(iter(self._ready)))

    def forget(self, row: int) -> None:
        """And take its copies out of the folder."""
        self.discard(self._ready.pop(row, ()))

    def discard(self, ready: Sequence[Ready]) -> None:
        """Take copies out of the folder."""
        for each in ready:
            if isinstance(each, Copy):
                self._cellar.discard(each.name)

    def lay(self, clean: Clean) -> Copy:
        """Seal a clean copy until it is uploaded. Raises OSError."""
        return Copy(clean.kind, clean.ending, self._cellar.lay(clean.content).name)

    def fetch(self, copy: Copy) -> Clean:
        """The copy again. Raises FileNotFoundError where it was forgotten."""
        return Clean(copy.kind, self._cellar.fetch(copy.name), copy.ending)
