"""The second person behind an announcement that reaches several neighbourhoods or shows somebody:
who is asked, what they answer, and the two minutes in which it can be taken back.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import (
    author_line,
    messages_of,
    named,
    neighbourhoods_of,
    notice_of,
    places_of,
)
from actions.announcement_news import replace_question, tell_author, tell_lost
from actions.second_persons import list_overseers, list_police
from actions.standings import standings_of
from actions.warned_about import still_warns
from actions.warning_traces import require_no_trace
from domain.access import require_agree
from domain.announcing import UNDO_FOR, OccurrenceState, State
from domain.errors import Refused
from domain.lengths import shortened
from domain.notices import Button, Lane, Moment, Notice, Param, Text, plain
from storage import announcements, outbox
from storage.addresses import find_private_chat, get_person
from storage.announcement_tables import Announcement
from storage.tables import Address, Person

_NAME_LIMIT: Final = 60
_SAID_NO: Final = "announcement.reason.said_no"
_INCIDENT: Final = "announcement.reason.incident"


def ask_seconds(db: Connection, announcement: Announcement, now: datetime) -> None:
    """Show it to everybody who may agree, each with two buttons (`t:<id>:approve`,
    `t:<id>:refuse`)."""
    asked = Notice(_question(db, announcement), buttons=_buttons(announcement))
    number = _round(db, announcement)
    for home in _seconds(db, announcement):
        for message in messages_of(notice_of(db, announcement, now)):
            outbox.put(db, home, message, Lane.NOTICE, now)
        once = _once(announcement.id, number, home.id)
        outbox.put(db, home, asked, Lane.NOTICE, now, once=once)


def require_second(
    db: Connection, ward_code: str, author_id: int, bot: str, *, names_person: bool
) -> None:
    """Raises Refused where nobody but its author could be asked."""
    if not any(_homes(db, ward_code, author_id, bot, names_person=names_person)):
        raise Refused("announcement.refused.no_second")


def approve(db: Connection, announcement_id: int, person: Person, now: datetime) -> Announcement:
    """The second person agrees (`undo_until` of what is returned says until when it can be
    taken back). A warning whose incident does not stand any more is ENDED instead. Raises
    Refused."""
    announcement = _waiting(db, announcement_id, person)
    if not still_warns(db, announcement):
        return _fall_away(db, announcement, now)
    require_no_trace(db, announcement.incident_id, announcement.words)
    undo_until = now + UNDO_FOR
    announcements.move(
        db,
        announcement_id,
        [State.WAITING.value],
        State.PLANNED.value,
        approved_by=person.id,
        approved_at=now,
        undo_until=undo_until,
    )
    announcements.postpone(db, announcement_id, undo_until)
    announcements.add_change(db, announcement_id, "agreed", person.id, now)
    settle_questions(db, announcement, _settled("agreed", person), now)
    params: dict[str, Param] = {"what": named(announcement), "name": _name(person)}
    params["until"] = Moment(undo_until, "time")
    take_back = Button(Text("announcement.button.take_back"), tap=f"t:{announcement_id}:take_back")
    text = Text("announcement.news.agreed", params)
    tell_author(db, announcement, text, now, buttons=[take_back])
    return announcements.get(db, announcement_id)


def _fall_away(db: Connection, announcement: Announcement, now: datetime) -> Announcement:
    """It is lost, and its author hears so."""
    key = announcement.id
    announcements.move(db, key, [State.WAITING.value], State.ENDED.value)
    due = announcements.find_due(db, key)
    if due is not None:
        dropped = OccurrenceState.DROPPED.value
        announcements.settle(db, due.id, dropped, reason=_INCIDENT)
        tell_lost(db, announcement, [(due, _INCIDENT)], now)
    settle_questions(db, announcement, Text("announcement.second.incident"), now)
    return announcements.get(db, key)


def refuse(db: Connection, announcement_id: int, person: Person, now: datetime) -> None:
    """The second person says no: it ends, and its author hears so. Raises Refused."""
    announcement = _waiting(db, announcement_id, person)
    announcements.move(db, announcement_id, [State.WAITING.value], State.ENDED.value)
    due = announcements.find_due(db, announcement_id)
    if due is not None:
        refused = OccurrenceState.REFUSED.value
        announcements.settle(db, due.id, refused, reason=_SAID_NO, told_at=now)
    announcements.add_change(db, announcement_id, "refused", person.id, now)
    settle_questions(db, announcement, _settled("refused", person), now)
    params: dict[str, Param] = {"what": named(announcement), "name": _name(person)}
    tell_author(db, announcement, Text("announcement.news.refused", params), now)


def settle_questions(
    db: Connection, announcement: Announcement, text: Text, now: datetime
) -> None:
    """Nobody need answer any more: `text` stands in the place of every question."""
    number = _round(db, announcement)
    for home in _seconds(db, announcement):
        replace_question(db, _once(announcement.id, number, home.id), text, now)


def _waiting(db: Connection, announcement_id: int, person: Person) -> Announcement:
    if announcements.find(db, announcement_id) is None:
        raise Refused("announcement.refused.unknown")
    announcement = announcements.lock(db, announcement_id)
    if announcement.author_id == person.id:
        raise Refused("announcement.refused.own")
    standings = standings_of(db, person.id)
    places = neighbourhoods_of(db, announcement)
    names = announcement.names_person
    require_agree(standings, announcement.ward_code, places, names_person=names)
    if announcement.state != State.WAITING.value:
        raise Refused("announcement.refused.decided")
    return announcement


def _seconds(db: Connection, announcement: Announcement) -> Iterator[Address]:
    author_id, bot = announcement.author_id, announcement.bot
    names = announcement.names_person
    return _homes(db, announcement.ward_code, author_id, bot, names_person=names)


def _homes(
    db: Connection, ward_code: str, author_id: int, bot: str, *, names_person: bool
) -> Iterator[Address]:
    """The private chats of whoever may agree: the police, and the administrators where nobody
    is shown."""
    people = list_police(db, ward_code)
    if not names_person:
        people += list_overseers(db, ward_code)
    for person_id in dict.fromkeys(people):
        if person_id != author_id and (home := find_private_chat(db, person_id, bot)):
            yield home


def _question(db: Connection, announcement: Announcement) -> Text:
    params: dict[str, Param] = {
        "name": _name(get_person(db, announcement.author_id)),
        "author": author_line(db, announcement),
        "places": places_of(db, neighbourhoods_of(db, announcement)),
        "shown": Text(
            "announcement.second.shown" if announcement.names_person else "text.nothing"
        ),
    }
    return Text("announcement.second.ask", params)


def _buttons(announcement: Announcement) -> tuple[tuple[Button, ...], ...]:
    agree = Button(Text("announcement.button.agree"), tap=f"t:{announcement.id}:approve")
    no = Button(Text("announcement.button.no"), tap=f"t:{announcement.id}:refuse")
    return ((agree,), (no,))


def _settled(how: str, person: Person) -> Text:
    return Text(f"announcement.second.{how}", {"name": _name(person)})


def _round(db: Connection, announcement: Announcement) -> int:
    """How often it was changed or taken up again, so that everybody is asked anew."""
    changes = announcements.list_changes(db, announcement.id)
    return sum(each.what in {"changed", "resumed"} for each in changes)


def _once(announcement_id: int, number: int, address_id: int) -> str:
    return f"second:{announcement_id}:{number}:{address_id}"


def _name(person: Person) -> Text:
    return plain(shortened(person.name, _NAME_LIMIT))
