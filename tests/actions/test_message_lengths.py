"""Whatever people write, every message about it fits into one: a card that came in two could
not be edited, and a long row that is refused half-way would be sent again from its start.
"""

import pytest

from actions import handling
from actions.additions import Addition, add_to_incident, answer_officer
from actions.cards import open_card
from actions.incidents import Occurred
from actions.mediations import take_mediation
from domain.incidents import Outcome, Place
from domain.notices import Pin
from domain.roles import Purpose, Role
from storage.people import change_person
from storage.tables import Address
from tests.actions.test_mediations import ask
from tests.precinct import BOT, Precinct, say

CARD, ROW = 3_800, 3_500
HOSTILE = ["&", "<", "😀", '"', "x", "& ", "ế "]


def lengths(precinct: Precinct, chat: Address) -> list[int]:
    """In UTF-16 units as sent, in the language that is longer."""
    return [
        max(len(say(n.text, locale).encode("utf-16-le")) // 2 for locale in ("vi", "en"))
        for n in precinct.notices(chat)
        if n.text
    ]


@pytest.mark.parametrize("letter", HOSTILE)
def test_a_card_fits_whatever_is_written_on_it(precinct: Precinct, letter: str) -> None:
    duty = precinct.room("-1")
    long = letter * 4_000
    incident = precinct.report(
        "OTHER",
        long,
        place=Place(long, long, Pin(20.9, 107.0)),
        occurred=Occurred("", long),
        name=long,
    )
    for officer in (precinct.an, precinct.binh):
        change_person(precinct.db, officer.id, name=letter.strip() * 99)
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.set_on_the_way(precinct.db, incident.id, precinct.an, precinct.now)
    for _ in range(2):
        handling.ask_reporter(precinct.db, incident.id, "Gì?", precinct.an, precinct.now)
    handling.deal_with(precinct.db, incident.id, Outcome.NOT_FOUND, precinct.an, precinct.now)
    card, *rest = lengths(precinct, duty)
    assert card < CARD
    assert rest
    assert max(rest) < ROW


@pytest.mark.parametrize("letter", HOSTILE)
@pytest.mark.parametrize("answers", [False, True])
def test_a_long_addition_goes_on_in_rows_that_fit(
    precinct: Precinct, letter: str, answers: bool
) -> None:
    duty = precinct.room("-1")
    incident = precinct.report("FIRE", "Cháy")
    deed = answer_officer if answers else add_to_incident
    deed(precinct.db, incident, Addition(BOT, letter * 4_000), precinct.now)
    assert max(lengths(precinct, duty)[1:]) < ROW
    assert sum(text.count(say_letter(letter)) for text in precinct.texts(duty)) >= 4_000
    open_card(precinct.db, precinct.again(incident), duty, precinct.now)
    assert max(lengths(precinct, duty)) < CARD


def say_letter(letter: str) -> str:
    """As it is escaped."""
    return {"&": "&amp;", "<": "&lt;"}.get(letter.strip(), letter.strip())


def test_a_story_of_ten_thousand_letters_arrives_whole(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    words = " ".join(f"chữ{n}" for n in range(1_500))
    precinct.report("NOISE", words)
    together = "\n".join(precinct.texts(duty))
    assert all(f"chữ{n}" in together for n in range(1_500))
    assert max(lengths(precinct, duty)) < ROW


@pytest.mark.parametrize("letter", HOSTILE)
def test_a_mediator_gets_the_whole_story_in_rows_that_fit(precinct: Precinct, letter: str) -> None:
    precinct.room("-9", Purpose.MEDIATION)
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    mediation = ask(precinct, subject=letter * 4_000, other_side=letter * 900)
    home = precinct.home(hoa)
    take_mediation(precinct.db, mediation.id, hoa, home, precinct.now)
    assert max(lengths(precinct, home)) < CARD
    assert sum(text.count(say_letter(letter)) for text in precinct.texts(home)) >= 4_900


def test_a_place_that_is_only_a_pin_takes_one_line(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    precinct.report(place=Place(pin=Pin(20.9, 107.0)))
    assert precinct.texts(duty)[0].count("định vị") == 1
    assert "Nơi: theo định vị, gửi bên dưới" in precinct.texts(duty)[0]
    precinct.report(place=Place("cổng chợ", "", Pin(20.9, 107.0)))
    assert "Nơi: cổng chợ\nCó cả định vị, gửi bên dưới" in "\n".join(precinct.texts(duty))
