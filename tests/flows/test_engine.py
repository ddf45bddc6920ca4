"""What every step has for free: back, keep, skip, cancel, resume, old buttons, upgrades."""

from dataclasses import replace

import pytest

from bot.flows import FLOWS
from bot.flows.draft import Answer, Draft, JsonValue, Reply
from bot.flows.engine import answer, resume
from bot.flows.outcomes import Ask, Cancelled, Finish, Kept, Retry, Review
from bot.flows.prompt import notice_of
from tests.flows.catalogues import say
from tests.flows.talk import CONTEXT, PHOTO, PIN, UNKNOWN_PLACE, Talk


def reason(talk: Talk) -> str:
    assert isinstance(talk.outcome, Retry)
    return talk.outcome.reason.key


def to_name() -> Talk:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", "1", "2")
    return talk


def test_back_and_keep_lead_through_all_answers_and_change_none() -> None:
    talk = to_name()
    answers = dict(talk.draft.answers)
    steps = [talk.draft.step]
    for _ in range(3):
        talk.says("lùi lại")
        steps.append(talk.draft.step)
    assert steps == ["name", "place", "kind", "what"]
    assert "Mất trộm xe máy" in talk.seen()
    assert isinstance(talk.taps("_skip"), Ask)
    assert talk.draft.step == "name"
    assert talk.draft.answers == answers


def test_back_at_the_first_question_says_so() -> None:
    talk = Talk("report")
    talk.says("quay lại")
    assert reason(talk) == "flow.first_question"
    assert "_back" not in [move.value for move in talk.prompt.moves]


def test_back_from_closer_choices_shows_the_first_ones() -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy")
    first = talk.prompt.choices
    talk.taps("others", "daily", "_more")
    assert talk.prompt.choices != first
    talk.says("back")
    assert talk.prompt.choices == first
    assert talk.draft.step == "kind"


def test_every_page_of_a_long_list_is_reached_and_the_last_leads_to_the_first() -> None:
    talk = Talk("report", UNKNOWN_PLACE)
    talk.says("Mất trộm xe máy", "1")
    pages = [talk.labels()]
    for _ in range(2):
        talk.says("xem thêm")
        pages.append(talk.labels())
    assert pages == [
        ["Khu 1", "Khu 2", "Khu 3", "Khu 4", "Xem thêm"],
        ["Khu 5", "Khu 6", "Khu 7", "Xem thêm"],
        ["Khu 1", "Khu 2", "Khu 3", "Khu 4", "Xem thêm"],
    ]


@pytest.mark.parametrize("typed", ["6", "k6", "KP 6", "dạ khu 6 ạ", "Khu 06", "khu phố 6"])
def test_a_neighbourhood_is_called_by_its_own_number(typed: str) -> None:
    talk = Talk("report", UNKNOWN_PLACE)
    talk.says("Mất trộm xe máy", "1", typed)
    assert talk.draft.get("neighbourhood").choice == "6"


@pytest.mark.parametrize("typed", ["9", "khu 12", "năm", "khu"])
def test_an_unknown_neighbourhood_is_never_guessed(typed: str) -> None:
    talk = Talk("report", UNKNOWN_PLACE)
    talk.says("Mất trộm xe máy", "1", typed)
    assert isinstance(talk.outcome, Retry)
    assert "neighbourhood" not in talk.draft.answers


@pytest.mark.parametrize(("typed", "found"), [("khu 1", 2), ("ở khu 2 phường Mẫu", 1)])
def test_wards_may_have_neighbourhoods_of_one_name(typed: str, found: int) -> None:
    listed: list[JsonValue] = [
        {"id": 1, "name": "Khu 1 (Phường Mẫu)"},
        {"id": 2, "name": "Khu 2 (Phường Mẫu)"},
        {"id": 3, "name": "Khu 1 (Xã Mẫu 4)"},
    ]
    talk = Talk("report", {**UNKNOWN_PLACE, "neighbourhoods": listed})
    talk.says("Mất trộm xe máy", "1", typed)
    if found == 1:
        assert talk.draft.get("neighbourhood").choice == "2"
        return
    assert talk.labels() == ["Khu 1 (Phường Mẫu)", "Khu 1 (Xã Mẫu 4)"]
    talk.says("Khu 1 (Xã Mẫu 4)")
    assert talk.draft.get("neighbourhood").choice == "3"


def test_skip_only_where_it_is_allowed() -> None:
    talk = Talk("report")
    talk.says("bỏ qua")
    assert reason(talk) == "flow.needed"
    talk.says("Mất trộm xe máy", "bỏ qua")
    assert talk.draft.get("kind").choice == "OTHER"


@pytest.mark.parametrize("words", ["hủy", "HUỶ", "huy", "Hủy bỏ", "cancel"])
def test_cancel_ends_any_question_and_keeps_the_draft_as_it_was(words: str) -> None:
    talk = to_name()
    before = talk.draft
    assert talk.says(words) == Cancelled(before)


@pytest.mark.parametrize("words", ["không", "thôi đừng bỏ qua nhé", "hủy hoại tài sản"])
def test_a_move_counts_only_as_the_whole_message(words: str) -> None:
    talk = Talk("report")
    talk.says(words)
    assert talk.draft.get("what").words == words


def test_somebody_may_be_called_huy() -> None:
    talk = Talk("mediation")
    talk.taps("no")
    talk.says("lấn đất", "Huy")
    assert talk.draft.get("other").words == "Huy"
    assert isinstance(talk.says("hủy"), Cancelled)


def test_words_are_kept_as_they_were_typed() -> None:
    typed = "  ma\u0302\u0301t  XE,\n\nbi\u00ea\u0309n 14 ??  \u200b" + "x" * 4000 + " \n"
    talk = Talk("report")
    talk.says(typed)
    assert talk.draft.get("what").words == typed.strip()
    talk.says("trộm cắp", "ngõ 5", "1")
    assert len(talk.seen()) < 1500
    assert "…" in talk.seen()


@pytest.mark.parametrize("reply", [Reply(), Reply(text="  \n"), Reply(tap=("kind", "gone"))])
def test_nothing_at_all_is_asked_again(reply: Reply) -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy")
    before = talk.draft
    assert isinstance(talk.replies(reply), Retry)
    assert talk.draft == before


def test_an_old_button_changes_nothing() -> None:
    talk = to_name()
    before = talk.draft
    talk.replies(Reply(tap=("safety", "no")))
    assert reason(talk) == "flow.old_button"
    assert talk.draft == before
    assert "Có cho công an" in talk.seen()


def test_resuming_asks_exactly_where_it_stood() -> None:
    talk = Talk("report", UNKNOWN_PLACE)
    talk.says("Mất trộm xe máy", "1", "xem thêm")
    before, seen = talk.draft, talk.labels()
    assert isinstance(talk.resumes(), Ask)
    assert talk.draft == before
    assert talk.labels() == seen


def test_a_change_leads_straight_back_to_the_review() -> None:
    talk = to_name()
    talk.says("không nêu tên", "sửa loại việc", "khác", "Nguy hiểm, cấp cứu")
    talk.says("Cháy, nổ")
    assert isinstance(talk.says("viết tiếp"), Review)
    assert talk.draft.get("kind").choice == "FIRE"


@pytest.mark.parametrize(
    ("typed", "step"),
    [("sua 1", "what"), ("sửa 2", "kind"), ("sua noi", "neighbourhood"),
     ("Sửa 3", "neighbourhood"), ("sửa lúc", "when"), ("change 5", "name"),
     ("edit name", "name"), ("tên", "name")],
)  # fmt: skip
def test_a_line_is_changed_by_name_or_number(typed: str, step: str) -> None:
    talk = to_name()
    talk.says("không nêu tên")
    answers = dict(talk.draft.answers)
    talk.says(typed)
    assert talk.draft.step == step
    assert isinstance(talk.says("lùi lại"), Review)
    assert talk.draft.answers == answers


def test_the_list_of_lines_has_five_choices_in_the_order_of_the_review() -> None:
    talk = to_name()
    talk.says("không nêu tên", "2")
    assert talk.labels() == ["Sự việc", "Loại việc", "Nơi", "Lúc", "Tên"]
    talk.says("4")
    assert talk.draft.step == "when"


def test_a_draft_at_a_step_that_is_gone_goes_to_the_first_open_question() -> None:
    draft = Draft.from_json(
        {
            "flow": "report",
            "step": "colour",
            "answers": {"what": {"words": "Mất xe"}, "colour": {"choice": "red"}},
            "context": CONTEXT,
            "editing": ["colour"],
        }
    )
    outcome = resume(FLOWS["report"], draft)
    assert isinstance(outcome, Ask)
    assert outcome.draft.step == "kind"
    assert outcome.draft.get("colour") == Answer(choice="red")


def test_a_choice_that_is_gone_is_asked_again() -> None:
    talk = to_name()
    old = replace(talk.draft.put("kind", Answer(choice="GONE")), step="gone")
    assert resume(FLOWS["report"], old).draft.step == "kind"


def test_taps_carry_draft_step_and_value() -> None:
    talk = to_name()
    assert isinstance(talk.outcome, Ask)
    notice = notice_of(talk.outcome, 77)
    taps = [[button.tap for button in row] for row in notice.buttons]
    assert taps == [["f:77:name:yes"], ["f:77:name:no"], ["f:77:name:_back", "f:77:name:_cancel"]]
    assert say(notice.buttons[0][0].label, "vi") == "1. Cho biết tên"


def test_a_photo_where_only_words_are_wanted() -> None:
    talk = Talk("ward")
    talk.sends(PHOTO)
    assert reason(talk) == "flow.words_only"
    talk.sends(PHOTO, caption="Cô Tô")
    assert talk.draft.step == "neighbourhoods"


def test_an_addition_takes_one_answer_of_any_sort() -> None:
    for reply in (Reply("biển số 14"), Reply(media=(PHOTO,), album="a"), Reply(pin=PIN)):
        talk = Talk("addition")
        assert "4827 1936" in talk.seen()
        assert isinstance(talk.replies(reply), Finish)
        more = talk.draft.get("more")
        assert (more.words, more.media, more.pin) == (reply.text, reply.media, reply.pin)


def test_the_album_of_a_finished_addition_can_still_be_told() -> None:
    talk = Talk("addition")
    talk.sends(PHOTO, album="album-1")
    assert talk.draft.album == "album-1"
    again = answer(FLOWS["addition"], talk.draft, Reply(media=(PHOTO,), album="album-1"))
    assert isinstance(again, Kept)
