"""What a post looks like: the same in the preview, in the chats, and when its code is checked."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.attachments import albums
from actions.card_face import NAME_LIMIT, ward_name
from domain.announcing import Sort
from domain.codes import spoken
from domain.corrections import CANCELLING, CLEARING, kind_of
from domain.lengths import shortened
from domain.notices import Media, Moment, Notice, Param, Text, plain
from domain.roles import Role
from storage import announcements, wards
from storage.announcement_tables import Announcement

NAMED_LIMIT: Final = 60
PLACES_NAMED: Final = 6
_NOTHING: Final = Text("text.nothing")
_BECAUSE: Final = "announcement.post.because"


def notice_of(
    db: Connection, announcement: Announcement, now: datetime, because: Text | None = None
) -> Notice:
    """Exactly what is posted: whose it is, the words, the code, and the files. Send it as
    `messages_of` says. `because` tells a person why it comes to them."""
    if announcement.id is None:
        places: tuple[int, ...] = ()
    else:
        places = neighbourhoods_of(db, announcement)
    return face_of(db, announcement, places, now, because)


def face_of(
    db: Connection,
    announcement: Announcement,
    neighbourhood_ids: tuple[int, ...],
    now: datetime,
    because: Text | None = None,
) -> Notice:
    """The same of one that is not planned yet, with where it is meant to go."""
    lines = (
        Text("house.trial"),
        _head(announcement),
        _corrects(db, announcement),
        _line("announcement.post.words", announcement.words),
        _expires(announcement, now),
        Text(
            "announcement.post.author",
            {"author": author_line(db, announcement, neighbourhood_ids)},
        ),
        Text("announcement.post.code", {"code": spoken(announcement.code)}),
        Text(_BECAUSE, {"why": because}) if because else _NOTHING,
    )
    files = media_of(announcement)
    return Notice(Text("announcement.post.body", {"lines": lines}), media=files)


def messages_of(notice: Notice) -> tuple[Notice, ...]:
    """The messages of a post in their order: the words with their buttons, then the files, as
    answers to the words. Below them stands the code: who passes on the picture alone still says
    where its words can be found."""
    code = _caption(notice.text) if notice.text else None
    files = (Notice(code, media=album, silent=notice.silent) for album in albums(notice.media))
    return (replace(notice, media=()), *files)


def _caption(text: Text) -> Text | None:
    found = (line.params for line in _lines_of(text) if line.key == "announcement.post.code")
    params = next(found, None)
    return Text("announcement.post.caption", params) if params else None


def reworded(stored: Notice, fresh: Notice) -> Notice:
    """The fresh words in the place of those of a stored post, which keeps its buttons and the
    line that says why it came."""
    if stored.text is None or fresh.text is None:
        return fresh
    kept = [line for line in _lines_of(stored.text) if line.key == _BECAUSE]
    lines = (*(line for line in _lines_of(fresh.text) if line.key != _BECAUSE), *kept)
    text = Text(fresh.text.key, {**fresh.text.params, "lines": lines})
    return replace(fresh, text=text, buttons=stored.buttons or fresh.buttons)


def author_line(
    db: Connection, announcement: Announcement, neighbourhood_ids: tuple[int, ...] | None = None
) -> Text:
    """In which role its author speaks, and for where: no name."""
    params: dict[str, Param] = {"ward": ward_name(db, announcement.ward_code)}
    if announcement.author_role == Role.LEADER.value:
        if neighbourhood_ids is None:
            neighbourhood_ids = neighbourhoods_of(db, announcement)
        params["places"] = places_of(db, neighbourhood_ids)
    return Text(f"announcement.author.{announcement.author_role}", params)


def named(announcement: Announcement) -> Text:
    """How it is spoken of to its author: its code and its first words."""
    words = " ".join(announcement.words.split())
    first = plain(shortened(words, NAMED_LIMIT)) if words else Text("announcement.named.file")
    return Text("announcement.named", {"code": spoken(announcement.code), "words": first})


def neighbourhoods_of(db: Connection, announcement: Announcement) -> tuple[int, ...]:
    """The ids of where it goes, each once; () for the whole ward."""
    found = (place for place, _ in announcements.list_aims(db, announcement.id))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def places_of(db: Connection, neighbourhood_ids: tuple[int, ...]) -> Text:
    """Their names, and how many more where they are many."""
    if not neighbourhood_ids:
        return Text("announcement.places.ward")
    found = (wards.get_neighbourhood(db, each) for each in neighbourhood_ids[:PLACES_NAMED])
    names = plain(", ".join(shortened(each.name, NAME_LIMIT) for each in found))
    more = len(neighbourhood_ids) - PLACES_NAMED
    if more <= 0:
        return names
    return Text("announcement.places.more", {"names": names, "number": more})


def media_of(announcement: Announcement) -> tuple[Media, ...]:
    """Its files, as its author's bot knows them."""
    stored = announcement.media or ()
    return tuple(Media(each["kind"], each["file"], each["size"]) for each in stored)


def _head(announcement: Announcement) -> Text:
    """An all-clear or a cancellation is no warning, however fast it comes."""
    if announcement.template in (CANCELLING, CLEARING):
        return Text(f"correction.head.{kind_of(announcement.template).value}")
    return Text(f"announcement.post.head.{announcement.sort}")


def _corrects(db: Connection, announcement: Announcement) -> Text:
    if announcement.corrects is None:
        return _NOTHING
    former = announcements.get(db, announcement.corrects)
    return Text("announcement.post.corrects", {"code": spoken(former.code)})


def _expires(announcement: Announcement, now: datetime) -> Text:
    at = announcement.expires_at
    if at is None or announcement.sort == Sort.ORDINARY.value:
        return _NOTHING
    over = "over" if at <= now else "until"
    return Text(f"announcement.post.{over}", {"at": Moment(at)})


def _line(key: str, words: str) -> Text:
    return Text(key, {"words": plain(words)}) if words else _NOTHING


def _lines_of(text: Text) -> tuple[Text, ...]:
    lines = text.params.get("lines")
    return lines if isinstance(lines, tuple) else ()
