"""Setting up a ward, and inviting people into it."""

import pytest

from bot.flows.draft import JsonValue
from bot.flows.outcomes import Ask, Finish, Retry, Review
from bot.flows.ward import names_in
from tests.flows.talk import CONTEXT, KHU, UNKNOWN_PLACE, Talk


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Khu 1, Khu 2\n\n Thôn  Bắc ;", ("Khu 1", "Khu 2", "Thôn Bắc")),
        ("- Khu 1\n2) Khu 2\n3. Khu 3\n• khu 3", ("Khu 1", "Khu 2", "Khu 3")),
        ("Khu 1 đến 4", ("Khu 1", "Khu 2", "Khu 3", "Khu 4")),
        ("khu 9 - khu 11", ("khu 9", "khu 10", "khu 11")),
        ("Thôn Đông 2-3, Thôn Tây", ("Thôn Đông 2", "Thôn Đông 3", "Thôn Tây")),
        ("Khu 1, 2,3\nThôn Bắc", ("Khu 1", "Khu 2", "Khu 3", "Thôn Bắc")),
        ("1, 2", ()),
        ("Khu 5-3", ("Khu 5-3",)),
        ("Quang Trung 5A", ("Quang Trung 5A",)),
        (" ,;\n- \n", ()),
    ],
)
def test_a_list_of_names_is_read(words: str, names: tuple[str, ...]) -> None:
    assert names_in(words) == names


def test_an_exact_ward_is_taken_and_a_doubtful_one_asked() -> None:
    talk = Talk("ward")
    talk.says("dac khu co to")
    assert talk.draft.step == "neighbourhoods"
    talk = Talk("ward")
    talk.says("mong cai")
    assert isinstance(talk.outcome, Ask)
    assert len(talk.labels()) == 3
    talk.says("3")
    assert talk.draft.step == "neighbourhoods"
    talk.says("Khu 1")
    assert "Móng Cái 3" in talk.seen()


def test_an_unknown_ward_says_what_to_do() -> None:
    talk = Talk("ward")
    talk.says("qwrtpsdf")
    assert isinstance(talk.outcome, Retry)
    assert "Xin gõ lại" in talk.seen()


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (",,,", "ward.neighbourhoods.none"),
        ("Khu " + "rất dài " * 20, "ward.neighbourhoods.too_long"),
    ],
)
def test_names_that_cannot_be_are_refused(words: str, key: str) -> None:
    talk = Talk("ward")
    talk.says("Cô Tô", words)
    assert isinstance(talk.outcome, Retry)
    assert talk.outcome.reason.key == key


def test_the_ward_is_changed_in_the_review() -> None:
    talk = Talk("ward")
    talk.says("Cô Tô", "Khu 1 đến 3", "sửa phường", "vân đồn")
    assert isinstance(talk.outcome, Review)
    assert "Vân Đồn" in talk.seen()
    assert isinstance(talk.says("lưu"), Finish)
    assert talk.draft.get("neighbourhoods").words == "Khu 1 đến 3"


@pytest.mark.parametrize("role", ["officer", "mediator", "duty", "mediation"])
def test_the_whole_ward_needs_no_neighbourhood(role: str) -> None:
    talk = Talk("invite", UNKNOWN_PLACE)
    talk.taps(role)
    assert isinstance(talk.outcome, Finish)
    assert set(talk.draft.answers) == {"role"}


@pytest.mark.parametrize("role", ["leader", "team", "neighbourhood"])
def test_a_local_role_asks_for_its_neighbourhood(role: str) -> None:
    talk = Talk("invite", UNKNOWN_PLACE)
    talk.taps(role)
    assert talk.draft.step == "neighbourhood"
    assert isinstance(talk.says("khu 7"), Finish)
    assert talk.draft.get("neighbourhood").choice == "7"


def test_the_only_or_known_neighbourhood_is_taken() -> None:
    for context in ({**UNKNOWN_PLACE, "neighbourhoods": KHU[:1]}, CONTEXT):
        talk = Talk("invite", context)
        assert isinstance(talk.taps("leader"), Finish)
        assert talk.draft.get("neighbourhood").choice in {"1", "5"}


@pytest.mark.parametrize(
    "words", ["trưởng công an phường", "truong cong an", "Chief of the ward police", "1"]
)
def test_who_may_invite_a_chief_finds_them_first(words: str) -> None:
    invitable: list[JsonValue] = ["chief", "officer", "leader", "team", "mediator", "duty"]
    talk = Talk("invite", {**CONTEXT, "invitable": invitable})
    assert talk.labels()[0] == "Trưởng công an phường"
    assert isinstance(talk.says(words), Finish)
    assert talk.draft.get("role").choice == "chief"


def test_who_may_not_invite_a_chief_does_not_see_them() -> None:
    talk = Talk("invite", {**CONTEXT, "invitable": ["officer", "leader"]})
    assert [option.value for option in talk.prompt.choices] == ["officer", "leader"]
    assert isinstance(talk.says("trưởng công an phường"), Retry)


def test_another_role_forgets_the_neighbourhood() -> None:
    talk = Talk("invite", UNKNOWN_PLACE)
    talk.taps("leader", "_back", "officer")
    assert isinstance(talk.outcome, Finish)
    assert set(talk.draft.answers) == {"role"}


def test_only_what_somebody_may_invite_is_offered() -> None:
    talk = Talk("invite", {**CONTEXT, "invitable": ["team"]})
    assert [option.value for option in talk.prompt.choices] == ["team"]
    talk.says("công an")
    assert isinstance(talk.outcome, Retry)
    talk = Talk("invite", {**CONTEXT, "invitable": ["leader", "neighbourhood"]})
    talk.taps("chat")
    assert [option.value for option in talk.prompt.choices] == ["neighbourhood"]
