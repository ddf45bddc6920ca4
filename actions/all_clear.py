"""An emergency that is over gets its all-clear: whoever raised it is asked, then the ward, a few
times and no more. "Still going on" is the other answer: then it is in force longer.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import named
from actions.announcement_lists import may_change
from actions.announcement_news import replace_question, tell_author
from actions.corrections import in_force, kind_in, require_posted, was_posted
from actions.ward_news import tell_ward
from domain.announcing import Sort, State
from domain.codes import spoken
from domain.corrections import WARD_RUNG, Kind, rung_at
from domain.errors import Refused
from domain.notices import Button, Lane, Moment, Notice, Param, Text
from domain.roles import Purpose
from domain.warnings import LONGEST
from storage import announcements, corrections, outbox, rooms
from storage.addresses import find_private_chat, get_person
from storage.announcement_tables import Announcement
from storage.tables import Person

# Longer than the ladder of domain/corrections.py: what ended earlier is not asked about.
_LOOKS_BACK: Final = timedelta(days=3)
_RUNGS: Final = 4


def ask_for_all_clears(db: Connection, now: datetime) -> None:
    """A tick: every emergency that ended without its all-clear, by the ladder. Each question is
    put once; after a downtime only the latest one that is due."""
    for each in corrections.list_uncleared(db, now, now - _LOOKS_BACK):
        ended_at = ended(each)
        rung = None if ended_at is None else rung_at(ended_at, now)
        if rung is not None and _is_asked(db, each):
            _ask(db, each, rung, now)


def ended(announcement: Announcement) -> datetime | None:
    """When its danger was over, as far as anybody said (aware UTC): it expired, or somebody
    cancelled it, or reworded it after that."""
    over = announcement.corrects is not None and announcement.expires_at is None
    if over or kind_in(announcement) is Kind.CANCELLED:
        return announcement.approved_at or announcement.created_at
    return announcement.expires_at


def extend(
    db: Connection, announcement_id: int, person: Person, until: datetime, now: datetime
) -> Announcement:
    """It goes on until then (aware UTC); its copies show that (actions/corrected.py). Raises
    Refused."""
    posted = require_posted(db, announcement_id, person)
    announcement = announcements.lock(db, in_force(db, posted).id)
    require_extendable(announcement)
    if not now < until <= now + LONGEST:
        raise Refused("correction.refused.until")
    detail = {"until": until.isoformat()}
    announcements.add_change(db, announcement.id, "extended", person.id, now, detail)
    settle_questions(
        db, announcement, Text("correction.asked.extended", {"at": Moment(until)}), now
    )
    announcements.set_columns(db, announcement.id, expires_at=until)
    return announcements.get(db, announcement.id)


def require_extendable(announcement: Announcement) -> None:
    """Raises Refused for what has no end, or was ended by somebody."""
    kind = kind_in(announcement)
    endless = announcement.expires_at is None and announcement.sort != Sort.EMERGENCY.value
    if endless or announcement.sort == Sort.ORDINARY.value:
        raise Refused("correction.refused.no_end")
    if announcement.cleared_at is not None or kind in (Kind.CANCELLED, Kind.CLEARED):
        raise Refused("correction.refused.over")


def settle_questions(
    db: Connection, announcement: Announcement, text: Text, now: datetime
) -> None:
    """Nobody need answer any more."""
    for rung in range(_RUNGS):
        for once in (_once(announcement, rung), *_desk_marks(db, announcement, rung)):
            replace_question(db, once, text, now)


def _is_asked(db: Connection, announcement: Announcement) -> bool:
    """Not what something else stands for, is about to, or never went out."""
    following = corrections.list_following(db, announcement.id)
    waits = any(State(each.state).is_open for each in following)
    last = in_force(db, announcement).id == announcement.id
    return last and not waits and was_posted(db, announcement.id)


def _ask(db: Connection, announcement: Announcement, rung: int, now: datetime) -> None:
    params: dict[str, Param] = {"what": named(announcement)}
    said = "cancelled" if kind_in(announcement) is Kind.CANCELLED else "expired"
    text = Text(f"correction.ask.{said}" if rung == 0 else f"correction.ask.{said}.again", params)
    buttons = _buttons(announcement)
    answers = _can_answer(db, announcement)
    if answers and rung != WARD_RUNG:
        once = _once(announcement, rung)
        tell_author(db, announcement, text, now, once=once, buttons=buttons)
    if rung >= WARD_RUNG or not answers:
        _ask_ward(db, announcement, rung, now, params)


def _can_answer(db: Connection, announcement: Announcement) -> bool:
    """Whether its author can be asked, and may still say that it is over."""
    author = get_person(db, announcement.author_id)
    home = find_private_chat(db, author.id, announcement.bot)
    return home is not None and may_change(db, announcement, author)


def _ask_ward(
    db: Connection,
    announcement: Announcement,
    rung: int,
    now: datetime,
    params: dict[str, Param],
) -> None:
    """The duty chats: somebody there may know. (Which of them may press is looked at then.)
    Without one those in charge of the ward, who are told what to type."""
    text = Text("correction.ask.ward", params)
    rows = tuple((button,) for button in _buttons(announcement))
    around = rooms.list_room_addresses(db, announcement.ward_code, Purpose.DUTY.value)
    reachable = [desk for desk in around if desk.unreachable_at is None]
    for desk in reachable:
        once = f"{_once(announcement, rung)}:{desk.id}"
        outbox.put(db, desk, Notice(text, rows), Lane.NOTICE, now, once=once)
    if not reachable:
        typed = Text("correction.ask.ward.typed", {**params, "code": spoken(announcement.code)})
        tell_ward(db, announcement.ward_code, typed, now, _once(announcement, rung))


def _desk_marks(db: Connection, announcement: Announcement, rung: int) -> list[str]:
    desks = rooms.list_room_addresses(db, announcement.ward_code, Purpose.DUTY.value)
    return [f"{_once(announcement, rung)}:{desk.id}" for desk in desks]


def _buttons(announcement: Announcement) -> list[Button]:
    acts = ["clear"] if kind_in(announcement) is Kind.CANCELLED else ["clear", "extend"]
    return [
        Button(
            Text("menu.numbered", {"number": n, "label": Text(f"correction.act.{act}")}),
            f"x:{announcement.id}:{act}",
        )
        for n, act in enumerate(acts, start=1)
    ]


def _once(announcement: Announcement, rung: int) -> str:
    """Another end, other questions."""
    at = ended(announcement)
    return f"all_clear:{announcement.id}:{int(at.timestamp()) if at else 0}:{rung}"
