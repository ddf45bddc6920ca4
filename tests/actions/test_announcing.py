"""Announcing: who may, what is refused, who must agree, and every way to change one's mind."""

from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest

from actions.announcing import (
    approve,
    asks_second_person,
    change,
    list_announcements,
    list_week,
    next_times,
    pause,
    planned_of,
    preview_of,
    refuse,
    resume,
    schedule_announcement,
    skip_next,
    stop,
    take_back,
)
from actions.standings import grant
from domain.announcing import UNDO_FOR, WORDS_LIMIT, Sort
from domain.errors import Refused
from domain.notices import Media, Notice
from domain.patterns import Daily, Weekly
from domain.recurrence import Rule, once
from domain.roles import Role
from storage import announcements, outbox
from storage.announcement_tables import Announcement
from storage.tables import Person
from tests.actions.speakers import WORDS, Speakers
from tests.precinct import BOT, OTHER_WARD, WARD, Precinct, say, taps

EVENING = time(19)
DAILY = Rule(Daily(), EVENING)
CODE = "12345674"


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def both(town: Speakers, **more: Any) -> Announcement:
    """An officer's, to two neighbourhoods: it needs a second person."""
    return town.announce(town.an, neighbourhoods=(town.khu2, town.khu3), **more)


def deeds(town: Speakers, announcement: Announcement) -> list[str]:
    return [each.what for each in announcements.list_changes(town.db, announcement.id)]


def test_a_leader_speaks_to_the_own_neighbourhood_at_once(town: Speakers) -> None:
    announcement = town.announce()
    (said,) = town.seen(town.chat2)
    code = f"{announcement.code[:4]} {announcement.code[4:]}"
    for part in (WORDS, "Trưởng khu (thôn): Khu 2, phường Bịa Đặt", code, "/xacminh"):
        assert part in said
    assert "Lê Thị Lan" not in said
    assert town.seen(town.chat3) == []
    assert (announcement.state, town.states(announcement)) == ("ended", ["sent"])
    assert deeds(town, announcement) == ["planned"]


def test_the_preview_is_exactly_what_is_posted(town: Speakers) -> None:
    photo = Media("photo", "anh-bia", 7)
    planned = town.planned(media=(photo,), words="Bài <bịa> & “thử”")
    before = len(town.precinct.outbox())
    shown = preview_of(town.db, town.lan, planned, CODE, BOT, town.now)
    assert len(town.precinct.outbox()) == before
    random = town.precinct.random_below
    announcement = schedule_announcement(
        town.db, town.lan, planned, None, BOT, town.now, random, code=CODE
    )
    assert announcement.code == CODE
    words, files = map(outbox.load_notice, [row.notice for row in town.leaving(town.chat2)])
    assert say(words.text) == say(shown.text)
    assert "&lt;bịa&gt;" in say(words.text)
    assert files.media == shown.media == (photo,)


def test_a_code_that_was_taken_meanwhile_is_drawn_again(town: Speakers) -> None:
    random = town.precinct.random_below
    first, second = (
        schedule_announcement(
            town.db, town.lan, town.planned(), None, BOT, town.now, random, code=CODE
        )
        for _ in range(2)
    )
    assert first.code == CODE != second.code


def test_one_draft_is_announced_once(town: Speakers) -> None:
    draft, random = town.precinct.draft_id("announcement"), town.precinct.random_below
    first, second = (
        schedule_announcement(town.db, town.lan, town.planned(), draft, BOT, town.now, random)
        for _ in range(2)
    )
    assert first.id == second.id
    assert len(town.leaving(town.chat2)) == 1


class TestWhoMay:
    """A leader at home, the police and administrators in their ward, nobody else."""

    def tries(self, town: Speakers, who: Person, *places: int, **more: Any) -> str:
        return town.refusal(partial(town.announce, who, neighbourhoods=places, **more))

    def test_the_gate(self, town: Speakers) -> None:
        may_not = "access.may_not_announce"
        assert self.tries(town, town.lan, town.khu3) == may_not
        assert self.tries(town, town.lan, town.khu2, town.khu3) == may_not
        assert self.tries(town, town.precinct.resident, town.khu2) == may_not
        assert self.tries(town, town.precinct.stranger, town.khu2) == may_not
        for who in (town.an, town.quan):
            assert self.tries(town, who, town.khu3) == ""
        ends = town.now + timedelta(hours=3)
        urgent: dict[str, Any] = {"sort": Sort.EMERGENCY, "expires_at": ends}
        assert self.tries(town, town.lan, town.khu3, **urgent) == "access.may_not_alert"
        assert town.precinct.outbox(town.chat2) == []

    def test_a_team_member_may_not(self, town: Speakers) -> None:
        team = town.precinct.holder(Role.TEAM, "Bà Đội Bịa", "405", at=town.khu2)
        assert self.tries(town, team, town.khu2) == "access.may_not_announce"

    def test_no_neighbourhood_of_another_ward(self, town: Speakers) -> None:
        assert self.tries(town, town.an, 99_999) == "access.neighbourhood_missing"

    def test_tags_alone_are_the_whole_ward_and_no_leaders(self, town: Speakers) -> None:
        assert self.tries(town, town.lan, tags=("traders",)) == "access.may_not_announce"
        assert self.tries(town, town.an, tags=("traders",)) == ""

    def test_what_a_leader_speaks_of_two_neighbourhoods(self, town: Speakers) -> None:
        both_led = town.precinct.holder(Role.LEADER, "Ông Hai Khu", "406", at=town.khu2)
        grant(town.db, both_led.id, Role.LEADER, WARD, town.khu3, None, town.now)
        announcement = town.announce(both_led, neighbourhoods=(town.khu2, town.khu3))
        assert announcement.state == "waiting"


class TestRefusals:
    """What is not understood is refused before anything is written."""

    @pytest.mark.parametrize(
        ("more", "key"),
        [
            ({"words": "  "}, "empty"),
            ({"words": "a" * (WORDS_LIMIT + 1)}, "too_long"),
            ({"neighbourhoods": ()}, "nowhere"),
            ({"sort": Sort.EMERGENCY}, "no_expiry"),
            ({"rule": Rule(Daily(), EVENING, until=date(2026, 11, 21))}, "no_date_left"),
        ],
    )
    def test_refused(self, town: Speakers, more: dict[str, Any], key: str) -> None:
        found = town.refusal(partial(town.announce, **more))
        assert found == f"announcement.refused.{key}"
        assert announcements.list_in_states(town.db, [WARD], ["planned", "waiting", "ended"]) == []

    def test_a_past_time_gets_a_suggestion(self, town: Speakers) -> None:
        for ago, again in ((timedelta(hours=1), "23/11/2026"), (timedelta(days=1), "23/11/2026")):
            rule = once(town.now - ago)
            with pytest.raises(Refused) as refused:
                town.announce(rule=rule)
            assert refused.value.text.key == "announcement.refused.past"
            assert again in say(refused.value.text)

    def test_this_very_minute_is_past_too(self, town: Speakers) -> None:
        key = town.refusal(partial(town.announce, rule=once(town.now)))
        assert key == "announcement.refused.past"

    def test_an_alert_that_ends_before_it_begins(self, town: Speakers) -> None:
        ends = town.now + timedelta(hours=1)
        rule = once(town.now + timedelta(hours=2))
        key = town.refusal(partial(town.announce, rule=rule, expires_at=ends))
        assert key == "announcement.refused.expires_before"

    def test_a_picture_needs_no_words(self, town: Speakers) -> None:
        town.announce(words="", media=(Media("photo", "anh-bia"),))
        assert len(town.leaving(town.chat2)) == 2


class TestSecondPerson:
    """Several neighbourhoods, or a person, face or plate."""

    def asked(self, town: Speakers, person: Person) -> Notice:
        return town.precinct.notices(town.precinct.home(person))[-1]

    def test_nothing_is_sent_before_somebody_agrees_and_two_minutes_more(
        self, town: Speakers
    ) -> None:
        announcement = both(town)
        assert announcement.state == "waiting"
        question = self.asked(town, town.binh)
        assert taps(question) == [f"t:{announcement.id}:{how}" for how in ("approve", "refuse")]
        assert WORDS in town.told(town.binh)[-2]
        assert WORDS in town.told(town.quan)[-2]
        town.tick(minutes=5)
        assert town.posts() == []
        agreed = approve(town.db, announcement.id, town.binh, town.now)
        assert (agreed.state, agreed.approved_by) == ("planned", town.binh.id)
        assert agreed.undo_until == town.now + UNDO_FOR
        told = town.precinct.notices(town.precinct.home(town.an))[-1]
        assert taps(told) == [f"t:{announcement.id}:take_back"]
        town.tick(seconds=119)
        assert town.posts() == []
        town.tick(seconds=1)
        assert len(town.leaving(town.chat2)) == len(town.leaving(town.chat3)) == 1
        town.tick(minutes=1)
        assert len(town.posts()) == 2
        assert deeds(town, announcement) == ["planned", "agreed"]

    def test_whoever_else_was_asked_sees_that_it_is_settled(self, town: Speakers) -> None:
        announcement = both(town)
        approve(town.db, announcement.id, town.binh, town.now)
        assert taps(self.asked(town, town.quan)) == []
        assert "Trần Thị Bình đã đồng ý" in town.told(town.quan)[-1]
        key = town.refusal(partial(approve, town.db, announcement.id, town.quan, town.now))
        assert key == "announcement.refused.decided"

    def test_nobody_agrees_with_themselves_nor_without_the_right(self, town: Speakers) -> None:
        announcement = both(town)
        for who, key in (
            (town.an, "announcement.refused.own"),
            (town.lan, "access.may_not_announce"),
            (town.precinct.stranger, "access.may_not_announce"),
        ):
            assert town.refusal(partial(approve, town.db, announcement.id, who, town.now)) == key
            assert town.refusal(partial(refuse, town.db, announcement.id, who, town.now)) == key
        assert town.again(announcement).state == "waiting"

    def test_a_no_ends_it_and_its_author_hears(self, town: Speakers) -> None:
        announcement = both(town)
        refuse(town.db, announcement.id, town.quan, town.now)
        assert (town.again(announcement).state, town.states(announcement)) == (
            "ended",
            ["refused"],
        )
        assert "Ngô Thị Quản không đồng ý" in town.told(town.an)[-1]
        town.tick(days=2)
        assert town.posts() == []

    def test_a_person_shown_needs_an_officer_however_urgent(self, town: Speakers) -> None:
        more: dict[str, Any] = {
            "sort": Sort.EMERGENCY,
            "expires_at": town.now + timedelta(hours=5),
        }
        announcement = town.announce(names_person=True, template="bia", **more)
        assert announcement.state == "waiting"
        assert town.told(town.quan) == []
        key = town.refusal(partial(approve, town.db, announcement.id, town.quan, town.now))
        assert key == "access.officers_only"
        assert "khuôn mặt" in town.told(town.an)[-1]
        approve(town.db, announcement.id, town.an, town.now)
        town.tick(minutes=2)
        assert len(town.leaving(town.chat2)) == 1

    def test_a_hazard_of_a_template_goes_everywhere_at_once(self, town: Speakers) -> None:
        announcement = both(town, sort=Sort.HAZARD, template="storm")
        assert town.states(announcement) == ["sent"]
        assert "CẢNH BÁO" in town.seen(town.chat3)[0]
        assert "giờ nghỉ" in town.seen(town.chat3)[0]

    def test_own_words_are_not_urgent_because_somebody_says_so(self, town: Speakers) -> None:
        for sort in (Sort.HAZARD, Sort.EMERGENCY):
            ends = town.now + timedelta(hours=5)
            assert both(town, sort=sort, expires_at=ends).state == "waiting"

    def test_tags_of_the_whole_ward_need_one(self, town: Speakers) -> None:
        planned = town.planned(neighbourhoods=(), tags=("traders",))
        assert asks_second_person(town.db, planned)
        assert not asks_second_person(town.db, town.planned(tags=("traders",)))

    def test_where_there_is_nobody_else_that_is_said_before(self, town: Speakers) -> None:
        for who in (town.binh, town.an):
            town.removes(who, Role.OFFICER)
        key = town.refusal(
            partial(town.announce, town.quan, neighbourhoods=(town.khu2, town.khu3))
        )
        assert key == "announcement.refused.no_second"
        assert list_announcements(town.db, town.quan, town.now) == []

    def test_who_never_hears_from_anybody_hears_from_us(self, town: Speakers) -> None:
        announcement = both(town)
        town.tick(hours=24, minutes=1)
        assert (town.again(announcement).state, town.states(announcement)) == (
            "ended",
            ["dropped"],
        )
        assert "chưa có người thứ hai" in town.told(town.an)[-1]


class TestTakingBack:
    """Until two minutes after the agreement, without a trace in any chat."""

    def test_in_time(self, town: Speakers) -> None:
        announcement = both(town)
        approve(town.db, announcement.id, town.binh, town.now)
        take_back(town.db, announcement.id, town.an, town.now + timedelta(seconds=119))
        assert town.again(announcement).state == "taken_back"
        town.tick(days=1)
        assert town.posts() == []
        assert deeds(town, announcement)[-1] == "taken_back"

    def test_too_late(self, town: Speakers) -> None:
        announcement = both(town, rule=DAILY)
        approve(town.db, announcement.id, town.binh, town.now)
        late = town.now + timedelta(seconds=120)
        key = town.refusal(partial(take_back, town.db, announcement.id, town.an, late))
        assert key == "announcement.refused.sent"

    def test_before_anybody_answered(self, town: Speakers) -> None:
        announcement = both(town)
        take_back(town.db, announcement.id, town.an, town.now)
        assert "rút lại" in town.told(town.binh)[-1]
        key = town.refusal(partial(approve, town.db, announcement.id, town.binh, town.now))
        assert key == "announcement.refused.decided"

    def test_by_somebody_else_its_author_hears(self, town: Speakers) -> None:
        announcement = both(town)
        take_back(town.db, announcement.id, town.quan, town.now)
        assert "Ngô Thị Quản vừa rút lại" in town.told(town.an)[-1]

    def test_not_what_was_sent(self, town: Speakers) -> None:
        announcement = town.announce()
        key = town.refusal(partial(take_back, town.db, announcement.id, town.lan, town.now))
        assert key == "announcement.refused.over"


class TestMind:
    """Pause, go on, skip, stop; whoever may announce it may do so, and its author hears."""

    def test_paused_it_leaves_out_what_comes_and_goes_on_after(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        pause(town.db, announcement.id, town.lan, town.now)
        town.tick(days=2)
        assert town.states(announcement) == ["skipped", "skipped", "due"]
        following = resume(town.db, announcement.id, town.lan, town.now)
        assert following == town.times(announcement)[-1].due_at
        town.tick(following)
        assert len(town.posts()) == 1
        assert deeds(town, announcement) == ["planned", "paused", "resumed"]

    def test_pausing_twice_and_going_on_twice_is_said(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        go_on = partial(resume, town.db, announcement.id, town.lan, town.now)
        halt = partial(pause, town.db, announcement.id, town.lan, town.now)
        assert town.refusal(go_on) == "announcement.refused.not_paused"
        halt()
        assert town.refusal(halt) == "announcement.refused.paused"
        go_on()

    def test_paused_over_its_only_time_it_is_not_lost_without_a_word(self, town: Speakers) -> None:
        announcement = town.announce(rule=once(town.now + timedelta(hours=1)))
        pause(town.db, announcement.id, town.lan, town.now)
        town.tick(hours=2)
        assert (town.again(announcement).state, town.states(announcement)) == (
            "ended",
            ["dropped"],
        )
        assert "đang tạm dừng" in town.told(town.lan)[-1]

    def test_what_waits_for_the_second_person_waits_again_after_a_pause(
        self, town: Speakers
    ) -> None:
        announcement = both(town, rule=DAILY)
        pause(town.db, announcement.id, town.an, town.now)
        key = town.refusal(partial(approve, town.db, announcement.id, town.binh, town.now))
        assert key == "announcement.refused.decided"
        resume(town.db, announcement.id, town.an, town.now)
        assert town.again(announcement).state == "waiting"
        last = town.precinct.notices(town.precinct.home(town.binh))[-1]
        assert f"t:{announcement.id}:approve" in taps(last)

    def test_what_is_held_waits_while_it_is_paused(self, town: Speakers) -> None:
        town.tick(hours=13)
        announcement = town.weekly(Rule(Daily(), time(22, 30)))
        town.tick(minutes=30)
        pause(town.db, announcement.id, town.lan, town.now)
        town.tick(hours=8)
        assert town.leaving(town.chat2) == []
        resume(town.db, announcement.id, town.lan, town.now)
        town.tick()
        assert len(town.leaving(town.chat2)) == 1

    def test_one_time_is_skipped_and_the_next_one_comes(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        first, second = next_times(town.db, announcement, town.now, 2)
        assert skip_next(town.db, announcement.id, town.lan, town.now) == first
        assert next_times(town.db, announcement, town.now, 1) == [second]
        assert skip_next(town.db, announcement.id, town.lan, town.now) == second
        town.tick(second + timedelta(hours=1))
        assert town.posts() == []
        assert town.states(announcement) == ["skipped", "skipped", "due"]

    def test_skipping_the_only_time_ends_it(self, town: Speakers) -> None:
        announcement = town.announce(rule=once(town.now + timedelta(hours=1)))
        skip_next(town.db, announcement.id, town.lan, town.now)
        assert town.again(announcement).state == "ended"
        key = town.refusal(partial(skip_next, town.db, announcement.id, town.lan, town.now))
        assert key == "announcement.refused.over"

    def test_what_is_due_at_this_moment_goes_out_before_the_next_is_skipped(
        self, town: Speakers
    ) -> None:
        announcement = town.weekly(DAILY)
        first, second = next_times(town.db, announcement, town.now, 2)
        just_due = first + timedelta(seconds=3)
        assert skip_next(town.db, announcement.id, town.lan, just_due) == second
        assert town.states(announcement) == ["sent", "skipped", "due"]

    def test_stopped_for_good_nothing_more_leaves_not_even_what_is_held(
        self, town: Speakers
    ) -> None:
        town.tick(hours=13)
        announcement = town.announce()
        assert announcement.state == "ended"
        stop(town.db, announcement.id, town.lan, town.now)
        town.tick(hours=12)
        assert town.leaving(town.chat2) == []
        assert town.states(announcement) == ["skipped"]
        key = town.refusal(partial(stop, town.db, announcement.id, town.lan, town.now))
        assert key == "announcement.refused.over"

    def test_stopped_before_its_time(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        stop(town.db, announcement.id, town.lan, town.now)
        town.tick(days=3)
        assert town.states(announcement) == ["skipped"]

    def test_the_police_may_and_the_leader_hears_it(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        skip_next(town.db, announcement.id, town.an, town.now)
        pause(town.db, announcement.id, town.an, town.now)
        resume(town.db, announcement.id, town.an, town.now)
        stop(town.db, announcement.id, town.an, town.now)
        heard = town.told(town.lan)
        for said, deed in zip(
            heard, ("bỏ một lần", "tạm dừng", "gửi tiếp", "dừng hẳn"), strict=True
        ):
            assert "Phạm Văn An" in said
            assert deed in said

    def test_a_leader_changes_nothing_that_the_police_say(self, town: Speakers) -> None:
        announcement = town.announce(town.an, rule=DAILY)
        for deed in (pause, stop, skip_next, take_back):
            key = town.refusal(partial(deed, town.db, announcement.id, town.lan, town.now))
            assert key == "access.may_not_announce"

    def test_others_neither(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        for who in (town.minh, town.precinct.resident, town.precinct.stranger):
            key = town.refusal(partial(stop, town.db, announcement.id, who, town.now))
            assert key == "access.may_not_announce"
        unknown = town.refusal(partial(stop, town.db, 99_999, town.lan, town.now))
        assert unknown == "announcement.refused.unknown"


class TestChange:
    """Words, times and places are replaced; the code stays."""

    def changes(self, town: Speakers, announcement: Announcement, **more: Any) -> Announcement:
        planned = planned_of(town.db, announcement)
        wanted = replace(planned, **more)
        return change(town.db, announcement.id, town.lan, wanted, town.now)

    def test_planned_is_read_back_as_it_was(self, town: Speakers) -> None:
        planned = town.planned(
            rule=DAILY,
            media=(Media("photo", "anh-bia", 7),),
            asks_reading=True,
            pinned_for=timedelta(days=1),
            late_for=timedelta(hours=1),
            expires_at=town.now + timedelta(days=9),
        )
        announcement = town.announce(
            **{
                name: getattr(planned, name)
                for name in (
                    "rule",
                    "media",
                    "asks_reading",
                    "pinned_for",
                    "late_for",
                    "expires_at",
                )
            }
        )
        assert planned_of(town.db, announcement) == planned

    def test_new_words_under_the_same_code(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        changed = self.changes(town, announcement, words="Lời mới bịa")
        assert changed.code == announcement.code
        town.tick(town.times(announcement)[0].due_at)
        (said,) = town.seen(town.chat2)
        assert "Lời mới bịa" in said
        assert WORDS not in said
        last = announcements.list_changes(town.db, announcement.id)[-1]
        assert (last.what, last.actor_id) == ("changed", town.lan.id)
        assert last.detail["words"] == WORDS

    def test_a_new_time(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        self.changes(town, announcement, rule=Rule(Daily(), time(18)))
        (due,) = town.times(announcement)
        assert due.due_at == town.now + timedelta(hours=9)

    def test_back_and_forth_loses_no_time(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        due = town.times(announcement)[0].due_at
        self.changes(town, announcement, rule=Rule(Daily(), time(18)))
        self.changes(town, announcement, rule=DAILY)
        town.tick(due)
        assert town.states(announcement) == ["sent", "due"]

    def test_a_skipped_time_stays_skipped_and_hides_no_other(self, town: Speakers) -> None:
        weekly = Rule(Weekly(frozenset({6})), EVENING)
        announcement = town.weekly(weekly)
        skipped = skip_next(town.db, announcement.id, town.lan, town.now)
        self.changes(town, announcement, rule=DAILY)
        due = town.times(announcement)[-1].due_at
        assert due == skipped + timedelta(days=1)

    def test_what_is_held_leaves_in_the_new_words_and_with_the_new_files(
        self, town: Speakers
    ) -> None:
        town.tick(hours=13)
        old, new = Media("photo", "cu-bia"), Media("photo", "moi-bia")
        rule = Rule(Daily(), time(22, 30))
        announcement = town.weekly(rule, media=(old,))
        town.tick(minutes=30)
        self.changes(town, announcement, words="Lời mới bịa", media=(new,))
        town.tick(hours=8)
        words, photo = town.leaving(town.chat2)
        assert "Lời mới bịa" in say(outbox.load_notice(words.notice).text)
        assert outbox.load_notice(photo.notice).media == (new,)

    def test_what_is_due_already_goes_out_as_it_was(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        town.now = town.times(announcement)[0].due_at + timedelta(seconds=3)
        self.changes(town, announcement, words="Lời mới bịa")
        assert WORDS in town.seen(town.chat2)[0]

    def test_what_was_sent_meanwhile_is_not_changed_any_more(self, town: Speakers) -> None:
        announcement = town.announce(rule=once(town.now + timedelta(hours=1)))
        town.now += timedelta(hours=1, seconds=3)
        key = town.refusal(
            partial(self.changes, town, announcement, words="Lời mới bịa", rule=DAILY)
        )
        assert key == "announcement.refused.over"
        assert WORDS in town.seen(town.chat2)[0]

    def test_new_words_need_a_new_agreement(self, town: Speakers) -> None:
        announcement = both(town, rule=DAILY)
        approve(town.db, announcement.id, town.binh, town.now)
        planned = planned_of(town.db, announcement)
        changed = change(
            town.db, announcement.id, town.an, replace(planned, words="Khác bịa"), town.now
        )
        assert (changed.state, changed.approved_by) == ("waiting", None)
        assert "Khác bịa" in town.told(town.binh)[-2]
        approve(town.db, announcement.id, town.quan, town.now)

    def test_a_shorter_end_needs_none(self, town: Speakers) -> None:
        announcement = both(town, rule=DAILY)
        approve(town.db, announcement.id, town.binh, town.now)
        rule = replace(DAILY, until=date(2026, 12, 1))
        planned = replace(planned_of(town.db, announcement), rule=rule)
        changed = change(town.db, announcement.id, town.an, planned, town.now)
        assert (changed.state, changed.approved_by) == ("planned", town.binh.id)

    def test_the_second_person_does_not_become_the_author_of_what_they_agreed_to(
        self, town: Speakers
    ) -> None:
        announcement = both(town, rule=DAILY)
        approve(town.db, announcement.id, town.binh, town.now)
        planned = replace(planned_of(town.db, announcement), late_for=timedelta(hours=1))
        changed = change(town.db, announcement.id, town.binh, planned, town.now)
        assert (changed.author_id, changed.state) == (town.binh.id, "waiting")
        assert "Trần Thị Bình vừa sửa" in town.told(town.an)[-1]

    def test_whoever_changes_it_speaks(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        planned = replace(planned_of(town.db, announcement), words="Lời của công an bịa")
        change(town.db, announcement.id, town.an, planned, town.now)
        town.tick(town.times(announcement)[0].due_at)
        assert "Công an phường Bịa Đặt" in town.seen(town.chat2)[0]

    def test_a_fault_in_it_changes_nothing(self, town: Speakers) -> None:
        announcement = town.weekly(DAILY)
        assert town.refusal(partial(self.changes, town, announcement, words=" ")) != ""
        assert planned_of(town.db, town.again(announcement)).words == WORDS


class TestLists:
    """What somebody may change, and what comes this week."""

    def test_each_sees_what_they_may_change(self, town: Speakers) -> None:
        own = town.weekly(DAILY)
        police = town.announce(town.an, rule=DAILY)
        other = town.weekly(DAILY, town.minh, neighbourhoods=(town.khu3,))
        town.announce()
        listed = {
            who.id: [each.id for each in list_announcements(town.db, who, town.now)]
            for who in (town.lan, town.minh, town.an, town.quan, town.precinct.stranger)
        }
        assert listed == {
            town.lan.id: [own.id],
            town.minh.id: [other.id],
            town.an.id: [other.id, police.id, own.id],
            town.quan.id: [other.id, police.id, own.id],
            town.precinct.stranger.id: [],
        }

    def test_an_administrator_of_every_ward_sees_all(self, town: Speakers) -> None:
        own = town.weekly(DAILY)
        far = town.precinct.owner(town.precinct.person("Bà Tỉnh Bịa", "407"))
        grant(town.db, far.id, Role.ADMINISTRATOR, None, None, None, town.now)
        assert [each.id for each in list_announcements(town.db, far, town.now)] == [own.id]
        assert own.ward_code != OTHER_WARD

    def test_the_week_without_what_was_skipped(self, town: Speakers) -> None:
        daily = town.weekly(DAILY)
        single = town.announce(rule=once(town.now + timedelta(days=2)))
        town.announce(rule=once(town.now + timedelta(days=8)))
        skip_next(town.db, daily.id, town.lan, town.now)
        week = list_week(town.db, town.lan, town.now)
        first = town.now + timedelta(hours=10)
        expected = [first + timedelta(days=day) for day in range(1, 7)]
        assert [each.due_at for each in week if each.announcement.id == daily.id] == expected
        assert [each.due_at for each in week if each.announcement.id == single.id] == [
            town.now + timedelta(days=2)
        ]
        assert [each.due_at for each in week] == sorted(each.due_at for each in week)
        assert len(week) == 7
