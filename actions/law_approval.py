"""Approving law items: a named person of the ward agrees to exactly the words that will be sent.
What was approved is looked at again whenever an item is sent, so that none goes out in other words
or past its day.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy.engine import Connection

from actions.law import held_law
from actions.standings import standings_of
from actions.ward_news import tell_ward
from content.law import FACTS_IN, FOLDER, LOCALES, load_law
from domain.access import may_approve_law, require_approve_law
from domain.errors import Refused
from domain.law import Held
from domain.notices import Param, Text, plain
from domain.wall_clock import day_of
from storage import law, posts, wards
from storage.announcement_tables import LawApproval
from storage.tables import Person, Ward

# What of an item nobody reads who reads its words; all else is agreed to.
_UNREAD: Final = ("pack", "audience", "occasions", "asked_as", "checked_by")
# So much of the hash stands in a button: enough to notice that the words changed.
SEAL_LETTERS: Final = 8
# An item that nobody can approve in the chat: only its file can be mended.
IN_FILE: Final = frozenset({Held.UNCERTAIN, Held.EXPIRED})
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits to be approved: `seal` is the beginning of the hash of its words."""

    item: str
    seal: str


def words_hash(item: str, folder: Path = FOLDER) -> str:
    """SHA-256 of what is agreed to, in every language, with its source and the last day."""
    said = [asdict(load_law(locale, folder)[item]) for locale in LOCALES]
    read = [{key: each[key] for key in each if key not in _UNREAD} for each in said]
    packed = json.dumps(read, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(packed.encode()).hexdigest()


def approved_items(db: Connection, ward_code: str, folder: Path = FOLDER) -> frozenset[str]:
    """The ids of the items whose present words stand approved in this ward."""
    return frozenset(
        each.item
        for each in law.list_approvals(db, ward_code)
        if each.words_hash == _hash_now(each.item, folder)
    )


def held_items(
    db: Connection, ward_code: str, now: datetime, folder: Path = FOLDER
) -> Mapping[str, Held]:
    """Why each item is held in this ward, by its id."""
    approved = approved_items(db, ward_code, folder)
    return _held(approved, day_of(now), folder)


def list_waiting(
    db: Connection, ward_code: str, now: datetime, folder: Path = FOLDER
) -> Sequence[Waiting]:
    """The items that somebody of the ward may approve now, in the order of the files."""
    approved = approved_items(db, ward_code, folder)
    held = _held(approved, day_of(now), folder)
    keys = [key for key, why in held.items() if key not in approved and why not in IN_FILE]
    return [Waiting(key, words_hash(key, folder)[:SEAL_LETTERS]) for key in keys]


def wards_of_approver(db: Connection, person: Person, served: Sequence[str]) -> Sequence[Ward]:
    """The wards of this bot for which this person may approve. Raises Refused where none."""
    standings = standings_of(db, person.id)
    around = wards.list_wards(db, served)
    found = [ward for ward in around if may_approve_law(standings, ward.code)]
    if not found:
        raise Refused("law.approvers_only")
    return found


def require_approver(db: Connection, person: Person, ward_code: str) -> None:
    """Raises Refused."""
    require_approve_law(standings_of(db, person.id), ward_code)


def approve(
    db: Connection,
    person: Person,
    ward_code: str,
    waiting: Waiting,
    now: datetime,
    folder: Path = FOLDER,
) -> None:
    """This person agreed to the words that they were shown. Raises Refused: for who may not,
    for words that changed since, and for what only its file can mend."""
    require_approver(db, person, ward_code)
    found = next(
        (each for each in list_waiting(db, ward_code, now, folder) if each == waiting), None
    )
    if found is None:
        raise Refused("law.approve.changed")
    law.approve(db, ward_code, waiting.item, words_hash(waiting.item, folder), person.id, now)


def withdraw(db: Connection, person: Person, ward_code: str, item: str, now: datetime) -> bool:
    """The ward does not stand behind this item any more; False where it did not. Raises
    Refused."""
    require_approver(db, person, ward_code)
    standing = [each for each in law.list_approvals(db, ward_code) if each.item == item]
    ended = [_end(db, each, now) for each in standing]
    return any(ended)


def watch_approvals(db: Connection, now: datetime, folder: Path = FOLDER) -> None:
    """A tick: what was approved and has other words now, or is past its day, is held; each ward
    is told once."""
    ended: dict[str, dict[str, list[str]]] = {}
    for each in law.list_approvals(db):
        why = _why_ended(each, day_of(now), folder)
        if why is not None and _end(db, each, now):
            ended.setdefault(each.ward_code, {}).setdefault(why, []).append(each.item)
    for ward_code, by_reason in ended.items():
        for why, items in by_reason.items():
            tell_ward(db, ward_code, Text(f"law.held.{why}", _listed(items, folder)), now)


def _why_ended(approval: LawApproval, today: date, folder: Path) -> str | None:
    item = load_law(FACTS_IN, folder).get(approval.item)
    if item is not None and today > item.review_by:
        return "expired"
    same = item is not None and approval.words_hash == words_hash(item.id, folder)
    return None if same else "changed"


def _end(db: Connection, approval: LawApproval, now: datetime) -> bool:
    """What is held of it in the chats of the ward is not sent either."""
    if not law.end_approval(db, approval.id, now):
        return False
    around = {each.id for each in wards.list_neighbourhoods(db, (approval.ward_code,))}
    for post in posts.list_held(db):
        if post.law_item == approval.item and post.neighbourhood_id in around:
            posts.give_up(db, post.outbox_id or 0)
    return True


def _held(approved: Collection[str], today: date, folder: Path) -> Mapping[str, Held]:
    return held_law(FACTS_IN, today, approved, folder)


def _hash_now(item: str, folder: Path) -> str | None:
    """None for an item that is not in the files any more."""
    return words_hash(item, folder) if item in load_law(FACTS_IN, folder) else None


def _listed(items: Iterable[str], folder: Path) -> dict[str, Param]:
    """How many, and the titles of the first."""
    known = load_law(FACTS_IN, folder)
    titles = [known[key].title if key in known else key for key in items]
    lines = tuple(Text("law.line", {"title": plain(each)}) for each in titles[:_NAMED])
    return {"number": len(titles), "lines": lines}
