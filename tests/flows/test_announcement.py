"""The announcement's own questions: where, when, what, and what stands in the review."""

from datetime import UTC, date, datetime, time

import pytest

from bot.flows.audience_step import chosen
from bot.flows.draft import JsonValue
from bot.flows.group_step import groups_chosen
from bot.flows.outcomes import Ask, Finish, Review
from bot.flows.planned_time import option_of, rule_in, value_of
from bot.flows.post_step import sort_of, template_of, words_of
from bot.flows.when_rule import planned_rule, rule_of
from domain.announcing import Sort
from domain.patterns import Once, Weekly
from domain.recurrence import Rule
from tests.flows.catalogues import say
from tests.flows.talk import PHOTO, PIN, UNKNOWN_PLACE, Talk

# Khu 1 to Khu 7 of one ward, and a hamlet without a number.
_LISTED: list[JsonValue] = [{"id": n, "name": f"Khu {n}", "ward": "1"} for n in range(1, 8)]
_LISTED.append({"id": 9, "name": "Thôn Bắc", "ward": "1"})
WARD: dict[str, JsonValue] = {**UNKNOWN_PLACE, "neighbourhoods": _LISTED}
OWN: dict[str, JsonValue] = {**WARD, "neighbourhoods": [{"id": 4, "name": "Khu 4", "ward": "1"}]}
TWO_WARDS: dict[str, JsonValue] = {
    **WARD,
    "neighbourhoods": [
        {"id": 1, "name": "Khu 1 (Phường Mẫu)", "ward": "1"},
        {"id": 2, "name": "Khu 2 (Phường Mẫu)", "ward": "1"},
        {"id": 3, "name": "Khu 3 (Phường Bịa)", "ward": "2"},
    ],
}


def asked_where(context: dict[str, JsonValue] = WARD) -> Talk:
    """The words are there, the neighbourhoods are asked."""
    talk = Talk("announcement", context)
    talk.says("Họp khu, mời bà con")
    assert talk.draft.step == "where"
    return talk


def asked_when() -> Talk:
    """Only the time is missing; now is 10:00 on Thursday 01/10/2026."""
    talk = Talk("announcement", OWN)
    talk.says("Họp khu, mời bà con")
    assert talk.draft.step == "when"
    return talk


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("3", (3,)),
        ("khu 1, khu 3", (1, 3)),
        ("khu 1 và 3", (1, 3)),
        ("K1 k3", (1, 3)),
        ("1, 3, 7", (1, 3, 7)),
        ("khu 2 đến 4", (2, 3, 4)),
        ("khu 2-4", (2, 3, 4)),
        ("từ", ()),
        ("thon bac va khu 5", (5, 9)),
        ("gửi khu 1, khu 3 nhé", (1, 3)),
        ("cả phường", (1, 2, 3, 4, 5, 6, 7, 9)),
        ("tat ca", (1, 2, 3, 4, 5, 6, 7, 9)),
        ("khu 1, khu 12", ()),
        ("khu 1 và khu Nam", ()),
        ("khu 5 đến 9", ()),
        ("tất cả trừ khu 3", ()),
        ("nhà ông Mẫu", ()),
    ],
)
def test_where_is_understood_wholly_or_not_at_all(typed: str, ids: tuple[int, ...]) -> None:
    talk = asked_where()
    talk.says(typed)
    assert chosen(talk.draft) == ids
    assert talk.draft.step == ("when" if ids else "where")
    assert talk.draft.get("what").words == "Họp khu, mời bà con"


@pytest.mark.parametrize(
    ("typed", "ids", "groups"),
    [
        ("chủ trọ khu 1", (1,), ("landlords",)),
        ("chu tro khu 2-4", (2, 3, 4), ("landlords",)),
        ("tiểu thương cả phường", (1, 2, 3, 4, 5, 6, 7, 9), ("traders",)),
        ("gửi chủ tàu và tiểu thương thôn bắc nhé", (9,), ("traders", "boats")),
        ("landlords khu 1, khu 3", (1, 3), ("landlords",)),
        ("chủ trọ khu 12", (), ()),
        ("chủ trọ nhà ông Mẫu", (), ()),
    ],
)
def test_a_group_and_its_place_are_understood_wholly_or_not_at_all(
    typed: str, ids: tuple[int, ...], groups: tuple[str, ...]
) -> None:
    talk = asked_where()
    talk.says(typed)
    assert (chosen(talk.draft), groups_chosen(talk.draft)) == (ids, groups)
    assert talk.draft.step == ("when" if ids else "where")


@pytest.mark.parametrize("place", ["khu 1, khu 3", "1, 3", "khu 1 và khu 3"])
def test_a_group_without_a_place_is_asked_for_its_place(place: str) -> None:
    talk = asked_where()
    talk.says("chủ trọ")
    assert talk.draft.step == "where"
    assert "Chủ trọ</b> ở khu nào" in talk.seen()
    talk.says(place)
    assert (chosen(talk.draft), groups_chosen(talk.draft)) == ((1, 3), ("landlords",))


def test_a_group_is_chosen_by_button_on_the_first_page() -> None:
    talk = asked_where()
    assert talk.labels()[3] == "Gửi theo nhóm người"
    talk.taps("by_group", "@boats")
    assert "Chủ tàu, chủ thuyền</b> ở khu nào" in talk.seen()
    talk.taps("2@boats", "now")
    assert isinstance(talk.outcome, Review)
    assert "Chủ tàu, chủ thuyền (Khu 2)" in talk.seen()


def test_everybody_after_all() -> None:
    talk = asked_where()
    talk.taps("by_group", "@boats")
    talk.says("gửi mọi người")
    assert talk.draft.step == "where"
    assert "ở khu nào" not in talk.seen()
    talk.says("khu 2")
    assert (chosen(talk.draft), groups_chosen(talk.draft)) == ((2,), ())


def test_who_speaks_to_one_neighbourhood_names_only_the_group() -> None:
    talk = asked_when()
    talk.says("ngay bây giờ")
    talk.says("chủ trọ")
    assert isinstance(talk.outcome, Review)
    assert (chosen(talk.draft), groups_chosen(talk.draft)) == ((4,), ("landlords",))
    assert "Chủ trọ (Khu 4)" in talk.seen()


def test_several_wards_are_not_mixed() -> None:
    talk = asked_where(TWO_WARDS)
    assert "all" not in [option.value for option in talk.step.options(talk.draft)]
    talk.says("khu 1, khu 3")
    assert chosen(talk.draft) == ()
    assert "trong một phường" in talk.seen()
    talk.says("khu 1, khu 2")
    assert chosen(talk.draft) == (1, 2)


def test_one_neighbourhood_is_not_asked_for_but_seen() -> None:
    talk = asked_when()
    talk.says("ngay bây giờ")
    assert "Khu 4" in talk.seen()


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("7h toi mai", Rule(Once(date(2026, 10, 2)), time(19))),
        ("19h ram thang gieng", Rule(Once(date(2027, 2, 20)), time(19))),
        ("thứ 2 hàng tuần 7h", Rule(Weekly(frozenset({0})), time(7))),
        ("2 tiếng nữa", Rule(Once(date(2026, 10, 1)), time(12))),
    ],
)
def test_when_is_kept_as_a_rule(typed: str, rule: Rule) -> None:
    talk = asked_when()
    assert isinstance(talk.says(typed), Review)
    assert rule_of(talk.draft) == rule
    assert rule_in(value_of(rule)) == rule


@pytest.mark.parametrize("typed", ["ngay bây giờ", "NGAY BAY GIO", "1", "now", "đăng luôn"])
def test_now_is_a_choice_of_its_own(typed: str) -> None:
    talk = asked_when()
    talk.says(typed)
    assert talk.draft.get("when").choice == "now"
    assert rule_of(talk.draft) is None


@pytest.mark.parametrize(
    ("first", "asked", "second", "at"),
    [
        ("thứ 7", "mấy giờ", "8h sáng", Rule(Once(date(2026, 10, 3)), time(8))),
        ("thứ 7", "mấy giờ", "8", Rule(Once(date(2026, 10, 3)), time(8))),
        ("rằm tháng Giêng", "mấy giờ", "19h", Rule(Once(date(2027, 2, 20)), time(19))),
    ],
)
def test_what_is_missing_is_asked(first: str, asked: str, second: str, at: Rule) -> None:
    talk = asked_when()
    assert isinstance(talk.says(first), Ask)
    assert asked in talk.seen()
    talk.says(second)
    assert rule_of(talk.draft) == at


@pytest.mark.parametrize("aside", ["Móng Cái", "ở nhà văn hóa"])
def test_a_day_that_is_known_is_not_lost_to_words_that_name_none(aside: str) -> None:
    """Regression: "Móng" was heard as the beginning of another day, and from then on the hour
    alone was never enough."""
    talk = asked_when()
    talk.says("rằm tháng Giêng", aside)
    assert "mấy giờ" in talk.seen()
    talk.says("8h sáng")
    assert rule_of(talk.draft) == Rule(Once(date(2027, 2, 20)), time(8))


def test_a_past_time_is_never_moved_but_answered_with_another() -> None:
    talk = asked_when()
    talk.says("8h sáng nay")
    assert "đã qua rồi" in talk.seen()
    assert talk.draft.step == "when"
    assert talk.labels()[1] == "Ngay bây giờ"
    talk.says("1")
    assert rule_of(talk.draft) == Rule(Once(date(2026, 10, 2)), time(8))


def test_after_a_past_time_another_can_be_typed() -> None:
    talk = asked_when()
    talk.says("8h sáng nay", "hôm qua", "9h tối nay")
    assert rule_of(talk.draft) == Rule(Once(date(2026, 10, 1)), time(21))


@pytest.mark.parametrize(
    "typed", ["hôm nào đó", "99", "Mời bà con đến sớm lúc 7h tối mai mang giấy tờ", "25h", "👍"]
)
def test_what_is_no_time_is_said_to_be_none(typed: str) -> None:
    talk = asked_when()
    talk.says(typed)
    assert talk.draft.step == "when"
    assert rule_of(talk.draft) is None
    assert talk.draft.get("what").words == "Họp khu, mời bà con"


def test_a_last_day_said_with_the_time_and_one_chosen_later() -> None:
    talk = asked_when()
    talk.says("thứ 2 hàng tuần 7h sáng đến 30/6/2027")
    rule = planned_rule(talk.draft)
    assert rule is not None
    assert rule.until == date(2027, 6, 30)
    talk.says("sửa ngày cuối", "30/12/2026")
    rule = planned_rule(talk.draft)
    assert rule is not None
    assert rule.until == date(2026, 12, 30)
    talk.says("sửa ngày cuối", "không có")
    rule = planned_rule(talk.draft)
    assert rule is not None
    assert rule.until is None


@pytest.mark.parametrize(
    ("caption", "is_time"),
    [
        ("19h ram thang gieng", True),
        ("7h tối mai", True),
        ("thứ 2 hàng tuần 7h", True),
        ("ngay bây giờ", True),
        ("rằm tháng Giêng", True),
        ("Họp khu 19h tối mai", False),
        ("Giấy mời", False),
        ("", False),
    ],
)
def test_a_caption_that_is_only_a_time_is_not_the_post(caption: str, is_time: bool) -> None:
    talk = Talk("announcement", OWN)
    talk.sends(PHOTO, caption=caption)
    assert ("when" in talk.draft.answers) == is_time
    assert talk.draft.get("what").words == ("" if is_time else caption)
    assert talk.draft.get("what").media == (PHOTO,)


def test_a_pin_is_said_not_to_be_posted() -> None:
    talk = asked_when()
    talk.pins(PIN)
    talk.says("ngay bây giờ")
    assert "không kèm được định vị" in talk.seen()


def test_what_was_taken_for_granted_stands_in_the_review() -> None:
    talk = asked_when()
    talk.says("thứ 2 hàng tuần 7h")
    assert "Hiểu là buổi sáng" in talk.seen()
    assert isinstance(talk.taps("send"), Finish)


def test_a_template_asks_for_one_blank_at_a_time() -> None:
    talk = Talk("announcement", OWN)
    talk.says("cat dien")
    assert "Khu vực nào" in talk.seen()
    talk.says("ngõ 5\nKhu 4")
    assert "Khi nào" in talk.seen()
    talk.says("tối mai", "ngay bây giờ")
    assert words_of(talk.draft) == "ngõ 5 Khu 4 mất điện tối mai."
    assert (template_of(talk.draft), sort_of(talk.draft)) == ("power_cut", Sort.HAZARD)
    talk.says("sửa nội dung", "họp khu")
    assert talk.draft.step == "blank_1"
    talk.says("sáng mai")
    assert words_of(talk.draft) == "Mời bà con họp sáng mai."


def test_ones_own_words_take_the_place_of_a_template() -> None:
    talk = Talk("announcement", OWN)
    talk.says("cat dien", "ngõ 5", "tối mai", "ngay bây giờ", "sửa nội dung")
    talk.says("Mất điện đến sáng mai")
    assert isinstance(talk.outcome, Review)
    assert words_of(talk.draft) == "Mất điện đến sáng mai"
    assert (template_of(talk.draft), sort_of(talk.draft)) == (None, Sort.ORDINARY)


@pytest.mark.parametrize("words", ["👍", "{khi nào}", "a" * 300])
def test_a_blank_is_filled_with_words(words: str) -> None:
    talk = Talk("announcement", OWN)
    talk.says("họp khu", words)
    assert talk.draft.step == "blank_1"


@pytest.mark.parametrize(
    "value", ["", "now", "at-", "at-2026-13-01T08:00", "rule-", "rule-[]", "rule-{}", "rule-7"]
)
def test_a_value_that_is_no_rule_is_none(value: str) -> None:
    assert rule_in(value) is None
    assert option_of(value) is None


def test_the_shortest_path_asks_once() -> None:
    talk = Talk("announcement", OWN)
    assert isinstance(talk.sends(PHOTO, caption="19h ram thang gieng"), Review)
    option = option_of(talk.draft.get("when").choice)
    assert option is not None
    assert "rằm tháng Giêng" in say(option.label, "vi")
    assert talk.asked == 2
    assert datetime(2026, 10, 1, 3, tzinfo=UTC).isoformat() == talk.draft.context["now"]
