"""The pictures of an album come one by one, each an update of its own: those that still wait to
be sent are put together again, so that a desk gets as few messages as possible.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.attachments import ALBUM_LIMIT, PICTURES, Thread, media_of
from domain.notices import Media, Notice
from storage import deliveries, outbox
from storage.cards import find_once
from storage.tables import IncidentMedia, Outbox


def put_pictures(
    db: Connection,
    thread: Thread,
    album: str,
    files: Sequence[IncidentMedia],
    now: datetime,
) -> Sequence[IncidentMedia]:
    """Put the pictures among `files` behind a message, or with those of the same `album` that
    still wait there; the files that are none, for the caller.

    A waiting message is given up for a longer one. One that is on the wire at that moment
    arrives all the same, and its pictures come twice: better so than never.
    """
    pictures = tuple(media_of(file) for file in files if file.kind in PICTURES)
    if pictures:
        earlier = _messages(db, thread, album)
        last = earlier[-1] if earlier else None
        if last is not None and (joined := _joined(last, pictures)):
            deliveries.mark_dropped(db, last.id)
            pictures = joined
        _put(db, thread, _once(thread, album, len(earlier) + 1), pictures, last, now)
    return [file for file in files if file.kind not in PICTURES]


def _put(
    db: Connection,
    thread: Thread,
    once: str,
    pictures: tuple[Media, ...],
    last: Outbox | None,
    now: datetime,
) -> None:
    outbox.put(
        db,
        thread.address,
        Notice(media=pictures, silent=thread.silent),
        thread.lane,
        now,
        answers=last.answers if last else thread.row_id,
        concerns=thread.concerns,
        once=once,
    )


def _joined(last: Outbox, pictures: tuple[Media, ...]) -> tuple[Media, ...]:
    """Together with those that wait; () where they cannot go in one message."""
    if last.state != "due":
        return ()
    together = outbox.load_notice(last.notice).media + pictures
    return together if len(together) <= ALBUM_LIMIT else ()


def _messages(db: Connection, thread: Thread, album: str) -> list[Outbox]:
    """What was put of this album in this chat, the oldest first."""
    found: list[Outbox] = []
    while (row := find_once(db, _once(thread, album, len(found) + 1))) is not None:
        found.append(row)
    return found


def _once(thread: Thread, album: str, number: int) -> str:
    return f"album:{album}:{thread.address.id}:{number}"
