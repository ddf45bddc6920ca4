"""What may leave now: each chat's first due row, or its calm rows gathered into one message,
so that in a crowded chat the urgent ones get through."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.delivery.chats import RESERVE, Chats
from domain.notices import Lane, Notice, Text
from storage.owed import Due

PAUSE_SECONDS = 10.0  # between two gathered messages of a chat, so that each gathers more
MOST = 20  # lines of one gathered message; its buttons stay tappable

Parcel = tuple[Due, ...]


def is_void(due: Due) -> bool:
    """Whether this row lost its meaning: the message that it edits, or whose photos and pin it
    brings, was never sent as a message of its own. Words are sent all the same."""
    if not due.original_state or due.original_state == "due" or due.original_message:
        return False
    return due.is_edit or due.notice.text is None


def parcels(rows: Iterable[Due], chats: Chats, now: float) -> list[Parcel]:
    """At most one parcel for each chat, urgent first."""
    mine: dict[int, list[Due]] = {}
    for row in rows:
        mine.setdefault(row.address_id, []).append(row)
    found = (_parcel(chat_rows, chats, now) for chat_rows in mine.values())
    return sorted((parcel for parcel in found if parcel), key=lambda parcel: parcel[0].order)


def messages(parcel: Parcel) -> int:
    """How many messages the messenger will count; edits and deletions are not counted."""
    notice = parcel[0].notice
    if len(parcel) > 1 or notice.media == ():
        alone = notice.poll is None or notice.text is None
        return 0 if parcel[0].is_free else 1 if alone else 2
    return len(notice.media)


def gather(calm: Sequence[Due]) -> Notice:
    """One silent message with a line, and a button that opens it, for each notice."""
    numbered = list(enumerate((due.notice for due in calm), start=1))
    lines = tuple(_numbered(n, notice.digest) for n, notice in numbered if notice.digest)
    buttons = tuple(
        (replace(button, label=_numbered(n, button.label)),)
        for n, notice in numbered
        if (button := notice.digest_button)
    )
    words = Text("delivery.gathered", {"count": len(calm), "lines": lines})
    return Notice(text=words, buttons=buttons, silent=True)


def _numbered(number: int, label: Text) -> Text:
    return Text("delivery.numbered", {"number": number, "label": label})


def _parcel(rows: list[Due], chats: Chats, now: float) -> Parcel:
    first = rows[0]
    if is_void(first) or first.is_free:
        return (first,)
    # In a group the rest of a crowded minute belongs to emergencies and conversations.
    reserve = RESERVE if first.lane >= Lane.NOTICE else 0
    if chats.has_room(first, messages((first,)), reserve, now):
        return (first,)
    calm = tuple(row for row in rows if row.calm)[:MOST]
    if calm and reserve and chats.may_gather(first.address_id, PAUSE_SECONDS, now):
        return calm
    return _free(rows)


def _free(rows: list[Due]) -> Parcel:
    """The first row that costs nothing of the chat's pace."""
    return tuple(row for row in rows if row.is_free)[:1]
