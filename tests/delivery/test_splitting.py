"""Long texts: every part within the limit, markup whole in each, nothing lost."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.splitting import split, units

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=400)


def bare(text: str) -> str:
    """What a person reads, without white space, which a cut may eat."""
    return re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]+>", "", text)))


def is_balanced(text: str) -> bool:
    opened: list[str] = []
    for close, name in re.findall(r"<(/?)(\w+)[^>]*>", text):
        if not close:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


@given(st.lists(st.tuples(st.sampled_from(["", "b", "i", "code"]), WORDS), max_size=12))
def test_any_text_is_cut_into_whole_parts_that_fit(pieces: list[tuple[str, str]]) -> None:
    text = " ".join(
        f"<{tag}>{html.escape(words, quote=False)}</{tag}>" if tag else html.escape(words)
        for tag, words in pieces
    )
    parts = split(text, 120)
    assert all(units(part) <= 120 for part in parts)
    assert all(is_balanced(part) for part in parts)
    assert "".join(bare(part) for part in parts) == bare(text)


def test_a_cut_falls_after_a_sentence() -> None:
    assert split("Câu một dài vừa. Câu hai cũng vậy.", 20) == [
        "Câu một dài vừa.",
        "Câu hai cũng vậy.",
    ]


def test_a_short_text_stays_whole() -> None:
    assert split("Cháy ở đâu ạ?", 4096) == ["Cháy ở đâu ạ?"]
