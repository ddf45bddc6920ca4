"""How well free words find their kind, measured on what residents might write."""

import pytest

from domain.kinds import KINDS, kind
from domain.recognition import find_kinds, guess_kinds
from tests.domain.said import messages
from tests.domain.test_kinds import catalogue


def test_most_messages_find_their_kind() -> None:
    wrong, lost = [], []
    for words, code in messages():
        codes = [guess.kind.code for guess in guess_kinds(words)]
        if codes[:1] != [code]:
            wrong.append((words, code, codes))
        if code not in codes:
            lost.append((words, code, codes))
    total = len(messages())
    assert total >= 150
    assert len(wrong) <= 0.10 * total, wrong
    assert len(lost) <= 0.03 * total, lost


def test_what_is_called_certain_is_seldom_wrong() -> None:
    certain = [
        (guesses[0].kind.code, code)
        for words, code in messages()
        if (guesses := guess_kinds(words)) and guesses[0].certain
    ]
    wrong = [pair for pair in certain if pair[0] != pair[1]]
    assert len(certain) >= 0.7 * len(messages())
    assert len(wrong) <= 0.03 * len(certain), wrong


def test_the_table_covers_every_kind_but_other() -> None:
    assert {code for _, code in messages()} == set(KINDS) - {"OTHER"}


@pytest.mark.parametrize(
    "words",
    ["dang chay xe", "com chay", "no tien", "bi danh", "dang chay", "chay xe", "chay nuoc", "cuu"],
)
def test_folded_traps_are_never_certain(words: str) -> None:
    assert not any(guess.certain for guess in guess_kinds(words))


@pytest.mark.parametrize("words", ["", "xin chào", "ok", "???", "🙂", "123", "ban cho em hoi"])
def test_small_talk_means_no_kind(words: str) -> None:
    assert guess_kinds(words) == ()


def test_only_the_first_guess_can_be_certain_and_the_limit_holds() -> None:
    guesses = guess_kinds("mất trộm xe, đánh nhau, karaoke ồn ào, đổ rác", limit=2)
    assert len(guesses) == 2
    assert not guesses[1].certain


def test_accents_decide_where_they_are_typed() -> None:
    assert guess_kinds("nhà đang cháy")[0].kind is kind("FIRE")
    assert not any(guess.kind.code == "FIRE" for guess in guess_kinds("tôi đang chạy xe ôm"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_label_finds_its_kind(language: str) -> None:
    words = catalogue(language, "kind")
    for each in KINDS.values():
        for part in words[each.label_key].split(", ")[:1]:
            assert each in find_kinds(part), (each.code, part)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("trộm", "THEFT"),
        ("trom", "THEFT"),
        ("tro", "THEFT"),
        ("chay", "FIRE"),
        ("bao chay!!", "FIRE"),
        ("lừa", "SCAM"),
        ("karaok", "NOISE"),
        ("karaoke", "NOISE"),
        ("kaaroke", "NOISE"),
        ("ma tuý", "DRUG"),
        ("tam tru", "RESIDENCE"),
        ("theft", "THEFT"),
        ("SEA_SOS", "SEA_SOS"),
        ("dv", "DV"),
        ("gop y", "IDEA"),
    ],
)
def test_typing_ahead(query: str, code: str) -> None:
    assert kind(code) in find_kinds(query)[:2]


def test_typing_nothing_finds_nothing() -> None:
    assert find_kinds(" .. ") == ()
    assert len(find_kinds("a", limit=3)) <= 3
