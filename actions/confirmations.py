"""“Đã nắm được”: what enrolled households confirm in private, how many did, and, for the leader
of the neighbourhood or the author alone, which have not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of
from actions.standings import standings_of
from domain.access import announcing_role
from domain.announcing import OccurrenceState
from domain.errors import Refused
from domain.roles import Role
from domain.text import fold
from storage import announcements, confirmations
from storage.announcement_tables import Announcement, Occurrence
from storage.confirmations import Asked
from storage.outbox import load_notice
from storage.posts import get_post, post_in
from storage.tables import Outbox, Person

# A leader looks at what is of use now; older ones are found through the board.
LISTED_FOR: Final = timedelta(days=14)
_MOST: Final = 5
_BEFORE_NUMBER: Final = frozenset({"so", "nha"})
_OUT: Final = (OccurrenceState.SENDING, OccurrenceState.SENT)


class Confirmed(StrEnum):
    """What a press did: the first of this house, somebody of it had done so, or oneself had."""

    FIRST = "first"
    HOUSE = "house"
    AGAIN = "again"


class Household(NamedTuple):
    """People of one house, or one person whose house nobody knows."""

    people: tuple[Asked, ...]

    @property
    def read_at(self) -> datetime | None:
        """When the first of them confirmed (aware UTC); None where nobody has."""
        return min((each.read_at for each in self.people if each.read_at), default=None)


@dataclass(frozen=True, slots=True)
class Missing:
    """Of the neighbourhoods (`places`) that the asker may know about: how many households
    confirmed, how many were asked, and those that have not. `may_remind`: nobody did yet."""

    announcement: Announcement
    places: tuple[int, ...]
    confirmed: int
    asked: int
    households: tuple[Household, ...]
    may_remind: bool


def counts_of(db: Connection, occurrence_id: int) -> tuple[int, int]:
    """How many households confirmed it, and how many were asked."""
    asked = households_of(confirmations.list_asked(db, occurrence_id))
    return sum(each.read_at is not None for each in asked), len(asked)


def confirm(db: Connection, occurrence_id: int, person: Person, now: datetime) -> Confirmed:
    """This person has read it. Raises Refused for whoever was not asked."""
    if confirmations.find(db, occurrence_id, person.id) is None:
        raise Refused("reading.not_asked")
    asked = households_of(confirmations.list_asked(db, occurrence_id))
    home = next(h for h in asked if person.id in {each.person_id for each in h.people})
    if not confirmations.confirm(db, occurrence_id, person.id, now):
        return Confirmed.AGAIN
    return Confirmed.FIRST if home.read_at is None else Confirmed.HOUSE


def confirmed_at(db: Connection, occurrence_id: int, person: Person) -> datetime | None:
    """When this person confirmed it (aware UTC), if they did."""
    reading = confirmations.find(db, occurrence_id, person.id)
    return reading.read_at if reading else None


def find_arrived(db: Connection, address_id: int, row: Outbox | None) -> Outbox | None:
    """The post that arrived in this chat after this message was said, the last of them."""
    return confirmations.find_arrived(db, address_id, row.created_at) if row else None


def asked_by(db: Connection, row: Outbox | None, person: Person) -> int | None:
    """The occurrence that this message, or the words that its file belongs to, asks this person
    to confirm; None where it asks nothing."""
    if row is None:
        return None
    found = _asked_of(db, row)
    return found if found and confirmations.find(db, found, person.id) else None


def asked_about(db: Connection, occurrence_id: int) -> Announcement:
    """The announcement of which this is one time. Raises LookupError."""
    occurrence = announcements.get_occurrence(db, occurrence_id)
    return announcements.get(db, occurrence.announcement_id)


def list_missing(db: Connection, occurrence_id: int, asker: Person, now: datetime) -> Missing:
    """Which households have not confirmed it by `now`. Raises Refused for everybody but the
    leader of one of its neighbourhoods, who sees that one, and its author, who sees all."""
    occurrence = sent_occurrence(db, occurrence_id)
    announcement = announcements.get(db, occurrence.announcement_id)
    places = _places_for(db, announcement, asker)
    everybody = confirmations.list_asked(db, occurrence_id)
    asked = households_of(each for each in everybody if each.neighbourhood_id in places)
    missing = tuple(each for each in asked if each.read_at is None)
    reminded = confirmations.list_reminded(db, occurrence)
    may_remind = any(each.people[0].neighbourhood_id not in reminded for each in missing)
    confirmed = len(asked) - len(missing)
    return Missing(announcement, places, confirmed, len(asked), missing, may_remind)


def missing_of(db: Connection, occurrence_id: int, places: Iterable[int]) -> tuple[Household, ...]:
    """The households of these neighbourhoods that have not confirmed it."""
    wanted = set(places)
    everybody = confirmations.list_asked(db, occurrence_id)
    asked = households_of(each for each in everybody if each.neighbourhood_id in wanted)
    return tuple(each for each in asked if each.read_at is None)


def list_lately(db: Connection, asker: Person, now: datetime) -> list[tuple[Occurrence, Missing]]:
    """What this person may see so, sent within LISTED_FOR, the newest first, at most five.
    Raises Refused where there is nothing."""
    standings = standings_of(db, asker.id)
    led = {s.neighbourhood_id for s in standings if s.role is Role.LEADER}
    places = {each for each in led if each is not None}
    since = now - LISTED_FOR
    found = confirmations.list_occurrences(db, asker.id, places, since, _MOST)
    seen: list[tuple[Occurrence, Missing]] = []
    for each in found:
        try:
            seen.append((each, list_missing(db, each.id, asker, now)))
        except Refused:
            continue
    if not seen:
        raise Refused("reading.nothing_asked" if standings else "reading.leaders_only")
    return seen


def sent_occurrence(db: Connection, occurrence_id: int) -> Occurrence:
    """Raises Refused where there is none, or it was not sent."""
    try:
        occurrence = announcements.get_occurrence(db, occurrence_id)
    except LookupError:
        raise Refused("reading.gone") from None
    if OccurrenceState(occurrence.state) not in _OUT:
        raise Refused("reading.gone")
    return occurrence


def households_of(asked: Iterable[Asked]) -> list[Household]:
    """They that live in one house of one neighbourhood count as one."""
    found: dict[tuple[int | None, str], list[Asked]] = {}
    for each in asked:
        house = _number_in(each.house or "") or f"#{each.person_id}"
        found.setdefault((each.neighbourhood_id, house), []).append(each)
    return [Household(tuple(people)) for people in found.values()]


def _number_in(house: str) -> str:
    """How it is told from others: "Số 5", "nhà số 5" and "5" are one house, "5 ngõ 3" is not."""
    words = fold(house).split()
    while len(words) > 1 and words[0] in _BEFORE_NUMBER:
        del words[0]
    return " ".join(words)


def _places_for(db: Connection, announcement: Announcement, asker: Person) -> tuple[int, ...]:
    places = neighbourhoods_of(db, announcement)
    standings = standings_of(db, asker.id)
    speaks = announcing_role(standings, announcement.ward_code, places) is not None
    if announcement.author_id == asker.id and speaks:
        return places
    led = {s.neighbourhood_id for s in standings if s.role is Role.LEADER}
    own = tuple(each for each in places if each in led)
    if not own:
        raise Refused("reading.leaders_only")
    return own


def _asked_of(db: Connection, row: Outbox) -> int:
    """By what it is a copy of; a reminder by its button."""
    key = post_in(row.concerns)
    if key is None:
        return 0
    try:
        occurrence_id = get_post(db, key).occurrence_id
    except LookupError:
        return 0
    if occurrence_id is not None:
        return occurrence_id
    buttons = (each for line in load_notice(row.notice).buttons for each in line)
    parts = [(each.tap or "").split(":") for each in buttons]
    asked = [part[1] for part in parts if len(part) == 3 and part[0] == "n"]
    return int(asked[0]) if asked else 0
