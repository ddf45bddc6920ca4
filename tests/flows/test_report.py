"""The report: numbers to call, what arrives out of turn, and who else may take it over."""

import pytest

from bot.flows.calling import call_line
from bot.flows.draft import Answer, Draft
from bot.flows.outcomes import Ask, Finish, Kept, Retry, Review, Switch
from domain.kinds import GROUPS, KINDS
from domain.notices import Pin
from tests.flows.catalogues import say
from tests.flows.talk import (
    CONTEXT,
    KHU,
    PHOTO,
    PIN,
    SECOND_PHOTO,
    UNKNOWN_PLACE,
    VOICE,
    Talk,
)


def first_line(talk: Talk, language: str = "vi") -> str:
    return talk.seen(language).split("\n")[0]


def test_the_number_stands_first_in_every_question_until_the_end() -> None:
    talk = Talk("report", UNKNOWN_PLACE)
    for words in ("nhà đang cháy to lắm", "1", "viết tiếp", "blah", "khu 5", "2", "không nêu tên"):
        talk.says(words)
        assert "114" in first_line(talk)
        assert "114" in first_line(talk, "en")
    assert isinstance(talk.outcome, Review)
    talk.says("sửa nơi")
    assert "114" in first_line(talk)


def test_the_kind_alone_brings_the_number() -> None:
    talk = Talk("report")
    talk.says("xyz")
    talk.taps("danger", "MEDICAL")
    assert "GỌI NGAY 115" in first_line(talk)


def test_advice_is_given_once() -> None:
    talk = Talk("report")
    talk.says("nhà đang cháy", "1")
    assert "cúi thấp dưới khói" in talk.seen()
    talk.says("viết tiếp")
    assert "cúi thấp dưới khói" not in talk.seen()


def test_a_calm_report_has_no_number_above_it() -> None:
    talk = Talk("report")
    for words in ("rác không dọn cả tuần", "1", "ngõ 5", "1"):
        talk.says(words)
        assert "GỌI NGAY" not in talk.seen()


def test_danger_in_a_later_answer_brings_the_number() -> None:
    talk = Talk("report")
    talk.says("có người lạ", "người lạ", "trước nhà, đang đánh nhau rồi")
    assert "113" in first_line(talk)


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("words", ["", "đang cháy, có người cầm dao", "help me"])
def test_every_kind_has_its_line_in_both_languages(code: str, words: str) -> None:
    line = call_line(KINDS[code], Draft("report", answers={"what": Answer(words=words)}))
    if words:
        assert line is not None
    for language in ("vi", "en"):
        assert line is None or say(line, language).startswith("📞")


def test_guesses_come_first_and_something_else_leads_to_the_groups() -> None:
    talk = Talk("report")
    talk.says("hàng xóm cãi nhau, lấn đất")
    assert talk.prompt.choices[0].value == "DISPUTE"
    assert talk.prompt.choices[-1].value == "others"
    talk.taps("others")
    assert [option.value for option in talk.prompt.choices] == [group.code for group in GROUPS]


def test_every_kind_is_reached_by_buttons() -> None:
    for group in GROUPS:
        talk = Talk("report")
        talk.says("xyz")
        talk.taps(group.code)
        seen = {option.value for option in talk.prompt.choices}
        while not {*group.kinds, "OTHER"} <= seen:
            before = set(seen)
            for _ in range(4):
                talk.taps("_more")
                seen |= {option.value for option in talk.prompt.choices}
            assert seen != before


def test_a_kind_is_found_by_typing() -> None:
    talk = Talk("report")
    talk.says("xyz", "ma túy")
    assert talk.draft.get("kind").choice == "DRUG"
    talk = Talk("report")
    talk.says("xyz", "lừa đảo")
    assert talk.draft.get("kind").choice == "SCAM"


def test_several_kinds_are_offered_and_none_is_said() -> None:
    talk = Talk("report")
    talk.says("xyz", "chó")
    assert isinstance(talk.outcome, Ask)
    assert talk.draft.step == "kind"
    assert talk.prompt.choices[0].value == "ANIMAL"
    assert talk.prompt.choices[-1].value == "OTHER"
    talk = Talk("report")
    talk.says("xyz", "qwrtp")
    assert isinstance(talk.outcome, Retry)
    assert talk.outcome.reason.key == "report.kind.unclear"
    talk.taps("_skip")
    assert talk.draft.get("kind").choice == "OTHER"


def test_a_story_beside_the_question_is_added_to_it() -> None:
    talk = Talk("report")
    talk.sends(PHOTO)
    assert talk.draft.step == "kind"
    talk.says("trộm xe máy ở sân nhà bà Mẫu")
    assert talk.draft.get("what") == Answer(words="trộm xe máy ở sân nhà bà Mẫu", media=(PHOTO,))
    assert talk.draft.get("kind").choice == "THEFT"
    talk.says("ngõ 5", "nó đi về phía cầu rồi")
    assert isinstance(talk.outcome, Retry)
    assert talk.outcome.reason.key == "flow.added.words"
    assert talk.draft.get("what").words.endswith("\nnó đi về phía cầu rồi")
    assert talk.draft.step == "name"


def test_one_word_is_a_story_where_there_was_only_a_photo() -> None:
    talk = Talk("report")
    talk.sends(PHOTO)
    talk.says("trộm")
    assert talk.draft.get("what").words == "trộm"


def test_an_album_is_one_answer() -> None:
    talk = Talk("report")
    assert isinstance(talk.sends(PHOTO, album="album-1", caption="cháy nhà"), Ask)
    asked = talk.draft.step
    assert talk.sends(SECOND_PHOTO, album="album-1") == Kept(talk.draft, None)
    assert isinstance(talk.outcome, Kept)
    assert talk.draft.step == asked == "kind"
    assert talk.draft.get("what") == Answer(words="cháy nhà", media=(PHOTO, SECOND_PHOTO))
    talk.taps("FIRE")
    assert isinstance(talk.sends(VOICE, album="album-1"), Kept)
    assert talk.draft.get("what").media == (PHOTO, SECOND_PHOTO, VOICE)


def test_a_late_photo_is_added_and_the_question_comes_again() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1")
    talk.sends(PHOTO, caption="biển số đây")
    assert isinstance(talk.outcome, Retry)
    assert "Đã thêm ảnh." in talk.seen()
    assert "Ở đâu ạ?" in talk.seen()
    assert talk.draft.get("what") == Answer("", "Mất trộm xe máy\nbiển số đây", (PHOTO,))
    talk.says("1", "1")
    talk.sends(VOICE)
    assert "Đã thêm ghi âm." in talk.seen()
    assert talk.draft.step == "review"


def test_an_early_pin_is_the_place() -> None:
    talk = Talk("report")
    talk.pins()
    assert "Đã ghi vị trí" in talk.seen()
    assert talk.draft.step == "what"
    talk.says("Mất trộm xe máy", "1")
    assert talk.draft.step == "name"
    assert talk.draft.get("place") == Answer(pin=PIN)
    talk.says("1")
    assert "Khu 5, vị trí trên bản đồ" in talk.seen()


def test_a_pin_takes_the_place_of_not_sure() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1", "không nhớ rõ", "1")
    talk.pins(Pin(21.0, 107.0))
    assert talk.draft.get("place") == Answer(pin=Pin(21.0, 107.0))


def test_the_time_is_now_unless_it_is_changed() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1", "1", "1")
    assert "Bây giờ" in talk.seen()
    talk.says("sửa lúc", "khoảng 2h sáng hôm kia")
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get("when") == Answer(words="khoảng 2h sáng hôm kia")


def test_another_neighbourhood_forgets_its_landmark() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1")
    talk.taps("landmark:0", "no")
    talk.says("sửa nơi", "khu 3")
    assert talk.draft.step == "place"
    assert "Giữ nguyên" not in talk.seen()
    assert talk.labels()[0] == "Giếng làng"
    assert isinstance(talk.says("ngõ 7"), Review)
    assert talk.draft.get("neighbourhood").choice == "3"
    assert talk.draft.get("place") == Answer(words="ngõ 7")


@pytest.mark.parametrize("listed", [[], KHU[:1]])
def test_the_neighbourhood_is_not_asked_where_there_is_no_choice(listed: list[str]) -> None:
    talk = Talk("report", {**CONTEXT, "neighbourhood": None, "neighbourhoods": [*listed]})
    talk.says("Mất trộm xe máy", "1")
    assert talk.draft.step == "place"
    assert ("neighbourhood" in talk.draft.answers) == bool(listed)


def test_a_named_neighbourhood_within_more_words() -> None:
    talk = Talk("report", UNKNOWN_PLACE)
    talk.says("Mất trộm xe máy", "1", "số 12 ngõ 5 khu 2 ạ")
    assert talk.draft.get("neighbourhood").choice == "2"
    assert "số 12 ngõ 5 khu 2 ạ" in talk.draft.get("what").words


@pytest.mark.parametrize(
    ("words", "choice"),
    [("có", "yes"), ("dạ không ạ", "no"), ("ko", "no"), ("ẩn danh", "no"), ("1", "yes"),
     ("không muốn nêu tên", "no"), ("vâng", "yes")],
)  # fmt: skip
def test_the_name_is_given_or_not(words: str, choice: str) -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1", "1", words)
    assert talk.draft.get("name").choice == choice


def test_a_quarrel_may_go_to_the_mediators_with_its_words_and_photos() -> None:
    talk = Talk("report")
    talk.sends(PHOTO, caption="Hàng xóm xây lấn sang đất")
    talk.taps("others", "daily", "DISPUTE", "mediation")
    assert isinstance(talk.outcome, Switch)
    assert talk.draft.flow == "mediation"
    assert "Chuyển sang nhờ tổ hòa giải" in talk.seen()
    assert talk.draft.step == "safety"
    talk.says("không có", "nhà bên", "tối thứ bảy")
    assert "Hàng xóm xây lấn sang đất" in talk.seen()
    assert isinstance(talk.says("1"), Finish)
    assert talk.draft.get("subject") == Answer("", "Hàng xóm xây lấn sang đất", (PHOTO,))


def test_a_quarrel_in_an_unknown_ward_tells_the_neighbourhood_instead_of_the_place() -> None:
    talk = Talk("report", {**UNKNOWN_PLACE, "ward": ""})
    talk.says("Hàng xóm xây lấn sang đất")
    talk.taps("DISPUTE", "police")
    assert talk.draft.step == "neighbourhood"
    talk.says("khu 2", "1")
    assert isinstance(talk.outcome, Review)
    assert talk.asked == 6
    talk.says("sửa nơi", "khu 3")
    assert isinstance(talk.outcome, Review)
    assert isinstance(talk.says("gửi"), Finish)


def test_the_rest_of_an_album_follows_the_switch() -> None:
    talk = Talk("report")
    talk.sends(PHOTO, album="album-1", caption="Hàng xóm xây lấn sang đất")
    talk.taps("DISPUTE", "mediation")
    assert isinstance(talk.sends(SECOND_PHOTO, album="album-1"), Kept)
    assert talk.draft.get("subject").media == (PHOTO, SECOND_PHOTO)


def test_back_after_the_switch_returns_to_the_report() -> None:
    talk = Talk("report")
    talk.says("Hàng xóm xây lấn sang đất")
    talk.taps("DISPUTE", "mediation", "_back")
    assert isinstance(talk.outcome, Switch)
    assert talk.draft.flow == "report"
    assert talk.draft.step == "kind"
    assert talk.draft.get("what").words == "Hàng xóm xây lấn sang đất"
    talk.taps("DISPUTE", "police")
    assert talk.draft.step == "place"


def test_a_change_to_a_quarrel_asks_whose_help_is_wanted() -> None:
    talk = Talk("report")
    talk.says("Hàng xóm xây lấn sang đất")
    talk.taps("others", "daily", "NOISE")
    talk.says("ngõ 5", "1", "sửa loại việc", "Mâu thuẫn hàng xóm, gia đình")
    assert talk.draft.step == "wish"
    assert isinstance(talk.says("báo công an"), Review)
