"""What waited is looked at again before it leaves: whose group it is now, who may be holding the
phone, whether the law item is still approved, and whether the warned-of incident still stands.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from actions.announcing import approve, take_back
from actions.board import board_of
from actions.broadcasting import post
from actions.confirmations import counts_of
from actions.corrected import spread_corrections
from actions.law_rotation import send_law
from actions.releasing import release_held
from actions.rooms import bind_room, end_room
from domain.announcing import Sort
from domain.audiences import Audience
from domain.notices import Notice, plain
from domain.patterns import Daily
from domain.quiet import NONE
from domain.quiet_hours import POSTS_A_DAY
from domain.recurrence import Rule, once
from domain.roles import Purpose
from domain.wall_clock import instant_of
from storage import incidents, outbox, posts
from storage.addresses import add_address
from storage.rows import change
from storage.tables import Address, Incident
from tests.actions.enrolled import CONFIRM, URGENT, enrols
from tests.actions.lawful import Lawful, friday
from tests.actions.speakers import WORDS, Speakers
from tests.actions.test_audiences import home, resident
from tests.actions.test_corrections import RIGHT, Town
from tests.actions.test_warnings import send
from tests.precinct import WARD, Precinct

NIGHT = instant_of(date(2026, 11, 22), time(23))
MORNING = instant_of(date(2026, 11, 23), time(6, 30))


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def held(town: Speakers, **more: Any) -> None:
    """Announced at night, so that it waits for the morning."""
    town.now = NIGHT
    town.announce(**more)
    town.tick()


def reports_quietly(town: Speakers, address: Address) -> None:
    """From this chat something came of which no word may appear on the phone."""
    filed = town.precinct.report("DV", "Chuyện bịa", reporter=address)
    incidents.set_columns(town.db, filed.id, contact=NONE)


class TestGroups:
    def test_a_held_post_left_into_a_chat_that_served_nobody_any_more(
        self, town: Speakers
    ) -> None:
        held(town)
        end_room(town.db, town.chat2.id, town.now)
        town.tick(MORNING)
        assert town.seen(town.chat2) == []
        assert "không còn là nhóm của khu" in town.told(town.lan)[-1]

    @pytest.mark.parametrize("purpose", [Purpose.NEIGHBOURHOOD, Purpose.MEDIATION])
    def test_a_held_post_left_into_a_chat_that_became_something_else(
        self, town: Speakers, purpose: Purpose
    ) -> None:
        held(town)
        place = town.khu4 if purpose is Purpose.NEIGHBOURHOOD else None
        bind_room(town.db, town.chat2, purpose, WARD, place, town.an.id, town.now)
        town.tick(MORNING)
        assert town.seen(town.chat2) == []
        assert "không còn là nhóm của khu" in town.told(town.lan)[-1]

    def test_where_it_still_goes_elsewhere_its_author_hears_of_the_one_place(
        self, town: Speakers
    ) -> None:
        town.now = NIGHT
        made = town.announce(town.an, neighbourhoods=(town.khu2, town.khu3))
        approve(town.db, made.id, town.binh, town.now)
        town.tick(minutes=3)
        end_room(town.db, town.chat2.id, town.now)
        town.tick(MORNING)
        assert town.seen(town.chat2) == []
        assert any(WORDS in words for words in town.seen(town.chat3))
        last = town.told(town.an)[-1]
        assert "chưa tới" in last
        assert town.states(made) == ["sent"]

    def test_the_same_group_bound_anew_still_gets_it(self, town: Speakers) -> None:
        held(town)
        bind_room(
            town.db, town.chat2, Purpose.NEIGHBOURHOOD, WARD, town.khu2, town.an.id, town.now
        )
        town.tick(MORNING)
        assert len(town.seen(town.chat2)) == 1


class TestPhones:
    @pytest.mark.parametrize("by", ["confirm", "tags", "other_bot"])
    def test_a_held_copy_appeared_on_a_phone_that_somebody_else_may_hold(
        self, town: Speakers, by: str
    ) -> None:
        if by == "tags":
            chat = home(town, resident(town, "811", Audience.BOATS))
            held(town, author=town.lan, tags=("boats",))
        else:
            _, chat = enrols(town, "Cụ Bịa", "501", CONFIRM)
            held(town, asks_reading=True)
        reporter = chat
        if by == "other_bot":
            reporter = add_address(town.db, "other-bot", "501", town.now, person_id=chat.person_id)
        reports_quietly(town, reporter)
        said = len(town.told(town.lan))
        town.tick(MORNING)
        assert not any(WORDS in words for words in town.seen(chat))
        assert not any("chưa" in words for words in town.told(town.lan)[said:])

    def test_nothing_shows_that_it_was_kept_back(self, town: Speakers) -> None:
        _, chat = enrols(town, "Cụ Bịa", "501", CONFIRM)
        town.now = NIGHT
        made = town.announce(asks_reading=True)
        town.tick()
        reports_quietly(town, chat)
        town.tick(MORNING)
        (occurrence,) = town.times(made)
        assert counts_of(town.db, occurrence.id) == (0, 0)
        assert board_of(town.db, made.id, town.lan).private == (0, 0)

    def test_a_correction_appeared_on_such_a_phone(self, precinct: Precinct) -> None:
        town = Town(precinct)
        _, chat = enrols(town, "Cụ Bịa", "501", URGENT)
        _, other = enrols(town, "Bà Bịa", "502", URGENT)
        old = town.announce(sort=Sort.HAZARD, template="bia")
        town.settle()
        reports_quietly(town, chat)
        town.now += timedelta(hours=1)
        before = len(precinct.outbox(chat))
        new = town.correct(old, RIGHT)
        town.settle()
        for _ in range(3):
            spread_corrections(town.db, town.now)
        late = [row for row in precinct.outbox(chat)[before:] if row.state == "due"]
        assert not any(RIGHT in words for words in town.shown(chat))
        assert late == []
        assert any(RIGHT in words for words in town.shown(other))
        assert town.states(new) == ["sent"]


class TestLaw:
    def waits(self, law: Lawful) -> int:
        """A law item that waits for the next day; its outbox row."""
        law.approve()
        law.tick(friday(0, 9))
        for _ in range(POSTS_A_DAY):
            post(law.db, law.chat2, Notice(plain("Bài bịa")), Sort.ORDINARY, law.now)
        law.deliver()
        send_law(law.db, friday())
        (waiting,) = law.posts()
        assert waiting.held_until is not None
        law.now = waiting.held_until + timedelta(minutes=1)
        return waiting.outbox_id or 0

    def state(self, law: Lawful, key: int) -> str:
        release_held(law.db, law.now)
        row = outbox.get(law.db, key)
        return "leaves" if row.not_before is None else row.state

    def test_what_is_approved_leaves(self, precinct: Precinct) -> None:
        law = Lawful(precinct)
        key = self.waits(law)
        assert outbox.get(law.db, key).not_before == posts.HELD
        release_held(law.db, law.now)
        assert outbox.get(law.db, key).not_before is None

    def test_an_item_left_though_its_words_were_changed(self, precinct: Precinct) -> None:
        law = Lawful(precinct)
        key = self.waits(law)
        law.db.exec_driver_sql("UPDATE law_approval SET words_hash = 'khac'")
        assert self.state(law, key) == "dropped"

    def test_an_item_left_after_its_last_day(self, precinct: Precinct) -> None:
        law = Lawful(precinct)
        key = self.waits(law)
        law.now += timedelta(days=365 * 20)
        posts.set_post(law.db, law.posts()[0].id, held_until=law.now)
        assert self.state(law, key) == "dropped"

    def test_an_item_left_into_a_chat_that_is_not_the_neighbourhoods(
        self, precinct: Precinct
    ) -> None:
        law = Lawful(precinct)
        key = self.waits(law)
        end_room(law.db, law.chat2.id, law.now)
        assert self.state(law, key) == "dropped"
        assert "lời về luật" in law.told()[-1].lower()


class TestWarnings:
    def waits(self, town: Speakers) -> tuple[int, int]:
        """A warning that waits for the second officer; its id and that of the incident."""
        fire = town.precinct.report("FIRE", "Thấy khói ở mái tôn xanh nhà đối diện")
        town.precinct.deliver()
        made = send(town, fire, shows_person=True)
        assert made.state == "waiting"
        return made.id, fire.id

    @pytest.mark.parametrize("agreed", [True, False])
    @pytest.mark.parametrize("how", ["withdrawn", "quiet"])
    def test_a_warning_left_though_its_incident_was_withdrawn_or_quiet(
        self, precinct: Precinct, duty: Address, how: str, agreed: bool
    ) -> None:
        town = Speakers(precinct)
        key, incident_id = self.waits(town)
        if agreed:
            approve(town.db, key, town.binh, town.now)
        values = {"quiet": True} if how == "quiet" else {"withdrawn_at": town.now}
        change(town.db, Incident, incident_id, **values)
        if not agreed:
            assert approve(town.db, key, town.binh, town.now).state == "ended"
        town.tick(minutes=3)
        assert town.seen(town.chat2) == []
        assert "không còn để cảnh báo" in town.told(town.an)[-1]

    def test_it_is_dropped_while_it_waits(self, precinct: Precinct, duty: Address) -> None:
        town = Speakers(precinct)
        key, incident_id = self.waits(town)
        change(town.db, Incident, incident_id, withdrawn_at=town.now)
        town.tick(minutes=3)
        assert "không còn để cảnh báo" in town.told(town.an)[-1]
        refused = town.refusal(lambda: approve(town.db, key, town.binh, town.now))
        assert refused == "announcement.refused.decided"

    def test_one_that_stands_is_sent(self, precinct: Precinct, duty: Address) -> None:
        town = Speakers(precinct)
        key, _ = self.waits(town)
        approve(town.db, key, town.binh, town.now)
        town.tick(minutes=3)
        assert len(town.seen(town.chat2)) == 1


def test_an_old_or_forged_agreement_is_refused(town: Speakers) -> None:
    refused = town.refusal(lambda: approve(town.db, 999, town.an, town.now))
    assert refused == "announcement.refused.unknown"


@pytest.mark.parametrize("later", [True, False])
def test_what_is_said_once_is_not_told_of_later_times(town: Speakers, later: bool) -> None:
    at: datetime = town.now + timedelta(hours=3)
    made = town.announce(rule=Rule(Daily(), time(15)) if later else once(at))
    refused = town.refusal(lambda: take_back(town.db, made.id, town.lan, town.now))
    assert refused == f"announcement.refused.sent{'' if later else '_once'}"
