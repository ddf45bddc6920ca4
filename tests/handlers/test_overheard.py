"""What is said in a neighbourhood's chat: a cry for help is answered there and, with its
author's yes, reaches the police and the neighbours; an accusation is met with one neutral line.
"""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.channels.base import Incoming, Sender
from bot.handlers.arrival import open_turn
from domain.notices import Lane
from domain.roles import Purpose, Role
from storage import incidents, outbox
from storage.addresses import add_address, find_address
from storage.rooms import add_room
from storage.rows import list_by, rows
from storage.tables import Draft, Incident, Outbox, Room
from tests.domain.group_talk import ACCUSATIONS, ORDINARY, lines
from tests.handlers.street import WARD, Said, Street

HOA, NAM, LEADER, OFFICER = "2001", "2002", "2003", "2004"
KHU, SECOND, DUTY, MEDIATION, OTHER = "-600", "-601", "-700", "-800", "-900"
CRY = "cháy nhà ông Tư rồi bà con ơi"


@pytest.fixture
def ward(street: Street) -> Street:
    """A neighbourhood with its leader and two chats, another one, a duty and a mediation chat."""
    first, other = street.ward("Khu 1", "Khu 2")
    street.grant(LEADER, Role.LEADER, at=first)
    street.grant(OFFICER, Role.OFFICER)
    for chat, purpose, at in (
        (KHU, Purpose.NEIGHBOURHOOD, first),
        (SECOND, Purpose.NEIGHBOURHOOD, first),
        (OTHER, Purpose.NEIGHBOURHOOD, other),
        (DUTY, Purpose.DUTY, None),
        (MEDIATION, Purpose.MEDIATION, None),
    ):
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


def shouts(ward: Street, who: str = HOA, words: str = CRY, at: str = KHU, **more: Any) -> Said:
    return ward.says(who, words, at, **{"message_id": "55", **more})


def filed(ward: Street) -> list[Incident]:
    return list_by(ward.db, Incident)


def at(said: Said, chat: str) -> list[str]:
    return [words for words, place in zip(said.words, said.chats(), strict=True) if place == chat]


def test_the_number_is_in_line_one_below_the_cry(ward: Street) -> None:
    said = shouts(ward)
    assert said.chats() == [KHU]
    assert said.words[0].splitlines()[0] == "<b>Gọi ngay: 114</b>"
    assert "Cháy, nổ" in said.words[0]
    assert "ông Tư" not in said.words[0]
    assert said.only.replies_to == "55"
    assert said.rows[0].lane == Lane.EMERGENCY
    assert [tap.rpartition(":")[2] for tap in said.taps] == ["yes", "no"]
    assert filed(ward) == []


def test_the_authors_yes_tells_police_leader_and_neighbours(ward: Street) -> None:
    question = shouts(ward)
    said = ward.taps(HOA, question.taps[0], KHU)
    (incident,) = filed(ward)
    assert (incident.kind, incident.urgency, incident.source) == ("FIRE", 1, "group")
    assert incident.words == CRY
    assert incident.neighbourhood_id is not None
    assert incident.tell_neighbours is True
    assert (incident.named, incident.reporter_name) == (False, None)
    author = find_address(ward.db, ward.bot.name, HOA)
    assert author is not None
    assert incidents.find_reporter(ward.db, incident.id) == author.id
    assert "CHƯA AI NHẬN" in at(said, DUTY)[0]
    assert len(at(said, LEADER)) == len(at(said, SECOND)) == 1
    assert at(said, OTHER) == at(said, MEDIATION) == []
    for chat in (LEADER, SECOND, KHU):
        assert not any("ông Tư" in words or HOA in words for words in at(said, chat))


def test_the_question_gives_way_to_what_was_done(ward: Street) -> None:
    question = shouts(ward)
    said = ward.taps(HOA, question.taps[0], KHU)
    (settled,) = [row for row in said.rows if row.edits == question.rows[0].id]
    assert outbox.load_notice(settled.notice).buttons == ()
    assert "overheard.told" in said.keys
    again = ward.taps(HOA, question.taps[0], KHU)
    assert not again.rows
    assert ward.last_turn is not None
    assert ward.last_turn.tap_answer is not None
    assert len(filed(ward)) == 1


def test_without_a_desk_it_does_not_say_told(ward: Street) -> None:
    ward.event(OFFICER, DUTY, "bot_removed")
    question = shouts(ward)
    said = ward.taps(HOA, question.taps[0], KHU)
    assert "overheard.no_desk" in said.keys
    assert "overheard.told" not in said.keys
    assert len(filed(ward)) == 1


def test_only_the_author_may_press(ward: Street) -> None:
    question = shouts(ward)
    for who in (NAM, LEADER, OFFICER):
        said = ward.taps(who, question.taps[0], KHU)
        assert not said.rows
        assert ward.last_turn is not None
        assert ward.last_turn.tap_answer is not None
        assert ward.last_turn.tap_answer.key == "overheard.only_author"
        assert "114" in str(ward.last_turn.tap_answer.params)
    assert filed(ward) == []


def test_a_press_in_another_group_is_none(ward: Street) -> None:
    question = shouts(ward)
    assert not ward.taps(HOA, question.taps[0], SECOND).rows
    assert filed(ward) == []


@pytest.mark.parametrize("answer", ["1", "phải", "Phải ạ", "có"])
def test_the_author_may_type_instead(ward: Street, answer: str) -> None:
    shouts(ward)
    ward.says(HOA, answer, KHU)
    assert len(filed(ward)) == 1


def test_a_number_as_a_reply_to_the_question(ward: Street) -> None:
    question = shouts(ward)
    ward.sent(question.rows[0].id, "901")
    assert not filed(ward)
    ward.says(NAM, "1", KHU, reply_to="901", reply_to_bot=True)
    assert not filed(ward)
    ward.says(HOA, "1", KHU, reply_to="901", reply_to_bot=True)
    assert len(filed(ward)) == 1


def test_somebody_elses_number_means_nothing(ward: Street) -> None:
    shouts(ward)
    assert not ward.says(NAM, "1", KHU).rows
    assert filed(ward) == []


@pytest.mark.parametrize("answer", ["2", "không", "không phải"])
def test_a_no_leaves_the_number(ward: Street, answer: str) -> None:
    shouts(ward)
    said = ward.says(HOA, answer, KHU)
    assert said.keys == {"overheard.denied"}
    assert "114" in said.words[0]
    assert filed(ward) == []
    (draft,) = rows(ward.db, Draft, select(Draft).where(Draft.flow == "shout"))
    assert (draft.status, draft.state) == ("done", None)


def test_a_second_cry_is_added_without_a_second_alarm(ward: Street) -> None:
    question = shouts(ward)
    ward.taps(HOA, question.taps[0], KHU)
    ward.clock.move(minutes=5)
    said = shouts(ward, NAM, "cháy to lắm, có người kẹt trên gác", message_id="77")
    assert len(filed(ward)) == 1
    assert "overheard.known" in said.keys
    assert any("114" in words for words in at(said, KHU))
    assert any("kẹt trên gác" in words for words in at(said, DUTY))
    assert at(said, SECOND) == at(said, LEADER) == []


def test_two_who_cry_before_anybody_said_yes(ward: Street) -> None:
    first, second = shouts(ward), shouts(ward, NAM, "cháy to quá cứu với")
    assert "overheard.ask" in second.keys
    ward.taps(NAM, second.taps[0], KHU)
    said = ward.taps(HOA, first.taps[0], KHU)
    assert len(filed(ward)) == 1
    assert at(said, SECOND) == at(said, LEADER) == []
    assert any("ông Tư" in words for words in at(said, DUTY))


def test_later_it_is_another_fire(ward: Street) -> None:
    ward.taps(HOA, shouts(ward).taps[0], KHU)
    ward.clock.move(minutes=11)
    said = shouts(ward, NAM, "cháy nhà nữa rồi")
    assert "overheard.ask" in said.keys
    ward.taps(NAM, said.taps[0], KHU)
    assert len(filed(ward)) == 2


def test_the_same_author_is_asked_once(ward: Street) -> None:
    question = shouts(ward)
    assert not shouts(ward, HOA, "cháy to lắm rồi").rows
    ward.taps(HOA, question.taps[0], KHU)
    assert filed(ward)[0].words == f"{CRY}\ncháy to lắm rồi"


def test_what_is_no_hazard_to_all_warns_no_neighbour(ward: Street) -> None:
    question = shouts(ward, words="đánh nhau ở đầu chợ có dao")
    assert "113" in question.words[0].splitlines()[0]
    assert "overheard.yes.police" in str(question.notices[0].buttons)
    said = ward.taps(HOA, question.taps[0], KHU)
    assert len(filed(ward)) == 1
    assert at(said, SECOND) == at(said, LEADER) == []


def test_violence_at_home_is_not_named_before_the_group(ward: Street) -> None:
    question = shouts(ward, words="chồng tôi đánh tôi cứu với")
    assert "113" in question.words[0].splitlines()[0]
    assert "Bạo lực" not in question.words[0]
    said = ward.taps(HOA, question.taps[0], KHU)
    (incident,) = filed(ward)
    assert incident.quiet
    for chat in (KHU, SECOND, LEADER):
        assert not any("Bạo lực" in words or "chồng" in words for words in at(said, chat))


@pytest.mark.parametrize("chat", [DUTY, MEDIATION, "-999"])
def test_only_in_neighbourhood_chats(ward: Street, chat: str) -> None:
    assert not shouts(ward, at=chat).rows
    assert not shouts(ward, words="nhà ông Tư bán ma túy", at=chat).rows


def test_neither_edited_nor_other_commands(ward: Street) -> None:
    assert not shouts(ward, edited=True).rows
    assert not shouts(ward, words="/khongco cháy nhà").rows


def test_what_is_sent_on_accuses_nobody(ward: Street) -> None:
    assert not shouts(ward, words="nhà ông Tư bán ma túy", forwarded=True).rows
    assert shouts(ward, forwarded=True).rows


@pytest.mark.parametrize("words", lines(ORDINARY))
def test_ordinary_talk_stays_unanswered(ward: Street, words: str) -> None:
    assert not shouts(ward, words=words).rows


@pytest.mark.parametrize("words", lines(ACCUSATIONS))
def test_an_accusation_is_not_echoed(ward: Street, words: str) -> None:
    said = shouts(ward, words=words)
    assert said.keys == {"overheard.hush"}
    assert said.only.replies_to is None
    assert "thu hồi" in said.words[0]
    assert said.links[0].startswith("https://t.me/tuquan_bia_bot?start=bt_")
    for word in words.split():
        if word[0].isupper() and len(word) > 3:
            assert word not in said.words[0]
    assert filed(ward) == []


def test_hushed_once_in_ten_minutes_in_each_group(ward: Street) -> None:
    words = "nhà ông Tư bán ma túy"
    ward.clock.at = ward.clock.at.replace(minute=0, second=0)
    assert shouts(ward, words=words).rows
    assert not shouts(ward, NAM, words).rows
    assert shouts(ward, NAM, words, SECOND).rows
    ward.clock.at += timedelta(minutes=10)
    assert shouts(ward, NAM, words).rows


def test_an_anonymous_cry_gets_the_number_and_no_question(ward: Street) -> None:
    before = ward.last_id()
    incoming = Incoming(
        "phuong", 9000, KHU, private=False, sender=Sender("1087968824", "Group", is_bot=True),
        text=CRY, anonymous=True,
    )  # fmt: skip
    assert open_turn(ward.db, ward.bot, incoming, ward.clock(), ward.random_below) is None
    said = ward.said_since(before)
    assert said.words[0].splitlines()[0] == "<b>Gọi ngay: 114</b>"
    assert said.taps == []
    assert filed(ward) == []


@pytest.mark.parametrize("rest", ["", "x:yes", "1:maybe", "999999:yes", "9" * 40 + ":yes"])
def test_a_forged_press_changes_nothing(ward: Street, rest: str) -> None:
    assert not ward.taps(HOA, f"q:{rest}", KHU).rows
    assert filed(ward) == []


def test_an_unanswered_question_is_forgotten_after_a_day(ward: Street) -> None:
    from actions.conversations import expire_drafts

    question = shouts(ward)
    ward.clock.move(days=1, seconds=1)
    expire_drafts(ward.db, ward.clock())
    (draft,) = rows(ward.db, Draft, select(Draft).where(Draft.flow == "shout"))
    assert draft.state is None
    assert not ward.taps(HOA, question.taps[0], KHU).rows
    assert filed(ward) == []


def test_nothing_is_ever_deleted(ward: Street) -> None:
    shouts(ward)
    shouts(ward, words="nhà ông Tư bán ma túy")
    assert not rows(ward.db, Outbox, select(Outbox).where(Outbox.deletes.is_not(None)))  # type: ignore[union-attr]
