"""Copies of announcements and law items in chats, and how each neighbourhood is spoken to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Integer, case, cast, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.announcement_tables import Post, Rhythm
from storage.outbox import IS_DUE
from storage.rows import change, find, in_batches, rows, table
from storage.tables import Outbox

_POST = table(Post)
_OUTBOX = table(Outbox)
# The `not_before` of a post that is held: only `release_all` lets it go.
HELD: Final = datetime.fromisoformat("9999-01-01T00:00:00+00:00")
_SUBJECT: Final = "post"
IS_HELD: Final = IS_DUE & (_OUTBOX.c.not_before == HELD)
# The post of a message; what is due is little, and `post.outbox_id` has no index. (CASE, because
# PostgreSQL may cast before it looks at the rest.)
_SAYS_POST: Final = _OUTBOX.c.concerns.startswith(f"{_SUBJECT}:")
_NUMBER: Final = cast(func.substr(_OUTBOX.c.concerns, len(_SUBJECT) + 2), Integer)
IS_OWED: Final = _POST.c.id == case((_SAYS_POST, _NUMBER), else_=None)


def subject_of(post_id: int) -> str:
    """The `concerns` of a post's messages."""
    return f"{_SUBJECT}:{post_id}"


def post_in(concerns: str | None) -> int | None:
    """The post that a message is a copy of; None where it is none."""
    subject, _, number = (concerns or "").partition(":")
    return int(number) if subject == _SUBJECT and number.isdigit() else None


def is_held(state: str, not_before: datetime | None) -> bool:
    """Whether a message waits and only `release` lets it go."""
    return state == "due" and not_before == HELD


def get_post(db: Connection, key: int) -> Post:
    """Raises LookupError."""
    row = find(db, Post, select(Post).where(Post.id == key))
    if row is None:
        raise LookupError(f"post {key}")
    return row


def find_post(db: Connection, occurrence_id: int, address_id: int) -> Post | None:
    """The copy of an occurrence in one chat."""
    wanted = (Post.occurrence_id == occurrence_id) & (Post.address_id == address_id)
    return find(db, Post, select(Post).where(wanted))


def set_post(db: Connection, key: int, **values: Any) -> None:
    """Change columns of one post."""
    change(db, Post, key, **values)


def list_held(db: Connection, now: datetime | None = None) -> list[Post]:
    """The posts that are held, those of one occurrence together; with `now` only those that
    waited long enough. Looked for in what the outbox owes, which is little."""
    wanted = select(*_POST.c).join(_OUTBOX, IS_OWED).where(IS_HELD)
    if now is not None:
        wanted = wanted.where(_POST.c.held_until <= now)
    return rows(db, Post, wanted.order_by(_POST.c.occurrence_id, _POST.c.id))


def list_waiting(db: Connection, occurrence_id: int) -> list[Post]:
    """The copies of an occurrence that were put to wait, in the order in which they were made."""
    mine = (col(Post.occurrence_id) == occurrence_id) & col(Post.held_until).is_not(None)
    return rows(db, Post, select(Post).where(mine).order_by(col(Post.id)))


def leaves_somewhere(db: Connection, occurrence_id: int) -> bool:
    """Whether any copy of it was sent, or will be; one that a leader pastes counts."""
    wanted = (
        select(_POST.c.id)
        .join(_OUTBOX, _OUTBOX.c.id == _POST.c.outbox_id, isouter=True)
        .where(_POST.c.occurrence_id == occurrence_id)
        .where(_OUTBOX.c.id.is_(None) | (_OUTBOX.c.state != "dropped"))
    )
    return db.execute(wanted.limit(1)).first() is not None


def release_all(db: Connection, outbox_ids: Sequence[int]) -> None:
    """Let these held posts go, those of them that nobody let go before."""
    db.info["owed"] = True
    mine = _OUTBOX.update().where(IS_HELD, _OUTBOX.c.id.in_(outbox_ids))
    db.execute(mine.values(not_before=None))


def give_up_files(db: Connection, words: Outbox) -> None:
    """The files behind the words of a held post do not follow them."""
    here = (_OUTBOX.c.address_id == words.address_id) & IS_DUE
    files = here & (_OUTBOX.c.answers == words.id)
    db.execute(_OUTBOX.update().where(files).values(state="dropped"))


def give_up(db: Connection, outbox_id: int) -> bool:
    """A held post is not sent any more; False for whoever came second."""
    return _change_held(db, outbox_id, {"state": "dropped"})


def let_go(db: Connection, key: int, outbox_id: int) -> bool:
    """This message stands for its post no more, since it never arrived: another one follows. A
    dead letter is none any more. False for whoever came second."""
    mine = (_POST.c.id == key) & (_POST.c.outbox_id == outbox_id)
    if db.execute(_POST.update().where(mine).values(outbox_id=None)).rowcount != 1:
        return False
    dead = (_OUTBOX.c.id == outbox_id) & (_OUTBOX.c.state == "dead")
    db.execute(_OUTBOX.update().where(dead).values(state="dropped"))
    return True


def find_rhythm(db: Connection, neighbourhood_id: int) -> Rhythm | None:
    """How a neighbourhood is spoken to; None for the defaults in everything."""
    wanted = select(Rhythm).where(Rhythm.neighbourhood_id == neighbourhood_id)
    return find(db, Rhythm, wanted)


def list_rhythms(db: Connection, neighbourhood_ids: Sequence[int]) -> dict[int, Rhythm]:
    """How these are spoken to, by neighbourhood; what keeps to the defaults has no entry."""
    found: dict[int, Rhythm] = {}
    for some in in_batches(neighbourhood_ids):
        wanted = select(Rhythm).where(col(Rhythm.neighbourhood_id).in_(some))
        found |= {each.neighbourhood_id: each for each in rows(db, Rhythm, wanted)}
    return found


def set_rhythm(db: Connection, neighbourhood_id: int, **values: Any) -> None:
    """Change columns of a neighbourhood's rhythm, and make it where there is none."""
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    row = insert(table(Rhythm)).values(
        **{"law_paused": False, **values}, neighbourhood_id=neighbourhood_id
    )
    db.execute(row.on_conflict_do_update(index_elements=["neighbourhood_id"], set_=values))


def list_law_times(db: Connection, limit: int) -> list[Rhythm]:
    """The neighbourhoods to which a law item comes next, the first one first."""
    wanted = col(Rhythm.law_next_at).is_not(None) & col(Rhythm.law_paused).is_(False)
    statement = select(Rhythm).where(wanted).order_by(col(Rhythm.law_next_at)).limit(limit)
    return rows(db, Rhythm, statement)


def _change_held(db: Connection, outbox_id: int, values: dict[str, Any]) -> bool:
    mine = _OUTBOX.update().where(_OUTBOX.c.id == outbox_id, IS_HELD)
    return db.execute(mine.values(**values)).rowcount == 1
