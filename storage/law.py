"""What wards decided about law items: approvals, campaigns, and which items were posted where."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.announcement_tables import Campaign, LawApproval, Post, Rhythm
from storage.rows import add, change, find, rows, table
from storage.tables import Outbox, Room

_RHYTHM = table(Rhythm)


def list_approvals(db: Connection, ward_code: str | None = None) -> list[LawApproval]:
    """The approvals that stand, of a ward or of all, the oldest first."""
    wanted = select(LawApproval).where(col(LawApproval.ended_at).is_(None))
    if ward_code is not None:
        wanted = wanted.where(col(LawApproval.ward_code) == ward_code)
    return rows(db, LawApproval, wanted.order_by(col(LawApproval.id)))


def approve(
    db: Connection, ward_code: str, item: str, words_hash: str, person_id: int, now: datetime
) -> None:
    """Somebody approved an item in these words, for the first time or once more."""
    wanted = (
        (col(LawApproval.ward_code) == ward_code)
        & (LawApproval.item == item)
        & (LawApproval.words_hash == words_hash)
    )
    values: dict[str, Any] = {"approved_by": person_id, "approved_at": now}
    former = find(db, LawApproval, select(LawApproval).where(wanted))
    if former is not None:
        change(db, LawApproval, former.id, **values, ended_at=None)
        return
    add(db, LawApproval(ward_code=ward_code, item=item, words_hash=words_hash, **values))


def end_approval(db: Connection, approval_id: int, now: datetime) -> bool:
    """It does not stand any more, in one statement: False for whoever came second."""
    mine = table(LawApproval)
    wanted = (mine.c.id == approval_id) & mine.c.ended_at.is_(None)
    return db.execute(mine.update().where(wanted).values(ended_at=now)).rowcount == 1


def add_campaign(db: Connection, campaign: Campaign) -> Campaign:
    """A ward plans a campaign."""
    campaign.id = add(db, campaign)
    return campaign


def list_campaigns(db: Connection, ward_code: str, today: date) -> list[Campaign]:
    """Those that run or are to come on this day of Việt Nam, the first to begin first."""
    wanted = (col(Campaign.ward_code) == ward_code) & (col(Campaign.ends_on) >= today.isoformat())
    ordered = select(Campaign).where(wanted).order_by(col(Campaign.begins_on), col(Campaign.id))
    return rows(db, Campaign, ordered)


def find_campaign(db: Connection, key: int) -> Campaign | None:
    """The campaign with this id."""
    return find(db, Campaign, select(Campaign).where(Campaign.id == key))


def end_campaign(db: Connection, key: int, last_day: date) -> None:
    """Its last day is this one."""
    change(db, Campaign, key, ends_on=last_day.isoformat())


def list_neighbourhood_rooms(db: Connection) -> list[Room]:
    """The chats of all neighbourhoods, the oldest binding first."""
    wanted = (col(Room.purpose) == "neighbourhood") & col(Room.ended_at).is_(None)
    found = rows(db, Room, select(Room).where(wanted).order_by(col(Room.id)))
    return [room for room in found if room.neighbourhood_id is not None]


def list_rhythms(db: Connection, neighbourhood_ids: Collection[int]) -> list[Rhythm]:
    """How these neighbourhoods are spoken to, where that is stored."""
    wanted = select(Rhythm).where(col(Rhythm.neighbourhood_id).in_(list(neighbourhood_ids)))
    return rows(db, Rhythm, wanted.order_by(col(Rhythm.neighbourhood_id)))


def claim_week(db: Connection, neighbourhood_id: int, due: datetime, following: datetime) -> bool:
    """Move a neighbourhood on to its next week, in one statement: False for whoever came
    second, so that of two schedulers one posts."""
    wanted = (_RHYTHM.c.neighbourhood_id == neighbourhood_id) & (_RHYTHM.c.law_next_at == due)
    taken = db.execute(_RHYTHM.update().where(wanted).values(law_next_at=following))
    return taken.rowcount == 1


def list_law_posts(db: Connection, neighbourhood_id: int) -> list[Post]:
    """Every item that a neighbourhood got, the oldest first; several for one with several
    chats."""
    wanted = (col(Post.neighbourhood_id) == neighbourhood_id) & col(Post.law_item).is_not(None)
    return rows(db, Post, select(Post).where(wanted).order_by(col(Post.id)))


def list_sent_law(db: Connection, since: datetime) -> list[tuple[Post, Outbox]]:
    """The items that were put after this instant and that their chats took, with the messages."""
    wanted = (col(Post.created_at) > since) & col(Post.law_item).is_not(None)
    put = rows(db, Post, select(Post).where(wanted).order_by(col(Post.id)))
    keys = [post.outbox_id for post in put]
    mine = (col(Outbox.id).in_(keys)) & (col(Outbox.state) == "sent")
    sent = {row.id: row for row in rows(db, Outbox, select(Outbox).where(mine))}
    return [(post, sent[key]) for post in put if (key := post.outbox_id) in sent]
