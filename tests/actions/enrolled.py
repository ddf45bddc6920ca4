"""Invented people who agreed to get posts in private, for the tests of what comes to them."""

from actions import consents
from domain.consent import QUESTIONS, ConsentPurpose
from storage.addresses import add_address, add_person
from storage.people import change_person
from storage.tables import Address, Person
from tests.actions.speakers import Speakers
from tests.precinct import BOT

URGENT, CONFIRM = ConsentPurpose.URGENT, ConsentPurpose.CONFIRM


def agrees(town: Speakers, person: Person, *purposes: ConsentPurpose) -> None:
    """A yes to each of these questions, now."""
    for each in purposes:
        shown = consents.Shown(QUESTIONS[each], "lời bịa", "vi", BOT, town.now)
        consents.record(town.db, person, each, True, shown, town.now)


def enrols(
    town: Speakers,
    name: str,
    chat: str,
    *purposes: ConsentPurpose,
    at: int | None = None,
    house: str | None = None,
    bot: str = BOT,
) -> tuple[Person, Address]:
    """Somebody of Khu 2, or of `at`, with a private chat."""
    person = add_person(town.db, name, "vi", town.now)
    change_person(town.db, person.id, neighbourhood_id=at or town.khu2, house=house)
    home = add_address(town.db, bot, chat, town.now, person_id=person.id)
    agrees(town, person, *purposes)
    return town.precinct.owner(home), home
