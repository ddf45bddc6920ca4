"""What is typed in the review: yes and no, a line answered anew, or more of the story."""

import pytest

from bot.flows.draft import Answer
from bot.flows.outcomes import Ask, Finish, Retry, Review
from tests.flows.talk import PIN, UNKNOWN_PLACE, Talk


def at_review() -> Talk:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1")
    talk.taps("landmark:0", "yes")
    assert isinstance(talk.outcome, Review)
    return talk


@pytest.mark.parametrize(
    ("words", "step", "choice", "line"),
    [
        ("khong neu ten", "name", "no", "Tên:</b> không nêu tên"),
        ("dạ không nêu tên ạ", "name", "no", "Tên:</b> không nêu tên"),
        ("Without my name", "name", "no", "Tên:</b> không nêu tên"),
        ("hôm qua", "when", "yesterday", "Lúc:</b> Hôm qua"),
        ("Lừa đảo qua mạng, điện thoại", "kind", "SCAM", "Loại việc:</b> Lừa đảo qua mạng"),
        ("online or phone scam", "kind", "SCAM", "Loại việc:</b> Lừa đảo qua mạng"),
        ("nha van hoa khu 5", "place", "landmark:1", "Nơi:</b> Khu 5, Nhà văn hóa khu 5"),
    ],
)
def test_a_line_is_answered_anew_by_name(words: str, step: str, choice: str, line: str) -> None:
    talk = at_review()
    talk.says(words)
    assert isinstance(talk.outcome, Review)
    assert talk.draft.get(step).choice == choice
    assert f"Đã đổi: <b>{line}" in talk.seen()
    assert talk.draft.get("what").words == "Mất trộm xe máy"


def test_another_neighbourhood_by_name_asks_for_the_place_there() -> None:
    talk = Talk("report", UNKNOWN_PLACE)
    talk.says("Mất trộm xe máy", "1", "khu 5")
    talk.taps("landmark:0", "no")
    talk.says("khu 3")
    assert "Đã đổi: <b>Nơi:</b> Khu 3" in talk.seen()
    assert talk.draft.step == "place"
    assert isinstance(talk.says("ngõ 7 nhà bà Mẫu"), Review)


def test_a_quarrel_by_name_asks_whose_help_is_wanted() -> None:
    talk = at_review()
    talk.says("Mâu thuẫn hàng xóm, gia đình")
    assert talk.draft.step == "wish"
    assert isinstance(talk.says("báo công an"), Review)


def test_more_of_the_story_is_still_kept() -> None:
    talk = at_review()
    talk.says("nó đi về phía cầu rồi, biển số 14")
    assert isinstance(talk.outcome, Retry)
    assert "Đã ghi thêm lời vừa nhắn." in talk.seen()
    assert talk.draft.get("what").words.endswith("\nnó đi về phía cầu rồi, biển số 14")


@pytest.mark.parametrize(
    "words", ["da", "dạ", "vang a", "vâng ạ", "uh", "um", "ừ", "ok e", "oke", "đúng rồi ạ", "👍"]
)
def test_a_plain_yes_sends(words: str) -> None:
    assert isinstance(at_review().says(words), Finish)


@pytest.mark.parametrize("words", ["không", "ko", "chưa phải", "sai rồi", "không đúng", "no"])
def test_a_plain_no_never_sends(words: str) -> None:
    talk = at_review()
    talk.says(words)
    assert not isinstance(talk.outcome, Finish)
    assert talk.draft.get("what").words == "Mất trộm xe máy"


@pytest.mark.parametrize("words", ["không", "ko ạ", "sai rồi", "không đúng", "no"])
def test_a_plain_no_asks_what_to_change(words: str) -> None:
    talk = at_review()
    talk.says(words)
    assert "Sửa dòng nào ạ?" in talk.seen()


def test_a_yes_with_more_behind_it_is_not_sent_without_it() -> None:
    talk = at_review()
    talk.says("có, hai thằng đi xe đỏ")
    assert not isinstance(talk.outcome, Finish)
    assert talk.draft.get("what").words.endswith("\ncó, hai thằng đi xe đỏ")


def test_a_yes_at_the_list_of_lines_does_not_send() -> None:
    talk = at_review()
    talk.says("sửa", "vâng")
    assert not isinstance(talk.outcome, Finish)


@pytest.mark.parametrize(
    ("choice", "vi", "en"),
    [
        ("yes", "<b>Tên:</b> công an được biết", "<b>Name:</b> shown to the police"),
        ("no", "<b>Tên:</b> không nêu tên", "<b>Name:</b> not shown"),
    ],
)
def test_the_name_line_says_who_sees_it(choice: str, vi: str, en: str) -> None:
    talk = at_review()
    talk.says("sửa tên")
    talk.taps(choice)
    assert vi in talk.seen()
    assert en in talk.seen("en")


@pytest.mark.parametrize("early", [True, False])
def test_an_address_takes_the_place_of_a_pin_and_a_pin_of_an_address(early: bool) -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1")
    if early:
        talk.pins()
        talk.says("1", "sửa nơi", "giữ nguyên", "ngõ 5")
        assert talk.draft.get("place") == Answer(words="ngõ 5")
    else:
        talk.says("ngõ 5", "1", "sửa nơi", "giữ nguyên")
        talk.pins()
        assert talk.draft.get("place") == Answer(pin=PIN)
    assert isinstance(talk.outcome, Review)


def test_the_old_place_stays_with_keep() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1")
    talk.pins()
    talk.says("1", "sửa nơi", "giữ nguyên", "giữ nguyên")
    assert talk.draft.get("place") == Answer(pin=PIN)
    assert isinstance(talk.outcome, Ask | Review)
