"""A group that is answered for nothing stops reading; a cry for help that is not answered is
worse. Both are tried with what neighbours really write.
"""

import pytest

from domain.overheard import is_accusation, shouted_danger
from tests.domain.everyday import everyday
from tests.domain.group_talk import ACCUSATIONS, ORDINARY, cries, lines


def test_there_is_enough_ordinary_talk() -> None:
    assert len(lines(ORDINARY)) >= 50


@pytest.mark.parametrize("words", lines(ORDINARY))
def test_ordinary_talk_is_left_alone(words: str) -> None:
    assert shouted_danger(words) is None
    assert not is_accusation(words)


@pytest.mark.parametrize("words", [words for words, code in everyday() if code == "-"])
def test_small_talk_is_left_alone(words: str) -> None:
    assert shouted_danger(words) is None
    assert not is_accusation(words)


@pytest.mark.parametrize(("code", "words"), cries())
def test_a_cry_is_heard(code: str, words: str) -> None:
    danger = shouted_danger(words)
    assert danger is not None
    assert danger.kind_code == code
    assert not is_accusation(words)


@pytest.mark.parametrize("words", lines(ACCUSATIONS))
def test_an_accusation_is_recognised(words: str) -> None:
    assert is_accusation(words)
    assert shouted_danger(words) is None


@pytest.mark.parametrize("words", lines(ACCUSATIONS))
def test_a_question_about_it_is_none(words: str) -> None:
    assert not is_accusation(f"{words}, có đúng không ạ?")
    assert not is_accusation(f"Nghe nói {words}")


def test_of_nobody_in_particular_is_no_accusation() -> None:
    for words in ("đánh bạc là thua", "mất xe đạp rồi", "khu mình nhiều trộm quá"):
        assert not is_accusation(words)


def test_a_long_story_is_neither() -> None:
    long = "chuyện kể dài dòng " * 20
    assert shouted_danger(f"{long} cháy nhà ông Tư") is None
    assert not is_accusation(f"{long} nhà ông Tư bán ma túy")
