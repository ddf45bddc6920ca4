"""Somebody changes what is on its way, or what waits: nobody gets words that nobody agreed to, and
who is passed over for that is said. (Found by a review of the sending.)
"""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from actions.announcing import Planned, change, pause, planned_of
from actions.broadcasting import PIECE
from actions.corrections import Wanted, correct
from actions.occurrence_fates import why_no_more
from actions.occurrences import send_due
from domain.announcing import Sort
from domain.audiences import Audience
from domain.patterns import Daily
from domain.recurrence import Rule
from domain.wall_clock import instant_of, wall_of
from storage import announcements
from storage.announcement_tables import Announcement
from tests.actions.enrolled import CONFIRM, URGENT, enrols
from tests.actions.speakers import WORDS, Speakers
from tests.actions.test_audiences import home, resident
from tests.precinct import BOT, Precinct

HOUR = timedelta(hours=1)
NIGHT = instant_of(date(2026, 11, 22), time(23))
MORNING = instant_of(date(2026, 11, 23), time(6, 30))
OTHER = "Lời khác (bịa)"


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def begun(town: Speakers, **more: object) -> Announcement:
    """A daily one of the officer that asks many people to confirm, after its first piece."""
    for number in range(PIECE + 20):
        enrols(town, f"Người Bịa {number}", f"6{number:04d}", CONFIRM)
    rule = Rule(Daily(), wall_of(town.now + HOUR).time())
    found = town.announce(town.an, rule=rule, asks_reading=True, **more)
    town.now += HOUR
    send_due(town.db, town.now)
    assert town.states(found)[0] == "sending"
    return found


def held(town: Speakers, **more: object) -> Announcement:
    """A daily one that waits for the morning."""
    found = town.announce(town.an, rule=Rule(Daily(), wall_of(NIGHT).time()), **more)
    town.tick(NIGHT)
    town.now = NIGHT + timedelta(minutes=5)
    return found


def changed(town: Speakers, announcement: Announcement, **values: object) -> Planned:
    planned = replace(planned_of(town.db, town.again(announcement)), words=OTHER, **values)  # type: ignore[arg-type]
    change(town.db, announcement.id, town.an, planned, town.now)
    return planned


def runs(town: Speakers, looks: int = 6) -> None:
    for _ in range(looks):
        send_due(town.db, town.now)


def test_the_rest_does_not_follow_in_words_that_wait_for_a_second_person(town: Speakers) -> None:
    announcement = begun(town)
    before = len(town.posts())
    changed(town, announcement, neighbourhoods=(town.khu2, town.khu3))
    assert town.again(announcement).state == "waiting"
    runs(town)
    assert len(town.posts()) == before
    assert town.seen(town.chat3) == []
    told = town.told(town.an)
    assert any("tin nhắn riêng <b>chưa gửi</b>" in each for each in told)


def test_nor_would_it_where_nobody_had_broken_it_off(town: Speakers) -> None:
    announcement = begun(town)
    (occurrence, _) = town.times(announcement)
    announcements.set_columns(town.db, announcement.id, state="waiting")
    waiting = town.again(announcement)
    reason = why_no_more(town.db, waiting, occurrence, town.now)
    assert reason == "announcement.reason.not_agreed"


@pytest.mark.parametrize(
    ("what", "reason"), [("stopped", "stopped"), ("cancelled", "corrected"), ("planned", None)]
)
def test_ended_by_somebody_is_a_reason_ended_by_itself_is_none(
    town: Speakers, what: str, reason: str | None
) -> None:
    announcement = begun(town)
    (occurrence, _) = town.times(announcement)
    announcements.add_change(town.db, announcement.id, what, town.an.id, town.now)
    announcements.set_columns(town.db, announcement.id, state="ended")
    found = why_no_more(town.db, town.again(announcement), occurrence, town.now)
    assert found == (f"announcement.reason.{reason}" if reason else None)


def test_what_is_sent_once_is_not_changed_while_it_is_sent(town: Speakers) -> None:
    for number in range(PIECE + 20):
        enrols(town, f"Người Bịa {number}", f"6{number:04d}", CONFIRM)
    announcement = town.announce(town.an, asks_reading=True)
    assert town.states(announcement) == ["sending"]
    refused = town.refusal(lambda: changed(town, announcement))
    assert refused == "announcement.refused.sending"


def test_nothing_of_it_is_put_after_its_correction(town: Speakers) -> None:
    homes = [enrols(town, f"Cụ Bịa {n}", f"7{n:03}", URGENT)[1] for n in range(130)]
    announcement = town.announce(town.lan, sort=Sort.HAZARD, template="bia")
    assert town.states(announcement) == ["sending"]
    wanted = Wanted(announcement.id, OTHER)
    correct(town.db, town.lan, wanted, None, BOT, town.now, town.precinct.random_below)
    before = sum(WORDS in said for each in homes for said in town.seen(each))
    runs(town)
    after = sum(WORDS in said for each in homes for said in town.seen(each))
    assert (before, after) == (PIECE - 1, PIECE - 1)
    (occurrence,) = town.times(announcement)
    assert (occurrence.state, occurrence.reason) == ("sent", "announcement.reason.corrected")


def test_what_is_held_in_a_place_that_was_taken_off_does_not_leave(town: Speakers) -> None:
    announcement = held(town, neighbourhoods=(town.khu2,))
    changed(town, announcement, neighbourhoods=(town.khu3,))
    assert "1 nhóm ở đó <b>không nhận</b>" in town.told(town.an)[-1]
    assert town.states(announcement)[0] == "dropped"
    town.tick(MORNING)
    assert town.seen(town.chat2) == town.seen(town.chat3) == []


def test_what_is_held_where_it_still_goes_leaves_in_the_new_words(town: Speakers) -> None:
    announcement = held(town, neighbourhoods=(town.khu2,))
    changed(town, announcement)
    town.tick(MORNING)
    (said,) = town.seen(town.chat2)
    assert OTHER in said


def test_what_is_held_for_groups_of_people_that_were_taken_off_does_not_leave(
    town: Speakers,
) -> None:
    landlord, trader = (
        home(town, resident(town, chat, tag))
        for chat, tag in (("811", Audience.LANDLORDS), ("812", Audience.TRADERS))
    )
    announcement = held(town, tags=("landlords", "traders"))
    changed(town, announcement, tags=("traders",))
    assert "<b>không nhận</b>" in town.told(town.an)[-1]
    town.tick(MORNING)
    assert town.seen(landlord) == []
    (said,) = town.seen(trader)
    assert OTHER in said


@pytest.mark.parametrize(
    ("state", "said"), [("paused", "đang tạm dừng"), ("waiting", "người thứ hai đồng ý")]
)
def test_why_what_waited_for_somebody_was_not_sent_is_said_as_it_is(
    town: Speakers, state: str, said: str
) -> None:
    announcement = held(town)
    if state == "paused":
        pause(town.db, announcement.id, town.an, town.now)
    else:
        announcements.set_columns(town.db, announcement.id, state=state)
    before = len(town.told(town.an))
    town.tick(MORNING + timedelta(hours=37))
    told = town.told(town.an)[before:]
    assert any(said in each for each in told)
    assert not any("trợ lý không chạy" in each for each in told)
