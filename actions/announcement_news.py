"""What becomes of an announcement, said to its author in private; where nobody can reach them, to
the ward: nothing is ever lost without a word.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import named, places_of
from actions.card_face import ward_name
from actions.ward_news import tell_ward
from domain.lengths import shortened
from domain.notices import Button, Lane, Moment, Notice, Param, Text, plain
from domain.time_echo import say_instant
from storage import announcements, outbox
from storage.addresses import find_private_chat, get_person
from storage.announcement_tables import Announcement, Occurrence, Post
from storage.cards import find_once

_NAME_LIMIT: Final = 60
# More dates than these are counted, not read out.
_DATES_NAMED: Final = 5


def tell_author(
    db: Connection,
    announcement: Announcement,
    text: Text,
    now: datetime,
    *,
    once: str | None = None,
    buttons: Iterable[Button] = (),
) -> int | None:
    """Tell its author in private; the outbox row, or None where the ward was told instead."""
    home = find_private_chat(db, announcement.author_id, announcement.bot)
    if home is None:
        tell_ward(db, announcement.ward_code, text, now, once)
        return None
    notice = Notice(text, buttons=tuple((button,) for button in buttons))
    return outbox.put(db, home, notice, Lane.NOTICE, now, once=once)


def tell_lost(
    db: Connection,
    announcement: Announcement,
    lost: Iterable[tuple[Occurrence, str]],
    now: datetime,
) -> None:
    """Times of it that were not sent, with the reason of each: one message for each reason."""
    by_reason: dict[str, list[Occurrence]] = {}
    for occurrence, reason in lost:
        by_reason.setdefault(reason, []).append(occurrence)
    for reason, several in by_reason.items():
        params: dict[str, Param] = {
            "what": named(announcement),
            "dates": _dates([each.due_at for each in several]),
            "reason": Text(reason),
        }
        tell_author(db, announcement, Text("announcement.news.lost", params), now)
        for each in several:
            announcements.set_occurrence(db, each.id, told_at=now)


def tell_held(
    db: Connection, announcement: Announcement, held: Iterable[Post], now: datetime
) -> None:
    """Until when its copies wait, and where."""
    by_until: dict[datetime, list[int]] = {}
    for post in held:
        if post.held_until is not None:
            places = by_until.setdefault(post.held_until, [])
            if post.neighbourhood_id is not None and post.neighbourhood_id not in places:
                places.append(post.neighbourhood_id)
    lines = tuple(
        Text(
            "announcement.news.held.line", {"places": places_of(db, tuple(ids)), "at": Moment(at)}
        )
        for at, ids in sorted(by_until.items())
    )
    if lines:
        params: dict[str, Param] = {"what": named(announcement), "lines": lines}
        tell_author(db, announcement, Text("announcement.news.held", params), now)


def tell_not_everywhere(
    db: Connection, announcement: Announcement, missed: tuple[int, ...], reason: str, now: datetime
) -> None:
    """It went out, but not in these neighbourhoods."""
    params: dict[str, Param] = {"what": named(announcement), "places": places_of(db, missed)}
    params["reason"] = Text(reason)
    tell_author(db, announcement, Text("announcement.news.not_everywhere", params), now)


def tell_deed(
    db: Connection, announcement: Announcement, deed: str, actor_id: int, now: datetime
) -> None:
    """Somebody else did something to it; nothing where its author did it."""
    if actor_id == announcement.author_id:
        return
    name = plain(shortened(get_person(db, actor_id).name, _NAME_LIMIT))
    params: dict[str, Param] = {"what": named(announcement), "name": name}
    tell_author(db, announcement, Text(f"announcement.news.{deed}", params), now)


def tell_of_lost_role(db: Connection, announcement: Announcement, now: datetime) -> None:
    """Its author may not say it any more: nothing was posted, and the ward decides."""
    name = plain(shortened(get_person(db, announcement.author_id).name, _NAME_LIMIT))
    params: dict[str, Param] = {"what": named(announcement), "name": name}
    params["role"] = Text(f"admin.role.{announcement.author_role}")
    params["ward"] = ward_name(db, announcement.ward_code)
    text = Text("announcement.ward.role_lost", params)
    tell_ward(db, announcement.ward_code, text, now, f"role_lost:{announcement.id}")
    own = Text("announcement.news.role_lost", {"what": named(announcement)})
    home = find_private_chat(db, announcement.author_id, announcement.bot)
    if home is not None:
        once = f"role_lost:{announcement.id}:author"
        outbox.put(db, home, Notice(own), Lane.NOTICE, now, once=once)


def replace_question(db: Connection, once: str, text: Text, now: datetime) -> None:
    """What became of a question stands in its place, without its buttons."""
    row = find_once(db, once)
    if row is not None and row.state in {"due", "sent"}:
        notice = outbox.load_notice(row.notice)
        outbox.edit(db, row.id, replace(notice, text=text, buttons=()), now)


def _dates(several: list[datetime]) -> Text:
    said = tuple(say_instant(at) for at in sorted(several)[:_DATES_NAMED])
    more = len(several) - len(said)
    if more <= 0:
        return Text("announcement.dates", {"lines": said})
    return Text("announcement.dates.more", {"lines": said, "number": more})
