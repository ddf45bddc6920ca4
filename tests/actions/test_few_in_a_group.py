"""Nobody learns from what becomes of a post for a group of people who is in it, nor whether
anybody is: the author's news and the board are the same for nobody and for somebody.
"""

import re
from datetime import date, time, timedelta

import pytest

from actions import audiences, consents
from actions.announcing import stop
from actions.board import board_of
from bot.handlers.board_face import board_notice, lead_of, list_notice
from domain.announcing import Sort
from domain.audiences import Audience, said_number
from domain.consent import ConsentPurpose
from domain.wall_clock import instant_of
from tests.actions.enrolled import CONFIRM, URGENT, agrees, enrols
from tests.actions.speakers import WORDS, Speakers
from tests.actions.test_audiences import home, resident
from tests.precinct import Precinct, say

NIGHT = instant_of(date(2026, 11, 22), time(23))
MORNING = instant_of(date(2026, 11, 23), time(6, 30))


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def gathers(town: Speakers, people: int) -> None:
    for n in range(people):
        resident(town, str(810 + n), Audience.BOATS)


@pytest.mark.parametrize(
    ("people", "said"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10), (49, 20), (50, 50)]
)
def test_a_number_is_said_in_steps(people: int, said: int | None) -> None:
    assert said_number(people) == said


@pytest.mark.parametrize("people", [0, 1, 4])
def test_the_board_told_how_few_there_are(town: Speakers, people: int) -> None:
    gathers(town, people)
    made = town.announce(town.lan, tags=("boats",))
    town.tick()
    board = board_of(town.db, made.id, town.lan)
    shown = [lead_of(board), list_notice([board], 0, 1).text]
    assert say(shown[0]) == "<b>Đã chuyển cho nhóm người đã chọn: ít người, hoặc chưa có ai.</b>"
    assert "ít người" in say(shown[1])
    whole = say(board_notice(town.db, board, 0, town.now).text)
    assert not re.search(r"\d/\d", whole.partition("lên lúc")[0])
    assert board.private == (0, 0)


@pytest.mark.parametrize("people", [5, 7])
def test_two_exact_numbers_told_who_joined_between_them(town: Speakers, people: int) -> None:
    gathers(town, people)
    assert audiences.count_reached(town.db, "99901", (town.khu2,), ["boats"]) == 5
    made = town.announce(town.lan, tags=("boats",))
    town.tick()
    assert "từ 5 người" in say(lead_of(board_of(town.db, made.id, town.lan)))
    (told,) = town.told(town.lan)
    assert "từ 5 người" in told


@pytest.mark.parametrize("people", [0, 1])
def test_a_lost_post_told_that_somebody_is_in_the_group(town: Speakers, people: int) -> None:
    gathers(town, people)
    town.now = NIGHT
    made = town.announce(town.lan, tags=("boats",))
    town.tick()
    town.tick(MORNING + timedelta(hours=9))
    assert len(town.told(town.lan)) == 1
    assert town.states(made) == ["sent"]
    assert board_of(town.db, made.id, town.lan).private == (0, 0)


def test_of_many_the_author_hears_that_it_was_lost(town: Speakers) -> None:
    gathers(town, 5)
    town.now = NIGHT
    town.announce(town.lan, tags=("boats",))
    town.tick()
    town.tick(MORNING + timedelta(hours=9))
    assert "không gửi" in town.told(town.lan)[-1]


@pytest.mark.parametrize("people", [0, 1])
def test_stopped_at_night_it_looks_the_same(town: Speakers, people: int) -> None:
    gathers(town, people)
    town.now = NIGHT
    made = town.announce(town.lan, tags=("boats",))
    town.tick()
    if people:
        stop(town.db, made.id, town.lan, town.now)
    assert town.states(made) == ["sent"]


def test_what_waited_came_though_topics_were_withdrawn(town: Speakers) -> None:
    person = resident(town, "811", Audience.BOATS)
    town.now = NIGHT
    town.announce(town.lan, tags=("boats",))
    town.tick()
    consents.withdraw(town.db, person, ConsentPurpose.TOPICS, town.now)
    town.tick(MORNING)
    assert town.seen(home(town, person)) == []


def test_what_waits_for_another_group_still_comes(town: Speakers) -> None:
    person = resident(town, "811", Audience.BOATS, Audience.LANDLORDS)
    agrees(town, person, CONFIRM)
    town.now = NIGHT
    town.announce(town.lan, tags=("boats",))
    town.announce(town.lan, tags=("landlords",))
    town.announce(town.lan, asks_reading=True, words="Bài cần bấm (bịa)")
    town.tick()
    audiences.leave(town.db, person, {Audience.BOATS}, town.now)
    town.tick(MORNING)
    seen = town.seen(home(town, person))
    assert len(seen) == 2
    assert any("Bài cần bấm" in words for words in seen)


def test_an_urgent_copy_was_destroyed_with_another_consent(town: Speakers) -> None:
    person, chat = enrols(town, "Cụ Bịa", "501", URGENT, CONFIRM)
    town.announce(sort=Sort.HAZARD, asks_reading=True)
    town.tick()
    consents.withdraw(town.db, person, CONFIRM, town.now)
    assert any(WORDS in words for words in town.seen(chat))


def test_what_waits_to_be_confirmed_does_not_come_without_the_consent(town: Speakers) -> None:
    person, chat = enrols(town, "Cụ Bịa", "501", URGENT, CONFIRM)
    town.now = NIGHT
    town.announce(asks_reading=True)
    town.tick()
    consents.withdraw(town.db, person, CONFIRM, town.now)
    town.tick(MORNING)
    assert town.seen(chat) == []
