"""An officer writes down a call: by typing alone, in every dialect, with files and a pin."""

import pytest

from bot.flows.outcomes import Finish, Review
from bot.flows.recording import RECORDING
from tests.flows.talk import PHOTO, PIN, UNKNOWN_PLACE, Talk
from tests.flows.test_text_alone import DIALECTS

STORY = "Hàng xóm hát karaoke to quá, có người gọi tới"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("source", ["call", "forwarded", "visit", "other"])
def test_it_is_completed_by_typing(source: str, dialect: str) -> None:
    typed = DIALECTS[dialect]
    talk = Talk("recording", UNKNOWN_PLACE)
    talk.says(STORY)
    talk.says(typed(talk, talk.prompt.choices[0].value))
    assert talk.draft.step == "source"
    talk.says(typed(talk, source))
    assert talk.draft.get("source").choice == source
    talk.says(typed(talk, "5"), "ngõ 5")
    assert isinstance(talk.outcome, Review)
    assert talk.asked <= 6
    talk.says(typed(talk, "send"))
    assert isinstance(talk.outcome, Finish)
    assert talk.draft.get("what").words == STORY


def test_no_name_is_asked_and_no_advice_given() -> None:
    talk = Talk("recording", UNKNOWN_PLACE)
    talk.says("Nhà đang cháy to")
    talk.taps("FIRE")
    assert "113" not in talk.seen()
    assert talk.step.name == "source"
    assert "name" not in [step.name for step in RECORDING.steps]


def test_what_was_forwarded_is_known_and_can_be_corrected() -> None:
    talk = Talk("recording", {**UNKNOWN_PLACE, "forwarded": True})
    talk.says(STORY)
    talk.taps("NOISE")
    assert talk.draft.step == "neighbourhood"
    assert talk.draft.get("source").choice == "forwarded"
    talk.taps("5", "unknown", "change", "line-source", "visit")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("source").choice == "visit"


def test_files_and_a_pin_are_kept() -> None:
    talk = Talk("recording", UNKNOWN_PLACE)
    talk.sends(PHOTO)
    talk.pins()
    assert talk.draft.get("what").media == (PHOTO,)
    assert talk.draft.get("place").pin == PIN
