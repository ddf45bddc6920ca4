"""The bot was down for an hour, a day, a week: of every kind of rule each time that fell into it
is posted once or its author is told its date, and afterwards it goes on as if nothing had been.
"""

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest

from domain.notices import Text
from domain.patterns import (
    LAST,
    Daily,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Once,
    Pattern,
    Weekly,
    Yearly,
)
from domain.recurrence import Rule
from domain.time_echo import say_instant
from storage.announcement_tables import Announcement
from tests.actions.speakers import Speakers
from tests.domain.plain_calendar import instants
from tests.precinct import Precinct, say

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
# How late an ordinary announcement may still come: as people are told in the guide.
LATE = timedelta(hours=3)
PATTERNS: dict[str, Pattern] = {
    "once": Once(date(2026, 11, 25)),
    "daily": Daily(),
    "weekly": Weekly(frozenset({0, 3})),
    "fortnightly": Weekly(frozenset({5}), 2, date(2026, 11, 22)),
    "first Tuesday": NthWeekday(1, 1),
    "last Friday": NthWeekday(LAST, 4),
    "last day": MonthDays(frozenset({LAST})),
    "31st": MonthDays(frozenset({31})),
    "yearly": Yearly(29, 2),
    "rằm and mùng một": LunarMonthly(frozenset({1, 15})),
    "rằm tháng Giêng": LunarYearly(15, 1),
}
# None of their times below is on a silent day of Tết.
EVENING = time(19, 15)


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    speakers = Speakers(precinct)
    speakers.rhythm(speakers.khu2, quiet=[])
    return speakers


def lives(town: Speakers, announcement: Announcement, stops: datetime, down: timedelta) -> None:
    """It is looked at every time until it stops, then not for so long, then three times more."""
    rule = Rule.from_json(announcement.rule)
    for at in instants(rule, town.now, stops):
        town.tick(at)
    town.tick(stops)
    town.tick(stops + down)
    for at in islice(instants(rule, town.now, town.now + timedelta(days=1500)), 3):
        town.tick(at)


def fates(rule: Rule, start: datetime, stops: datetime, up: datetime, end: datetime) -> list[str]:
    """What must have become of each time, worked out without our code."""
    times = list(instants(rule, start, end + timedelta(days=1500)))
    found = []
    for at, following in zip(times, [*times[1:], None], strict=True):
        if at > end:
            break
        missed = stops < at <= up
        too_late = missed and (up - at > LATE or (following is not None and following <= up))
        found.append("dropped" if too_late else "sent")
    return found


def told_dates(town: Speakers) -> tuple[str, int]:
    """All that the author was told of times that were lost, and how many these were."""
    home = town.precinct.home(town.lan)
    texts = [notice.text for notice in town.precinct.notices(home) if notice.text]
    lost = [text for text in texts if text.key == "announcement.news.lost"]
    number = 0
    for text in lost:
        dates = text.params["dates"]
        assert isinstance(dates, Text)
        lines, more = dates.params["lines"], dates.params.get("number", 0)
        assert isinstance(lines, tuple)
        assert isinstance(more, int)
        number += len(lines) + more
    return "\n".join(say(text) for text in lost), number


@pytest.mark.parametrize("down", [HOUR, DAY, WEEK], ids=["an hour", "a day", "a week"])
@pytest.mark.parametrize("kind", PATTERNS)
def test_each_time_is_posted_once_or_its_author_is_told(
    town: Speakers, kind: str, down: timedelta
) -> None:
    start, rule = town.now, Rule(PATTERNS[kind], EVENING)
    second = list(islice(instants(rule, start, start + timedelta(days=4000)), 2))[-1]
    stops = second - timedelta(minutes=1)
    announcement = town.weekly(rule)
    lives(town, announcement, stops, down)
    expected = fates(rule, start, stops, stops + down, town.now)
    assert "dropped" in expected or down == HOUR
    times = [each for each in town.times(announcement) if each.state != "due"]
    assert [each.due_at for each in times] == list(instants(rule, start, town.now))
    assert [each.state for each in times] == expected
    copies = [post.occurrence_id for post in town.posts()]
    assert copies == [each.id for each in times if each.state == "sent"]
    assert len(town.seen(town.chat2)) == len(copies)
    told, number = told_dates(town)
    lost = [each.due_at for each in times if each.state == "dropped"]
    assert number == len(lost)
    for at in lost[:5]:
        assert say(say_instant(at)) in told


@pytest.mark.parametrize("down", [HOUR, DAY, WEEK], ids=["an hour", "a day", "a week"])
def test_what_is_held_over_the_night_too(town: Speakers, down: timedelta) -> None:
    """It stops at night, while one copy waits for the morning."""
    town.rhythm(town.khu2, quiet=None)
    announcement = town.announce(rule=Rule(Once(date(2026, 11, 22)), time(22)))
    (due,) = instants(Rule.from_json(announcement.rule), town.now, town.now + DAY)
    town.tick(due)
    assert town.seen(town.chat2) == []
    morning = due + timedelta(hours=8, minutes=30)
    for _ in range(2):
        town.tick(morning + down - timedelta(minutes=1))
        posted, (_, lost) = len(town.seen(town.chat2)), told_dates(town)
        assert (posted, lost) == ((1, 0) if down == HOUR else (0, 1))
