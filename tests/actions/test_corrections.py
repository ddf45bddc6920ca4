"""What follows a post that people have read: its copies show the right words, a short message says
so, and pins end on time. The clock is moved by hand.
"""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import col, select

from actions.announcing import approve, stop
from actions.corrected import spread_corrections
from actions.corrections import Wanted, correct, in_force, list_posted, preview_of
from actions.pins import look_after_pins
from actions.proving import find_proof
from domain.announcing import Sort
from domain.corrections import Kind
from domain.notices import Lane, Media
from domain.patterns import Daily
from domain.recurrence import Rule
from domain.roles import Purpose, Role
from domain.wall_clock import instant_of
from storage import deliveries, outbox, posts
from storage.announcement_tables import Announcement
from storage.rows import change, rows
from storage.tables import Address, Outbox, Person
from tests.actions.speakers import WORDS, Speakers
from tests.precinct import BOT, Precinct, say

RIGHT = "Chiều mai KHÔNG họp, chuyển sang chủ nhật (bịa)"
DAY = timedelta(days=1)


class Town(Speakers):
    """With everything that ticks after a post, and a messenger that takes what may leave."""

    def correct(
        self,
        announcement: Announcement,
        words: str = RIGHT,
        kind: Kind = Kind.CORRECTED,
        person: Person | None = None,
    ) -> Announcement:
        wanted = Wanted(announcement.id, words, kind)
        return correct(
            self.db, person or self.lan, wanted, None, BOT, self.now, self.precinct.random_below
        )

    def tick(self, at: datetime | None = None, **span: float) -> None:
        super().tick(at, **span)
        spread_corrections(self.db, self.now)
        look_after_pins(self.db, self.now)

    def settle(self, **span: float) -> None:
        """Everything leaves, is looked after, and leaves."""
        self.tick(None, **span)
        for _ in range(3):
            self.precinct.now = self.now
            self.deliver()
            self.tick()

    def deliver(self) -> None:
        for row in self.precinct.outbox():
            if row.state == "due" and (row.not_before is None or row.not_before <= self.now):
                message = outbox.get(self.db, row.edits).message_id if row.edits else f"{row.id}"
                deliveries.mark_sent(self.db, row.id, message, self.now)

    def shown(self, address: Address, locale: str = "vi") -> list[str]:
        """The chat as it looks: edits in their places, pins aside."""
        found: dict[int, str] = {}
        for row in self.precinct.outbox(address):
            notice = outbox.load_notice(row.notice)
            if row.state == "sent" and notice.text is not None:
                found[row.edits or row.id] = say(notice.text, locale)
        return list(found.values())

    def pinning(self, address: Address) -> list[tuple[str | None, bool]]:
        """What was pinned and let go, by message."""
        notices = [(r, outbox.load_notice(r.notice)) for r in self.precinct.outbox(address)]
        return [(r.message_id, n.pins) for r, n in notices if n.pins is not None]


@pytest.fixture
def town(precinct: Precinct) -> Town:
    return Town(precinct)


def marked(town: Town, start: str) -> list[Outbox]:
    wanted = select(Outbox).where(col(Outbox.once).startswith(start))
    return rows(town.db, Outbox, wanted.order_by(col(Outbox.id)))


class TestTheCopies:
    def test_show_the_right_words_and_a_short_one_answers_them(self, town: Town) -> None:
        old = town.announce()
        town.settle()
        town.now += timedelta(hours=1)
        new = town.correct(old)
        assert (new.corrects, new.state) == (old.id, "ended")
        town.settle()
        copy, short = town.shown(town.chat2)
        assert WORDS not in copy
        assert RIGHT in copy
        assert "ĐÃ ĐÍNH CHÍNH" in copy
        assert "Đính chính" in short
        assert RIGHT in short
        assert "CORRECTED" in town.shown(town.chat2, "en")[0]
        (posted,) = town.copies(town.times(old)[0])
        original = outbox.get(town.db, posted.outbox_id or 0)
        (answer,) = town.copies(town.times(new)[0])
        row = outbox.get(town.db, answer.outbox_id or 0)
        assert outbox.load_notice(row.notice).replies_to == original.message_id
        assert "đã tới 1 nhóm và người" in town.told(town.lan)[-1]

    def test_once_however_often_it_is_looked_at(self, town: Town) -> None:
        old = town.announce()
        town.settle()
        town.now += timedelta(hours=1)
        new = town.correct(old)
        for _ in range(5):
            town.settle(minutes=3)
        assert len(marked(town, f"correction:{new.id}:")) == 2
        assert len(town.shown(town.chat2)) == 2

    def test_what_was_posted_a_moment_ago_is_corrected_aloud(self, town: Town) -> None:
        """Leaders were told that people hear of it, and the board called it missing."""
        old = town.announce()
        town.settle()
        town.correct(old)
        town.settle()
        copy, short = town.shown(town.chat2)
        assert RIGHT in copy
        assert "Đính chính" in short

    def test_a_refused_edit_is_said_all_the_same(self, town: Town) -> None:
        old = town.announce()
        town.settle()
        new = town.correct(old)
        town.tick()
        (edit,) = marked(town, f"correction:{new.id}:")
        deliveries.mark_dead(town.db, edit.id, "message can't be edited")
        town.settle()
        untouched, short = town.shown(town.chat2)
        assert WORDS in untouched
        assert RIGHT in short

    def test_what_is_held_leaves_in_the_right_words(self, town: Town) -> None:
        town.tick(instant_of(date(2026, 11, 22), time(23)))
        old = town.announce()
        town.settle()
        assert town.shown(town.chat2) == []
        town.correct(old)
        town.settle()
        assert town.shown(town.chat2) == []
        town.settle(hours=8)
        (posted,) = town.shown(town.chat2)
        assert RIGHT in posted
        assert WORDS not in posted

    def test_quiet_hours_hold_the_short_one_and_not_the_edit(self, town: Town) -> None:
        town.tick(instant_of(date(2026, 11, 22), time(21)))
        old = town.announce()
        town.settle()
        town.tick(hours=2)
        town.correct(old)
        town.settle()
        (copy,) = town.shown(town.chat2)
        assert RIGHT in copy
        town.settle(hours=8)
        assert len(town.shown(town.chat2)) == 2

    def test_a_full_day_does_not_hold_it(self, town: Town) -> None:
        town.rhythm(town.khu2, posts_a_day=1)
        old = town.announce()
        town.settle()
        town.now += timedelta(hours=1)
        town.correct(old)
        town.settle()
        assert len(town.shown(town.chat2)) == 2

    def test_that_of_an_emergency_passes_the_night(self, town: Town) -> None:
        town.tick(instant_of(date(2026, 11, 22), time(23)))
        old = town.announce(sort=Sort.EMERGENCY, expires_at=town.now + DAY)
        town.settle()
        town.now += timedelta(hours=1)
        new = town.correct(old)
        assert (new.sort, new.expires_at) == ("emergency", old.expires_at)
        town.settle()
        copy, short = town.shown(town.chat2)
        assert "Có hiệu lực đến" in copy
        assert RIGHT in short
        assert Lane.EMERGENCY in town.lanes(town.chat2)

    def test_of_many_chats_a_piece_at_a_time(self, town: Town) -> None:
        for number in range(60):
            town.precinct.room(f"-7{number:03}", Purpose.NEIGHBOURHOOD, at=town.khu2)
        old = town.announce()
        while town.db.info.pop("more", False):
            town.tick()
        town.settle()
        town.now += timedelta(hours=1)
        new = town.correct(old)
        spread_corrections(town.db, town.now)
        assert len(marked(town, f"correction:{new.id}:")) == 40
        assert town.db.info["more"] is True
        town.settle()
        assert len(marked(town, f"correction:{new.id}:1") + marked(town, "correction:")) > 61
        assert "đã tới 61 nhóm và người" in town.told(town.lan)[-1]

    def test_a_leader_pastes_it_where_no_bot_can_be(self, town: Town) -> None:
        town.rhythm(town.khu2, paste_groups=["Zalo ngõ 3 (bịa)"])
        old = town.announce()
        town.settle()
        assert any(WORDS in each for each in town.told(town.lan))
        town.now += timedelta(hours=1)
        new = town.correct(old, "Thông báo này đã được huỷ.", Kind.CANCELLED)
        town.settle()
        pasted = [each for each in town.told(town.lan) if "Hủy thông báo" in each]
        assert len(pasted) == 1
        assert f"Thay cho thông báo mã {old.code[:4]} {old.code[4:]}" in pasted[0]
        listed = town.copies(town.times(new)[0])
        assert sum(each.paste_group is not None for each in listed) == 1


class TestTheChain:
    def test_a_correction_is_corrected(self, town: Town) -> None:
        old = town.announce()
        town.settle()
        town.now += timedelta(hours=1)
        first = town.correct(old, "Lời sửa lần một (bịa)")
        town.settle()
        town.now += timedelta(hours=1)
        second = town.correct(old, RIGHT)
        assert second.corrects == first.id
        town.settle()
        shown = town.shown(town.chat2)
        assert len(shown) == 3
        assert all(RIGHT in each for each in shown)
        assert in_force(town.db, town.again(old)).id == second.id

    def test_the_old_code_shows_the_new_words(self, town: Town) -> None:
        old = town.announce()
        town.settle()
        town.now += timedelta(hours=1)
        town.correct(old, "Lời sửa lần một (bịa)")
        town.settle()
        second = town.correct(old)
        town.settle()
        proof = find_proof(town.db, old.code, town.now)
        assert proof is not None
        assert proof.over
        assert proof.valid is not None
        assert (proof.valid.id, proof.valid.words) == (second.id, RIGHT)
        assert "đính chính" in say(proof.lines[-1])

    def test_what_repeats_goes_on_with_the_right_words(self, town: Town) -> None:
        old = town.weekly(Rule(Daily(), time(17)))
        town.settle(hours=9)
        town.now += timedelta(hours=1)
        new = town.correct(old)
        town.settle()
        assert town.again(old).state == "ended"
        assert town.again(new).state == "planned"
        town.settle(hours=23)
        shown = town.shown(town.chat2)
        assert len(shown) == 3
        assert all(WORDS not in each for each in shown)
        assert RIGHT in shown[-1]

    def test_a_cancelled_one_says_so_and_no_more(self, town: Town) -> None:
        old = town.announce(pinned_for=DAY)
        town.settle()
        town.settle(minutes=10)
        town.correct(old, "Thông báo này đã được huỷ.", Kind.CANCELLED)
        town.settle()
        copy, short = town.shown(town.chat2)
        assert "ĐÃ HỦY" in copy
        assert WORDS not in copy + short
        assert [pinned for _, pinned in town.pinning(town.chat2)] == [True, False]
        again = town.refusal(lambda: town.correct(old))
        assert again == "correction.refused.cancelled"
        assert list_posted(town.db, town.lan, town.now) == []


class TestWhoMay:
    def test_nobody_else(self, town: Town) -> None:
        old = town.announce()
        town.settle()
        refused = town.refusal(lambda: town.correct(old, person=town.minh))
        assert refused == "correction.refused.unknown"

    def test_not_before_it_is_posted(self, town: Town) -> None:
        old = town.weekly(Rule(Daily(), time(17)))
        assert town.refusal(lambda: town.correct(old)) == "correction.refused.not_posted"

    def test_several_neighbourhoods_take_a_second_person(self, town: Town) -> None:
        old = town.announce(town.an, neighbourhoods=(town.khu2, town.khu3))
        approve(town.db, old.id, town.binh, town.now)
        town.settle(minutes=3)
        town.now += timedelta(hours=1)
        new = town.correct(old, person=town.an)
        assert new.state == "waiting"
        again = town.refusal(lambda: town.correct(old, person=town.an))
        assert again == "correction.refused.waits"
        town.settle()
        assert WORDS in town.shown(town.chat3)[0]
        approve(town.db, new.id, town.binh, town.now)
        town.settle(minutes=3)
        assert RIGHT in town.shown(town.chat3)[0]
        assert RIGHT in town.shown(town.chat2)[1]

    def test_somebody_who_is_named_takes_one_too(self, town: Town) -> None:
        old = town.announce(town.an)
        town.settle()
        new = town.correct(old, "Tìm người đi xe biển số 14A-123.45 (bịa)", person=town.an)
        assert (new.names_person, new.state) == (True, "waiting")

    def test_an_urgent_template_with_other_words_is_urgent_no_more_for_many(
        self, town: Town
    ) -> None:
        several = (town.khu2, town.khu3)
        old = town.announce(
            town.an, neighbourhoods=several, sort=Sort.HAZARD, template="storm_before"
        )
        town.settle()
        assert town.correct(old, person=town.an).state == "waiting"

    def test_the_preview_is_the_short_message(self, town: Town) -> None:
        old = town.announce()
        town.settle()
        notice = preview_of(town.db, town.lan, Wanted(old.id, RIGHT), "12345674", BOT, town.now)
        town.now += timedelta(hours=1)
        new = town.correct(old)
        town.settle()
        shown = town.shown(town.chat2)[1]
        spoken = f"{new.code[:4]} {new.code[4:]}"
        assert spoken in shown
        assert say(notice.text).split("\n")[:3] == shown.split("\n")[:3]


class TestPins:
    def test_on_time(self, town: Town) -> None:
        town.announce(pinned_for=DAY, media=(Media("photo", "bia", 1),))
        assert town.pinning(town.chat2) == []
        town.settle()
        ((message, pinned),) = town.pinning(town.chat2)
        assert pinned
        town.settle(hours=23)
        assert len(town.pinning(town.chat2)) == 1
        town.settle(hours=2)
        town.settle(hours=2)
        assert town.pinning(town.chat2) == [(message, True), (message, False)]

    def test_the_correction_takes_over_for_the_rest(self, town: Town) -> None:
        old = town.announce(pinned_for=DAY)
        town.settle()
        town.settle(hours=6)
        new = town.correct(old)
        assert new.pinned_for == 18 * 3600
        town.settle()
        town.settle()
        first, second = {
            int(message or 0) for message, pinned in town.pinning(town.chat2) if pinned
        }
        assert (str(min(first, second)), False) in town.pinning(town.chat2)
        town.settle(hours=19)
        assert sum(not pinned for _, pinned in town.pinning(town.chat2)) == 2

    def test_a_refusal_is_told_once(self, town: Town) -> None:
        town.announce(pinned_for=DAY)
        town.tick()
        town.deliver()
        town.tick()
        (pin,) = marked(town, "pin:")
        deliveries.mark_dead(town.db, pin.id, "not enough rights to manage pinned messages")
        town.settle()
        # Another group of it refuses it later.
        (posted,) = town.posts()
        posts.set_post(town.db, posted.id, unpin_at=town.now + DAY)
        town.settle()
        town.settle(hours=30)
        told = [each for each in town.told(town.lan) if "Ghim tin nhắn" in each]
        assert len(told) == 1
        assert "Khu 2" in told[0]
        assert len(town.pinning(town.chat2)) == 1

    def test_a_stopped_one_is_let_go(self, town: Town) -> None:
        old = town.weekly(Rule(Daily(), time(17)), pinned_for=DAY)
        town.settle(hours=9)
        assert len(town.pinning(town.chat2)) == 1
        stop(town.db, old.id, town.lan, town.now)
        town.settle(minutes=1)
        assert [pinned for _, pinned in town.pinning(town.chat2)] == [True, False]

    def test_an_end_that_was_refused_is_said_again(self, town: Town) -> None:
        town.announce(pinned_for=DAY)
        town.settle()
        town.tick(hours=25)
        (unpin,) = marked(town, "unpin:")
        deliveries.mark_dead(town.db, unpin.id, "bot was kicked")
        change(town.db, Address, town.chat2.id, unreachable_at=town.now)
        town.tick(hours=5)
        assert outbox.get(town.db, unpin.id).state == "dead"
        change(town.db, Address, town.chat2.id, unreachable_at=None)
        town.settle(minutes=1)
        town.settle(hours=2)
        assert outbox.get(town.db, unpin.id).state == "sent"
        assert posts.get_post(town.db, town.posts()[0].id).unpin_at is None

    def test_one_whose_author_lost_the_role_is_let_go(self, town: Town) -> None:
        town.weekly(Rule(Daily(), time(17)), pinned_for=timedelta(days=7))
        town.settle(hours=9)
        assert len(town.pinning(town.chat2)) == 1
        town.removes(town.lan, Role.LEADER)
        town.settle(hours=24)
        assert [pinned for _, pinned in town.pinning(town.chat2)] == [True, False]

    def test_nothing_is_pinned_unasked(self, town: Town) -> None:
        town.announce()
        town.settle()
        assert town.pinning(town.chat2) == []
