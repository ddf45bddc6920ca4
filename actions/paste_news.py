"""What whoever pastes a post by hand is told in private: the words ready to be copied, which
groups are waiting, and one reminder.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import named, places_of
from actions.announcement_news import tell_author
from domain.announcing import Sort
from domain.lengths import shortened
from domain.notices import Button, Lane, Moment, Notice, Param, Text, plain
from domain.pasting import NAME_LETTERS
from domain.roles import Role
from storage import memberships, outbox
from storage.addresses import find_private_chat
from storage.announcement_tables import Announcement, Post
from storage.cards import find_once
from storage.tables import Address


def is_handed_over(db: Connection, several: Sequence[Post]) -> bool:
    """Whether somebody has the words already."""
    return find_once(db, _once("paste", several)) is not None


def is_asked(
    db: Connection,
    announcement: Announcement,
    place: int,
    person_id: int,
    several: Sequence[Post],
) -> bool:
    """Whether this person has the words, or one of those who have."""
    held = memberships.list_holders(db, Role.LEADER.value, announcement.ward_code, place)
    people = {announcement.author_id, *(each.person_id for each in held)}
    return person_id in people and is_handed_over(db, several)


def is_reminded(db: Connection, several: Sequence[Post]) -> bool:
    """Whether the one reminder was sent."""
    return find_once(db, _once("paste-again", several)) is not None


def hand_over(
    db: Connection,
    announcement: Announcement,
    several: Sequence[Post],
    words: Sequence[Notice],
    now: datetime,
) -> None:
    """The words alone in messages of their own, to be copied as they are; below them the groups.
    To the leaders of the neighbourhood, or its author; where nobody can be reached, the ward
    hears so."""
    homes = _homes(db, announcement, several)
    for at, home in enumerate(homes):
        for each in words:
            outbox.put(db, home, each, _lane(announcement), now)
        once = _once("paste", several) if at == 0 else None
        notice = groups_notice(several, _asked(db, announcement, several, "pasting.ask"))
        outbox.put(db, home, notice, _lane(announcement), now, once=once)
    if not homes:
        text = _asked(db, announcement, several, "pasting.nobody")
        tell_author(db, announcement, text, now, once=_once("unpasted", several))


def remind(
    db: Connection, announcement: Announcement, several: Sequence[Post], now: datetime
) -> None:
    """Once, which groups still wait."""
    for at, home in enumerate(_homes(db, announcement, several)):
        once = _once("paste-again", several) if at == 0 else None
        notice = groups_notice(several, _asked(db, announcement, several, "pasting.remind"))
        outbox.put(db, home, notice, _lane(announcement), now, once=once)


def tell_late(
    db: Connection, announcement: Announcement, several: Sequence[Post], now: datetime
) -> None:
    """Nobody is asked to paste it any more."""
    tell_author(db, announcement, _asked(db, announcement, several, "pasting.late"), now)


def groups_notice(several: Sequence[Post], text: Text) -> Notice:
    """Below `text` every group with what stands about it, and a button for each; a number means
    the same group as long as the post lives."""
    lines = tuple(_line(number, each) for number, each in enumerate(several, start=1))
    said = Text("pasting.groups", {"text": text, "lines": lines})
    buttons = tuple((_button(number, each),) for number, each in enumerate(several, start=1))
    return Notice(said, buttons)


def name_of(post: Post) -> Text:
    """The group's name as its leader wrote it."""
    return plain(shortened(post.paste_group or "", NAME_LETTERS))


def _line(number: int, post: Post) -> Text:
    params: dict[str, Param] = {"number": number, "name": name_of(post)}
    if post.pasted_at is None:
        return Text("pasting.line.waits", params)
    return Text("pasting.line.done", {**params, "at": Moment(post.pasted_at)})


def _button(number: int, post: Post) -> Button:
    how = "done" if post.pasted_at is None else "undo"
    label = Text(f"pasting.button.{how}", {"name": name_of(post)})
    return Button(Text("menu.numbered", {"number": number, "label": label}), f"p:done:{post.id}")


def _asked(db: Connection, announcement: Announcement, several: Sequence[Post], key: str) -> Text:
    place = several[0].neighbourhood_id
    places = places_of(db, (place,) if place is not None else ())
    params: dict[str, Param] = {"what": named(announcement), "place": places}
    return Text(key, params)


def _homes(db: Connection, announcement: Announcement, several: Sequence[Post]) -> list[Address]:
    place, bot = several[0].neighbourhood_id, announcement.bot
    held = memberships.list_holders(db, Role.LEADER.value, announcement.ward_code, place)
    leaders = dict.fromkeys(each.person_id for each in held)
    homes = [home for key in leaders if (home := find_private_chat(db, key, bot))]
    author = None if homes else find_private_chat(db, announcement.author_id, bot)
    return [author] if author else homes


def _lane(announcement: Announcement) -> Lane:
    urgent = announcement.sort == Sort.EMERGENCY.value
    return Lane.EMERGENCY if urgent else Lane.NOTICE


def _once(what: str, several: Sequence[Post]) -> str:
    return f"{what}:{several[0].occurrence_id}:{several[0].neighbourhood_id}"
