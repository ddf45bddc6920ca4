"""Without a name, a pin or a voice may still show who writes: asked once, and honoured."""

import pytest

from bot.flows.draft import Answer, Reply
from bot.flows.outcomes import Ask, Finish, Kept, Review
from bot.flows.traces_step import was_warned
from domain.notices import Media, Pin
from tests.flows.catalogues import say
from tests.flows.talk import CONTEXT, PHOTO, PIN, VOICE, Talk

VIDEO = Media("video", "video-1", 1000)
WITHHELD = {**CONTEXT, "withheld": True}


def told(*media: Media, pin: Pin | None = None, words: str = "rác đổ đầy ngõ") -> Talk:
    """A report that was answered as far as the name."""
    talk = Talk("report")
    if media:
        talk.sends(*media, caption=words)
    else:
        talk.says(words)
    if talk.draft.step == "kind":
        talk.taps("ENV")
    if pin:
        talk.pins(pin)
    else:
        talk.says("ngõ 5")
    assert talk.draft.step == "name", talk.draft
    return talk


@pytest.mark.parametrize("media", [(), (PHOTO,), (Media("document", "d", 1),)])
def test_words_and_photos_raise_no_question(media: tuple[Media, ...]) -> None:
    talk = told(*media)
    talk.taps("no")
    assert isinstance(talk.outcome, Review)
    assert not was_warned(talk.draft)


@pytest.mark.parametrize("media", [(VOICE,), (VIDEO,), (Media("audio", "a", 1), PHOTO)])
def test_with_the_name_nothing_is_asked(media: tuple[Media, ...]) -> None:
    talk = told(*media, pin=PIN)
    talk.taps("yes")
    assert isinstance(talk.outcome, Review)
    assert not was_warned(talk.draft)


@pytest.mark.parametrize(
    ("media", "pin", "says", "choices"),
    [
        ((), PIN, "định vị", ["Vẫn gửi", "Bỏ định vị"]),
        ((VOICE,), None, "giọng nói", ["Vẫn gửi", "Bỏ ghi âm, video"]),
        (
            (VIDEO,),
            PIN,
            "định vị",
            ["Gửi cả hai", "Bỏ định vị", "Bỏ ghi âm, video", "Bỏ cả hai"],
        ),
    ],
)
def test_only_what_applies_is_offered_and_all_can_be_sent(
    media: tuple[Media, ...], pin: Pin | None, says: str, choices: list[str]
) -> None:
    talk = told(*media, pin=pin)
    talk.taps("no")
    assert isinstance(talk.outcome, Ask)
    assert says in talk.seen()
    assert talk.labels() == choices
    talk.says("1")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("what").media == media
    assert talk.draft.get("place").pin == pin
    assert was_warned(talk.draft)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_its_labels_can_be_typed(language: str) -> None:
    for media, pin in (((), PIN), ((VOICE,), None), ((VOICE,), PIN)):
        talk = told(*media, pin=pin)
        talk.taps("no")
        for label, option in zip(talk.labels(language), talk.prompt.choices, strict=True):
            again = told(*media, pin=pin)
            again.taps("no")
            tapped = told(*media, pin=pin)
            tapped.taps("no", option.value)
            again.says(label)
            assert again.draft == tapped.draft, label


def test_a_voice_that_is_left_out_is_gone(talk_with_both: Talk) -> None:
    talk = talk_with_both
    talk.says("bỏ ghi âm")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("what") == Answer(words="rác đổ đầy ngõ")
    assert talk.draft.get("place").pin == PIN
    assert "voice-1" not in str(talk.draft.to_json())


@pytest.fixture
def talk_with_both() -> Talk:
    talk = told(VOICE, pin=PIN)
    talk.taps("no")
    return talk


def test_where_the_pin_was_all_there_was_the_place_is_asked_in_words(talk_with_both: Talk) -> None:
    talk = talk_with_both
    talk.says("bo ca hai")
    assert talk.draft.step == "place"
    talk.says("đầu ngõ 5")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("place") == Answer(words="đầu ngõ 5")
    assert not talk.draft.get("what").media


def test_where_the_voice_was_all_there_was_words_are_asked_for() -> None:
    talk = told(VOICE, words="")
    talk.taps("no", "recording_out")
    assert talk.draft.step == "what"
    talk.says("rác đổ đầy ngõ")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("what") == Answer(words="rác đổ đầy ngõ")


def test_what_comes_after_the_answer_is_asked_about_too() -> None:
    talk = told(pin=PIN)
    talk.taps("no", "pin_sent")
    assert isinstance(talk.outcome, Review)
    talk.sends(VOICE)
    assert talk.draft.step == "traces"
    talk.taps("recording_out")
    assert isinstance(talk.outcome, Review)
    talk.sends(VIDEO)
    assert talk.draft.step == "traces"
    talk.taps("both_sent", "send")
    assert isinstance(talk.outcome, Finish)
    assert talk.draft.get("what").media == (VIDEO,)


def test_a_pin_that_was_left_out_and_comes_again_is_asked_about_again() -> None:
    talk = told(pin=PIN)
    talk.taps("no", "pin_out")
    talk.says("ngõ 5")
    assert isinstance(talk.outcome, Review)
    talk.pins()
    assert talk.draft.step == "traces"


def test_who_changes_to_no_name_in_the_review_is_asked() -> None:
    talk = told(VOICE)
    talk.taps("yes")
    talk.says("không nêu tên")
    assert talk.draft.step == "traces"
    assert isinstance(talk.outcome, Ask)


def test_an_addition_to_a_report_without_a_name_is_asked_about() -> None:
    talk = Talk("addition", WITHHELD)
    talk.sends(VOICE)
    assert "giọng nói" in talk.seen()
    assert not isinstance(talk.outcome, Finish)
    talk.taps("recording_sent")
    assert isinstance(talk.outcome, Finish)
    assert talk.draft.get("more").media == (VOICE,)


def test_the_rest_of_an_album_waits_with_its_first() -> None:
    talk = Talk("addition", WITHHELD)
    talk.replies(Reply(media=(VIDEO,), album="7"))
    talk.replies(Reply(media=(Media("video", "video-2", 1),), album="7"))
    assert isinstance(talk.outcome, Kept)
    talk.taps("recording_sent")
    assert len(talk.draft.get("more").media) == 2


def test_an_addition_with_a_name_goes_at_once() -> None:
    talk = Talk("addition")
    talk.sends(VOICE)
    assert isinstance(talk.outcome, Finish)


def test_words_alone_go_at_once() -> None:
    talk = Talk("addition", WITHHELD)
    talk.says("thêm một chuyện nữa")
    assert isinstance(talk.outcome, Finish)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_question_of_the_name_says_three_truths_and_promises_nothing(language: str) -> None:
    talk = told()
    asked = say(talk.prompt.question, language)
    for truth in (("công an", "police"), ("có khóa", "locked"), ("tài khoản", "account")):
        assert truth[language == "en"] in asked
    assert "tuyệt đối" not in asked
    assert len(asked) <= 420
