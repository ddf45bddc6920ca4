"""The outbox rows that are cards: found by their `once`, which is indexed, one by one."""

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.rows import find
from storage.tables import Outbox


def card_once(subject: str, address_id: int, number: int) -> str:
    """What makes the n-th card about `subject` ("incident:7") in one chat the only one."""
    return f"{subject}:card:{address_id}:{number}"


def list_cards(db: Connection, subject: str, address_id: int) -> list[Outbox]:
    """The cards about `subject` in one chat, the oldest first; the last one counts."""
    cards: list[Outbox] = []
    while (card := _find(db, card_once(subject, address_id, len(cards) + 1))) is not None:
        cards.append(card)
    return cards


def album_once(incident_id: int, album: str) -> str:
    """What makes the thanks for an album that was added the only ones."""
    return f"added:{incident_id}:{album}"


def find_album(db: Connection, address_id: int, album: str) -> int | None:
    """The incident to which somebody in this chat has begun to add this album."""
    wanted = (
        (col(Outbox.address_id) == address_id)
        & col(Outbox.once).startswith("added:")
        & col(Outbox.once).endswith(f":{album}", autoescape=True)
    )
    once = db.execute(select(Outbox.once).where(wanted)).scalar()
    return int(once.split(":")[1]) if once else None


def _find(db: Connection, once: str) -> Outbox | None:
    return find(db, Outbox, select(Outbox).where(Outbox.once == once))
