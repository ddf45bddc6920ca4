"""Guesses that help more than they hurt: few, strong, and silent in small talk."""

import pytest

from domain.danger import danger_in
from domain.kinds import KINDS
from domain.recognition import find_kinds, guess_kinds
from tests.domain.everyday import everyday
from tests.domain.said import messages

DELICATE = {"SEXUAL", "EX_OFFENDER", "DRUG", "CHILD_ABUSE", "SOCIAL_EVIL"}


def codes_of(words: str) -> list[str]:
    return [guess.kind.code for guess in guess_kinds(words)]


def test_everyday_messages_find_their_kind() -> None:
    told = [(words, code) for words, code in everyday() if code != "-"]
    wrong = [(words, code) for words, code in told if codes_of(words)[:1] != [code]]
    lost = [(words, code) for words, code in told if code not in codes_of(words)]
    assert len(told) >= 100
    assert len(wrong) <= 0.05 * len(told), wrong
    assert len(lost) <= 0.03 * len(told), lost


@pytest.mark.parametrize("words", [words for words, code in everyday() if code == "-"])
def test_small_talk_brings_no_guess(words: str) -> None:
    assert codes_of(words) == []


def test_second_guesses_are_seldom_beside_the_point() -> None:
    told = [*messages(), *(pair for pair in everyday() if pair[1] != "-")]
    beside = [code for words, right in told for code in codes_of(words) if code != right]
    assert len(beside) <= 0.25 * len(told)


def test_what_hurts_is_never_guessed_from_single_words() -> None:
    told = [*messages(), *(pair for pair in everyday() if pair[1] != "-")]
    delicate = [
        (words, right, code)
        for words, right in told
        for code in codes_of(words)
        if code in DELICATE and code != right
    ]
    assert len(delicate) <= 3, delicate


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("ong noi bat tinh", ["MEDICAL"]),
        ("mất gà", ["THEFT"]),
        ("mat ga", ["THEFT"]),
        ("vay bao gio toi", []),
        ("thoi", []),
        ("gio", []),
        ("con gai toi", []),
        ("quan ca phe", []),
    ],
)
def test_guesses_that_once_insulted(words: str, codes: list[str]) -> None:
    assert codes_of(words) == codes


@pytest.mark.parametrize("words", ["thoi", "toi", "gio", "thôi", "vay", "da", "the"])
def test_typing_a_short_word_finds_nothing_delicate(words: str) -> None:
    assert not DELICATE & {kind.code for kind in find_kinds(words)}
    assert all(kind.code in KINDS for kind in find_kinds(words))


def test_slowly_is_no_danger_for_certain() -> None:
    danger = danger_in("tu tu da")
    assert danger is None or not danger.certain
    assert danger_in("từ từ đã") is None
    certain = danger_in("nó đòi tự tử")
    assert certain is not None
    assert certain.certain
