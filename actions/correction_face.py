"""What people see of a correction, a cancellation or an all-clear: what takes the place of the old
words, and the short message below them.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import author_line
from domain.codes import spoken
from domain.corrections import SHORT_LIMIT, Kind, kind_of
from domain.lengths import shortened, units
from domain.notices import Moment, Notice, Param, Text, plain
from storage.announcement_tables import Announcement

_NOTHING: Final = Text("text.nothing")


def copy_face(db: Connection, fresh: Announcement, former: Announcement) -> Notice:
    """What stands in the place of a copy of `former` from now on; its files stay below it. The
    code of the right words comes first, so that whoever checks this copy finds those."""
    kind = kind_of(fresh.template)
    params: dict[str, Param] = {"at": Moment(fresh.approved_at or fresh.created_at)}
    lines = (
        Text("house.trial"),
        Text(f"correction.copy.{kind.value}", params),
        Text("announcement.post.words", {"words": plain(fresh.words)}),
        _until(fresh, kind),
        _author(db, fresh),
        _code(fresh),
        Text("correction.copy.former", {"code": spoken(former.code)}),
    )
    return Notice(Text("announcement.post.body", {"lines": lines}))


def short_face(
    db: Connection,
    fresh: Announcement,
    former: Announcement,
    *,
    neighbourhoods: tuple[int, ...] | None = None,
) -> Notice:
    """The short message of its own. `neighbourhoods` of one that is not planned yet."""
    kind = kind_of(fresh.template)
    head: dict[str, Param] = {"code": spoken(former.code)}
    lines = (
        Text("house.trial"),
        Text(f"correction.short.{kind.value}", head),
        Text("announcement.post.words", {"words": plain(shortened(fresh.words, SHORT_LIMIT))}),
        _rest(fresh),
        _until(fresh, kind),
        _author(db, fresh, neighbourhoods),
        _code(fresh),
    )
    return Notice(Text("announcement.post.body", {"lines": lines}))


def _rest(fresh: Announcement) -> Text:
    if units(fresh.words) <= SHORT_LIMIT:
        return _NOTHING
    return Text("correction.short.more", {"code": spoken(fresh.code)})


def _until(fresh: Announcement, kind: Kind) -> Text:
    if kind is not Kind.CORRECTED or fresh.expires_at is None:
        return _NOTHING
    return Text("announcement.post.until", {"at": Moment(fresh.expires_at)})


def _author(
    db: Connection, fresh: Announcement, neighbourhoods: tuple[int, ...] | None = None
) -> Text:
    params: dict[str, Param] = {"author": author_line(db, fresh, neighbourhoods)}
    return Text("announcement.post.author", params)


def _code(fresh: Announcement) -> Text:
    return Text("announcement.post.code", {"code": spoken(fresh.code)})


def said_at(fresh: Announcement) -> datetime:
    """When it was said (aware UTC)."""
    return fresh.approved_at or fresh.created_at
