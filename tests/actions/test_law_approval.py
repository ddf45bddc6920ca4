"""Approving law items: exactly these words, by a named person of the ward, until they change or
their day comes.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from actions.law_answers import find_answer, find_answers, list_examples
from actions.law_approval import (
    SEAL_LETTERS,
    Waiting,
    approve,
    approved_items,
    held_items,
    list_waiting,
    wards_of_approver,
    watch_approvals,
    withdraw,
    words_hash,
)
from actions.law_face import approval_of
from content.law import FOLDER, LOCALES, load_law
from domain.errors import Refused
from domain.law import Held
from domain.notices import Text
from domain.roles import Role
from storage import law
from tests.actions.lawful import Lawful, friday
from tests.content.edited import edited
from tests.precinct import OTHER_WARD, WARD, Precinct, say

REVIEW = load_law("vi")["fireworks"].review_by


@pytest.fixture
def ward(precinct: Precinct) -> Lawful:
    return Lawful(precinct)


def waiting(ward: Lawful, item: str = "fireworks", folder: Path = FOLDER) -> Waiting:
    return Waiting(item, words_hash(item, folder)[:SEAL_LETTERS])


def test_every_certain_item_waits_and_no_other(ward: Lawful) -> None:
    certain = [key for key, item in load_law("vi").items() if item.certainty == "A"]
    assert [each.item for each in list_waiting(ward.db, WARD, ward.now)] == certain
    held = held_items(ward.db, WARD, ward.now)
    assert set(held.values()) == {Held.UNAPPROVED, Held.UNCERTAIN}


def test_an_approval_names_the_person_and_the_words(ward: Lawful) -> None:
    approve(ward.db, ward.chief, WARD, waiting(ward), ward.now)
    (row,) = law.list_approvals(ward.db, WARD)
    assert row.approved_by == ward.chief.id
    assert row.approved_at == ward.now
    assert row.words_hash == words_hash("fireworks")
    assert approved_items(ward.db, WARD) == {"fireworks"}
    assert "fireworks" not in held_items(ward.db, WARD, ward.now)
    assert "fireworks" not in [each.item for each in list_waiting(ward.db, WARD, ward.now)]


def test_one_ward_does_not_approve_for_another(ward: Lawful) -> None:
    ward.approve(["fireworks"])
    assert approved_items(ward.db, OTHER_WARD) == frozenset()
    other = ward.precinct.holder(Role.CHIEF, "Trưởng Khác", "502", OTHER_WARD)
    with pytest.raises(Refused, match=r"law\.approvers_only"):
        approve(ward.db, other, WARD, waiting(ward, "escape_way"), ward.now)
    assert [each.code for each in wards_of_approver(ward.db, other, ())] == [OTHER_WARD]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.TEAM, Role.MEDIATOR, None])
def test_only_the_chief_and_administrators_approve(ward: Lawful, role: Role | None) -> None:
    person = (
        ward.precinct.resident
        if role is None
        else ward.precinct.holder(role, "Ai Đó", "503", at=ward.khu2)
    )
    with pytest.raises(Refused, match=r"law\.approvers_only"):
        approve(ward.db, person, WARD, waiting(ward), ward.now)
    with pytest.raises(Refused, match=r"law\.approvers_only"):
        wards_of_approver(ward.db, person, ())
    assert approved_items(ward.db, WARD) == frozenset()


def test_an_administrator_approves(ward: Lawful) -> None:
    ward.approve(["fireworks"], ward.precinct.holder(Role.ADMINISTRATOR, "Ngô Thị Quản", "504"))
    assert approved_items(ward.db, WARD) == {"fireworks"}


@pytest.mark.parametrize(
    "wrong", [Waiting("fireworks", "0" * 8), Waiting("gambling", "0" * 8), Waiting("gone", "")]
)
def test_words_that_were_not_shown_are_not_approved(ward: Lawful, wrong: Waiting) -> None:
    with pytest.raises(Refused, match=r"law\.approve\.changed"):
        approve(ward.db, ward.chief, WARD, wrong, ward.now)


def test_what_is_uncertain_cannot_be_approved_whatever_its_seal(ward: Lawful) -> None:
    with pytest.raises(Refused, match=r"law\.approve\.changed"):
        approve(ward.db, ward.chief, WARD, waiting(ward, "gambling"), ward.now)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("vi/fire.toml", "Pháo nổ thì cấm", "Pháo nổ thì bị cấm"),
        ("en/fire.toml", "which explode, are banned", "which explode, are not allowed"),
        ("vi/fire.toml", "Pháo nổ tự làm", "Pháo nổ nhà làm"),
        ("vi/fire.toml", "review_by = 2027-05-22", "review_by = 2027-05-23"),
        ("vi/fire.toml", "checked_on = 2026-11-22", "checked_on = 2026-11-21"),
        ("vi/fire.toml", "; luatvietnam.vn.", "; nguồn khác."),
    ],
)
def test_other_words_are_held_and_the_ward_is_told_once(
    ward: Lawful, tmp_path: Path, file: str, old: str, new: str
) -> None:
    ward.approve(["fireworks", "knives"])
    folder = edited(tmp_path, file, old, new)
    assert approved_items(ward.db, WARD, folder) == {"knives"}
    for _ in range(3):
        watch_approvals(ward.db, ward.now, folder)
    (said,) = [each for each in ward.told() if "đổi lời" in each]
    assert "Pháo hoa khác pháo nổ" in said
    assert "1 mục" in said
    assert "dao" not in said
    ward.approve(["fireworks"], folder=folder)
    watch_approvals(ward.db, ward.now, folder)
    assert approved_items(ward.db, WARD, folder) == {"fireworks", "knives"}
    assert len([each for each in ward.told() if "đổi lời" in each]) == 1


def test_what_nobody_reads_may_change(ward: Lawful, tmp_path: Path) -> None:
    ward.approve(["fireworks"])
    folder = edited(tmp_path, "vi/fire.toml", '"pháo lậu", ', "")
    watch_approvals(ward.db, ward.now, folder)
    assert approved_items(ward.db, WARD, folder) == {"fireworks"}


def test_an_item_that_is_gone_is_told_too(ward: Lawful, tmp_path: Path) -> None:
    ward.approve(["fireworks"])
    folder = edited(tmp_path, "vi/fire.toml", "[fireworks", "[sparklers")
    for file, old in (
        ("vi", "[fireworks.quiz]"),
        ("en", "[fireworks]"),
        ("en", "[fireworks.quiz]"),
    ):
        path = folder / file / "fire.toml"
        text = path.read_text(encoding="utf-8").replace(old, old.replace("fireworks", "sparklers"))
        path.write_text(text, encoding="utf-8")
    watch_approvals(ward.db, ward.now, folder)
    assert approved_items(ward.db, WARD, folder) == frozenset()
    assert [each for each in ward.told() if "fireworks" in each]


def test_past_its_review_everything_is_held_and_told_in_one_message(ward: Lawful) -> None:
    ward.approve()
    last = friday().replace(year=REVIEW.year, month=REVIEW.month, day=REVIEW.day, hour=23)
    watch_approvals(ward.db, last, FOLDER)
    # Some had to be looked at again before.
    before = len(ward.told())
    assert "fireworks" not in held_items(ward.db, WARD, last)
    over = last + timedelta(hours=1)
    assert held_items(ward.db, WARD, over)["fireworks"] is Held.EXPIRED
    for _ in range(3):
        watch_approvals(ward.db, over, FOLDER)
    (said,) = ward.told()[before:]
    assert "quá ngày xem lại" in said
    assert said.count("•") == 5
    assert list_waiting(ward.db, WARD, over) == []
    assert law.list_approvals(ward.db, WARD) == []


def test_a_ward_may_change_its_mind_and_change_it_again(ward: Lawful) -> None:
    ward.approve(["fireworks"])
    assert withdraw(ward.db, ward.chief, WARD, "fireworks", ward.now)
    assert not withdraw(ward.db, ward.chief, WARD, "fireworks", ward.now)
    assert approved_items(ward.db, WARD) == frozenset()
    with pytest.raises(Refused):
        withdraw(ward.db, ward.precinct.an, WARD, "fireworks", ward.now)
    ward.approve(["fireworks"])
    assert approved_items(ward.db, WARD) == {"fireworks"}
    assert len(law.list_approvals(ward.db)) == 1


def test_what_is_held_in_a_chat_does_not_leave_once_it_is_withdrawn(ward: Lawful) -> None:
    ward.approve(["fireworks"])
    ward.tick()
    ward.tick(friday(hour=22))
    assert ward.items() == ["fireworks"]
    assert ward.arrived() == []
    withdraw(ward.db, ward.chief, WARD, "fireworks", ward.now)
    ward.through(2)
    assert ward.arrived() == []


@pytest.mark.parametrize("item", ["fireworks", "escape_way"])
def test_who_approves_reads_every_word_of_both_languages(item: str) -> None:
    shown = "\n".join(say(text) for text in approval_of(item))
    for locale in LOCALES:
        known = load_law(locale)[item]
        assert known.quiz is not None
        for words in (known.title, known.body, known.quiz.question, *known.quiz.options,
                      known.quiz.explanation):  # fmt: skip
            assert words in shown
    facts = load_law("vi")[item]
    assert facts.source in shown
    assert f"{facts.review_by:%d/%m/%Y}" in shown
    assert "chưa có ai ghi tên" in shown


def test_every_item_can_be_shown_in_both_languages() -> None:
    for key in load_law("vi"):
        for locale in LOCALES:
            assert say(Text("law.approve.body", {"lines": approval_of(key)}), locale)


def test_held_items_are_never_an_answer(ward: Lawful) -> None:
    resident = ward.precinct.resident
    asked = (ward.db, resident)
    assert find_answers(*asked, "pháo hoa", (), ward.now) == []
    assert find_answer(*asked, "fireworks", (), ward.now) is None
    assert list_examples(*asked, (), ward.now) == []
    ward.approve(["fireworks"])
    (answer,) = find_answers(*asked, "phao hoa", (WARD,), ward.now)
    assert "22/11/2026" in say(answer.text)
    # Which ward they are of is not known: only what all of them stand behind.
    assert find_answers(*asked, "phao hoa", (), ward.now) == []
    over = ward.now.replace(year=2028)
    assert find_answers(*asked, "phao hoa", (WARD,), over) == []


def test_an_answer_is_in_the_language_of_who_asks(ward: Lawful) -> None:
    ward.approve(["fireworks"])
    person = ward.precinct.resident
    person.locale = "en"
    (answer,) = find_answers(ward.db, person, "pháo hoa", (WARD,), ward.now)
    assert "Quiet fireworks" in say(answer.text, "en")
    assert [each.item for each in list_examples(ward.db, person, (WARD,), ward.now)] == [
        "fireworks"
    ]
