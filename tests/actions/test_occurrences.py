"""The times of announcements: sent once, late or dropped with a word, and never without the right
to say it. Dates were worked out by hand or read in a printed calendar.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from actions.announcing import approve, change, planned_of
from actions.standings import grant
from domain.announcing import Sort
from domain.patterns import (
    LAST,
    Daily,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Pattern,
    Weekly,
    Yearly,
)
from domain.recurrence import Rule, once
from domain.roles import Purpose, Role
from domain.wall_clock import day_of, instant_of
from storage import announcements, rooms, wards
from storage.addresses import set_unreachable
from tests.actions.speakers import WORDS, Speakers
from tests.precinct import WARD, Precinct

EVENING = time(19)
DAILY = Rule(Daily(), EVENING)
DUE = instant_of(date(2026, 11, 22), EVENING)
DAY = timedelta(days=1)


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def test_at_its_minute_and_only_then(town: Speakers) -> None:
    announcement = town.weekly(DAILY)
    town.tick(DUE - timedelta(seconds=1))
    assert town.posts() == []
    town.tick(DUE)
    town.tick(DUE)
    town.tick(seconds=5)
    assert len(town.posts()) == 1
    first, second = town.times(announcement)
    assert (first.due_at, first.sent_at, first.state) == (DUE, DUE, "sent")
    assert (second.due_at, second.state) == (DUE + DAY, "due")
    assert town.told(town.lan) == []


def test_the_last_time_ends_it(town: Speakers) -> None:
    announcement = town.weekly(replace(DAILY, until=date(2026, 11, 23)))
    town.tick(DUE)
    assert town.again(announcement).state == "planned"
    town.tick(DUE + DAY)
    assert town.again(announcement).state == "ended"
    assert town.states(announcement) == ["sent", "sent"]


def test_what_became_of_a_time_is_written_once(town: Speakers) -> None:
    (first,) = town.times(town.weekly(DAILY))
    assert announcements.settle(town.db, first.id, "skipped", reason="announcement.reason.skipped")
    assert not announcements.settle(town.db, first.id, "sent", sent_at=town.now)
    assert announcements.get_occurrence(town.db, first.id).state == "skipped"


def test_of_many_neighbourhoods_some_are_named(town: Speakers) -> None:
    names = [f"Thôn {number}" for number in range(1, 41)]
    places = tuple(wards.add_neighbourhood(town.db, WARD, n, n.casefold()).id for n in names)
    town.announce(town.an, neighbourhoods=(town.khu2, *places), sort=Sort.HAZARD, template="bia")
    assert "Thôn 6 và 34 nơi khác" in town.told(town.an)[-1]
    announcement = town.announce(town.an, neighbourhoods=places)
    assert announcement.state == "waiting"
    assert "và 34 nơi khác" in town.told(town.binh)[-1]


class TestDowntime:
    """The bot did not run: late within the limit, else dropped, and its author hears."""

    @pytest.mark.parametrize("late", [timedelta(hours=1), timedelta(hours=3)])
    def test_an_hour_is_late(self, town: Speakers, late: timedelta) -> None:
        town.rhythm(town.khu2, quiet=[])
        announcement = town.weekly(DAILY)
        town.tick(DUE + late)
        assert town.states(announcement) == ["sent", "due"]
        assert town.times(announcement)[0].sent_at == DUE + late

    def test_a_moment_beyond_the_limit_is_too_late(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY, late_for=timedelta(minutes=30))
        town.tick(DUE + timedelta(minutes=30, seconds=1))
        assert town.states(announcement) == ["dropped", "due"]
        (told,) = town.told(town.lan)
        assert "19:00 Chủ nhật 22/11/2026" in told
        assert "quá muộn" in told
        assert town.times(announcement)[0].told_at == town.now

    def test_a_day(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.tick(DUE + DAY + timedelta(minutes=5))
        assert town.states(announcement) == ["dropped", "sent", "due"]
        assert len(town.told(town.lan)) == 1

    def test_a_week_is_one_word_and_not_seven(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.tick(DUE + 7 * DAY - timedelta(hours=1))
        assert town.states(announcement) == ["dropped"] * 7 + ["due"]
        (told,) = town.told(town.lan)
        assert "và 2 lần nữa" in told
        assert town.posts() == []

    def test_of_several_within_the_limit_the_newest_is_sent(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY, late_for=5 * DAY)
        town.tick(DUE + 3 * DAY + timedelta(minutes=1))
        assert town.states(announcement) == ["dropped"] * 3 + ["sent", "due"]
        assert "lần gửi sau cũng đã đến giờ" in town.told(town.lan)[0]

    def test_years_are_caught_up_with_in_parts(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.tick(DUE + 150 * DAY - timedelta(hours=1))
        assert len(town.times(announcement)) == 65
        town.tick()
        town.tick()
        assert town.states(announcement) == ["dropped"] * 150 + ["due"]
        assert len(town.told(town.lan)) == 3

    def test_what_is_not_true_any_more_is_not_sent(self, town: Speakers) -> None:
        ends = DUE + timedelta(minutes=10)
        announcement = town.announce(
            rule=once(DUE), sort=Sort.EMERGENCY, expires_at=ends, template="bia"
        )
        town.tick(ends)
        assert town.states(announcement) == ["dropped"]
        assert "hết hiệu lực" in town.told(town.lan)[0]

    def test_a_warning_is_worth_something_for_longer(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY, sort=Sort.HAZARD)
        town.tick(DUE + timedelta(hours=5))
        assert town.states(announcement) == ["sent", "due"]


class TestClock:
    """It jumps: nothing is posted twice."""

    def test_back(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.tick(DUE)
        for at in (DUE - timedelta(hours=2), DUE - timedelta(minutes=1), DUE):
            town.tick(at)
        assert len(town.posts()) == 1
        assert town.states(announcement) == ["sent", "due"]

    def test_forward_and_back(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.tick(DUE + 3 * DAY)
        assert town.states(announcement) == ["dropped"] * 3 + ["sent", "due"]
        town.tick(DUE)
        town.tick(DUE + 3 * DAY)
        town.tick(DUE + 4 * DAY)
        assert town.states(announcement) == ["dropped"] * 3 + ["sent", "sent", "due"]
        assert len(town.posts()) == 2

    def test_back_and_then_changed_to_the_same_hour(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.tick(DUE)
        town.now = DUE - timedelta(hours=1)
        other = replace(planned_of(town.db, announcement), rule=Rule(Daily(), time(18, 30)))
        change(town.db, announcement.id, town.lan, other, town.now)
        change(town.db, announcement.id, town.lan, replace(other, rule=DAILY), town.now)
        town.tick(DUE)
        assert len(town.posts()) == 1


class TestRole:
    """Looked at again at the moment of sending."""

    def test_a_leader_removed_in_between_posts_nothing_and_the_ward_is_told(
        self, town: Speakers
    ) -> None:
        announcement = town.weekly(DAILY)
        town.removes(town.lan, Role.LEADER)
        town.tick(DUE)
        assert town.posts() == []
        assert town.precinct.outbox(town.chat2) == []
        assert (town.again(announcement).state, town.states(announcement)) == (
            "ended",
            ["refused"],
        )
        told = "\n".join(town.told(town.quan))
        assert "Lê Thị Lan" in told
        assert "không gửi" in told
        town.tick(days=3)
        assert len(town.told(town.quan)) == 1
        assert "vai trò" in town.told(town.lan)[-1]

    def test_moved_to_another_neighbourhood_too(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.removes(town.lan, Role.LEADER)
        grant(town.db, town.lan.id, Role.LEADER, WARD, town.khu3, None, town.now)
        town.tick(DUE)
        assert town.states(announcement) == ["refused"]

    def test_in_another_role_the_post_says_so(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.removes(town.lan, Role.LEADER)
        grant(town.db, town.lan.id, Role.OFFICER, WARD, None, None, town.now)
        town.tick(DUE)
        assert "Công an phường Bịa Đặt" in town.seen(town.chat2)[0]
        assert town.again(announcement).author_role == "officer"

    def test_without_anybody_in_charge_the_duty_chat_hears(self, town: Speakers) -> None:
        duty = town.precinct.room("-1")
        town.weekly(DAILY)
        town.removes(town.lan, Role.LEADER)
        town.removes(town.quan, Role.ADMINISTRATOR)
        town.tick(DUE)
        assert "Lê Thị Lan" in town.precinct.last(duty)


class TestChats:
    """Where it goes is looked up when it goes."""

    def test_a_chat_bound_later_hears_it_and_one_that_ended_does_not(self, town: Speakers) -> None:
        town.announce(town.an, neighbourhoods=(town.khu4,), rule=DAILY)
        new = town.precinct.room("-400", Purpose.NEIGHBOURHOOD, at=town.khu4)
        old = town.precinct.room("-401", Purpose.NEIGHBOURHOOD, at=town.khu4)
        room = rooms.find_room(town.db, old.id)
        assert room is not None
        rooms.end_room(town.db, room.id, town.now)
        town.tick(DUE)
        assert len(town.seen(new)) == 1
        assert town.seen(old) == []

    def test_every_chat_of_a_neighbourhood(self, town: Speakers) -> None:
        more = town.precinct.room("-201", Purpose.NEIGHBOURHOOD, at=town.khu2)
        town.announce()
        assert town.seen(more) == town.seen(town.chat2) != []

    def test_nowhere_to_go_is_said(self, town: Speakers) -> None:
        announcement = town.announce(town.an, neighbourhoods=(town.khu4,))
        assert town.states(announcement) == ["dropped"]
        assert "/thietlap" in town.told(town.an)[-1]

    def test_one_neighbourhood_without_a_chat_is_named(self, town: Speakers) -> None:
        announcement = town.announce(
            town.an, neighbourhoods=(town.khu2, town.khu4), sort=Sort.HAZARD, template="bia"
        )
        assert town.states(announcement) == ["sent"]
        told = town.told(town.an)[-1]
        assert "chưa tới</b> Khu 4" in told
        assert "Khu 2" not in told

    def test_an_author_who_cannot_be_reached_is_answered_for(self, town: Speakers) -> None:
        home = town.precinct.home(town.lan)
        set_unreachable(town.db, home.id, town.now)
        town.weekly(DAILY)
        town.tick(DUE + 4 * timedelta(hours=1))
        assert "không gửi" in town.told(town.quan)[-1]


class TestSecondPersonAndTime:
    """Agreement and due time may come in either order."""

    def test_agreed_before_it_is_due(self, town: Speakers) -> None:
        announcement = town.announce(town.an, neighbourhoods=(town.khu2, town.khu3), rule=DAILY)
        approve(town.db, announcement.id, town.binh, town.now)
        town.tick(DUE)
        assert len(town.posts()) == 2

    def test_agreed_seconds_before_it_is_due_it_can_still_be_taken_back(
        self, town: Speakers
    ) -> None:
        announcement = town.announce(town.an, neighbourhoods=(town.khu2, town.khu3), rule=DAILY)
        town.now = DUE - timedelta(seconds=30)
        approve(town.db, announcement.id, town.binh, town.now)
        town.tick(DUE + timedelta(seconds=89))
        assert town.posts() == []
        town.tick(seconds=1)
        assert len(town.posts()) == 2

    def test_agreed_a_little_too_late(self, town: Speakers) -> None:
        announcement = town.announce(town.an, neighbourhoods=(town.khu2, town.khu3), rule=DAILY)
        town.tick(DUE + timedelta(minutes=1))
        approve(town.db, announcement.id, town.binh, town.now)
        town.tick(minutes=2)
        assert town.states(announcement) == ["sent", "due"]

    def test_agreed_by_nobody_each_time_is_told(self, town: Speakers) -> None:
        announcement = town.announce(town.an, neighbourhoods=(town.khu2, town.khu3), rule=DAILY)
        town.tick(DUE + timedelta(hours=4))
        town.tick(DUE + DAY + timedelta(hours=4))
        assert town.states(announcement) == ["dropped", "dropped", "due"]
        assert [WORDS in each for each in town.told(town.an)[-2:]] == [True, True]
        approve(town.db, announcement.id, town.binh, town.now)
        town.tick(DUE + 2 * DAY)
        assert len(town.posts()) == 2


@pytest.mark.parametrize(
    ("pattern", "first", "last", "days"),
    [
        (MonthDays(frozenset({LAST})), "2027-12-01", "2028-04-01",
         ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]),
        (MonthDays(frozenset({31})), "2027-12-01", "2028-06-01",
         ["2027-12-31", "2028-01-31", "2028-03-31", "2028-05-31"]),
        (Yearly(29, 2), "2027-01-01", "2033-01-01", ["2028-02-29", "2032-02-29"]),
        (Weekly(frozenset({3}), 2, date(2026, 12, 17)), "2026-12-10", "2027-01-30",
         ["2026-12-17", "2026-12-31", "2027-01-14", "2027-01-28"]),
        (NthWeekday(LAST, 4), "2026-12-01", "2027-03-01",
         ["2026-12-25", "2027-01-29", "2027-02-26"]),
        # Tết of 2026 and 2027, read in a printed calendar.
        (LunarYearly(1, 1), "2026-01-01", "2027-12-31", ["2026-02-17", "2027-02-06"]),
        # 2028 has a second fifth month: rằm of both, and the yearly one in the first alone.
        (LunarMonthly(frozenset({15})), "2028-05-20", "2028-08-10",
         ["2028-06-07", "2028-07-07", "2028-08-05"]),
        (LunarYearly(15, 5), "2028-01-01", "2029-01-01", ["2028-06-07"]),
    ],
)  # fmt: skip
def test_over_the_years_end_leap_days_tet_and_leap_months(
    town: Speakers, pattern: Pattern, first: str, last: str, days: list[str]
) -> None:
    """Every day of Tết is silent, so these are hazards, which pass."""
    start, end = (instant_of(date.fromisoformat(each), time(6)) for each in (first, last))
    town.now = start
    rule = Rule(pattern, EVENING, until=day_of(end))
    announcement = town.weekly(rule, sort=Sort.HAZARD)
    while (due := next_due(town)) is not None:
        town.tick(due)
    assert [str(day_of(each.due_at)) for each in town.times(announcement)] == days
    assert set(town.states(announcement)) == {"sent"}
    assert len(town.posts()) == len(days)


def next_due(town: Speakers) -> datetime | None:
    coming = announcements.list_coming(town.db, 1)
    return coming[0].send_at if coming else None
