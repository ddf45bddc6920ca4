"""The board of an announcement: of one of its times, in which groups it stands, in which it waits
and in which it failed, with the reason of each. A snapshot; posting again is board_again.py.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import neighbourhoods_of
from actions.audiences import is_for_groups, said_to_have_it
from actions.board_reasons import fate_of
from actions.board_rights import may_chase
from actions.board_rights import may_see as may_see
from actions.confirmations import counts_of
from actions.neighbours import chats_without
from actions.standings import standings_of
from domain.access import EVERY_WARD
from domain.announcing import OccurrenceState
from domain.board import ORDER, Fate
from domain.errors import Refused
from storage import announcements, boards, copies, wards
from storage.announcement_tables import Announcement, Occurrence
from storage.boards import GroupCopy
from storage.copies import Tally
from storage.tables import Person

# A board is for what went out lately; older announcements are opened by nobody.
_LOOKED_THROUGH: Final = 200
LISTED_AT_MOST: Final = 40
_BEGUN: Final = tuple(
    state.value
    for state in (OccurrenceState.SENDING, OccurrenceState.SENT, OccurrenceState.DROPPED)
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its copy, or one that has none (yet); where there is no group at all in a
    neighbourhood, it is MISSED without an `address_id`."""

    fate: Fate
    neighbourhood_id: int | None
    address_id: int | None = None
    copy: GroupCopy | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """`groups` stand in the order in which they need somebody's hand. `private`: how many people
    got it in a message of their own, of how many; `readings`: how many households confirmed it,
    of how many; `may_chase`: this person may know which have not. `earlier` and `later` are the
    ids of the times beside this one; `superseded`: a later one went out. `for_groups`: it went to
    people by their groups, who are not counted: `private` is then at most how many are said."""

    announcement: Announcement
    occurrence: Occurrence
    groups: tuple[Group, ...]
    private: tuple[int, int] = (0, 0)
    readings: tuple[int, int] = (0, 0)
    may_chase: bool = False
    earlier: int | None = None
    later: int | None = None
    superseded: bool = False
    for_groups: bool = False

    @property
    def counts(self) -> Counter[Fate]:
        """How many groups there are of each fate."""
        return Counter(group.fate for group in self.groups)

    @property
    def there(self) -> int:
        """In how many groups people can read it."""
        return sum(group.fate.is_there for group in self.groups)

    @property
    def lost(self) -> int:
        """In how many groups it comes only if somebody posts it again."""
        return sum(group.fate.is_lost for group in self.groups)


def list_boards(db: Connection, person: Person) -> list[int]:
    """The ids of the announcements that went out lately, or should have, and that this person
    may see; the last one first. Raises Refused for whoever may see none at all."""
    codes = sorted({each.ward_code for each in standings_of(db, person.id)})
    if EVERY_WARD in codes:
        codes = sorted(ward.code for ward in wards.list_wards(db))
    found = boards.list_settled(db, codes, person.id, _BEGUN, _LOOKED_THROUGH)
    seen = [key for key in found if may_see(db, announcements.get(db, key), person)]
    if not seen and not codes:
        raise Refused("board.refused.nothing_of_yours")
    return seen[:LISTED_AT_MOST]


def has_board(db: Connection, announcement_id: int) -> bool:
    """Whether a time of it went out, or should have."""
    times = announcements.list_occurrences(db, announcement_id)
    return any(each.state in _BEGUN for each in times)


def board_of(
    db: Connection, announcement_id: int, person: Person, occurrence_id: int | None = None
) -> Board:
    """Of the last time that went out, or of this one. Raises Refused, alike for what does not
    exist and for what this person may not see."""
    announcement = announcements.find(db, announcement_id)
    if announcement is None or not may_see(db, announcement, person):
        raise Refused("board.refused.unknown")
    settled = [
        each
        for each in announcements.list_occurrences(db, announcement_id)
        if each.state in _BEGUN
    ]
    if not settled:
        raise Refused("board.refused.not_yet")
    at = next((n for n, each in enumerate(settled) if each.id == occurrence_id), None)
    if at is None:
        if occurrence_id is not None:
            raise Refused("board.refused.unknown")
        at = len(settled) - 1
    return _board(db, announcement, person, settled, at)


def is_changed_since(db: Connection, announcement: Announcement, at: datetime) -> bool:
    """Whether somebody changed its words, time or places after `at`."""
    changes = announcements.list_changes(db, announcement.id)
    return any(each.what == "changed" and each.at > at for each in changes)


def _board(
    db: Connection,
    announcement: Announcement,
    person: Person,
    settled: Sequence[Occurrence],
    at: int,
) -> Board:
    occurrence = settled[at]
    groups = [
        Group(fate_of(copy), copy.neighbourhood_id, copy.address_id, copy)
        for copy in boards.list_group_copies(db, occurrence.id)
    ]
    superseded = any(each.state != OccurrenceState.DROPPED.value for each in settled[at + 1 :])
    if not superseded:
        groups += _without(db, announcement, occurrence, groups)
    for_groups = is_for_groups(db, announcement)
    return Board(
        announcement,
        occurrence,
        tuple(sorted(groups, key=lambda group: ORDER[group.fate])),
        _private(db, occurrence, for_groups=for_groups),
        counts_of(db, occurrence.id) if announcement.asks_reading else (0, 0),
        may_chase(db, announcement, person),
        settled[at - 1].id if at else None,
        settled[at + 1].id if at + 1 < len(settled) else None,
        superseded,
        for_groups,
    )


def _private(db: Connection, occurrence: Occurrence, *, for_groups: bool) -> tuple[int, int]:
    if for_groups:
        said = said_to_have_it(db, occurrence) or 0
        return said, said
    people = copies.tallies(db, [occurrence.id]).get((occurrence.id, True), Tally())
    return people.sent, people.chats


def _without(
    db: Connection, announcement: Announcement, occurrence: Occurrence, groups: Sequence[Group]
) -> list[Group]:
    """The groups that have no copy: yet, or at all. One that was bound later, where its
    neighbourhood has a copy in another group, is not missed. Where the announcement was changed
    since, nobody knows any more for whom it was meant."""
    if occurrence.sent_at is None or is_changed_since(db, announcement, occurrence.sent_at):
        return []
    if any(tag for _, tag in announcements.list_aims(db, announcement.id)):
        return []
    chats = chats_without(db, announcement, occurrence)
    if occurrence.state == OccurrenceState.SENDING.value:
        return [Group(Fate.LEAVING, chat.neighbourhood_id, chat.address_id) for chat in chats]
    reached = {group.neighbourhood_id for group in groups}
    # It was broken off (actions/sending.py): each of them was meant.
    if occurrence.reason is not None:
        reached = set()
    left = [chat for chat in chats if chat.neighbourhood_id not in reached]
    found = [Group(Fate.MISSED, chat.neighbourhood_id, chat.address_id) for chat in left]
    known = {group.neighbourhood_id for group in (*groups, *found)}
    places = neighbourhoods_of(db, announcement)
    return found + [Group(Fate.MISSED, each) for each in places if each not in known]
