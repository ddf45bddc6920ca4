"""Somebody who writes a novel holds nobody else up, and loses no word unsaid."""

import sys
from collections.abc import Callable

import pytest

from bot.flows.draft import Reply
from bot.flows.keeping import LONGEST_STORY
from bot.flows.outcomes import Kept, Retry
from domain import danger, phrases, recognition
from domain.danger import danger_in
from domain.recognition import guess_kinds
from tests.flows.talk import PHOTO, SECOND_PHOTO, Talk

NOVEL = ("nhà hàng xóm ồn ào quá nhiều chuyện lắm " * 102)[:4_000]
# Without accents every reading is tried, raw keys too.
BARE = ("ong hang xom on aof qua1 nhieu chuyen lam " * 102)[:4_000]
MESSAGES = 20


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many characters are looked at, each time that a text is read for its meaning."""
    seen: list[int] = []

    def counting(told: Callable[[str], phrases.Told]) -> Callable[[str], phrases.Told]:
        def count(words: str) -> phrases.Told:
            seen.append(len(words))
            return told(words)

        return count

    read = phrases.told
    for module in list(sys.modules.values()):
        if getattr(module, "told", None) is read:
            monkeypatch.setattr(module, "told", counting(read))
    return seen


@pytest.mark.parametrize("novel", [NOVEL, BARE])
def test_twenty_long_messages_cost_no_more_than_their_length(
    looked_at: list[int], novel: str
) -> None:
    talk = Talk("report")
    for number in range(MESSAGES):
        looked_at.clear()
        talk.says(novel)
        assert sum(looked_at) < 12 * LONGEST_STORY, f"message {number}"


@pytest.mark.parametrize("novel", [NOVEL, BARE])
def test_no_guess_reads_a_whole_novel_at_once(monkeypatch: pytest.MonkeyPatch, novel: str) -> None:
    seen: list[int] = []
    for module in (recognition, danger):
        read = module.told

        def count(words: str, read: Callable[[str], phrases.Told] = read) -> phrases.Told:
            seen.append(len(words))
            return read(words)

        monkeypatch.setattr(module, "told", count)
    guess_kinds(novel * 10)
    danger_in(novel * 10)
    assert max(seen) < 1_000
    assert sum(seen) < 3 * danger.LOOKED_AT * 2


def test_danger_is_found_late_in_a_long_story() -> None:
    found = danger_in(NOVEL + " giờ nhà nó cháy rồi, cháy nhà rồi")
    assert found is not None
    assert (found.kind_code, found.certain) == ("FIRE", True)
    assert danger_in(NOVEL) is None


@pytest.mark.parametrize("lead", range(100, 132))
def test_no_phrase_is_cut_between_two_pieces(lead: int) -> None:
    assert danger_in(f"{'a ' * lead}chồng bóp cổ {'b ' * 200}") is not None


def test_what_does_not_fit_the_story_is_said_and_what_to_do() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1", "số 5 ngõ 3", NOVEL, NOVEL)
    before = talk.draft.get("what").words
    talk.says(NOVEL)
    assert talk.draft.get("what").words == before
    assert isinstance(talk.outcome, Retry)
    assert talk.draft.step == "name"
    assert "chưa ghi thêm được" in talk.seen()
    assert "Bổ sung" in talk.seen()
    talk.says("thêm một câu ngắn nữa")
    assert talk.draft.get("what").words.endswith("một câu ngắn nữa")


def test_a_caption_that_does_not_fit_is_said_and_its_photo_kept() -> None:
    talk = Talk("report")
    talk.says(NOVEL, NOVEL)
    talk.replies(Reply(text=NOVEL, media=(PHOTO,), album="7"))
    assert "chưa ghi thêm được" in talk.seen()
    assert talk.draft.get("what").media == (PHOTO,)
    outcome = talk.replies(Reply(text=NOVEL, media=(SECOND_PHOTO,), album="7"))
    assert isinstance(outcome, Kept)
    assert outcome.note is not None
    assert outcome.note.key == "flow.full"
    assert len(talk.draft.get("what").media) == 2


def test_a_mediation_says_that_the_rest_can_be_told_when_they_meet() -> None:
    talk = Talk("mediation")
    talk.taps("no")
    talk.replies(Reply(text=NOVEL, media=(PHOTO,)))
    talk.replies(Reply(text=NOVEL, media=(SECOND_PHOTO,)))
    talk.replies(Reply(text=NOVEL, media=(PHOTO,)))
    assert "gặp hòa giải viên" in talk.seen()
    assert len(talk.draft.get("subject").words) < LONGEST_STORY
