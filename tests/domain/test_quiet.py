"""What is quiet, by its kind or by its words, and when its reporter may be written to."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.kinds import KINDS
from domain.quiet import (
    ANY,
    DAY,
    NONE,
    QUIET,
    contact_of,
    is_quiet,
    is_told_quietly,
    suggests_quiet,
    wait_until,
)


def test_three_kinds_are_quiet_and_no_other() -> None:
    assert {code for code in KINDS if is_quiet(code)} == {"DV", "CHILD_ABUSE", "SEXUAL"} == QUIET


@pytest.mark.parametrize(
    "words",
    [
        "chồng đánh tôi", "chong toi danh toi", "em bị sàm sỡ trên xe buýt", "my husband beats me",
        "đêm qua ồn ào\nchồng đánh vợ",
    ],
)  # fmt: skip
def test_what_was_chosen_for_another_kind_is_quiet_by_its_words(words: str) -> None:
    assert is_told_quietly("ASSAULT", words)
    assert is_told_quietly("OTHER", words)
    assert suggests_quiet(words)
    # A fire is for everybody around, whoever laid it.
    assert not is_told_quietly("FIRE", words)


@pytest.mark.parametrize(
    "words", ["", "đèn đường hỏng", "có đám thanh niên đánh nhau", "hàng xóm hát karaoke", "alo"]
)
def test_other_words_are_not(words: str) -> None:
    assert not is_told_quietly("ASSAULT", words)
    assert not suggests_quiet(words)
    assert is_told_quietly("DV", words)


@pytest.mark.parametrize(
    ("choice", "stored"), [(ANY, ANY), (DAY, DAY), (NONE, NONE), ("", NONE), ("later", NONE)]
)
def test_who_did_not_say_is_not_written_to(choice: str, stored: str) -> None:
    assert contact_of(choice, quiet=True) == stored
    assert contact_of(choice, quiet=False) == ANY


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    """That time in Quảng Ninh, seven hours ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(8), None),
        (at(16, 59), None),
        (at(17), at(8, day=23)),
        (at(23, 59), at(8, day=23)),
        (at(0), at(8)),
        (at(7, 59), at(8)),
    ],
)
def test_by_day_is_from_eight_to_five(now: datetime, until: datetime | None) -> None:
    assert wait_until(DAY, now) == until
    assert wait_until(ANY, now) is None
