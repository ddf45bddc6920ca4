"""Paste mode: groups that no bot can join, the words handed over, "đã dán", and one reminder."""

from datetime import time, timedelta
from functools import partial

import pytest

from actions import pasting
from actions.announcement_face import notice_of
from actions.announcing import stop
from actions.occurrences import SPREADS
from actions.pasting import look_after_pastes
from actions.rooms import end_room
from domain.announcing import Sort
from domain.roles import Role
from domain.wall_clock import day_of, instant_of
from storage import announcements, pastes
from storage.addresses import set_unreachable
from storage.announcement_tables import Occurrence, Post
from storage.outbox import load_notice
from storage.rows import list_by
from tests.actions.speakers import WORDS, Speakers
from tests.precinct import Precinct, labels, say, taps

DAY = timedelta(days=1)


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    """Khu 2 has two groups that no bot can join."""
    speakers = Speakers(precinct)
    for name in ("Zalo Khu 2", "Zalo chợ Bịa"):
        pasting.add_group(speakers.db, speakers.lan, speakers.khu2, name)
    return speakers


def look(town: Speakers, **span: float) -> None:
    """The scheduler looks, so much later."""
    town.tick(town.now + timedelta(**span))
    look_after_pastes(town.db, town.now)


def by_hand(town: Speakers) -> list[Post]:
    return [each for each in town.posts() if each.paste_group]


def test_a_leader_names_groups_of_the_own_neighbourhood(town: Speakers) -> None:
    add = pasting.add_group
    cases = (
        (lambda: add(town.db, town.minh, town.khu2, "Zalo"), "access.may_not_announce"),
        (lambda: add(town.db, town.lan, town.khu2, " ZALO  khu 2 "), "pasting.refused.known"),
        (lambda: add(town.db, town.lan, town.khu2, " ?! "), "pasting.refused.name"),
        (lambda: add(town.db, town.lan, town.khu2, "a" * 61), "pasting.refused.name"),
    )
    for deed, key in cases:
        assert town.refusal(deed) == key
    for name in ("Zalo bịa 3", "Zalo bịa 4"):
        add(town.db, town.lan, town.khu2, name)
    too_many = partial(add, town.db, town.lan, town.khu2, "Zalo bịa 5")
    assert town.refusal(too_many) == "pasting.refused.many"
    assert pasting.remove_group(town.db, town.lan, town.khu2, 0) == "Zalo Khu 2"
    assert pasting.list_groups(town.db, town.khu2)[0] == "Zalo chợ Bịa"


def test_the_words_are_handed_over_as_they_were_posted(town: Speakers) -> None:
    announcement = town.announce()
    assert [each.paste_group for each in by_hand(town)] == ["Zalo Khu 2", "Zalo chợ Bịa"]
    ready, asked = town.precinct.notices(town.precinct.home(town.lan))[-2:]
    post = notice_of(town.db, announcement, town.now)
    assert (ready.text, ready.buttons) == (post.text, ())
    assert WORDS in say(ready.text)
    assert "Mã: <code>" in say(ready.text)
    assert labels(asked) == ["1. Đã dán: Zalo Khu 2", "2. Đã dán: Zalo chợ Bịa"]
    look(town, minutes=1)
    assert len(by_hand(town)) == 2
    assert len(town.told(town.lan)) == 2


def test_called_again_it_makes_no_second_row(town: Speakers) -> None:
    announcement = town.announce()
    (occurrence,) = town.times(announcement)
    for spread in SPREADS:
        spread(town.db, announcement, occurrence, town.now, 40)
    assert len(by_hand(town)) == 2
    assert len(town.told(town.lan)) == 2


def test_other_neighbourhoods_and_groups_of_people_are_not_pasted(town: Speakers) -> None:
    town.announce(town.minh, neighbourhoods=(town.khu3,))
    town.announce(tags=("landlords",))
    assert by_hand(town) == []


def test_without_any_chat_a_pasted_post_counts(town: Speakers) -> None:
    pasting.add_group(town.db, town.an, town.khu4, "Zalo Khu 4")
    announcement = town.announce(town.an, neighbourhoods=(town.khu4,))
    assert town.states(announcement) == ["sent"]
    # Nobody leads it: its author pastes it.
    assert any("Zalo Khu 4" in each for each in town.told(town.an))


def test_pasted_once_and_taken_back(town: Speakers) -> None:
    town.announce()
    first, second = by_hand(town)
    marked = pasting.mark_pasted(town.db, first.id, town.lan, town.now)
    assert not marked.before
    assert (marked.post.pasted_at, marked.post.pasted_by) == (town.now, town.lan.id)
    again = pasting.mark_pasted(town.db, first.id, town.an, town.now + DAY)
    assert again.before
    assert (again.post.pasted_at, again.post.pasted_by) == (town.now, town.lan.id)
    assert pasting.unmark_pasted(town.db, first.id, town.lan).post.pasted_at is None
    refused = town.refusal(lambda: pasting.mark_pasted(town.db, second.id, town.minh, town.now))
    assert refused == "access.may_not_announce"
    posted = next(each for each in town.posts() if not each.paste_group)
    for key in (posted.id, 10_000):
        deed = partial(pasting.mark_pasted, town.db, key, town.lan, town.now)
        assert town.refusal(deed) == "pasting.refused.gone"


def test_one_reminder_after_three_hours(town: Speakers) -> None:
    town.announce()
    first, _ = by_hand(town)
    pasting.mark_pasted(town.db, first.id, town.lan, town.now)
    look(town, hours=2, minutes=29)
    assert len(town.told(town.lan)) == 2
    # 09:00 and three hours are noon, when people rest.
    look(town, minutes=31)
    assert len(town.told(town.lan)) == 2
    look(town, hours=1, minutes=30)
    assert "chưa dán đủ" in town.told(town.lan)[-1]
    look(town, hours=3)
    assert len(town.told(town.lan)) == 3


def test_two_leaders_are_each_reminded_once(town: Speakers) -> None:
    second = town.precinct.holder(Role.LEADER, "Đỗ Thị Bịa", "409", at=town.khu2)
    town.announce()
    look(town, hours=4, minutes=30)
    look(town, minutes=1)
    for person in (town.lan, second):
        assert len(town.told(person)) == 3


def test_who_pasted_everything_is_not_reminded(town: Speakers) -> None:
    town.announce()
    for each in by_hand(town):
        pasting.mark_pasted(town.db, each.id, town.lan, town.now)
    look(town, hours=5)
    assert len(town.told(town.lan)) == 2


def test_what_is_urgent_is_asked_for_again_after_a_quarter_of_an_hour_by_night(
    town: Speakers,
) -> None:
    town.now = instant_of(day_of(town.now), time(23))
    town.announce(sort=Sort.HAZARD, template="bia")
    assert len(town.told(town.lan)) == 2
    look(town, minutes=14)
    assert len(town.told(town.lan)) == 2
    look(town, minutes=1)
    assert "chưa dán đủ" in town.told(town.lan)[-1]


def test_at_night_the_words_wait_and_a_stop_takes_them_back(town: Speakers) -> None:
    town.now = instant_of(day_of(town.now), time(22))
    first = town.announce()
    second = town.announce(words="Bài thứ hai (bịa)")
    handed = [each for each in town.told(town.lan) if "Đã dán" in each or "dán vào" in each]
    assert handed == []
    stop(town.db, first.id, town.lan, town.now)
    look(town, minutes=10)
    before = len(town.told(town.lan))
    town.now = instant_of(day_of(town.now) + DAY, time(6, 30))
    look(town)
    told = town.told(town.lan)[before:]
    assert any("Bài thứ hai" in each for each in told)
    assert not any(WORDS in each for each in told)
    assert {each.occurrence_id for each in by_hand(town)} == {town.times(second)[0].id}


def test_whoever_can_be_reached_pastes_it_and_else_the_ward_hears(town: Speakers) -> None:
    for person in (town.lan, town.an):
        set_unreachable(town.db, town.precinct.home(person).id, town.now)
    town.announce(town.an)
    look(town, minutes=1)
    look(town, minutes=1)
    heard = [each for each in town.told(town.quan) if "chưa nhắn riêng được" in each]
    assert len(heard) == 1
    set_unreachable(town.db, town.precinct.home(town.lan).id, None)
    look(town, minutes=1)
    assert any("nhờ sao chép" in each for each in town.told(town.lan))


def test_what_is_over_is_not_asked_for(town: Speakers) -> None:
    expires_at = town.now + timedelta(minutes=10)
    announcement = town.announce(sort=Sort.HAZARD, template="bia", expires_at=expires_at)
    look(town, minutes=20)
    assert len(town.told(town.lan)) == 2
    assert announcements.get(town.db, announcement.id).expires_at == expires_at


def test_taps_name_the_posts(town: Speakers) -> None:
    town.announce()
    row = town.precinct.outbox(town.precinct.home(town.lan))[-1]
    assert taps(load_notice(row.notice)) == [f"p:done:{each.id}" for each in by_hand(town)]
    occurrence = by_hand(town)[0].occurrence_id
    assert pastes.list_unpasted(town.db, town.now - DAY) == [(occurrence, town.khu2)]


def every_time(town: Speakers) -> list[Occurrence]:
    return list_by(town.db, Occurrence)


def test_where_there_is_no_other_group_it_is_told_as_lost(town: Speakers) -> None:
    end_room(town.db, town.chat2.id, town.now)
    said = at_night(town)
    look(town, hours=18)
    (told,) = town.told(town.lan)[said:]
    assert "không gửi" in told
    assert "đã quá muộn" in told


def at_night(town: Speakers) -> int:
    """Announced at 22:00, so that it is pasted in the morning; how much its leader was told."""
    town.now = instant_of(day_of(town.now), time(22))
    town.announce()
    look(town)
    return len(town.told(town.lan))


def test_a_leader_was_asked_to_paste_what_was_too_late_for_everybody_else(town: Speakers) -> None:
    said = at_night(town)
    look(town, hours=18)
    told = town.told(town.lan)[said:]
    assert not any("sao chép" in words for words in told)
    assert "đã quá muộn" in told[0]
    assert "không nhờ dán" in told[-1]
    assert by_hand(town) == []
    assert [each.state for each in every_time(town)] == ["dropped"]
    look(town, hours=1)
    assert len(town.told(town.lan)) == said + len(told)


def test_what_went_out_elsewhere_is_told_as_missing_here(town: Speakers) -> None:
    said = at_night(town)
    town.tick(town.now + timedelta(hours=9))
    town.now += timedelta(hours=8)
    look_after_pastes(town.db, town.now)
    told = town.told(town.lan)[said:]
    assert any("không nhờ dán" in words for words in told)
    assert by_hand(town) == []
    assert [each.state for each in every_time(town)] == ["sent"]


def test_a_leader_was_asked_to_paste_at_night_after_a_downtime(town: Speakers) -> None:
    said = at_night(town)
    town.now += timedelta(days=1)
    look_after_pastes(town.db, town.now)
    assert len(town.told(town.lan)) == said
    assert len(by_hand(town)) == 2
