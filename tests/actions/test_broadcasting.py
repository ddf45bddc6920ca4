"""The one gate: quiet hours, the daily limit, and what passes them."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from actions.broadcasting import held_until, post, quiet_hours_of
from actions.law_approval import list_waiting, words_hash
from actions.releasing import release_held
from actions.standings import revoke
from domain.announcing import Sort
from domain.notices import Lane, Media, Notice, plain
from domain.quiet_hours import DEFAULTS, POSTS_A_DAY, QuietHours
from domain.recurrence import Rule
from domain.roles import Role
from domain.wall_clock import instant_of
from storage import announcements, law, outbox, posts
from tests.actions.speakers import WORDS, Speakers
from tests.precinct import WARD, Precinct

SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)
SAID = Notice(plain("Lời bịa"))
PHOTO = Media("photo", "anh-bia")


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def wall(on: date, clock: str) -> datetime:
    return instant_of(on, time.fromisoformat(clock))


def puts(town: Speakers, at: datetime, sort: Sort = Sort.ORDINARY, **more: Any) -> int:
    return post(town.db, town.chat2, SAID, sort, at, **more)


def test_by_day_it_leaves_at_once_behind_everything_else(town: Speakers) -> None:
    key = puts(town, town.now, law_item="bia")
    found = posts.get_post(town.db, key)
    assert (found.held_until, found.neighbourhood_id, found.law_item) == (None, town.khu2, "bia")
    (row,) = town.leaving(town.chat2)
    assert row.id == found.outbox_id
    assert Lane(row.lane) is Lane.BROADCAST
    assert row.concerns == posts.subject_of(key)
    assert posts.post_in(row.concerns) == key


@pytest.mark.parametrize(("clock", "until"), [("21:30", "06:30"), ("12:00", "13:30")])
def test_an_ordinary_post_waits_for_the_end_of_quiet_hours(
    town: Speakers, clock: str, until: str
) -> None:
    town.now = wall(SUNDAY, clock)
    end = wall(MONDAY if until < clock else SUNDAY, until)
    key = puts(town, town.now)
    assert posts.get_post(town.db, key).held_until == end
    assert held_until(town.db, town.chat2, Sort.ORDINARY, town.now) == end
    town.tick(end - timedelta(seconds=1))
    assert town.leaving(town.chat2) == []
    town.tick(end)
    assert len(town.leaving(town.chat2)) == 1
    town.tick(end)
    assert len(town.leaving(town.chat2)) == 1


@pytest.mark.parametrize(("sort", "lane"), [(Sort.HAZARD, 2), (Sort.EMERGENCY, 0)])
def test_what_is_urgent_passes(town: Speakers, sort: Sort, lane: int) -> None:
    town.now = wall(SUNDAY, "23:00")
    for _ in range(POSTS_A_DAY + 2):
        puts(town, town.now, sort)
    assert [row.lane for row in town.leaving(town.chat2)] == [lane] * (POSTS_A_DAY + 2)


def test_a_neighbourhood_has_its_own_hours(town: Speakers) -> None:
    town.rhythm(town.khu2, quiet=QuietHours(((20 * 60, 5 * 60),)).to_json())
    evening = wall(SUNDAY, "20:30")
    until = held_until(town.db, town.chat2, Sort.ORDINARY, evening)
    assert until == wall(MONDAY, "05:00")
    assert held_until(town.db, town.chat3, Sort.ORDINARY, evening) is None
    assert quiet_hours_of(town.db, town.khu3) == DEFAULTS
    noon = wall(SUNDAY, "12:00")
    assert held_until(town.db, town.chat2, Sort.ORDINARY, noon) is None
    # Another chat may be spoken to in its hours.
    assert held_until(town.db, town.chat3, Sort.ORDINARY, evening, town.khu2) is not None


def test_a_person_is_left_alone_in_the_hours_of_where_they_live(town: Speakers) -> None:
    home = town.precinct.resident_home
    assert held_until(town.db, home, Sort.ORDINARY, wall(SUNDAY, "22:00")) is not None


def test_beyond_the_days_limit_a_post_waits_for_the_next_morning(town: Speakers) -> None:
    town.rhythm(town.khu2, posts_a_day=2)
    first, second, third = (posts.get_post(town.db, puts(town, town.now)) for _ in range(3))
    assert (first.held_until, second.held_until) == (None, None)
    assert third.held_until == wall(MONDAY, "06:30")
    # What waits counts on the day on which it leaves.
    fourth, fifth = (posts.get_post(town.db, puts(town, town.now)) for _ in range(2))
    assert fourth.held_until == wall(MONDAY, "06:30")
    assert fifth.held_until == wall(MONDAY + timedelta(days=1), "06:30")
    assert held_until(town.db, town.chat3, Sort.ORDINARY, town.now) is None


def test_what_was_given_up_takes_no_place(town: Speakers) -> None:
    town.rhythm(town.khu2, posts_a_day=1)
    town.now = wall(SUNDAY, "22:00")
    waiting = posts.get_post(town.db, puts(town, town.now))
    assert waiting.outbox_id is not None
    assert posts.give_up(town.db, waiting.outbox_id)
    assert posts.get_post(town.db, puts(town, town.now)).held_until == wall(MONDAY, "06:30")
    assert not posts.give_up(town.db, waiting.outbox_id)


def test_one_occurrence_is_posted_once_in_a_chat(town: Speakers) -> None:
    town.announce()
    (copy,) = town.posts()
    again = puts(town, town.now, occurrence_id=copy.occurrence_id)
    assert again == copy.id
    assert len(town.leaving(town.chat2)) == 1


def test_files_follow_their_words(town: Speakers) -> None:
    town.now = wall(SUNDAY, "22:00")
    town.announce(media=(PHOTO, Media("document", "giay-bia")))
    words, photo, paper = town.precinct.outbox(town.chat2)
    assert (photo.answers, paper.answers) == (words.id, words.id)
    assert outbox.load_notice(words.notice).media == ()
    assert outbox.load_notice(photo.notice).media == (PHOTO,)
    assert words.not_before == posts.HELD


class TestRelease:
    """A post that waited: looked at again when it leaves."""

    def hold(self, town: Speakers, **more: Any) -> int:
        town.now = wall(SUNDAY, "22:00")
        return town.announce(**more).id

    def test_its_author_heard_until_when(self, town: Speakers) -> None:
        self.hold(town)
        (told,) = town.told(town.lan)
        assert "06:30 23/11/2026" in told
        assert "Khu 2" in told
        town.tick(wall(MONDAY, "06:30"))
        assert WORDS in town.seen(town.chat2)[0]

    def test_not_when_its_author_may_not_say_it_any_more(self, town: Speakers) -> None:
        key = self.hold(town)
        revoke(town.db, town.lan.id, Role.LEADER, WARD, town.now)
        town.tick(wall(MONDAY, "06:30"))
        assert town.leaving(town.chat2) == []
        assert town.states(announcements.get(town.db, key)) == ["refused"]
        assert "Lê Thị Lan" in "\n".join(town.told(town.quan))

    def test_not_long_after_it_should_have(self, town: Speakers) -> None:
        key = self.hold(town)
        town.tick(wall(MONDAY, "09:31"))
        assert town.leaving(town.chat2) == []
        assert "không gửi" in town.told(town.lan)[-1]
        (time_of,) = town.times(announcements.get(town.db, key))
        assert (time_of.state, time_of.told_at) == ("dropped", town.now)

    def test_late_but_in_time(self, town: Speakers) -> None:
        self.hold(town)
        town.tick(wall(MONDAY, "09:30"))
        assert len(town.leaving(town.chat2)) == 1

    def test_not_when_it_is_not_true_any_more(self, town: Speakers) -> None:
        town.now = wall(SUNDAY, "22:00")
        town.announce(expires_at=wall(MONDAY, "06:31"))
        assert len(town.posts()) == 1
        town.tick(wall(MONDAY, "06:32"))
        assert town.leaving(town.chat2) == []
        assert "hết hiệu lực" in town.told(town.lan)[-1]

    def test_an_ended_announcement_still_releases_what_waits(self, town: Speakers) -> None:
        key = self.hold(town)
        assert announcements.get(town.db, key).state == "ended"
        town.tick(wall(MONDAY, "06:30"))
        assert len(town.leaving(town.chat2)) == 1

    def test_a_law_item_is_simply_released(self, town: Speakers) -> None:
        town.now = wall(SUNDAY, "22:00")
        item = list_waiting(town.db, WARD, town.now)[0].item
        law.approve(town.db, WARD, item, words_hash(item), town.quan.id, town.now)
        puts(town, town.now, law_item=item)
        release_held(town.db, wall(MONDAY, "06:30"))
        town.now = wall(MONDAY, "06:30")
        assert len(town.leaving(town.chat2)) == 1


def test_at_tet_what_would_wait_for_days_is_not_sent_and_its_author_told(town: Speakers) -> None:
    town.now = wall(date(2027, 2, 5), "10:00")
    announcement = town.announce()
    assert town.states(announcement) == ["dropped"]
    assert "36 giờ" in town.told(town.lan)[-1]
    assert town.precinct.outbox(town.chat2) == []


def test_what_would_be_out_of_date_by_the_morning_is_not_held(town: Speakers) -> None:
    town.now = wall(SUNDAY, "22:00")
    announcement = town.announce(expires_at=wall(MONDAY, "06:00"))
    assert town.states(announcement) == ["dropped"]


def test_in_two_neighbourhoods_each_has_its_hours(town: Speakers) -> None:
    town.rhythm(town.khu3, quiet=[])
    town.now = wall(SUNDAY, "22:00")
    town.announce(town.an, neighbourhoods=(town.khu2, town.khu3), sort=Sort.HAZARD, template="bia")
    assert len(town.leaving(town.chat2)) == len(town.leaving(town.chat3)) == 1
    rule = Rule.from_json(
        {
            "pattern": {"kind": "daily"},
            "at": "22:05",
            "until": None,
            "skips": [],
        }
    )
    town.announce(town.minh, neighbourhoods=(town.khu3,), rule=rule)
    town.tick(wall(SUNDAY, "22:05"))
    assert len(town.leaving(town.chat3)) == 2
