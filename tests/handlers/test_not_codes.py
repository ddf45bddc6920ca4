"""A report that is typed without accents and looks like an invitation is a report."""

import pytest

from actions.invites import TRIES, create_first_administrator_code
from domain.codes import is_bare_invite, is_written_as_invite
from storage.drafts import find_open_draft
from tests.handlers.street import Said, Street

LAN = "1001"


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 1", "Khu 2")
    return street


def story(street: Street) -> str:
    """What the open report says; "" where there is none."""
    turn = street.last_turn
    assert turn is not None
    row = find_open_draft(street.db, turn.address.id)
    return str(row.state["answers"]["what"]["words"]) if row else ""


@pytest.mark.parametrize(
    "typed",
    [
        "chay khu 2",
        "chay nha 5",
        "CHAY KHU 2",
        "danh nhau 2",
        "cuu cuu 2",
        "chay nha5",
        "CHAY-NHA5",
    ],
)
def test_danger_without_accents_is_never_a_code(ward: Street, typed: str) -> None:
    said = ward.says(LAN, typed)
    assert story(ward) == typed
    assert "access.code_wrong" not in said.keys
    assert any(number in said.words[0].split("\n")[0] for number in ("113", "114", "115"))


@pytest.mark.parametrize(
    "typed", ["khan nha2", "Khan Nha2", "khan khu 2", "hang rac2", "mat xe 22"]
)
def test_what_has_the_form_of_a_code_and_is_none_begins_a_report(ward: Street, typed: str) -> None:
    ward.says(LAN, typed)
    assert story(ward) == typed


@pytest.mark.parametrize("typed", ["ABCD2345", "ABCD-2345", " ABCD2345 "])
def test_what_is_written_as_codes_are_is_refused_as_one(ward: Street, typed: str) -> None:
    assert "access.code_wrong" in ward.says(LAN, typed).keys
    assert story(ward) == ""


@pytest.mark.parametrize("form", ["{0}{1}", "{0} {1}", "{0}-{1}", "{0}.{1}"])
@pytest.mark.parametrize("lower", [False, True])
def test_a_code_that_was_handed_out_is_used_in_any_form(
    ward: Street, form: str, lower: bool
) -> None:
    code = create_first_administrator_code(ward.db, ward.clock(), ward.random_below)
    typed = form.format(code[:4], code[4:])
    said = ward.says(LAN, typed.lower() if lower else typed)
    assert "admin.code.accepted" in said.keys


def test_guessing_in_lower_case_counts_and_learns_nothing(ward: Street) -> None:
    code = create_first_administrator_code(ward.db, ward.clock(), ward.random_below)
    for _ in range(TRIES):
        guess(ward, "abcd2345")
    assert "admin.code.accepted" not in guess(ward, code.lower()).keys
    assert "access.too_many_tries" in guess(ward, code).keys


def guess(street: Street, typed: str) -> Said:
    """A code, with nothing open."""
    street.says(LAN, "/huy")
    return street.says(LAN, typed)


@pytest.mark.parametrize(
    ("typed", "bare", "written"),
    [
        ("ABCD2345", True, True),
        ("ABCD-2345", True, True),
        ("ABCD 2345", True, False),
        ("abcd2345", True, False),
        ("AB CD 23 45", False, False),
        ("chay khu 2", False, False),
        ("ABCD 234X", False, False),
        ("48271936", False, False),
    ],
)
def test_the_form_of_an_invitation(typed: str, bare: bool, written: bool) -> None:
    assert is_bare_invite(typed) is bare
    assert is_written_as_invite(typed) is written
