"""What is posted comes into private chats too, but only where somebody said yes to exactly that,
each once, with why it came and how to stop it.
"""

from datetime import date, time, timedelta

import pytest

from actions.announcing import approve
from actions.people import note_reported_from
from actions.pieces import PIECE, Piece
from actions.private_copies import post_privately
from actions.private_news import stop_all
from domain.announcing import Sort
from domain.notices import Lane
from domain.quiet import ANY, DAY, NONE
from domain.quiet_hours import POSTS_A_DAY
from domain.wall_clock import instant_of
from storage import incidents, outbox
from storage.addresses import add_address, set_unreachable
from storage.tables import Address
from tests.actions.enrolled import CONFIRM, URGENT, enrols
from tests.actions.speakers import WORDS, Speakers
from tests.precinct import Precinct, say, taps

STOP = {"vi": "Muốn thôi, gõ: thôi nhận tin", "en": "To stop, type: stop news"}
NIGHT = instant_of(date(2026, 11, 22), time(23))
MORNING = instant_of(date(2026, 11, 23), time(6, 30))


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def got(town: Speakers, home: Address) -> list[str]:
    """The posts that leave for this chat."""
    return [words for words in town.seen(home) if WORDS in words]


@pytest.mark.parametrize("sort", [Sort.HAZARD, Sort.EMERGENCY])
def test_an_urgent_post_comes_to_who_asked_for_it_even_at_night(
    town: Speakers, sort: Sort
) -> None:
    _, home = enrols(town, "Cụ Bịa", "501", URGENT)
    town.now = NIGHT
    town.announce(sort=sort, expires_at=NIGHT + timedelta(hours=6))
    town.tick()
    (row,) = town.leaving(home)
    assert Lane(row.lane) is (Lane.NOTICE if sort is Sort.HAZARD else Lane.EMERGENCY)
    notice = outbox.load_notice(row.notice)
    assert taps(notice) == []
    for locale, stop in STOP.items():
        said = say(notice.text, locale)
        assert WORDS in said
        assert "Khu 2" in said.splitlines()[-1]
        assert stop in said.splitlines()[-1]
    assert STOP["vi"] not in town.seen(town.chat2)[0]


def test_an_ordinary_post_comes_to_nobody(town: Speakers) -> None:
    _, home = enrols(town, "Cụ Bịa", "501", URGENT, CONFIRM)
    town.announce()
    town.tick()
    assert len(got(town, town.chat2)) == 1
    assert got(town, home) == []


def test_neither_yes_stands_for_the_other(town: Speakers) -> None:
    _, urgent = enrols(town, "Người Bịa Một", "501", URGENT)
    _, confirm = enrols(town, "Người Bịa Hai", "502", CONFIRM)
    _, nothing = enrols(town, "Người Bịa Ba", "503")
    town.announce(sort=Sort.HAZARD)
    town.tick()
    assert [len(got(town, each)) for each in (urgent, confirm, nothing)] == [1, 0, 0]
    town.announce(asks_reading=True)
    town.tick()
    assert [len(got(town, each)) for each in (urgent, confirm, nothing)] == [1, 1, 0]
    (row,) = town.leaving(confirm)
    assert taps(outbox.load_notice(row.notice))[0].endswith(":read")


def test_who_agreed_to_both_gets_one_with_the_button(town: Speakers) -> None:
    _, home = enrols(town, "Cụ Bịa", "501", URGENT, CONFIRM)
    town.announce(sort=Sort.HAZARD, asks_reading=True)
    town.tick()
    (row,) = town.leaving(home)
    assert len(taps(outbox.load_notice(row.notice))) == 1
    (chat,) = town.leaving(town.chat2)
    assert taps(outbox.load_notice(chat.notice)) == []


def test_only_the_neighbourhoods_concerned(town: Speakers) -> None:
    _, here = enrols(town, "Người Bịa Một", "501", URGENT)
    _, there = enrols(town, "Người Bịa Hai", "502", URGENT, at=town.khu3)
    town.announce(sort=Sort.HAZARD)
    town.tick()
    assert (len(got(town, here)), len(got(town, there))) == (1, 0)


def test_each_person_once_whatever_number_of_bots(town: Speakers) -> None:
    person, home = enrols(town, "Người Bịa Một", "501", URGENT)
    other = add_address(town.db, "bot-khac", "777", town.now, person_id=person.id)
    # The same account with another bot is somebody else to us.
    _, again = enrols(town, "Người Bịa Một", "501", URGENT, bot="bot-khac")
    town.announce(sort=Sort.HAZARD)
    town.tick()
    assert [len(got(town, each)) for each in (home, other, again)] == [1, 0, 0]
    town.tick(minutes=1)
    assert len(got(town, home)) == 1


def test_a_chat_that_cannot_be_reached_gets_nothing(town: Speakers) -> None:
    person, home = enrols(town, "Người Bịa Một", "501", URGENT)
    other = add_address(town.db, "bot-khac", "777", town.now, person_id=person.id)
    set_unreachable(town.db, home.id, town.now)
    town.announce(sort=Sort.HAZARD)
    town.tick()
    assert (got(town, home), len(got(town, other))) == ([], 1)


def test_who_stopped_gets_nothing_more(town: Speakers) -> None:
    person, home = enrols(town, "Người Bịa Một", "501", URGENT, CONFIRM)
    assert stop_all(town.db, person, town.now)
    assert not stop_all(town.db, person, town.now)
    town.announce(sort=Sort.HAZARD, asks_reading=True)
    town.tick()
    assert got(town, home) == []


def test_what_waits_to_ask_is_not_sent_to_who_stopped_meanwhile(town: Speakers) -> None:
    person, home = enrols(town, "Người Bịa Một", "501", CONFIRM)
    _, other = enrols(town, "Người Bịa Hai", "502", CONFIRM)
    town.now = NIGHT
    town.announce(asks_reading=True)
    town.tick()
    assert (got(town, home), got(town, other)) == ([], [])
    stop_all(town.db, person, town.now)
    town.tick(MORNING)
    assert (got(town, home), len(got(town, other))) == ([], 1)


def test_what_asks_to_be_confirmed_keeps_to_the_limit_of_a_day(town: Speakers) -> None:
    _, home = enrols(town, "Người Bịa Một", "501", CONFIRM)
    for _ in range(POSTS_A_DAY + 1):
        town.announce(asks_reading=True)
        town.tick()
    assert len(got(town, home)) == POSTS_A_DAY


@pytest.mark.parametrize(("contact", "copies"), [(NONE, 0), (DAY, 0), (ANY, 1)])
def test_nothing_appears_on_a_phone_that_somebody_else_may_hold(
    town: Speakers, contact: str, copies: int
) -> None:
    person, home = enrols(town, "Người Bịa Một", "501", URGENT, CONFIRM)
    add_address(town.db, "bot-khac", "777", town.now, person_id=person.id)
    # The same phone, and somebody else to us.
    enrols(town, "Người Bịa Một", "501", URGENT, bot="bot-ba")
    filed = town.precinct.report("DV", "Chuyện bịa", reporter=home)
    incidents.set_columns(town.db, filed.id, contact=contact)
    before = len(town.precinct.outbox())
    until = town.now + timedelta(hours=6)
    town.announce(sort=Sort.EMERGENCY, asks_reading=True, expires_at=until)
    town.tick()
    added = [row for row in town.precinct.outbox()[before:] if row.address_id != town.chat2.id]
    mine = [row for row in added if (row.concerns or "").startswith("post:")]
    assert len(mine) == copies


def test_nobody_is_passed_over_where_it_is_done_in_pieces(town: Speakers) -> None:
    town.rhythm(town.khu2, posts_a_day=1000)
    homes = [enrols(town, f"Người Bịa {n}", f"6{n:03}", URGENT)[1] for n in range(2 * PIECE + 5)]
    announcement = town.announce(sort=Sort.HAZARD)
    # One of the piece is the group's.
    assert sum(len(got(town, each)) for each in homes) == PIECE - 1
    assert town.states(announcement) == ["sending"]
    town.tick()
    assert sum(len(got(town, each)) for each in homes) == 2 * PIECE - 1
    town.tick()
    assert [len(got(town, each)) for each in homes] == [1] * len(homes)
    assert town.states(announcement) == ["sent"]
    (occurrence,) = town.times(announcement)
    again = town.again(announcement)
    assert post_privately(town.db, again, occurrence, town.now, PIECE) == Piece()
    assert [len(got(town, each)) for each in homes] == [1] * len(homes)


def test_who_is_meant_by_a_tag_is_not_everybody(town: Speakers) -> None:
    _, home = enrols(town, "Người Bịa Một", "501", URGENT)
    town.announce(sort=Sort.HAZARD, tags=("traders",))
    town.tick(minutes=3)
    assert got(town, home) == []


def test_who_gets_the_news_of_a_place_lives_there_wherever_they_report_from(
    town: Speakers,
) -> None:
    person, _ = enrols(town, "Người Bịa Một", "501", URGENT)
    note_reported_from(town.db, person, town.khu3)
    assert person.neighbourhood_id == town.khu2
    stop_all(town.db, person, town.now)
    note_reported_from(town.db, person, town.khu3)
    assert person.neighbourhood_id == town.khu3


def test_the_author_hears_that_a_place_has_no_chat_though_people_got_it(town: Speakers) -> None:
    _, home = enrols(town, "Người Bịa Một", "501", URGENT, at=town.khu4)
    announcement = town.announce(town.an, sort=Sort.HAZARD, neighbourhoods=(town.khu2, town.khu4))
    approve(town.db, announcement.id, town.binh, town.now)
    town.tick(minutes=3)
    assert len(got(town, home)) == 1
    assert any("chưa tới" in said and "Khu 4" in said for said in town.told(town.an))
