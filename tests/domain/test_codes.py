"""Codes are read out over the telephone and typed by elders: mistakes must be noticed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import (
    WrongCheckDigit,
    new_code,
    new_invite,
    parse_code,
    parse_invite,
    spoken,
)

SEEDS = st.integers(0, 2**32)


def code_from(seed: int) -> str:
    return new_code(random.Random(seed).randrange)


def invite_from(seed: int) -> str:
    return new_invite(random.Random(seed).randrange)


@given(SEEDS)
def test_a_code_is_found_however_it_is_written(seed: int) -> None:
    code = code_from(seed)
    assert len(code) == 8
    assert code[0] != "0"
    shown = spoken(code)
    assert shown == f"{code[:4]} {code[4:]}"
    for text in (
        code,
        shown,
        shown.replace(" ", "."),
        shown.replace(" ", "-"),
        f"mã của tôi là {shown} ạ",
        f"khu 5, mã: {shown}.",
        " ".join(code),
        code.translate({48 + n: 0xFF10 + n for n in range(10)}),
    ):
        assert parse_code(text) == code


@given(SEEDS, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(seed: int, place: int, by: int) -> None:
    code = code_from(seed)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    with pytest.raises(WrongCheckDigit) as failure:
        parse_code(wrong)
    assert not failure.value.args


@given(SEEDS, st.integers(0, 6))
def test_swapped_neighbours_are_noticed(seed: int, place: int) -> None:
    code = code_from(seed)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(WrongCheckDigit):
            parse_code(swapped)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "không nhớ mã",
        "0912 345 678",
        "20.11.2026",
        "2026-11-20",
        "1234567",
        "123456789",
        "A1B2",
    ],
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert parse_code(text) is None


@given(SEEDS)
def test_an_invitation_is_found_and_is_no_receipt(seed: int) -> None:
    invite = invite_from(seed)
    assert len(invite) == 8
    assert not set(invite) & set("0O1IL")
    parted = f"{invite[:4]}-{invite[4:]}"
    for text in (invite, invite.lower(), parted, " ".join(invite), f"mã mời {parted} nhé"):
        assert parse_invite(text) == invite
    assert parse_code(invite) is None


@given(SEEDS)
def test_a_receipt_is_no_invitation(seed: int) -> None:
    assert parse_invite(code_from(seed)) is None
    assert parse_invite(spoken(code_from(seed))) is None


@pytest.mark.parametrize(
    "text", ["", "tham gia", "MEETINGS", "xin chao bac", "K7TR-WX2", "0912345678"]
)
def test_words_are_no_invitations(text: str) -> None:
    assert parse_invite(text) is None
