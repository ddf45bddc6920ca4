"""An emergency that is over: asked for its all-clear a few times, cleared once, or extended. The
clock is moved by hand; all of it is invented.
"""

from datetime import date, datetime, time, timedelta

import pytest

from actions.all_clear import ask_for_all_clears, extend
from actions.extended import spread_extensions
from actions.proving import find_proof
from actions.warnings import Warned, send_warning
from domain.announcing import Sort
from domain.corrections import Kind, rung_at, rungs
from domain.notices import Lane
from domain.roles import Role
from domain.wall_clock import instant_of
from storage.announcement_tables import Announcement
from storage.rows import change
from storage.tables import Address, Person
from tests.actions.test_corrections import RIGHT, Town
from tests.precinct import BOT, Precinct, say, taps

CALM = "Đã an toàn, bà con yên tâm (bịa)"
HOUR = timedelta(hours=1)


class Alarmed(Town):
    """`alert` was raised by the leader of Khu 2 and holds for an hour; `duty` is the duty chat."""

    def __init__(self, precinct: Precinct) -> None:
        super().__init__(precinct)
        self.duty = precinct.room("-900")
        self.alert = self.announce(
            words="Cháy ở chợ (bịa)", sort=Sort.EMERGENCY, expires_at=self.now + HOUR
        )
        self.settle()

    def tick(self, at: datetime | None = None, **span: float) -> None:
        super().tick(at, **span)
        ask_for_all_clears(self.db, self.now)
        spread_extensions(self.db, self.now)

    def clear(self, person: Person | None = None) -> Announcement:
        return self.correct(self.alert, CALM, Kind.CLEARED, person)

    def asked(self, person: Person | None = None) -> list[str]:
        return [each for each in self.told(person or self.lan) if "an toàn" in each]


@pytest.fixture
def town(precinct: Precinct) -> Alarmed:
    return Alarmed(precinct)


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return instant_of(date(2026, 11, day), time(hour, minute))


def test_the_ladder_ends_in_the_morning() -> None:
    assert rungs(at(20)) == (at(20), at(20, 30), at(22), at(7, day=23))
    assert rungs(at(3)) == (at(3), at(3, 30), at(5), at(7))
    assert rung_at(at(20), at(19, 59)) is None
    assert rung_at(at(20), at(20, 29)) == 0
    assert rung_at(at(20), at(23)) == 2
    assert rung_at(at(20), at(18, 59, day=23)) == 3
    assert rung_at(at(20), at(19, 1, day=23)) is None


def test_the_author_is_asked_at_once_again_then_the_ward_then_in_the_morning(
    town: Alarmed,
) -> None:
    assert town.asked() == []
    town.settle(minutes=59)
    assert town.asked() == []
    town.settle(minutes=1)
    assert len(town.asked()) == 1
    assert taps(town.precinct.notices(town.precinct.home(town.lan))[-1]) == [
        f"x:{town.alert.id}:clear", f"x:{town.alert.id}:extend",
    ]  # fmt: skip
    town.settle(minutes=29)
    assert len(town.asked()) == 1
    town.settle(minutes=1)
    assert len(town.asked()) == 2
    assert town.shown(town.duty) == []
    town.settle(hours=1.5)
    assert len(town.asked()) == 2
    assert "chưa ai báo an toàn" in town.shown(town.duty)[0]
    town.tick(at(7, day=23))
    town.settle()
    assert len(town.asked()) == 3
    assert len(town.shown(town.duty)) == 2
    for _ in range(10):
        town.settle(hours=5)
    assert len(town.asked()) == 3
    assert len(town.shown(town.duty)) == 2


def test_after_a_downtime_only_the_last_question_is_put(town: Alarmed) -> None:
    town.settle(hours=1.75)
    assert len(town.asked()) == 1
    assert "chưa được báo" in town.asked()[0]


def test_it_is_given_everywhere_and_passes_the_night(town: Alarmed) -> None:
    town.tick(at(23))
    new = town.clear()
    town.settle()
    copy, short = town.shown(town.chat2)
    assert "ĐÃ AN TOÀN" in copy
    assert "Báo an toàn" in short
    assert CALM in short
    assert town.again(town.alert).cleared_at == at(23)
    assert town.lanes(town.chat2)[-1] is Lane.NOTICE
    assert new.state == "ended"
    questions = town.precinct.texts(town.precinct.home(town.lan))
    assert not any("Đã an toàn chưa" in each for each in questions)
    town.settle(hours=8)
    town.settle(hours=3)
    assert not any("chưa ai báo" in each for each in town.shown(town.duty))


def test_only_once(town: Alarmed) -> None:
    town.clear()
    town.settle()
    assert town.refusal(lambda: town.clear(town.an)) == "correction.refused.cleared"


def test_not_for_what_was_no_alert(town: Alarmed) -> None:
    post = town.announce()
    town.settle()
    refused = town.refusal(lambda: town.correct(post, CALM, Kind.CLEARED))
    assert refused == "correction.refused.not_urgent"


def test_the_code_of_the_alert_says_that_it_is_over(town: Alarmed) -> None:
    town.clear()
    town.settle()
    proof = find_proof(town.db, town.alert.code, town.now)
    assert proof is not None
    assert [say(line) for line in proof.lines][-1].startswith("<b>Đã báo an toàn")


def test_a_cancelled_alert_is_asked_about(town: Alarmed) -> None:
    gone = town.correct(town.alert, "Thông báo này đã được huỷ.", Kind.CANCELLED)
    town.settle()
    assert "đã hủy" in town.told(town.lan)[-2] + town.told(town.lan)[-1]
    new = town.clear()
    assert new.corrects == gone.id
    town.settle(minutes=5)
    assert any("ĐÃ AN TOÀN" in each for each in town.shown(town.chat2))
    town.settle(hours=4)
    assert town.shown(town.duty) == []


def test_a_corrected_alert_is_asked_about_once(town: Alarmed) -> None:
    town.correct(town.alert, RIGHT)
    town.settle(hours=1)
    town.settle()
    assert len([each for each in town.asked() if "hết giờ" in each]) == 1


@pytest.mark.parametrize("kind", [Kind.CORRECTED, Kind.CANCELLED])
def test_expired_it_is_still_corrected_and_cancelled_and_asked_about(
    town: Alarmed, kind: Kind
) -> None:
    town.settle(hours=1)
    town.now += timedelta(minutes=10)
    new = town.correct(town.alert, RIGHT, kind)
    town.settle()
    copy, short = town.shown(town.chat2)
    assert RIGHT in copy
    assert RIGHT in short
    assert (new.sort, new.expires_at) == ("emergency", None)
    town.settle(minutes=1)
    assert any(f"{new.code[:4]} {new.code[4:]}" in each for each in town.asked())
    clear = town.clear()
    assert clear.corrects == new.id
    town.settle()
    town.settle(hours=3)
    assert town.shown(town.duty) == []


def test_an_all_clear_is_not_cancelled(town: Alarmed) -> None:
    clear = town.clear()
    town.settle()
    cancelled = town.refusal(lambda: town.correct(clear, "Nhầm (bịa)", Kind.CANCELLED))
    assert cancelled == "correction.refused.cancels_clear"
    reworded = town.correct(clear, "Hết cháy rồi, xin cảm ơn (bịa)")
    town.settle()
    again = town.refusal(lambda: town.correct(reworded, "Nhầm (bịa)", Kind.CANCELLED))
    assert again == "correction.refused.cancels_clear"
    assert town.refusal(town.clear) == "correction.refused.cleared"


def test_a_leader_who_lost_the_role_is_not_asked_but_the_ward_is_at_once(town: Alarmed) -> None:
    town.removes(town.lan, Role.LEADER)
    town.settle(hours=1)
    assert town.asked() == []
    assert "chưa ai báo an toàn" in town.shown(town.duty)[0]


def test_without_a_duty_chat_those_in_charge_are_told_what_to_type(town: Alarmed) -> None:
    change(town.db, Address, town.duty.id, unreachable_at=town.now)
    town.removes(town.lan, Role.LEADER)
    town.settle(hours=1)
    assert any("/antoan" in each for each in town.told(town.quan))
    assert town.shown(town.duty) == []


class TestExtended:
    def test_the_copies_say_until_when(self, town: Alarmed) -> None:
        town.settle(hours=1)
        until = town.now + 3 * HOUR
        extend(town.db, town.alert.id, town.lan, until, town.now)
        town.settle()
        (copy,) = town.shown(town.chat2)
        assert "Có hiệu lực đến 13:00" in copy
        assert "kéo dài đến" in town.told(town.lan)[-1]
        town.settle(hours=2.9)
        assert len(town.told(town.lan)) == 1
        town.settle(hours=0.2)
        assert "vừa hết giờ" in town.told(town.lan)[-1]

    def test_again(self, town: Alarmed) -> None:
        for hours in (2, 4):
            extend(town.db, town.alert.id, town.lan, town.now + hours * HOUR, town.now)
            town.settle()
        (copy,) = town.shown(town.chat2)
        assert "Có hiệu lực đến 13:00" in copy

    def test_not_backwards_and_not_by_anybody(self, town: Alarmed) -> None:
        def until(hours: int, person: Person) -> str:
            at = town.now + hours * HOUR
            return town.refusal(lambda: extend(town.db, town.alert.id, person, at, town.now))

        assert until(-1, town.lan) == "correction.refused.until"
        assert until(24 * 8, town.lan) == "correction.refused.until"
        assert until(2, town.minh) == "correction.refused.unknown"
        town.clear()
        town.settle()
        assert until(2, town.lan) == "correction.refused.no_end"


def test_a_warning_made_of_a_card_gets_one_too(town: Alarmed) -> None:
    incident = town.precinct.report(words="Nhà bà Tư ở ngõ chín cháy to lắm rồi")
    warned = Warned(
        incident.id, "Có cháy, bà con tránh xa (bịa)", (town.khu2,), town.now + HOUR, True
    )
    draft = town.precinct.draft_id("warning")
    made = send_warning(town.db, town.an, warned, draft, BOT, town.now, town.precinct.random_below)
    town.settle()
    told = "Nhà bà Tư ở ngõ chín cháy to lắm rồi"
    refused = town.refusal(lambda: town.correct(made, told, person=town.an))
    assert refused == "warning.shows_reporter"
    town.settle(hours=1)
    assert "vừa hết giờ" in town.asked(town.an)[-1]
    town.correct(made, CALM, Kind.CLEARED, town.an)
    town.settle()
    assert town.again(made).cleared_at is not None
