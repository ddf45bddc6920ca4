"""The number to call can be tapped below the alert's question, and changes nothing else."""

import pytest

from tests.handlers.street import Street

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 1")
    street.says(LAN, "xin chào")
    return street


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("cháy nhà rồi", "114"),
        ("có người bị đuối nước", "114"),
        ("đánh nhau ngoài chợ", "113"),
        ("cứu tôi với", "113"),
        ("/khancap", "113"),
    ],
)
def test_the_first_number_stands_below_the_question(ward: Street, said: str, number: str) -> None:
    asked = ward.says(LAN, said)
    assert asked.numbers == [number]
    assert asked.rows


@pytest.mark.parametrize("said", ["chồng đang đánh tôi", "con tôi bị xâm hại, cứu với"])
def test_nothing_stands_there_where_the_phone_must_say_nothing(ward: Street, said: str) -> None:
    assert ward.says(LAN, said).numbers == []


def test_a_typed_number_still_answers_the_question_above_it(ward: Street) -> None:
    ward.says(LAN, "cháy nhà rồi")
    answered = ward.says(LAN, "1")
    assert "receipt.body" in answered.keys
    assert answered.numbers == []


def test_it_comes_once_and_not_with_every_answer(ward: Street) -> None:
    assert ward.says(LAN, "cháy nhà rồi").numbers == ["114"]
    assert ward.says(LAN, "cháy to lắm").numbers == []
