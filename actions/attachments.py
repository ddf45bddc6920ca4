"""Files and pins that follow a message as messages of their own, grouped as messengers allow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from domain.notices import Lane, Media, Notice, Pin
from storage import outbox
from storage.tables import Address, IncidentMedia

# https://core.telegram.org/bots/api#sendmediagroup: 2 to 10, and no sound among pictures.
ALBUM_LIMIT: Final = 10
PICTURES: Final = ("photo", "video")


@dataclass(frozen=True, slots=True)
class Thread:
    """The message that others follow: where it is, its outbox row, and how loud it is."""

    address: Address
    row_id: int
    lane: Lane
    silent: bool
    concerns: str

    def put(self, db: Connection, notice: Notice, now: datetime) -> int:
        """Owe a notice as an answer to that message."""
        return outbox.put(
            db,
            self.address,
            notice,
            self.lane,
            now,
            answers=self.row_id,
            concerns=self.concerns,
        )


def attach(
    db: Connection,
    thread: Thread,
    files: Sequence[IncidentMedia],
    pins: Sequence[Pin],
    now: datetime,
) -> None:
    """Put files and pins behind a message. Whichever bot received a file: what arrives is a
    clean copy of it (bot/media)."""
    for album in albums([media_of(file) for file in files]):
        thread.put(db, Notice(media=album, silent=thread.silent), now)
    for pin in pins:
        thread.put(db, Notice(pin=pin, silent=thread.silent), now)


def albums(files: Sequence[Media]) -> Iterator[tuple[Media, ...]]:
    """Pictures by tens, every other file alone."""
    pictures = [file for file in files if file.kind in PICTURES]
    for start in range(0, len(pictures), ALBUM_LIMIT):
        yield tuple(pictures[start : start + ALBUM_LIMIT])
    for file in files:
        if file.kind not in PICTURES:
            yield (file,)


def media_of(file: IncidentMedia) -> Media:
    """The file as a notice names it."""
    # The column holds only what a `Media` gave it.
    return Media(kind=file.kind, file=file.file)  # type: ignore[arg-type]
