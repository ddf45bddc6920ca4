"""Whose words count in a group: another neighbour's are added as what they are, and speak for
nobody else; and a yes counts as long as it is about what goes on now. All names are invented.
"""

from datetime import timedelta

import pytest
from sqlmodel import select

from actions.unheard import tell_unheard
from domain.roles import Purpose, Role
from storage import incidents
from storage.addresses import add_address
from storage.rooms import add_room
from storage.rows import list_by, rows
from storage.tables import Draft, Incident, Room
from tests.handlers.street import WARD, Said, Street

HOA, NAM, OFFICER = "2001", "2002", "2004"
KHU, DUTY = "-600", "-700"
CRY = "đánh nhau to lắm cứu với"
QUIET_WORDS = "đánh nhau cứu với, bạo hành trẻ em"


@pytest.fixture
def ward(street: Street) -> Street:
    """A neighbourhood's chat and a duty chat."""
    (khu,) = street.ward("Khu 1")
    street.grant(OFFICER, Role.OFFICER)
    for chat, purpose, at in ((KHU, Purpose.NEIGHBOURHOOD, khu), (DUTY, Purpose.DUTY, None)):
        address = add_address(street.db, street.bot.name, chat, street.clock(), title="Nhóm bịa")
        bound = Room(
            address_id=address.id,
            purpose=purpose.value,
            ward_code=WARD,
            neighbourhood_id=at,
            bound_at=street.clock(),
        )
        add_room(street.db, bound)
    return street


def shouts(ward: Street, who: str = HOA, words: str = CRY, message_id: str = "77") -> Said:
    return ward.says(who, words, KHU, message_id=message_id)


def filed(ward: Street) -> list[Incident]:
    return list_by(ward.db, Incident)


def at(said: Said, chat: str) -> str:
    found = zip(said.words, said.chats(), strict=True)
    return "\n".join(words for words, place in found if place == chat)


def confirmed(ward: Street) -> Incident:
    ward.taps(HOA, shouts(ward).taps[0], KHU)
    (incident,) = filed(ward)
    return incident


def test_another_voice_silences_nobodys_alert(ward: Street) -> None:
    confirmed(ward)
    shouts(ward, NAM, QUIET_WORDS, "78")
    (incident,) = filed(ward)
    assert (incident.quiet, incident.contact) == (False, "any")
    before = ward.last_id()
    tell_unheard(ward.db, ward.clock() + timedelta(seconds=65))
    assert "waiting.first.p1" in ward.said_since(before).keys


def test_its_words_stand_on_the_card_as_the_groups(ward: Street) -> None:
    incident = confirmed(ward)
    said = at(shouts(ward, NAM, QUIET_WORDS, "78"), DUTY)
    assert "bạo hành" in said
    assert "người khác trong nhóm" in said
    assert "người báo bổ sung" not in said
    assert "KÍN" not in said
    opened = at(ward.says(OFFICER, f"/vuviec {incident.code}", DUTY), DUTY)
    assert "người khác trong nhóm viết" in opened
    assert "người báo bổ sung" not in opened


def test_the_reporters_own_words_still_make_it_quiet(ward: Street) -> None:
    confirmed(ward)
    said = at(shouts(ward, HOA, QUIET_WORDS, "78"), DUTY)
    (incident,) = filed(ward)
    assert (incident.quiet, incident.contact) == (True, "none")
    assert "người báo bổ sung" in said


def test_another_yes_to_the_same_silences_nobody_either(ward: Street) -> None:
    first, second = shouts(ward), shouts(ward, NAM, QUIET_WORDS, "78")
    ward.taps(HOA, first.taps[0], KHU)
    ward.taps(NAM, second.taps[0], KHU)
    (incident,) = filed(ward)
    assert not incident.quiet


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_after_an_hour_the_question_is_over(ward: Street, answer: str) -> None:
    question = shouts(ward, words="Cháy rồi bà con ơi cứu với")
    tap = next(tap for tap in question.taps if tap.endswith(f":{answer}"))
    ward.clock.move(hours=1)
    said = ward.taps(HOA, tap, KHU)
    assert filed(ward) == []
    assert said.chats() == [KHU]
    assert said.rows[0].edits == question.rows[0].id
    assert "gọi ngay 114" in said.words[0]
    assert "viết lại" in said.words[0]
    assert said.taps == []
    assert ward.last_turn is not None
    assert ward.last_turn.tap_answer is not None
    assert ward.last_turn.tap_answer.key == "overheard.over"
    (draft,) = rows(ward.db, Draft, select(Draft).where(Draft.flow == "shout"))
    assert (draft.status, draft.state) == ("done", None)


def test_until_then_the_yes_counts(ward: Street) -> None:
    question = shouts(ward)
    ward.clock.move(minutes=59)
    ward.taps(HOA, question.taps[0], KHU)
    assert len(filed(ward)) == 1


def test_who_did_not_shout_ends_nothing(ward: Street) -> None:
    question = shouts(ward)
    ward.clock.move(hours=2)
    assert not ward.taps(NAM, question.taps[0], KHU).rows
    assert ward.last_turn is not None
    assert ward.last_turn.tap_answer is not None
    assert ward.last_turn.tap_answer.key == "overheard.only_author"


def test_the_history_says_whose_words_they_were(ward: Street) -> None:
    incident = confirmed(ward)
    shouts(ward, NAM, "có dao kìa, đánh nhau to lắm", "78")
    added = [e for e in incidents.list_events(ward.db, incident.id) if e.what == "added"]
    assert [event.detail["overheard"] for event in added] == [True]
