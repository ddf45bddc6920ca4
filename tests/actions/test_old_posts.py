"""What of announcements is kept for how long, and what is left of a person who had their data
erased. All names and numbers are invented.
"""

from datetime import date, time, timedelta

import pytest
from sqlmodel import SQLModel, select

from actions.confirmations import confirm, counts_of
from actions.erasure import erase_person
from actions.my_data import holdings_of
from actions.private_news import stop_all
from actions.reminding import remind
from actions.retention import forget_announcements, forget_people
from domain.announcing import Sort
from domain.consent import ConsentPurpose
from domain.patterns import Daily
from domain.recurrence import Rule
from domain.retention import KEPT_FOR, Kept
from domain.roles import Role
from domain.wall_clock import instant_of
from storage import announcements
from storage.addresses import get_person
from storage.announcement_tables import (
    Announcement,
    AnnouncementChange,
    AnnouncementTarget,
    AudienceTag,
    Occurrence,
    Post,
    Reading,
)
from storage.rows import list_by, rows
from storage.tables import Outbox
from tests.actions.enrolled import CONFIRM, URGENT, agrees, enrols
from tests.actions.speakers import Speakers
from tests.precinct import Precinct

MOMENT = timedelta(seconds=1)


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def count(town: Speakers, model: type[SQLModel]) -> int:
    return len(list_by(town.db, model))


def asks(town: Speakers) -> int:
    announcement = town.announce(asks_reading=True)
    town.tick()
    return town.times(announcement)[0].id


def test_who_confirmed_goes_long_before_the_post(town: Speakers) -> None:
    ong, home = enrols(town, "Ông Bịa", "501", CONFIRM)
    enrols(town, "Bà Bịa", "502", CONFIRM)
    key = asks(town)
    confirm(town.db, key, ong, town.now)
    remind(town.db, key, town.lan, town.now)
    over = town.now + KEPT_FOR[Kept.READING]
    forget_announcements(town.db, over - MOMENT)
    assert counts_of(town.db, key) == (1, 2)
    forget_announcements(town.db, over)
    assert counts_of(town.db, key) == (0, 0)
    assert count(town, Reading) == 0
    (left,) = town.posts()
    assert left.address_id == town.chat2.id
    assert home.id != left.address_id


def test_an_announcement_goes_with_all_that_hangs_on_it(town: Speakers) -> None:
    enrols(town, "Ông Bịa", "501", CONFIRM)
    (former,) = town.times(town.announce(asks_reading=True))
    later = town.now + timedelta(days=1)
    over = town.now + KEPT_FOR[Kept.ANNOUNCEMENT]
    town.now = later
    announcement = town.announce(words="Bài sau (bịa)")
    announcements.set_columns(town.db, announcement.id, corrects=former.announcement_id)
    forget_announcements(town.db, over - MOMENT)
    assert count(town, Announcement) == 2
    forget_announcements(town.db, over)
    (left,) = list_by(town.db, Announcement)
    assert (left.id, left.corrects) == (announcement.id, None)
    for model in (AnnouncementTarget, AnnouncementChange, Occurrence):
        found = list_by(town.db, model)
        assert {each.announcement_id for each in found} == {announcement.id}  # type: ignore[attr-defined]
    assert len(town.posts()) == 1


def test_what_still_goes_out_is_kept(town: Speakers) -> None:
    town.weekly(Rule(Daily(), time(18)))
    forget_announcements(town.db, town.now + 2 * KEPT_FOR[Kept.ANNOUNCEMENT])
    assert count(town, Announcement) == 1


def test_erasing_leaves_nothing_of_what_somebody_got_chose_and_confirmed(town: Speakers) -> None:
    ong, home = enrols(town, "Ông Bịa", "501", URGENT, CONFIRM)
    agrees(town, ong, ConsentPurpose.TOPICS)
    town.db.execute(
        AudienceTag.__table__.insert(),  # type: ignore[attr-defined]
        [{"person_id": ong.id, "tag": "traders", "chosen_at": town.now}],
    )
    key = asks(town)
    confirm(town.db, key, ong, town.now)
    town.now = instant_of(date(2026, 11, 22), time(22))
    asks(town)
    erase_person(town.db, ong, town.now)
    assert count(town, Reading) == count(town, AudienceTag) == 0
    mine = select(Post).where(Post.address_id == home.id)
    assert rows(town.db, Post, mine) == []
    waiting = select(Outbox).where(Outbox.address_id == home.id, Outbox.state == "due")
    assert rows(town.db, Outbox, waiting) == []
    town.tick(instant_of(date(2026, 11, 23), time(7)))
    assert rows(town.db, Outbox, waiting) == []
    town.announce(sort=Sort.HAZARD)
    town.tick()
    assert rows(town.db, Outbox, waiting) == []


def test_official_words_stay_without_the_name_of_who_wrote_them(town: Speakers) -> None:
    announcement = town.announce()
    town.tick()
    erase_person(town.db, town.lan, town.now)
    assert get_person(town.db, town.lan.id).name == "Lê Thị Lan"
    town.removes(town.lan, Role.LEADER)
    erase_person(town.db, get_person(town.db, town.lan.id), town.now)
    assert get_person(town.db, town.lan.id).name == ""
    assert town.again(announcement).words
    assert len(town.posts()) == 1


def test_what_an_erased_author_still_had_planned_is_not_posted(town: Speakers) -> None:
    announcement = town.weekly(Rule(Daily(), time(18)))
    town.removes(town.lan, Role.LEADER)
    erase_person(town.db, town.lan, town.now)
    town.tick(hours=9)
    assert town.posts() == []
    assert town.again(announcement).state == "ended"


def test_one_sees_what_is_held_of_oneself(town: Speakers) -> None:
    ong, _ = enrols(town, "Ông Bịa", "501", CONFIRM)
    key = asks(town)
    asks(town)
    confirm(town.db, key, ong, town.now)
    held = holdings_of(town.db, ong, town.now)
    assert (held.asked, held.confirmed, held.announcements) == (2, 1, 0)
    assert holdings_of(town.db, town.lan, town.now).announcements == 2


def test_who_agreed_to_get_news_is_no_passer_by(town: Speakers) -> None:
    ong, _ = enrols(town, "Ông Bịa", "501", URGENT)
    passer, _ = enrols(town, "Khách Bịa", "502")
    forget_people(town.db, town.now + KEPT_FOR[Kept.PROFILE])
    assert get_person(town.db, passer.id).name == ""
    kept = get_person(town.db, ong.id)
    assert (kept.name, kept.neighbourhood_id) == ("Ông Bịa", town.khu2)
    silent = town.now + KEPT_FOR[Kept.ENROLLED]
    forget_people(town.db, silent)
    assert get_person(town.db, ong.id).asked_at == silent
    forget_people(town.db, silent + KEPT_FOR[Kept.UNANSWERED])
    assert get_person(town.db, ong.id).neighbourhood_id is None
    assert not stop_all(town.db, ong, town.now)
