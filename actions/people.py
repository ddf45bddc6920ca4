"""Who wrote, and from where: found in one query on every update, made on the first.

A person is known by their private chat with a bot. Who has only written in a group has such
an address too, marked as unreachable until they open it, so that they stay one person.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from domain.consent import RECEIVING
from storage.addresses import add_address, add_person, set_unreachable
from storage.consents import has_standing
from storage.people import Known, change_address, change_person, find_known, migrate_group
from storage.tables import Address, Person

LOCALES: Final = ("vi", "en")
# Who is silent is known to the day: a write for every message would cost more than it tells.
SEEN_AGAIN_AFTER: Final = timedelta(days=1)


class Arrival(NamedTuple):
    """`home` is the person's private chat with this bot, None where it cannot be written to."""

    address: Address
    person: Person
    home: Address | None


def arrive(
    db: Connection,
    *,
    bot: str,
    chat: str,
    private: bool,
    title: str,
    sender_id: str,
    sender_name: str,
    language: str | None,
    now: datetime,
) -> Arrival:
    """Find or make the chat and the sender; nothing is written where nothing changed.

    `title` and `sender_name` as the messenger shows them ("" changes nothing), `language` its
    IETF tag. A private chat has the id of its person, as on Telegram and Zalo.
    """
    sender = _Sender(bot, chat if private else sender_id, sender_name, language, private)
    known = find_known(db, bot, chat, sender.chat)
    home, person = _owner(db, sender, known.get(sender.chat), now)
    if private:
        return Arrival(home, person, home)
    group = known[chat].address if chat in known else None
    return Arrival(
        _group(db, bot, chat, group, title, now),
        person,
        home if home.unreachable_at is None else None,
    )


def arrive_group(db: Connection, bot: str, chat: str, title: str, now: datetime) -> Address:
    """The same for a group of which nobody knows who wrote."""
    known = find_known(db, bot, chat)
    return _group(db, bot, chat, known[chat].address if chat in known else None, title, now)


def set_locale(db: Connection, person: Person, locale: str) -> None:
    """The language that this person chose. Raises ValueError for one that we do not speak."""
    if locale not in LOCALES:
        raise ValueError(f"no catalogue for {locale!r}")
    change_person(db, person.id, locale=locale)
    person.locale = locale


def note_reported_from(db: Connection, person: Person, neighbourhood_id: int) -> None:
    """Where this person reports from, until they report from elsewhere; who left a house with
    the bot, or gets the news of a neighbourhood, lives there, wherever they report from."""
    if not person.house and not has_standing(db, person.id, RECEIVING):
        set_neighbourhood(db, person, neighbourhood_id)


def set_neighbourhood(db: Connection, person: Person, neighbourhood_id: int) -> None:
    """Where this person lives, or reports from as long as nobody knows that."""
    if person.neighbourhood_id != neighbourhood_id:
        change_person(db, person.id, neighbourhood_id=neighbourhood_id)
        person.neighbourhood_id = neighbourhood_id


def set_reachable(db: Connection, address: Address, reachable: bool, now: datetime) -> None:
    """The person blocked the bot, or let it in again; a repeat changes nothing."""
    if reachable != (address.unreachable_at is None):
        address.unreachable_at = None if reachable else now
        set_unreachable(db, address.id, address.unreachable_at)


def migrate(db: Connection, address: Address, chat: str, now: datetime) -> Address:
    """The group lives on as `chat`, however often and in whatever order that is said: its
    address from now on."""
    return migrate_group(db, address, chat, now)


class _Sender(NamedTuple):
    """Who wrote: `chat` is their private one, `private` whether they wrote there."""

    bot: str
    chat: str
    name: str
    language: str | None
    private: bool


def _owner(
    db: Connection, sender: _Sender, known: Known | None, now: datetime
) -> tuple[Address, Person]:
    """The private chat and its person, brought up to date or made."""
    if known is None or known.person is None:
        return _newcomer(db, sender, now)
    address, person = known.address, known.person
    if sender.name and person.name != sender.name:
        person.name = sender.name
        change_person(db, person.id, name=sender.name)
    if person.seen_at is None or now - person.seen_at >= SEEN_AGAIN_AFTER:
        person.seen_at, person.asked_at = now, None
        change_person(db, person.id, seen_at=now, asked_at=None)
    if sender.private:
        # Whoever writes in private can be written to.
        set_reachable(db, address, True, now)
    return address, person


def _newcomer(db: Connection, sender: _Sender, now: datetime) -> tuple[Address, Person]:
    locale = "en" if (sender.language or "").lower().startswith("en") else "vi"
    person = add_person(db, sender.name, locale, now)
    address = add_address(db, sender.bot, sender.chat, now, person_id=person.id)
    if not sender.private:
        set_reachable(db, address, False, now)
    return address, person


def _group(
    db: Connection, bot: str, chat: str, known: Address | None, title: str, now: datetime
) -> Address:
    if known is None:
        return add_address(db, bot, chat, now, title=title)
    if title and known.title != title:
        known.title = title
        change_address(db, known.id, title=title)
    return known
