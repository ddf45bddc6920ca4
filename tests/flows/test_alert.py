"""The alert by itself: one question, every way of answering it, and nothing lost meanwhile; and
the questions after it.
"""

import pytest

from bot.flows.alert import DANGERS, kind_code, story_of
from bot.flows.draft import Answer
from bot.flows.outcomes import Ask, Cancelled, Finish, Kept, Retry
from tests.flows.catalogues import say
from tests.flows.talk import CONTEXT, PHOTO, PIN, SECOND_PHOTO, UNKNOWN_PLACE, VOICE, Talk

HOME = "số 9 ngõ 4, Khu 3"


def told(words: str = "chay nha roi", kind: str = "FIRE", **context: object) -> Talk:
    """Begun by words that name a danger."""
    known = {**CONTEXT, "kind": kind, "certain": True, **context}
    return Talk("alert", known, {"what": Answer(words=words)})  # type: ignore[arg-type]


def after(flow: str, **context: object) -> Talk:
    """A question after the alert."""
    return Talk(flow, {**UNKNOWN_PLACE, "kind": "FIRE", **context})  # type: ignore[dict-item]


def first_line(talk: Talk, language: str = "vi") -> str:
    return talk.seen(language).split("\n")[0]


def test_the_number_is_first_and_then_one_question() -> None:
    talk = told()
    assert "GỌI NGAY 114" in first_line(talk)
    assert "CALL 114 NOW" in first_line(talk, "en")
    assert "Có phải: <b>Cháy, nổ</b>? Bấm 1, tin tới công an phường NGAY." in talk.seen()
    assert talk.labels() == ["Phải, báo công an ngay", "Không phải"]


@pytest.mark.parametrize(
    "yes",
    ["1", "phải", "phai", "có", "dạ đúng ạ", "ừ", "Phải, báo công an ngay", "bao cong an ngay",
     "yes", "số 1 ạ", "👍", "phải, cháy to lắm"],
)  # fmt: skip
def test_one_word_is_enough_to_send(yes: str) -> None:
    talk = told()
    assert isinstance(talk.says(yes), Finish)
    assert talk.draft.get("confirm").choice == "yes"
    assert kind_code(talk.draft) == "FIRE"


@pytest.mark.parametrize(
    "no", ["2", "không", "khong phai", "Không phải ạ", "no", "ko", "dạ không ạ"]
)
def test_and_one_to_say_that_it_is_none(no: str) -> None:
    talk = told("dang chay", certain=False)
    assert isinstance(talk.says(no), Finish)
    assert talk.draft.get("confirm").choice == "no"


@pytest.mark.parametrize(
    "words",
    ["ngõ 5", "không được rồi", "không, cháy thật mà", "không, đang chạy bộ thôi",
     "cháy to lắm rồi", "nó cầm dao", "114"],
)  # fmt: skip
def test_what_else_is_typed_is_kept_and_the_question_stays(words: str) -> None:
    talk = told()
    assert isinstance(talk.says(words), Retry)
    assert talk.draft.step == "confirm"
    assert story_of(talk.draft).words == f"chay nha roi\n{words}"
    assert "Có phải: <b>Cháy, nổ</b>?" in talk.seen()
    assert isinstance(talk.says("1"), Finish)


def test_files_and_a_pin_sent_instead_of_the_tap_are_sent_along() -> None:
    talk = told()
    talk.sends(VOICE)
    talk.sends(PHOTO, album="album-1")
    assert isinstance(talk.sends(SECOND_PHOTO, album="album-1"), Kept)
    talk.pins()
    assert talk.draft.step == "confirm"
    talk.resumes()
    assert isinstance(talk.says("1"), Finish)
    assert story_of(talk.draft) == Answer(
        words="chay nha roi", media=(VOICE, PHOTO, SECOND_PHOTO), pin=PIN
    )


def test_who_lives_here_says_with_the_same_tap_where() -> None:
    talk = told(home=HOME)
    assert talk.labels() == [
        "Phải, ở nhà tôi (số 9 ngõ 4, Khu 3)", "Phải, ở chỗ khác", "Không phải",
    ]  # fmt: skip
    for words, choice in (
        ("1", "home"), ("o nha toi", "home"), ("phải, ở nhà tôi", "home"), ("2", "yes"),
        ("ở chỗ khác", "yes"), ("phải", "yes"), ("yes", "yes"), ("3", "no"), ("không", "no"),
    ):  # fmt: skip
        talk = told(home=HOME)
        assert isinstance(talk.says(words), Finish)
        assert talk.draft.get("confirm").choice == choice, words


def test_words_that_were_unsure_give_way_to_clear_ones() -> None:
    talk = told("chay roi", certain=False)
    talk.says("có đứa cầm dao đánh nhau ngoài đường")
    assert "Có phải: <b>Đánh nhau, gây thương tích</b>?" in talk.seen()
    assert "113" in first_line(talk)
    talk = told("cháy nhà rồi")
    talk.says("có đứa cầm dao đánh nhau ngoài đường")
    assert "Cháy, nổ" in talk.seen()


def test_from_the_menu_a_tap_is_all() -> None:
    talk = Talk("alert", {**CONTEXT, "kind": ""})
    line = first_line(talk)
    assert all(number in line for number in ("113", "114", "115", "111", "112"))
    assert [option.value for option in talk.prompt.choices] == list(DANGERS)
    assert isinstance(talk.taps("MEDICAL"), Finish)
    assert kind_code(talk.draft) == "MEDICAL"


def test_from_the_menu_who_lives_here_is_asked_where() -> None:
    talk = Talk("alert", {**CONTEXT, "kind": "", "home": HOME})
    talk.says("1")
    assert "<b>Cháy, nổ</b> ở đâu ạ?" in talk.seen()
    assert isinstance(talk.says("2"), Finish)


@pytest.mark.parametrize(
    ("words", "code", "asked"),
    [
        ("nhà bên đang cháy", "FIRE", "Có phải: <b>Cháy, nổ</b>?"),
        ("bố tôi bất tỉnh", "MEDICAL", "Có phải: <b>Cấp cứu y tế</b>?"),
        ("có chuyện rồi đến ngay đi", "OTHER", "Có báo công an phường NGAY không ạ?"),
    ],
)
def test_words_instead_of_a_button_are_what_happens(words: str, code: str, asked: str) -> None:
    talk = Talk("alert", {**CONTEXT, "kind": ""})
    assert isinstance(talk.says(words), Ask)
    assert asked in talk.seen()
    assert isinstance(talk.says("1"), Finish)
    assert (kind_code(talk.draft), story_of(talk.draft).words) == (code, words)


def test_a_call_for_help_only_needs_to_say_of_what() -> None:
    talk = told("cứu với", kind="", certain=False)
    assert talk.draft.step == "kind"
    assert isinstance(talk.says("5"), Finish)
    assert (kind_code(talk.draft), story_of(talk.draft).words) == ("RESCUE", "cứu với")


def test_the_ward_is_asked_only_where_it_is_unknown() -> None:
    wards = [{"code": "06688", "name": "Phường Mẫu"}, {"code": "06690", "name": "Xã Kiểu"}]
    somewhere = {**UNKNOWN_PLACE, "ward": "", "ward_code": "", "wards": wards}
    talk = told(**somewhere)  # type: ignore[arg-type]
    talk.says("1")
    assert talk.draft.step == "responsible"
    assert "CHƯA gửi" in talk.seen()
    assert talk.labels() == ["Phường Mẫu", "Xã Kiểu"]
    assert isinstance(talk.says("ở xã Kiểu ạ"), Finish)
    assert talk.draft.get("responsible").choice == "06690"
    talk = told(**somewhere)  # type: ignore[arg-type]
    assert isinstance(talk.says("không phải"), Finish)


def test_it_can_be_left() -> None:
    talk = told()
    assert isinstance(talk.says("hủy"), Cancelled)
    talk = told()
    talk.says("thôi")
    assert "không gửi tin này" in talk.seen()
    assert isinstance(talk.says("1"), Cancelled)


def test_where_it_is_with_the_neighbourhood_in_the_same_words() -> None:
    talk = after("whereabouts")
    assert "Cháy ở đâu ạ?" in talk.seen()
    assert "có thể cho biết là nhà ai" in talk.seen()
    assert "114" in first_line(talk)
    assert isinstance(talk.says("số 12 ngõ 5 khu 2"), Finish)
    assert talk.draft.get("neighbourhood").choice == "2"


def test_else_it_is_asked_for_and_may_be_left_out() -> None:
    talk = after("whereabouts")
    talk.says("cạnh chợ")
    assert talk.draft.step == "neighbourhood"
    assert isinstance(talk.says("bỏ qua"), Finish)
    talk = after("whereabouts", neighbourhood={"id": 5, "name": "Khu 5"})
    assert talk.labels() == ["Cổng chợ Mẫu", "Nhà văn hóa khu 5", "Cây đa", "Bến đò"]
    assert isinstance(talk.says("1"), Finish)
    talk = after("whereabouts")
    talk.says("không biết", "không biết")
    assert isinstance(talk.outcome, Finish)


def test_my_house_needs_its_number() -> None:
    talk = after("whereabouts", neighbourhood={"id": 5, "name": "Khu 5"})
    talk.says("nhà tôi")
    assert "Xin thêm số nhà, ngõ" in talk.seen()
    assert isinstance(talk.says("số 5"), Finish)
    talk = after("whereabouts", home=HOME, home_in=3)
    assert talk.labels()[0] == "Ở nhà (số 9 ngõ 4, Khu 3)"
    assert isinstance(talk.says("ở nhà"), Finish)
    assert talk.draft.get("neighbourhood").choice == "3"


@pytest.mark.parametrize(
    "words", ["nhanh lên với", "cảm ơn", "cứu tôi với", "cháy to lắm rồi", "👍", "dạ vâng"]
)
def test_fear_and_thanks_are_no_place(words: str) -> None:
    talk = after("whereabouts")
    assert isinstance(talk.says(words), Retry)
    assert "place" not in talk.draft.answers


@pytest.mark.parametrize(
    "words", ["0912 345 678", "+84 912.345.678", "số tôi là 0912345678 nhé", "0203 3812345",
              "01234567890"]
)  # fmt: skip
def test_a_number_in_every_form(words: str) -> None:
    talk = after("phone")
    assert "chỉ công an thấy" in talk.seen().lower()
    assert isinstance(talk.says(words), Finish)


@pytest.mark.parametrize("words", ["12345", "gọi cho tôi", "0912 345"])
def test_what_is_no_number_is_asked_again_kindly(words: str) -> None:
    talk = after("phone")
    assert isinstance(talk.says(words), Retry)
    assert "bắt đầu bằng số 0" in talk.seen()


@pytest.mark.parametrize("flow", ["whereabouts", "phone", "neighbours"])
def test_the_questions_after_it_can_be_left(flow: str) -> None:
    assert isinstance(after(flow).says("Không hỏi nữa"), Cancelled)
    talk = after(flow)
    assert say(talk.option("_cancel").label, "vi") == "Không hỏi nữa"
    assert isinstance(talk.taps("_cancel"), Cancelled)
