"""“Đã nắm được”: confirmed once, counted by household, and shown to nobody but the leader and the
author; one reminder.
"""

from datetime import date, time, timedelta

import pytest

from actions.announcing import approve
from actions.confirmations import (
    Confirmed,
    asked_by,
    confirm,
    counts_of,
    list_lately,
    list_missing,
)
from actions.private_news import stop_all
from actions.reminding import remind
from domain.notices import Media
from domain.patterns import Daily
from domain.recurrence import Rule
from domain.roles import Role
from domain.wall_clock import instant_of
from storage import announcements, outbox
from storage.tables import Person
from tests.actions.enrolled import CONFIRM, enrols
from tests.actions.speakers import Speakers
from tests.precinct import Precinct, taps


class Asking(Speakers):
    """Two of one house, one of another, one whose house nobody knows; all of Khu 2."""

    def __init__(self, precinct: Precinct) -> None:
        super().__init__(precinct)
        self.ong, self.ong_home = enrols(self, "Ông Bịa", "501", CONFIRM, house="Số 12, ngõ 5")
        self.ba, self.ba_home = enrols(self, "Bà Bịa", "502", CONFIRM, house="so 12 ngo 5")
        self.chi, self.chi_home = enrols(self, "Chị Bịa", "503", CONFIRM, house="số 7")
        self.em, self.em_home = enrols(self, "Em Bịa", "504", CONFIRM)

    def asks(self, author: Person | None = None, **more: object) -> int:
        """Announced, sent; the occurrence."""
        announcement = self.announce(author, asks_reading=True, **more)
        self.tick()
        return self.times(announcement)[0].id

    def missing(self, occurrence_id: int, asker: Person) -> list[str]:
        """The first name of each household that has not."""
        found = list_missing(self.db, occurrence_id, asker, self.now)
        return [each.people[0].name for each in found.households]


@pytest.fixture
def town(precinct: Precinct) -> Asking:
    return Asking(precinct)


def test_households_are_counted_not_people(town: Asking) -> None:
    key = town.asks()
    assert counts_of(town.db, key) == (0, 3)
    assert confirm(town.db, key, town.ba, town.now) is Confirmed.FIRST
    assert counts_of(town.db, key) == (1, 3)
    assert confirm(town.db, key, town.ba, town.now) is Confirmed.AGAIN
    assert confirm(town.db, key, town.ong, town.now) is Confirmed.HOUSE
    assert counts_of(town.db, key) == (1, 3)
    assert confirm(town.db, key, town.em, town.now) is Confirmed.FIRST
    assert counts_of(town.db, key) == (2, 3)


def test_one_house_number_in_two_neighbourhoods_is_two_houses(town: Asking) -> None:
    enrols(town, "Chú Bịa", "505", CONFIRM, house="số 7", at=town.khu3)
    key = both(town)
    assert counts_of(town.db, key) == (0, 4)


def test_who_was_not_asked_confirms_nothing(town: Asking) -> None:
    key = town.asks()
    other, _ = enrols(town, "Người Khác", "506")
    assert town.refusal(lambda: confirm(town.db, key, other, town.now)) == "reading.not_asked"
    assert town.refusal(lambda: confirm(town.db, 999, town.em, town.now)) == "reading.not_asked"
    assert counts_of(town.db, key) == (0, 3)
    assert counts_of(town.db, 999) == (0, 0)


def test_who_stops_is_not_counted_any_more(town: Asking) -> None:
    key = town.asks()
    confirm(town.db, key, town.em, town.now)
    stop_all(town.db, town.em, town.now)
    assert counts_of(town.db, key) == (0, 2)


def test_a_message_is_known_by_its_copy_its_file_and_its_reminder(town: Asking) -> None:
    key = town.asks(media=(Media("photo", "anh-bia"),))
    words, photo = town.leaving(town.em_home)
    assert asked_by(town.db, words, town.em) == key
    assert asked_by(town.db, photo, town.em) == key
    remind(town.db, key, town.lan, town.now)
    reminder = town.leaving(town.em_home)[-1]
    assert reminder.id != photo.id
    assert asked_by(town.db, reminder, town.em) == key
    assert asked_by(town.db, words, town.lan) is None
    assert asked_by(town.db, None, town.em) is None
    assert asked_by(town.db, town.leaving(town.chat2)[0], town.lan) is None


def test_the_leader_and_the_author_see_who_has_not(town: Asking) -> None:
    key = town.asks()
    assert town.missing(key, town.lan) == ["Ông Bịa", "Chị Bịa", "Em Bịa"]
    confirm(town.db, key, town.ba, town.now)
    assert town.missing(key, town.lan) == ["Chị Bịa", "Em Bịa"]


def test_nobody_else_does(town: Asking) -> None:
    key = town.asks()
    for other in (town.minh, town.an, town.quan, town.em):
        code = town.refusal(lambda who=other: list_missing(town.db, key, who, town.now))  # type: ignore[misc]
        assert code == "reading.leaders_only"
        code = town.refusal(lambda who=other: remind(town.db, key, who, town.now))  # type: ignore[misc]
        assert code == "reading.leaders_only"
    town.removes(town.lan, Role.LEADER)
    code = town.refusal(lambda: list_missing(town.db, key, town.lan, town.now))
    assert code == "reading.leaders_only"


def test_a_leader_sees_their_own_neighbourhood_and_the_author_all(town: Asking) -> None:
    enrols(town, "Chú Bịa", "505", CONFIRM, at=town.khu3)
    key = both(town)
    assert town.missing(key, town.minh) == ["Chú Bịa"]
    assert "Chú Bịa" not in town.missing(key, town.lan)
    assert len(town.missing(key, town.an)) == 4
    assert town.refusal(lambda: list_missing(town.db, key, town.binh, town.now))


def test_lately_lists_what_one_may_see(town: Asking) -> None:
    code = town.refusal(lambda: list_lately(town.db, town.lan, town.now))
    assert code == "reading.nothing_asked"
    assert town.refusal(lambda: list_lately(town.db, town.em, town.now)) == "reading.leaders_only"
    keys = [town.asks(), town.asks()]
    found = [occurrence.id for occurrence, _ in list_lately(town.db, town.lan, town.now)]
    assert found == keys[::-1]
    assert town.refusal(lambda: list_lately(town.db, town.minh, town.now))
    later = town.now + timedelta(days=15)
    assert town.refusal(lambda: list_lately(town.db, town.lan, later)) == "reading.nothing_asked"


def test_one_reminder_to_those_who_have_not(town: Asking) -> None:
    key = town.asks()
    confirm(town.db, key, town.ba, town.now)
    before = [len(town.leaving(home)) for home in (town.ong_home, town.em_home, town.chat2)]
    assert remind(town.db, key, town.lan, town.now) == (2, 0)
    after = [len(town.leaving(home)) for home in (town.ong_home, town.em_home, town.chat2)]
    assert [b - a for a, b in zip(before, after, strict=True)] == [0, 1, 0]
    last = outbox.load_notice(town.leaving(town.em_home)[-1].notice)
    assert taps(last) == [f"n:{key}:read"]
    code = town.refusal(lambda: remind(town.db, key, town.lan, town.now))
    assert code == "reading.reminded_already"
    assert not list_missing(town.db, key, town.lan, town.now).may_remind


def test_each_leader_reminds_their_own(town: Asking) -> None:
    enrols(town, "Chú Bịa", "505", CONFIRM, at=town.khu3)
    key = both(town)
    assert remind(town.db, key, town.minh, town.now) == (1, 0)
    assert remind(town.db, key, town.an, town.now) == (3, 0)
    code = town.refusal(lambda: remind(town.db, key, town.lan, town.now))
    assert code == "reading.reminded_already"


def test_nobody_is_reminded_in_quiet_hours_and_the_leader_hears_when(town: Asking) -> None:
    key = town.asks()
    town.now = instant_of(date(2026, 11, 22), time(22))
    code = town.refusal(lambda: remind(town.db, key, town.lan, town.now))
    assert code == "reading.remind.later"
    town.now = instant_of(date(2026, 11, 23), time(6, 30))
    assert remind(town.db, key, town.lan, town.now) == (3, 0)


def test_whoever_had_many_posts_today_is_left_alone(town: Asking) -> None:
    town.rhythm(town.khu2, posts_a_day=2)
    key = town.asks()
    town.asks()
    stop_all(town.db, town.chi, town.now)
    code = town.refusal(lambda: remind(town.db, key, town.lan, town.now))
    assert code == "reading.remind.later"


def test_all_have_read_it(town: Asking) -> None:
    key = town.asks()
    for person in (town.ong, town.chi, town.em):
        confirm(town.db, key, person, town.now)
    assert town.missing(key, town.lan) == []
    code = town.refusal(lambda: remind(town.db, key, town.lan, town.now))
    assert code == "reading.all_confirmed"


def test_a_reminder_is_in_the_history_without_names(town: Asking) -> None:
    key = town.asks()
    remind(town.db, key, town.lan, town.now)
    occurrence = announcements.get_occurrence(town.db, key)
    last = announcements.list_changes(town.db, occurrence.announcement_id)[-1]
    assert (last.what, last.actor_id) == ("reminded", town.lan.id)
    assert last.detail == {"occurrence": key, "places": [town.khu2]}


def test_what_was_not_sent_is_nobodys_to_see(town: Asking) -> None:
    rule = Rule(Daily(), time(18))
    announcement = town.announce(asks_reading=True, rule=rule)
    (time_,) = town.times(announcement)
    code = town.refusal(lambda: list_missing(town.db, time_.id, town.lan, town.now))
    assert code == "reading.gone"
    assert town.refusal(lambda: list_missing(town.db, 999, town.lan, town.now)) == "reading.gone"


def both(town: Asking) -> int:
    """An officer's announcement to Khu 2 and Khu 3, agreed to and sent."""
    announcement = town.announce(town.an, asks_reading=True, neighbourhoods=(town.khu2, town.khu3))
    approve(town.db, announcement.id, town.binh, town.now)
    town.tick(minutes=3)
    return town.times(announcement)[0].id
