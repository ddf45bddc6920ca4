"""Words are measured as they will be sent, and every part of them fits."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lengths import part, parts, shortened, units


def sent(words: str) -> int:
    """What the messenger counts."""
    return len(html.escape(words, quote=False).encode("utf-16-le")) // 2


@pytest.mark.parametrize("words", ["", "a", "&", "<b>", "😀", "Cháy & nổ", '"quotes"'])
def test_words_are_measured_escaped_and_in_utf_16(words: str) -> None:
    assert units(words) == sent(words)


@given(st.text(alphabet="ab &<\n😀ế", max_size=200), st.integers(min_value=5, max_value=40))
def test_every_part_fits_and_no_word_is_lost(words: str, limit: int) -> None:
    found = parts(words, limit)
    assert all(0 < sent(each) <= limit for each in found)
    assert "".join("".join(found).split()) == "".join(words.split())


def test_words_are_parted_at_a_space() -> None:
    assert part("một hai ba bốn", 8) == ("một hai", "ba bốn")
    assert part("mộthaibabốn", 5) == ("mộtha", "ibabốn")


def test_what_is_shortened_says_so() -> None:
    assert shortened("một hai", 7) == "một hai"
    assert shortened("&&&", 14) == "&&…"
