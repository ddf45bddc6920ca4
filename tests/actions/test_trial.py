"""As long as nobody answers for the bot, every receipt says that it does not reach the police,
and nothing beside that line claims otherwise.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from actions.handling import acknowledge, deal_with, pass_on, set_on_the_way
from actions.receipts import receipt_of
from bot.wording import LOCALES, Wording
from cli.catalogues import placeholders
from domain.incidents import Destination, Outcome
from domain.notices import Text
from storage import incidents
from tests.house import HOUSE, TRIAL
from tests.precinct import Precinct


@cache
def trial() -> Wording:
    return Wording()


@cache
def settled() -> Wording:
    return Wording(house=HOUSE)


def receipts_of_a_life(precinct: Precinct) -> list[Text]:
    """A receipt without a desk, on its way, there, taken, on the way, and over."""
    found = [receipt_of(precinct.db, precinct.report("THEFT", "Mất cái xe đạp")).text]
    precinct.room("-1")
    for kind in ("FIRE", "THEFT"):
        number = precinct.report(kind, "Chuyện bịa").id
        for step in steps(precinct, number, kind):
            step()
            found.append(receipt_of(precinct.db, incidents.get(precinct.db, number)).text)
    return [text for text in found if text]


def steps(precinct: Precinct, number: int, kind: str) -> Iterator[Callable[[], object]]:
    """From the card on its way to the end, one after the other."""
    db, an, now = precinct.db, precinct.an, precinct.now
    yield lambda: None
    yield precinct.deliver
    yield lambda: acknowledge(db, number, an, now)
    yield lambda: set_on_the_way(db, number, an, now)
    if kind == "FIRE":
        yield lambda: pass_on(db, number, Destination.FIRE_POLICE, an, now)
    else:
        yield lambda: deal_with(db, number, Outcome.SETTLED, an, now)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_receipt_says_it_and_none_does_with_the_data(
    precinct: Precinct, language: str
) -> None:
    receipts = receipts_of_a_life(precinct)
    assert len(receipts) == 11
    for text in receipts:
        assert TRIAL[language] in trial().say(text, language)
        said = settled().say(text, language)
        assert "CHẠY THỬ" not in said.upper()
        assert "TEST" not in said
        assert "\n\n" not in said


def test_the_number_to_call_stands_above_it(precinct: Precinct) -> None:
    said = trial().say(receipt_of(precinct.db, precinct.report("FIRE")).text or Text(""), "vi")
    assert "114" in said.split("\n")[0]
    assert TRIAL["vi"] in said.split("\n")[1]


def test_no_message_of_a_life_claims_to_come_from_the_police(precinct: Precinct) -> None:
    receipts_of_a_life(precinct)
    for notice in precinct.notices(precinct.resident_home):
        said = trial().say(notice.text or Text("text.nothing"), "vi")
        assert "Công an Phường" not in said
        assert "trực ban Công an" not in said


def test_who_answers_is_named_or_nobody() -> None:
    who = Text("house.controller")
    assert settled().say(who, "vi") == f"{HOUSE.name}, {HOUSE.address}, điện thoại {HOUSE.phone}"
    assert "chạy thử" in trial().say(who, "vi")
    assert settled().say(Text("house.trial"), "vi") == ""


@pytest.mark.parametrize(
    "path", sorted(LOCALES.rglob("*.po")), ids=lambda p: "/".join(p.parts[-2:])
)
def test_what_is_said_in_a_trial_stands_for_words_that_exist(path: Path) -> None:
    with path.open("rb") as file:
        words = {str(each.id): str(each.string) for each in read_po(file) if each.id}
    for key, said in words.items():
        if key.endswith(".trial") and key != "house.trial":
            whole = words.get(key.removesuffix(".trial"))
            # Another ".trial" beside no whole is an ordinary key (doctor.house.trial).
            if whole is not None:
                assert placeholders(said) <= placeholders(whole), key
