"""Who is to get a post in private, a page at a time: one query finds those who have none yet, so
that of thousands of people only the next few are read.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, or_, select
from sqlalchemy.engine import Connection

from storage.announcement_tables import AnnouncementTarget, AudienceTag, Post
from storage.rows import table
from storage.tables import Address, Consent, Neighbourhood, Person

_ADDRESS = table(Address)
_CONSENT = table(Consent)
_NEIGHBOURHOOD = table(Neighbourhood)
_PERSON = table(Person)
_POST = table(Post)
_TAG = table(AudienceTag)
_TARGET = table(AnnouncementTarget)
_HAVE = _ADDRESS.alias("have")

Where = ColumnElement[bool]


class Recipient(NamedTuple):
    """One chat of a person; `chat_mark` is the same for one account with several bots. `reasons`
    are those of the ones asked for that hold for the person. `rank` is 0 with the bot that was
    asked for, else 1."""

    person_id: int
    neighbourhood_id: int
    address_id: int
    bot: str
    chat_mark: str
    rank: int
    reasons: frozenset[str]


class Whom(NamedTuple):
    """People who live somewhere and for whom at least one of these reasons holds, by its name;
    with this bot if possible."""

    living: Where
    reasons: Mapping[str, Where]
    bot: str


def living_in(places: Collection[int]) -> Where:
    """In one of these neighbourhoods."""
    return _PERSON.c.neighbourhood_id.in_(list(places))


def being(people: Collection[int]) -> Where:
    """One of these people."""
    return _PERSON.c.id.in_(list(people))


def living_outside(places: Collection[int]) -> Where:
    """In none of these neighbourhoods."""
    return _PERSON.c.neighbourhood_id.not_in(list(places))


def living_where(announcement_id: int) -> Where:
    """In one of the neighbourhoods to which an announcement goes."""
    targets = select(_TARGET.c.neighbourhood_id).where(
        _TARGET.c.announcement_id == announcement_id, _TARGET.c.neighbourhood_id.is_not(None)
    )
    return _PERSON.c.neighbourhood_id.in_(targets)


def living_in_ward(ward_code: str) -> Where:
    """In any neighbourhood of this ward."""
    around = select(_NEIGHBOURHOOD.c.id).where(_NEIGHBOURHOOD.c.ward_code == ward_code)
    return _PERSON.c.neighbourhood_id.in_(around)


def agreed(purposes: Collection[str]) -> dict[str, Where]:
    """The consents that hold, by their purpose."""
    holds = _CONSENT.c.given.is_(True) & _CONSENT.c.withdrawn_at.is_(None)
    own = holds & (_CONSENT.c.person_id == _PERSON.c.id)
    return {each: exists().where(own, _CONSENT.c.purpose == each) for each in sorted(purposes)}


def chose(tags: Collection[str]) -> dict[str, Where]:
    """The groups whose news somebody chose to hear, by their tag."""
    own = _TAG.c.person_id == _PERSON.c.id
    return {each: exists().where(own, _TAG.c.tag == each) for each in sorted(tags)}


def list_recipients(
    db: Connection,
    whom: Whom,
    limit: int,
    after: Recipient | None = None,
    without: Collection[int] = (),
) -> list[Recipient]:
    """The next ones behind `after`, chats with their bot first, the oldest chat first; of people
    and accounts without a copy of one of the occurrences `without`. Whoever has two chats may come
    twice."""
    rank = case((_ADDRESS.c.bot == whom.bot, 0), else_=1)
    names = tuple(whom.reasons)
    wanted = (
        select(
            _PERSON.c.id,
            _PERSON.c.neighbourhood_id,
            _ADDRESS.c.id,
            _ADDRESS.c.bot,
            _ADDRESS.c.chat_mark,
            rank,
            *(whom.reasons[name].label(f"reason_{n}") for n, name in enumerate(names)),
        )
        .join(_PERSON, _PERSON.c.id == _ADDRESS.c.person_id)
        .where(_ADDRESS.c.private.is_(True), _ADDRESS.c.unreachable_at.is_(None))
        .where(whom.living, or_(*whom.reasons.values()))
        .order_by(rank, _ADDRESS.c.id)
        .limit(limit)
    )
    if after is not None:
        further = (rank == after.rank) & (_ADDRESS.c.id > after.address_id)
        wanted = wanted.where((rank > after.rank) | further)
    if without:
        wanted = _without(wanted, without)
    found = []
    for row in db.execute(wanted):
        reasons = frozenset(name for name, holds in zip(names, row[6:], strict=True) if holds)
        person, place, address, bot, mark, at = row[:6]
        found.append(Recipient(person, place, address, bot, mark, at, reasons))
    return found


def _without(wanted: Select[Any], occurrence_ids: Collection[int]) -> Select[Any]:
    """NOT IN, which is worked out once: neither a person's addresses nor the chats of an account
    have an index of their own."""
    joined = _POST.join(_HAVE, _HAVE.c.id == _POST.c.address_id)
    have = _POST.c.occurrence_id.in_(list(occurrence_ids)) & _HAVE.c.person_id.is_not(None)
    people = select(_HAVE.c.person_id).select_from(joined).where(have)
    accounts = select(_HAVE.c.chat_mark).select_from(joined).where(have)
    return wanted.where(_PERSON.c.id.not_in(people), _ADDRESS.c.chat_mark.not_in(accounts))
