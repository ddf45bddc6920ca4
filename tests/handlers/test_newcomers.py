"""Whoever comes for the first time is greeted above the first question, once."""

import pytest

from domain.roles import Role
from tests.handlers.street import Street

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 1", "Khu 2")
    return street


def test_a_newcomer_by_link_is_greeted_above_the_first_question(ward: Street) -> None:
    khu = ward.ward("Khu 1", "Khu 2")[0]
    said = ward.says(LAN, f"/start bt_{khu}", start=f"bt_{khu}")
    assert said.only
    numbers, hello, *_ = said.words[0].split("\n\n")
    assert all(number in numbers for number in ("113", "114", "115", "111"))
    assert hello == (
        "Xin chào. Đây là trợ lý tự động, giúp báo tin tới Công an phường Hạ Long; gọi điện vào "
        "tài khoản này không có ai nghe. Nhắn ở đây không thay cho gọi 113, cũng không thay cho "
        "đơn hay biên bản chính thức."
    )
    assert "report.what.ask" in said.keys
    again = ward.says("1001", "/baotin")
    assert "menu.hello" not in again.keys


def test_in_english_the_ward_has_its_english_name(ward: Street) -> None:
    said = ward.says("1003", "/baotin", language="en")
    assert "the police of Hạ Long ward" in ward.wording.say(said.only.text, "en")  # type: ignore[arg-type]


def test_in_danger_nobody_is_greeted(ward: Street) -> None:
    said = ward.says(LAN, "cháy nhà")
    assert "114" in said.words[0].split("\n")[0]
    assert "Xin chào" not in said.words[0]


def test_who_was_greeted_by_the_menu_is_not_greeted_again(ward: Street) -> None:
    ward.says(LAN, "/start", start="")
    assert "menu.hello" not in ward.says(LAN, "/baotin").keys


def test_an_administrator_at_work_is_not_greeted(ward: Street) -> None:
    ward.grant(LAN, Role.ADMINISTRATOR, ward=None)
    assert "menu.hello" not in ward.says(LAN, "/thietlap").keys


@pytest.mark.parametrize("typed", ["vụ việc", "vu viec", "/vuviec"])
def test_the_list_over_an_open_question_asks_it_again(ward: Street, typed: str) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    said = ward.says(LAN, typed)
    assert "incident.list.none" in said.keys
    assert said.taps[-1].startswith("f:")


@pytest.mark.parametrize("typed", ["hủy", "huy", "Hủy bỏ"])
def test_cancelling_at_go_on_or_anew_is_one_message(ward: Street, typed: str) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    ward.says(LAN, "/baotin")
    said = ward.says(LAN, typed)
    assert said.only
    assert said.keys == {"command.cancelled"}


def test_help_over_go_on_or_anew_asks_that_again(ward: Street) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    ward.says(LAN, "/baotin")
    assert ward.says(LAN, "trợ giúp").taps[-2:] == ["c:tieptuc", "c:baotinmoi"]


def test_a_quarrel_in_a_group_is_told_in_private(ward: Street) -> None:
    said = ward.says("1005", "/hoagiai", chat="-100")
    assert said.links == [ward.bot.start_link("hg")]
    begun = ward.says("1005", "/start hg", start="hg")
    assert "mediation.safety.ask" in begun.keys
    assert "menu.hello" in begun.keys
