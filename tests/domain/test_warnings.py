"""How far a warning about an incident may go, kind by kind."""

import pytest

from domain.kinds import KINDS
from domain.quiet import QUIET
from domain.routing import Recipient, recipients_of
from domain.urgency import Urgency
from domain.warnings import (
    LONGEST,
    Reach,
    lasts_for,
    names,
    quotes,
    reach_of,
    suggestion_key,
)
from tests.flows.catalogues import catalogue


@pytest.mark.parametrize("code", sorted(QUIET))
def test_what_is_quiet_is_never_warned_of(code: str) -> None:
    assert reach_of(code) is Reach.NEVER


@pytest.mark.parametrize("code", KINDS)
def test_a_quiet_incident_is_never_warned_of_whatever_its_kind(code: str) -> None:
    assert reach_of(code, quiet=True) is Reach.NEVER


@pytest.mark.parametrize("code", KINDS)
def test_only_what_neighbours_may_hear_of_is_warned_of_freely(code: str) -> None:
    told = any(Recipient.NEIGHBOURHOOD in recipients_of(code, level) for level in Urgency)
    assert (reach_of(code) is Reach.FREELY) is told


@pytest.mark.parametrize(
    ("code", "reach"),
    [
        ("DRUG", Reach.GENERALLY), ("GAMBLING", Reach.GENERALLY), ("ASSAULT", Reach.GENERALLY),
        ("LOAN_SHARK", Reach.GENERALLY), ("BORDER", Reach.GENERALLY), ("NOISE", Reach.GENERALLY),
        ("SUICIDE_RISK", Reach.NEVER), ("MEDICAL", Reach.NEVER), ("OFFICIAL", Reach.NEVER),
        ("THEFT", Reach.CAREFULLY), ("SCAM", Reach.CAREFULLY), ("MISSING", Reach.CAREFULLY),
        ("STRANGER", Reach.CAREFULLY), ("OTHER", Reach.CAREFULLY), ("FIRE", Reach.FREELY),
        ("RESCUE", Reach.FREELY), ("DISASTER", Reach.FREELY),
    ],
)  # fmt: skip
def test_what_accuses_is_only_prevented_in_general(code: str, reach: Reach) -> None:
    assert reach_of(code) is reach


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_has_words_in_both_languages_and_a_time(code: str) -> None:
    key = suggestion_key(code, reach_of(code))
    for language in ("vi", "en"):
        assert catalogue(language)[key]
    assert lasts_for(code) <= LONGEST


def test_the_reporters_own_sentence_is_recognised() -> None:
    told = "Nhà ông Bịa ngõ 5 bán thứ gì đó mỗi đêm, tôi ở đối diện"
    assert quotes("Bà con chú ý: nha ong bia ngo 5 ban thu gì đó", told, closely=False)
    assert not quotes("Bà con chú ý khóa cửa", told, closely=True)
    assert quotes("Chú ý mất xe đạp xanh ở cổng", "mất xe đạp xanh", closely=True)
    assert not quotes("Chú ý mất xe đạp xanh ở cổng", "mất xe đạp xanh", closely=False)
    assert not quotes("mất xe đạp", "mất xe đạp", closely=True)


def test_a_whole_name_is_recognised_and_a_single_word_is_none() -> None:
    assert names("xin hỏi bà nguyen thi bia", "Nguyễn Thị Bịa")
    assert not names("bà con chú ý", "Chú")
    assert not names("bà con chú ý", "")
