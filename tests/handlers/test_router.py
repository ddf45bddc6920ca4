"""Which way an update goes: commands in every form, greetings, codes, and all else a report."""

import unicodedata
from typing import Literal

import pytest

from bot.flows import FLOWS
from domain.notices import Media, Pin
from domain.roles import Role
from tests.handlers.street import Street

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    """A ward with two neighbourhoods."""
    street.ward("Khu 1", "Khu 2")
    return street


def state_of(street: Street) -> dict[str, object]:
    """The open draft's stored state."""
    from actions.conversations import open_draft

    turn = street.last_turn
    assert turn is not None
    row = open_draft(street.db, turn.address.id)
    return {} if row is None else dict(row.state, flow=row.flow)


FORMS = {
    "baotin": ["/baotin", "/BaoTin", "/baotin@tuquan_bia_bot", "/baotin@TUQUAN_BIA_BOT",
               "Báo tin", "bao tin", "BÁO TIN!", "baotin", "report", "/báo tin"],
    "vuviec": ["/vuviec", "vụ việc", "Vu viec", "vu việc.", "my reports"],
    "hoagiai": ["/hoagiai", "hòa giải", "hoà giải", "hoa giai", "mediation"],
    "huy": ["/huy", "hủy", "huỷ", "huy", "cancel"],
    "tieptuc": ["/tieptuc", "tiếp tục", "tiep tuc", "continue"],
    "trogiup": ["/trogiup", "trợ giúp", "tro giup", "Help"],
    "ngonngu": ["/ngonngu", "ngôn ngữ", "ngon ngu", "language"],
    "khancap": ["/khancap", "khẩn cấp", "khan cap!!", "emergency", "SOS"],
    "thietlap": ["/thietlap", "thiết lập", "thiet lap"],
    "nhap": ["/nhap", "nhập mã", "nhap ma"],
    "moi": ["/moi", "mã mời", "ma moi", "invite"],
}  # fmt: skip
SAID = {
    "baotin": "report.what.ask",
    "vuviec": "incident.list.none",
    "hoagiai": "mediation.safety.ask",
    "huy": "command.nothing_to_cancel",
    "tieptuc": "command.nothing_to_continue",
    "trogiup": "menu.help.all",
    "ngonngu": "menu.language.ask",
    "khancap": "danger.kind.ask",
    "thietlap": "access.administrators_only",
    "nhap": "admin.code.ask",
    "moi": "access.may_not_invite",
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("command", "typed"), [(name, each) for name, forms in FORMS.items() for each in forms]
)
def test_a_command_in_every_form(
    ward: Street, command: str, typed: str, form: Literal["NFC", "NFD"]
) -> None:
    said = ward.says(LAN, unicodedata.normalize(form, typed))
    assert SAID[command] in said.keys, said.words


def test_another_bots_command_is_not_ours(ward: Street) -> None:
    assert not ward.says(LAN, "/baotin@other_bot", chat="-5").rows


def test_a_plain_word_counts_only_as_the_whole_message(ward: Street) -> None:
    ward.says(LAN, "hủy hoại tài sản của tổ dân")
    assert state_of(ward)["flow"] == "report"


@pytest.mark.parametrize("typed", ["alo", "xin chào", "Hi", "Chào em ạ", "cảm ơn nhé", "ok"])
def test_a_greeting_opens_the_menu_with_the_numbers_first(ward: Street, typed: str) -> None:
    said = ward.says(LAN, typed)
    first_line = said.words[0].split("\n")[0]
    assert all(number in first_line for number in ("113", "114", "115"))
    assert len(said.only.buttons) == 5
    assert not state_of(ward)


def test_a_sticker_opens_the_menu(ward: Street) -> None:
    assert "menu.menu" in ward.says(LAN, sticker=True).keys


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("1", "report.what.ask"),
        ("2", "danger.kind.ask"),
        ("3.", "incident.list.none"),
        ("5", "menu.help.all"),
    ],
)
def test_a_number_is_the_menus_where_nothing_is_open(ward: Street, number: str, key: str) -> None:
    ward.says(LAN, "alo")
    assert key in ward.says(LAN, number).keys


@pytest.mark.parametrize("typed", ["mất trộm ở tổ 3, đêm qua", "mất xe", "trộm", "bắn nhau"])
def test_free_words_begin_the_report_and_are_kept(ward: Street, typed: str) -> None:
    ward.says(LAN, typed)
    state = state_of(ward)
    assert state["flow"] == "report"
    assert state["answers"]["what"]["words"] == typed  # type: ignore[index]


def test_a_photo_or_a_pin_begins_the_report_and_is_kept(ward: Street) -> None:
    ward.says(LAN, media=(Media("photo", "anh-bia"),))
    assert state_of(ward)["answers"]["what"]["media"][0][1] == "anh-bia"  # type: ignore[index]
    ward.says("1002", pin=Pin(20.95, 107.08))
    assert "20.95" in str(state_of(ward)["answers"])


def test_danger_in_free_words_puts_the_number_first(ward: Street) -> None:
    said = ward.says(LAN, "cháy nhà")
    assert "114" in said.words[0].split("\n")[0]


def test_an_album_begins_one_report(ward: Street) -> None:
    ward.says(LAN, media=(Media("photo", "a"),), album="9")
    ward.says(LAN, media=(Media("photo", "b"),), album="9")
    files = [each[1] for each in state_of(ward)["answers"]["what"]["media"]]  # type: ignore[index]
    assert files == ["a", "b"]


def test_words_after_the_command_are_its_beginning(ward: Street) -> None:
    ward.says(LAN, "/baotin mất con gà trống ở tổ 5")
    assert "mất con gà trống ở tổ 5" in str(state_of(ward)["answers"])


def test_a_bare_invitation_is_used(ward: Street) -> None:
    from actions.invites import create_first_administrator_code

    code = create_first_administrator_code(ward.db, ward.clock(), ward.random_below)
    said = ward.says(LAN, f"{code[:4].lower()} {code[4:]}")
    assert "admin.code.accepted" in said.keys


def test_a_bare_receipt_shows_the_matter(ward: Street) -> None:
    from domain.codes import new_code

    said = ward.says(LAN, new_code(lambda limit: 4711))
    assert "incident.unknown" in said.keys
    assert "command.receipt_mistyped" in ward.says(LAN, "12345678").keys


def test_a_slash_wins_over_an_open_question(ward: Street) -> None:
    ward.says(LAN, "/baotin")
    assert "incident.list.none" in ward.says(LAN, "/vuviec").keys
    assert state_of(ward)["step"] == "what"


def test_plain_words_are_an_answer_to_an_open_question(ward: Street) -> None:
    ward.says(LAN, "/baotin")
    ward.says(LAN, "báo tin")
    assert state_of(ward)["answers"]["what"]["words"] == "báo tin"  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "key"), [("trợ giúp", "menu.help.all"), ("tiep tuc", "report.what.ask")]
)
def test_a_few_plain_words_win_over_an_open_question(ward: Street, typed: str, key: str) -> None:
    ward.says(LAN, "/baotin")
    said = ward.says(LAN, typed)
    assert key in said.keys
    assert "report.what.ask" in said.keys
    assert list(state_of(ward)["answers"]) == ["when"]  # type: ignore[call-overload]


def test_the_language_is_changed_and_the_question_asked_again(ward: Street) -> None:
    ward.says(LAN, "/baotin")
    said = ward.taps(LAN, "l:en")
    assert ward.person(LAN).locale == "en"
    assert "report.what.ask" in said.keys
    ward.says(LAN, "/tiengviet")
    assert ward.person(LAN).locale == "vi"


def test_an_edit_changes_nothing_and_says_so(ward: Street) -> None:
    ward.says(LAN, "/baotin")
    ward.says(LAN, "mất xe")
    before = state_of(ward)
    assert "command.edited.open" in ward.says(LAN, "mất xe đạp", edited=True).keys
    assert state_of(ward) == before
    assert not ward.says(LAN, pin=Pin(20.9, 107.0), edited=True).rows


def test_without_any_ward_the_numbers_are_given(street: Street) -> None:
    said = street.says(LAN, "mất xe máy")
    assert said.keys == {"command.no_ward_yet"}
    assert "113" in said.words[0]


def test_a_refusal_is_said_once_and_changes_nothing(ward: Street) -> None:
    ward.says(LAN, "alo")
    assert ward.says(LAN, "/moi").keys == {"access.may_not_invite"}
    assert not state_of(ward)


def test_a_refused_press_in_a_group_is_shown_to_who_pressed(ward: Street) -> None:
    ward.grant(LAN, Role.CHIEF)
    said = ward.taps("1002", "g:1", chat="-5", by_admin=False)
    assert not said.rows
    turn = ward.last_turn
    assert turn is not None
    assert turn.tap_alert
    assert turn.tap_answer is not None
    assert turn.tap_answer.key == "access.group_administrators_only"


def test_an_unknown_button_is_an_old_one(ward: Street) -> None:
    for data in ("z:9", "c:khongco"):
        assert not ward.taps(LAN, data).rows
        assert popup(ward) == "command.old_button"


def popup(street: Street) -> str:
    """The key of what the pressed button shows, as something to be closed."""
    turn = street.last_turn
    assert turn is not None
    assert turn.tap_alert
    assert turn.tap_answer is not None
    return turn.tap_answer.key


def test_every_flow_has_a_deed() -> None:
    import inspect

    from bot.handlers import finishing

    named = inspect.getsource(finishing)
    assert all(f'"{flow}"' in named for flow in FLOWS)


def test_a_photo_with_a_commands_name_begins_a_report_with_the_photo(ward: Street) -> None:
    ward.says(LAN, "báo tin", media=(Media("photo", "anh-bia"),))
    assert state_of(ward)["answers"]["what"]["media"][0][1] == "anh-bia"  # type: ignore[index]
    ward.says("1002", "khẩn cấp", media=(Media("photo", "anh-bia"),))
    assert state_of(ward)["flow"] == "report"


def test_a_full_width_number_is_a_number(ward: Street) -> None:
    ward.says(LAN, "xin chào")
    assert "report.what.ask" in ward.says(LAN, "１").keys


def test_the_menu_never_shares_its_numbers_with_an_open_question(ward: Street) -> None:
    ward.says(LAN, "mất trộm xe đạp ở tổ 3")
    said = ward.says(LAN, "/start", start="")
    assert "menu.still_open" in said.keys
    assert "menu.menu" not in said.keys
    ward.says(LAN, "/huy")
    ward.says(LAN, "/baotin")
    assert "menu.menu" in ward.says(LAN, "/menu").keys
    assert not state_of(ward)


@pytest.mark.parametrize("typed", ["/", "/@", "/@tuquan_bia_bot", "/ baotin x", "/\n", "//", "@"])
def test_odd_slashes_are_answered(ward: Street, typed: str) -> None:
    assert ward.says(LAN, typed).rows
