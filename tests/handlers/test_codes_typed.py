"""A one-time code works wherever it is typed, and never becomes somebody's words."""

import pytest

from actions.invites import create_first_administrator_code
from storage.drafts import find_open_draft
from storage.tables import Draft
from tests.handlers.street import Street

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 1", "Khu 2")
    return street


def code_of(street: Street) -> str:
    return create_first_administrator_code(street.db, street.clock(), street.random_below)


def open_draft(street: Street) -> Draft | None:
    turn = street.last_turn
    assert turn is not None
    return find_open_draft(street.db, turn.address.id)


@pytest.mark.parametrize(
    "form", ["nhap {}", "nhập {}", "Nhap ma {}", "nhập mã {}", "/nhap {}", "{}"]
)
@pytest.mark.parametrize("before", ["", "/baotin", "mất trộm xe đạp ở tổ 3"])
def test_a_code_works_in_every_state(ward: Street, form: str, before: str) -> None:
    if before:
        ward.says(LAN, before)
    code = code_of(ward)
    said = ward.says(LAN, form.format(f"{code[:4]}-{code[4:]}"))
    assert "admin.code.accepted" in said.keys
    row = open_draft(ward)
    assert (row is not None) == bool(before)
    if row is not None and not form.startswith("/"):
        assert said.taps[-1].startswith(f"f:{row.id}:"), "the open question is asked again"
        assert code[:4] not in str(row.state)


@pytest.mark.parametrize(
    "typed", ["nhap ABCD-2346", "nhập mã abcd 2346", "ABCD-2346", "nhap ABCD123"]
)
@pytest.mark.parametrize("before", ["", "/baotin"])
def test_a_wrong_code_is_said_to_be_wrong(ward: Street, typed: str, before: str) -> None:
    if before:
        ward.says(LAN, before)
    said = ward.says(LAN, typed)
    assert "access.code_wrong" in said.keys
    assert "234" not in str(getattr(open_draft(ward), "state", ""))


@pytest.mark.parametrize("typed", ["nhập hàng lậu ở chợ", "nhap lau thuoc la o cho"])
def test_a_report_may_begin_with_the_same_word(ward: Street, typed: str) -> None:
    ward.says(LAN, typed)
    row = open_draft(ward)
    assert row is not None
    assert row.state["answers"]["what"]["words"] == typed
