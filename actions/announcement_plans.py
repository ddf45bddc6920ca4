"""What somebody wants said, as a value, and whether it may be said so: the checks before anything
is planned, and the way to a row and back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from actions.announcement_face import media_of, neighbourhoods_of
from actions.occurrences import rule_of
from actions.standings import standings_of
from actions.warning_traces import require_no_trace
from domain.access import announcing_role, require_announce
from domain.announcing import LATE_FOR, WORDS_LIMIT, Sort, needs_second_person
from domain.corrections import takes_back
from domain.errors import Refused
from domain.lengths import units
from domain.notices import Media
from domain.patterns import Once
from domain.recurrence import Rule, next_after
from domain.roles import Role
from domain.time_echo import say_instant, say_rule
from domain.wall_clock import instant_of, wall_of
from storage import announcements, wards
from storage.announcement_tables import Announcement
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Planned:
    """What somebody wants said. `rule` None is now (see domain/recurrence.py: `once`, `Rule`).

    `neighbourhoods` are ids, all of `ward_code`: their chats hear it. With `tags` the people who
    chose one of them hear it instead, in these neighbourhoods or, without any, in the whole ward.
    `late_for` None is the default of the sort (domain.announcing.LATE_FOR); `pinned_for` None is
    not at all. `expires_at` (aware, UTC) must be given for an emergency. `corrects` and
    `incident_id` name what it replaces and what it was made of.
    """

    words: str
    ward_code: str
    neighbourhoods: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    rule: Rule | None = None
    media: tuple[Media, ...] = ()
    sort: Sort = Sort.ORDINARY
    template: str | None = None
    asks_reading: bool = False
    pinned_for: timedelta | None = None
    names_person: bool = False
    incident_id: int | None = None
    corrects: int | None = None
    late_for: timedelta | None = None
    expires_at: datetime | None = None


def planned_of(db: Connection, announcement: Announcement) -> Planned:
    """What it says and when, to be changed with dataclasses.replace."""
    targets = announcements.list_targets(db, announcement.id)
    tags = (each.tag for each in targets)
    pinned_for = announcement.pinned_for
    return Planned(
        words=announcement.words,
        ward_code=announcement.ward_code,
        neighbourhoods=neighbourhoods_of(db, announcement),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag is not None)),
        rule=rule_of(announcement),
        media=media_of(announcement),
        sort=Sort(announcement.sort),
        template=announcement.template,
        asks_reading=announcement.asks_reading,
        pinned_for=timedelta(seconds=pinned_for) if pinned_for else None,
        names_person=announcement.names_person,
        incident_id=announcement.incident_id,
        corrects=announcement.corrects,
        late_for=timedelta(seconds=announcement.late_for),
        expires_at=announcement.expires_at,
    )


def columns_of(planned: Planned) -> dict[str, Any]:
    """The columns that somebody may change."""
    late_for = LATE_FOR[planned.sort] if planned.late_for is None else planned.late_for
    pinned_for = planned.pinned_for or timedelta()
    return {
        "words": planned.words,
        "media": [_stored(each) for each in planned.media] or None,
        "sort": planned.sort.value,
        "template": planned.template,
        "rule": planned.rule.to_json() if planned.rule else None,
        "late_for": int(late_for.total_seconds()),
        "asks_reading": planned.asks_reading,
        "pinned_for": int(pinned_for.total_seconds()),
        "names_person": planned.names_person,
        "incident_id": planned.incident_id,
        "corrects": planned.corrects,
        "expires_at": planned.expires_at,
    }


def history_of(planned: Planned) -> dict[str, Any]:
    """What stood there until a change, for whoever asks who changed what."""
    rule, expires_at = planned.rule, planned.expires_at
    return {
        "words": planned.words,
        "rule": rule.to_json() if rule else None,
        "sort": planned.sort.value,
        "expires_at": expires_at.isoformat() if expires_at else None,
        "neighbourhoods": list(planned.neighbourhoods),
        "tags": list(planned.tags),
    }


def targets_of(planned: Planned) -> list[tuple[int | None, str | None]]:
    """Each neighbourhood, or each tag in each of them; tags alone are of the whole ward."""
    if not planned.tags:
        return [(place, None) for place in planned.neighbourhoods]
    places: Sequence[int | None] = planned.neighbourhoods or (None,)
    return [(place, tag) for place in places for tag in planned.tags]


def require_sound(db: Connection, person: Person, planned: Planned, now: datetime) -> Role:
    """In which role this person may say it now. Raises Refused."""
    _require_places(db, planned)
    standings = standings_of(db, person.id)
    require_announce(standings, planned.ward_code, planned.neighbourhoods, planned.sort)
    _require_words(planned)
    require_no_trace(db, planned.incident_id, planned.words)
    _require_times(planned, now)
    role = announcing_role(standings, planned.ward_code, planned.neighbourhoods)
    return role or Role.LEADER


def asks_second_person(db: Connection, planned: Planned) -> bool:
    """Whether a second person must agree before it goes out. Only what a template or an incident
    stands behind is taken for urgent here: a word alone must not open a whole ward. What takes
    back or ends something that people have read waits for nobody, in whatever words, unless it
    shows a person (domain/corrections.py)."""
    if planned.corrects is not None and takes_back(planned.template):
        return planned.names_person
    sort = planned.sort if planned.template or planned.incident_id else Sort.ORDINARY
    reach = len(planned.neighbourhoods) or len(wards.list_neighbourhoods(db, [planned.ward_code]))
    return needs_second_person(sort, reach, planned.names_person)


def says_the_same(planned: Planned, other: Planned) -> bool:
    """Whether what a second person agreed to is still what it says, to whom, and how often."""
    return _agreed(planned) == _agreed(other)


def _agreed(planned: Planned) -> tuple[object, ...]:
    rule = planned.rule
    return (
        planned.words,
        planned.media,
        frozenset(planned.neighbourhoods),
        frozenset(planned.tags),
        planned.sort,
        planned.template,
        planned.names_person,
        planned.incident_id,
        planned.corrects,
        (rule.pattern, rule.at) if rule else None,
    )


def _require_places(db: Connection, planned: Planned) -> None:
    if not planned.neighbourhoods and not planned.tags:
        raise Refused("announcement.refused.nowhere")
    known = {each.id for each in wards.list_neighbourhoods(db, [planned.ward_code])}
    if not known.issuperset(planned.neighbourhoods):
        raise Refused("access.neighbourhood_missing")


def _require_words(planned: Planned) -> None:
    if not planned.words.strip() and not planned.media:
        raise Refused("announcement.refused.empty")
    over = units(planned.words) - WORDS_LIMIT
    if over > 0:
        raise Refused("announcement.refused.too_long", number=over)


def _require_times(planned: Planned, now: datetime) -> None:
    first = now if planned.rule is None else _first(planned.rule, now)
    # What is said of an emergency that is over has no end of its own.
    endless = planned.expires_at is None and planned.corrects is None
    if planned.sort is Sort.EMERGENCY and endless:
        raise Refused("announcement.refused.no_expiry")
    if planned.expires_at is not None and planned.expires_at <= first:
        raise Refused("announcement.refused.expires_before")


def _first(rule: Rule, now: datetime) -> datetime:
    first = next_after(rule, now)
    if first is not None:
        return first
    if not isinstance(rule.pattern, Once):
        raise Refused("announcement.refused.no_date_left", rule=say_rule(rule))
    when = say_instant(instant_of(rule.pattern.on, rule.at))
    again = say_instant(_suggested(rule.at, now))
    raise Refused("announcement.refused.past", when=when, suggestion=again)


def _suggested(at: time, now: datetime) -> datetime:
    """The same hour, when it comes next."""
    today = wall_of(now).date()
    later = instant_of(today, at)
    return later if later > now else instant_of(today + timedelta(days=1), at)


def _stored(media: Media) -> dict[str, Any]:
    return {"kind": media.kind, "file": media.file, "size": media.size}
