"""/luat, /duyetluat and /chiendich as they are typed and pressed: with buttons and with text
alone, and nothing that is held ever shown.
"""

import pytest

from actions.law_approval import approved_items, list_waiting, withdraw
from actions.law_pausing import is_law_paused
from content.law import load_law
from domain.roles import Role
from tests.handlers.street import WARD, Said, Street

OTHER = "06676"


@pytest.fixture
def chief(street: Street) -> str:
    """The chat of the ward's chief."""
    street.ward("Khu 1", "Khu 2")
    street.says("9", "/start")
    street.grant("9", Role.CHIEF)
    return "9"


def approved(street: Street) -> frozenset[str]:
    return approved_items(street.db, WARD)


def approve(street: Street, *items: str) -> None:
    """The chief approves these by pressing through the list."""
    said = street.says("9", "/duyetluat")
    while remaining := set(items) - approved(street):
        press = next(tap for tap in said.taps if tap.startswith(("k:ok", "k:no")))
        _, _, ward, item, seal = press.split(":")
        verb = "ok" if item in remaining else "no"
        said = street.taps("9", f"k:{verb}:{ward}:{item}:{seal}")


def first(said: Said) -> str:
    return said.words[0]


def test_one_by_one_with_buttons(street: Street, chief: str) -> None:
    waiting = [each.item for each in list_waiting(street.db, WARD, street.clock())]
    said = street.says(chief, "/duyetluat")
    title = load_law("vi")[waiting[0]].title
    assert title in first(said)
    assert load_law("en")[waiting[0]].body in first(said)
    assert f"<b>{len(waiting)}</b> mục" in first(said)
    assert [tap.split(":")[1] for tap in said.taps] == ["ok", "no", "pause"]
    said = street.taps(chief, said.taps[0])
    assert approved(street) == {waiting[0]}
    assert f"Đã duyệt: <b>{title}</b>" in first(said)
    assert load_law("vi")[waiting[1]].title in first(said)
    assert [tap.split(":")[1] for tap in said.taps] == ["ok", "no", "un", "pause"]
    said = street.taps(chief, said.taps[1])
    assert "để sau" in first(said)
    assert load_law("vi")[waiting[2]].title in first(said)
    assert approved(street) == {waiting[0]}


def test_one_by_one_with_text_alone(street: Street, chief: str) -> None:
    waiting = [each.item for each in list_waiting(street.db, WARD, street.clock())]
    street.says(chief, "duyệt luật")
    street.says(chief, "2")
    said = street.says(chief, "1")
    assert approved(street) == {waiting[1]}
    assert "Bỏ duyệt" in street.wording.label(said.only.buttons[2][0].label, "vi")
    said = street.says(chief, "3")
    assert "Đã bỏ duyệt" in first(said)
    assert approved(street) == frozenset()


def test_to_the_end_and_what_only_the_files_can_mend(street: Street, chief: str) -> None:
    certain = [key for key, item in load_law("vi").items() if item.certainty == "A"]
    said = street.says(chief, "/duyetluat")
    for _ in certain[:-1]:
        said = street.taps(chief, said.taps[0])
    said = street.taps(chief, said.taps[1])
    assert "Còn 1 mục để sau" in first(said)
    said = street.says(chief, "/duyetluat")
    said = street.taps(chief, said.taps[0])
    assert "Không còn mục nào chờ duyệt" in first(said)
    assert f"{len(load_law('vi')) - len(certain)} mục khác chưa chắc chắn" in first(said)
    assert approved(street) == set(certain)


def test_a_button_of_other_words_approves_nothing(street: Street, chief: str) -> None:
    said = street.says(chief, "/duyetluat")
    verb, item = said.taps[0].rsplit(":", 1)[0], said.taps[0]
    said = street.taps(chief, f"{verb}:00000000")
    assert "đã đổi" in first(said)
    for wrong in ("k:ok:", "k:ok:x:y", "k:zz:1", f"{item}0", "k:end:9999999999", "k:end:x"):
        street.taps(chief, wrong)
    assert approved(street) == frozenset()


def test_who_may_not_is_told_and_changes_nothing(street: Street, chief: str) -> None:
    press = street.says(chief, "/duyetluat").taps[0]
    street.says("5", "/start")
    for text in ("/duyetluat", "/chiendich", "/chiendich a; pháo; 1/12 - 2/12"):
        assert street.says("5", text).keys == {"law.approvers_only"}
    assert street.taps("5", press).keys == {"law.approvers_only"}
    assert street.taps("5", press.replace("ok", "no", 1)).keys == {"law.approvers_only"}
    assert approved(street) == frozenset()


def test_law_items_are_paused_and_sent_again_by_a_number(street: Street, chief: str) -> None:
    said = street.says(chief, "/duyetluat")
    assert "Tạm dừng" in street.wording.label(said.only.buttons[2][0].label, "vi")
    said = street.says(chief, "3")
    assert "Đã tạm dừng" in first(said)
    assert is_law_paused(street.db, WARD)
    said = street.says(chief, "1")
    assert "lại nhận" in first(said)
    assert not is_law_paused(street.db, WARD)
    street.says("5", "/start")
    assert street.taps("5", f"k:pause:{WARD}").keys == {"law.approvers_only"}


def test_in_a_group_nothing_is_read_aloud(street: Street, chief: str) -> None:
    press = street.says(chief, "/duyetluat").taps[0]
    for text in ("/duyetluat", "/luat pháo hoa", "/chiendich"):
        assert street.says(chief, text, chat="-5").keys == {"group.in_private"}
    street.taps(chief, press, chat="-5")
    assert street.last_turn is not None
    assert street.last_turn.tap_answer is not None
    assert street.last_turn.tap_answer.key == "incident.old_button"
    assert approved(street) == frozenset()


def test_an_administrator_of_several_wards_chooses(street: Street, chief: str) -> None:
    street.ward("Khu A", code=OTHER, name="Phường Hồng Gai")
    street.says("8", "/start")
    street.grant("8", Role.ADMINISTRATOR, None)
    said = street.says("8", "/duyetluat")
    assert said.taps == [f"k:ward:{OTHER}", f"k:ward:{WARD}"]
    said = street.says("8", "1")
    assert said.taps[0].startswith(f"k:ok:{OTHER}:")
    assert "Hồng Gai" in first(said)


@pytest.mark.parametrize(
    "typed",
    ["/luat pháo hoa", "luật pháo hoa", "luat phao hoa", "Hỏi luật đốt pháo", "law fireworks"],
)
def test_a_question_is_answered_with_law_and_day(street: Street, chief: str, typed: str) -> None:
    approve(street, "fireworks")
    said = street.says("5", typed)
    assert "Pháo hoa khác pháo nổ" in said.words[-1]
    assert "137/2020/NĐ-CP, Điều 17; kiểm tra ngày 22/11/2026" in said.words[-1]
    assert "113" in said.words[-1]


def test_english_gets_english(street: Street, chief: str) -> None:
    approve(street, "fireworks")
    said = street.says("5", "law fireworks", language="en")
    assert any("Quiet fireworks yes" in words for words in said.words)


@pytest.mark.parametrize(
    "typed", ["luật pháo hoa", "luật đánh bạc", "luật tàu vũ trụ", "/luat ???"]
)
def test_what_nobody_approved_or_knows_is_not_answered(
    street: Street, chief: str, typed: str
) -> None:
    street.says("5", "/start")
    said = street.says("5", typed)
    assert said.keys >= {"law.unknown"}
    assert "không trả lời bừa" in first(said)
    assert "113" in first(said)
    assert said.taps == ["c:baotin"]
    assert "Điều" not in first(said)


def test_what_was_withdrawn_is_not_shown_by_an_old_button(street: Street, chief: str) -> None:
    approve(street, "fireworks")
    street.says("5", "/start")
    said = street.says("5", "/luat")
    assert said.taps == ["k:show:fireworks"]
    assert "Pháo hoa khác" in first(street.says("5", "1"))
    withdraw(street.db, street.person(chief), WARD, "fireworks", street.clock())
    assert "law.unknown" in street.taps("5", "k:show:fireworks").keys
    assert "law.unknown" in street.taps("5", "k:show:gambling").keys
    assert street.says("5", "/luat").taps == []


def test_a_question_does_not_swallow_a_report(street: Street, chief: str) -> None:
    street.says("5", "/start")
    street.says("5", "báo tin")
    said = street.says("5", "luật pháo hoa không ai theo, cả xóm đốt pháo nổ")
    assert not any(key.startswith("law.") for key in said.keys)
    # With a slash it is answered, and the open question asked again below.
    said = street.says("5", "/luat tàu vũ trụ")
    assert len(said.words) == 2
    assert "law.unknown" in said.keys


@pytest.mark.parametrize(
    "typed", ["Luật sư Tuấn Bịa vừa lừa tiền bà con", "luật cháy nhà ông Tư rồi, cháy to lắm"]
)
def test_what_only_sounds_like_a_question(street: Street, chief: str, typed: str) -> None:
    street.says("5", "/start")
    said = street.says("5", typed)
    assert not any(key.startswith("law.") for key in said.keys)


def test_a_campaign_in_one_line(street: Street, chief: str) -> None:
    approve(street, "fireworks", "escape_way")
    assert {"law.campaign.none", "law.campaign.how"} <= street.says(chief, "/chiendich").keys
    said = street.says(chief, "chiến dịch Tết bình yên; pháo, phòng cháy; 15/12 - 15/02")
    assert "“Tết bình yên”, 15/12/2026 – 15/02/2027" in first(said)
    assert "• Pháo hoa khác pháo nổ" in first(said)
    assert "4 mục khác" in first(said)
    assert "Tết bình yên" in first(street.says(chief, "/chiendich"))
    said = street.says(chief, "1")
    assert "Đã dừng chiến dịch “Tết bình yên”" in first(said)
    assert "law.campaign.none" in street.says(chief, "/chiendich").keys


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("/chiendich Tết bình yên", "law.campaign.how"),
        ("/chiendich Tết; tàu vũ trụ; 15/12 - 15/02", "law.campaign.no_item"),
        ("/chiendich Tết; pháo; tuần sau", "law.campaign.days"),
        ("/chiendich Tết; pháo; 15/12 - 15/02; Hồng Gai", "law.campaign.which_ward"),
    ],
)
def test_a_campaign_that_is_not_understood(
    street: Street, chief: str, typed: str, key: str
) -> None:
    assert key in street.says(chief, typed).keys
    assert "law.campaign.none" in street.says(chief, "/chiendich").keys


def test_a_campaign_names_its_ward_where_there_are_several(street: Street, chief: str) -> None:
    street.ward("Khu A", code=OTHER, name="Phường Hồng Gai")
    street.grant(chief, Role.ADMINISTRATOR, None)
    line = "/chiendich Tết; pháo; 15/12 - 15/02"
    assert "law.campaign.which_ward" in street.says(chief, line).keys
    assert "law.campaign.begun" in street.says(chief, f"{line}; hồng gai").keys
