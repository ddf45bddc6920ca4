"""Words that a play-through found to be misread."""

import pytest

from domain.choices import yes_or_no
from domain.danger import danger_in
from domain.kinds import KINDS
from domain.overheard import shouted_danger
from domain.recognition import guess_kinds


@pytest.mark.parametrize("words", ["u", "ư", "uk", "ukm", "uhm", "ừ", "uh"])
def test_short_sounds_are_a_yes(words: str) -> None:
    assert yes_or_no(words) is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("trộm đang trong nhà", "THEFT"),
        ("trộm vào nhà tôi", "THEFT"),
        ("có người ngã xuống hồ", "RESCUE"),
        ("lửa lan sang nhà bên", "FIRE"),
        ("bà Năm bị ngã, chảy máu đầu", "MEDICAL"),
        ("có người bị ngất xỉu", "MEDICAL"),
        ("chồng em đang đánh em", "DV"),
    ],
)
def test_more_dangers_are_understood(words: str, code: str) -> None:
    danger = danger_in(words)
    assert danger is not None
    assert danger.kind_code == code
    assert code in KINDS


def test_a_hot_day_is_no_fire() -> None:
    assert danger_in("hôm nay trời nóng cháy da") is None
    assert shouted_danger("hôm nay trời nóng cháy da") is None


@pytest.mark.parametrize("words", ["công an phường đánh người", "công an đánh tôi"])
def test_a_complaint_about_the_police_is_offered_as_that_first(words: str) -> None:
    assert guess_kinds(words, 3)[0].kind.code == "OFFICIAL"
