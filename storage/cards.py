"""The outbox rows that are cards: found by their `once`, which is indexed.

A card stands in a chat while it is due or sent. One that the messenger refused, or that was
left behind in a chat which became another, stands nowhere, and may be put again.
"""

import re
from typing import Final

from sqlalchemy import bindparam
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.keys import mark
from storage.rows import change, find_by, rows, rows_kept, table
from storage.tables import Outbox

_OUTBOX = table(Outbox)
_CARDS: Final = (
    select(Outbox)
    .where(col(Outbox.once).in_([bindparam("first"), bindparam("second"), bindparam("third")]))
    .order_by(col(Outbox.id))
)
# Few incidents ever have a third card in one chat.
_NUMBERED: Final = ("first", "second", "third")
_AT_ONCE: Final = len(_NUMBERED)
_STANDING: Final = ("due", "sent")
_CARD: Final = re.compile(r"(\w+:\d+):card:\d+:\d+")


def card_once(subject: str, address_id: int, number: int) -> str:
    """What makes the n-th card about `subject` ("incident:7") in one chat the only one."""
    return f"{subject}:card:{address_id}:{number}"


def list_cards(db: Connection, subject: str, address_id: int) -> list[Outbox]:
    """The cards about `subject` that were ever put in one chat, the oldest first."""
    cards: list[Outbox] = []
    while len(cards) % _AT_ONCE == 0:
        numbers = range(len(cards) + 1, len(cards) + 1 + _AT_ONCE)
        marks = [card_once(subject, address_id, number) for number in numbers]
        found = rows_kept(db, Outbox, _CARDS, **dict(zip(_NUMBERED, marks, strict=True)))
        cards += found
        if not found:
            break
    return cards


def find_card(db: Connection, subject: str, address_id: int) -> Outbox | None:
    """The card about `subject` that stands in one chat: the last one that was put there."""
    last = list_cards(db, subject, address_id)[-1:]
    return next((card for card in last if is_standing(card)), None)


def subject_of(row: Outbox) -> str | None:
    """What this card is about ("incident:7"); None for a message that is none."""
    found = _CARD.fullmatch(row.once or "")
    return found[1] if found else None


def is_card(once: str | None) -> bool:
    """Whether a row that is put only `once` is a card."""
    return _CARD.fullmatch(once or "") is not None


def is_standing(card: Outbox) -> bool:
    """Whether it is in its chat or on its way there; gathered with others, it has no message
    of its own."""
    return card.state in _STANDING


def is_replaced(db: Connection, row_id: int) -> bool:
    """Whether something was put in the place of this message."""
    edits = select(Outbox.id).where(col(Outbox.edits) == row_id)
    return db.execute(edits.limit(1)).first() is not None


def leave_behind(db: Connection, old_id: int, new_id: int) -> None:
    """The chat of `old_id` lives on as another, whose address is `new_id` (or the same row):
    no message of the old one can be edited or replied to there, and their ids mean other
    messages now. Cards that were sent stand nowhere any more; the waiting ones move."""
    mine = _OUTBOX.c.address_id == old_id
    has_message = _OUTBOX.c.message_id.is_not(None)
    db.execute(_OUTBOX.update().where(mine & has_message).values(message_id=None))
    cards = select(Outbox).where(
        col(Outbox.address_id) == old_id, col(Outbox.once).like("%:card:%")
    )
    for card in rows(db, Outbox, cards.order_by(col(Outbox.id))):
        if card.state == "sent":
            change(db, Outbox, card.id, state="dropped")
        if new_id != old_id and (subject := subject_of(card)):
            number = len(list_cards(db, subject, new_id)) + 1
            change(db, Outbox, card.id, once=card_once(subject, new_id, number))


def album_once(db: Connection, address_id: int, album: str) -> str:
    """What makes the thanks for an album that was added in a chat the only ones; what it
    was added to stands nowhere in clear."""
    return f"added:{mark(db, f'{address_id}:{album}')}"


def find_once(db: Connection, once: str) -> Outbox | None:
    """The row with this mark."""
    return find_by(db, Outbox, once=once)
