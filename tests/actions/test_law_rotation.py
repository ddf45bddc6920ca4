"""The weekly item of law: a year on a hand-moved clock, downtime, silent days, two schedulers, and
the question below it.
"""

import re
import shutil
from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from actions.campaigns import begin_campaign, stop_campaign
from actions.law_approval import approved_items
from actions.law_quiz import quiz_was_counted
from actions.law_rotation import send_law
from content.law import FOLDER, load_law
from domain.law_calendar import day_called
from domain.quiet_hours import DEFAULTS, is_silent_day
from domain.roles import Purpose
from domain.wall_clock import day_of, instant_of, wall_of
from storage import law, posts, rooms
from storage.addresses import set_unreachable
from storage.rows import change
from storage.tables import Outbox
from tests.actions.lawful import Lawful, friday, notice, words
from tests.precinct import WARD, Precinct

# Each is looked at by hand-moved time; in the files they end within a year.
_REVIEW = re.compile(r"review_by = \d{4}-\d\d-\d\d")
SLOT = timedelta(hours=17, minutes=45)
WEEK = timedelta(days=7)


@pytest.fixture
def ward(precinct: Precinct) -> Lawful:
    return Lawful(precinct)


@pytest.fixture
def lasting(tmp_path: Path) -> Path:
    """Our items, none of which comes up for review."""
    copy = tmp_path / "law"
    shutil.copytree(FOLDER, copy)
    for file in copy.glob("vi/*.toml"):
        text = _REVIEW.sub("review_by = 2029-12-31", file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")
    return copy


def live(ward: Lawful, folder: Path, days: int) -> None:
    """Every morning the scheduler looks, and at the end of a week also at the slot, and in the
    night."""
    first = day_of(ward.now)
    for each in range(days):
        on = first + timedelta(days=each)
        often = on.weekday() in (4, 5) or days <= 21
        for at in (time(9), time(17, 45), time(22, 30))[: 3 if often else 1]:
            if (instant := instant_of(on, at)) >= ward.now:
                ward.tick(instant, folder)


def test_a_year(ward: Lawful, lasting: Path) -> None:
    ward.approve(folder=lasting)
    live(ward, lasting, 371)
    known = load_law("vi", lasting)
    items = ward.items()
    days = [day_of(each.created_at) for each in ward.posts()]

    # One a week, on its Friday, but never on the silent days of Tết (06/02/2027 is mùng một;
    # 05/02, a Friday, is the last day of the year).
    fridays = [date(2026, 11, 27) + week * WEEK for week in range(53)]
    assert days == [on for on in fridays if on != date(2027, 2, 5)]
    assert [each.law_item for each in ward.posts(ward.khu3)] == items

    # None twice before all were.
    everybody = {key for key in approved_items(ward.db, WARD, lasting) if _for_all(known[key])}
    rounds = [items[at : at + len(everybody)] for at in range(0, len(items), len(everybody))]
    assert len(rounds) > 1
    assert all(max(Counter(each).values()) == 1 for each in rounds)
    assert set(rounds[0]) == everybody

    # What the calendar calls for came in the week of its day; or it had come lately, for another
    # of its days.
    for occasion in {each for key in everybody for each in known[key].occasions}:
        day = day_called(occasion, date(2026, 11, 27))
        if day is None or not fridays[0] <= day < fridays[-1]:
            continue
        week = max(on for on in fridays if on <= day)
        if week in days:
            near = items[max(0, days.index(week) - 4) : days.index(week) + 1]
            called = known[near[-1]].occasions
            theirs = {day_called(each, week) for each in called}
            hit = any(each is not None and each < week + WEEK for each in theirs)
            assert hit or any(occasion in known[key].occasions for key in near), occasion

    # Never in quiet hours, whatever it is: the item, and the line about the question.
    for row in ward.arrived():
        sent = wall_of(row.sent_at or ward.now)
        assert not DEFAULTS.is_quiet(sent.hour * 60 + sent.minute), sent
        assert not is_silent_day(sent.date())


def _for_all(item: object) -> bool:
    return "all" in item.audience  # type: ignore[attr-defined]


def test_a_campaign_comes_first_while_it_runs(ward: Lawful) -> None:
    ward.approve()
    live(ward, FOLDER, 15)
    before = ward.items()
    begun = begin_campaign(
        ward.db, ward.chief, "Phòng cháy; phòng cháy; 07/12 - 31/12", (WARD,), ward.now
    )
    assert len(begun.ready) >= 4
    live(ward, FOLDER, 28)
    packs = [load_law("vi")[key].pack for key in ward.items()[len(before) :]]
    # Until the end of the year; then whatever the round has left.
    assert packs[:3] == ["fire"] * 3
    assert packs[3] != "fire"


def test_a_campaign_that_was_stopped_is_over(ward: Lawful) -> None:
    ward.approve()
    begun = begin_campaign(ward.db, ward.chief, "Ma túy; ma túy; 23/11 - 31/12", (WARD,), ward.now)
    stop_campaign(ward.db, ward.chief, begun.id, ward.now)
    assert law.list_campaigns(ward.db, WARD, day_of(ward.now)) == []
    ward.tick()
    ward.tick(friday())
    assert load_law("vi")[ward.items()[0]].pack != "drugs"


def test_nothing_is_posted_before_the_first_slot_and_one_at_it(ward: Lawful) -> None:
    ward.approve()
    ward.tick()
    ward.tick(friday() - timedelta(minutes=1))
    assert ward.posts() == []
    for _ in range(4):
        ward.tick(friday(), minutes=1)
    assert len(ward.posts()) == 1
    (row, *_) = ward.arrived()
    item = load_law("vi")[ward.items()[0]]
    assert item.body in words(row)
    assert item.title in words(row)
    assert load_law("en")[item.id].body not in words(row)
    assert words(row, "en")


def test_the_hours_of_a_neighbourhood_are_its_own(ward: Lawful) -> None:
    ward.approve()
    posts.set_rhythm(ward.db, ward.khu2, law_weekday=1, law_minute=19 * 60)
    posts.set_rhythm(ward.db, ward.khu3, law_paused=True)
    live(ward, FOLDER, 14)
    assert wall_of(ward.posts()[0].created_at).isoformat() == "2026-11-24T22:30:00+07:00"
    assert ward.posts(ward.khu3) == []


def test_a_slot_in_quiet_hours_waits_for_their_end(ward: Lawful) -> None:
    ward.approve()
    posts.set_rhythm(ward.db, ward.khu2, law_minute=22 * 60)
    live(ward, FOLDER, 8)
    assert len(ward.posts()) == 1
    assert wall_of(ward.arrived()[0].sent_at or ward.now).hour == 9


@pytest.mark.parametrize(
    ("away", "posted", "told"),
    [
        (timedelta(hours=1), 1, False),
        (timedelta(hours=23), 1, False),
        (timedelta(hours=25), 0, True),
        (timedelta(days=5), 0, True),
        (timedelta(days=7, hours=3), 1, True),
        (timedelta(days=24), 0, True),
    ],
)
def test_after_downtime_late_within_a_day_or_left_out_and_told(
    ward: Lawful, away: timedelta, posted: int, told: bool
) -> None:
    ward.approve()
    ward.tick()
    ward.tick(friday() + away)
    ward.tick(minutes=1)
    ward.tick(hours=14)
    assert len(ward.posts()) == posted
    missed = [each for each in ward.told() if "chưa gửi được" in each]
    assert bool(missed) == told
    assert len(missed) <= 1
    if told:
        assert "17:45 27/11/2026" in missed[0]
        assert "Khu 2" in missed[0]
        assert "Khu 3" in missed[0]
    rhythm = posts.find_rhythm(ward.db, ward.khu2)
    assert rhythm is not None
    assert rhythm.law_next_at is not None
    assert ward.now < rhythm.law_next_at <= ward.now + WEEK


def test_what_was_held_does_not_come_a_week_later(ward: Lawful) -> None:
    ward.approve()
    posts.set_rhythm(ward.db, ward.khu2, law_minute=22 * 60)
    posts.set_rhythm(ward.db, ward.khu3, law_paused=True)
    ward.tick()
    ward.tick(friday(hour=22, minute=0))
    assert len(ward.posts()) == 1
    assert ward.arrived() == []
    ward.tick(friday(hour=20) + timedelta(days=6))
    assert ward.arrived() == []
    assert [each for each in ward.told() if "chưa gửi được" in each]


def test_two_schedulers_post_once(ward: Lawful) -> None:
    ward.approve()
    ward.tick()
    rhythm = posts.find_rhythm(ward.db, ward.khu2)
    assert rhythm is not None
    due = rhythm.law_next_at
    assert due is not None
    assert law.claim_week(ward.db, ward.khu2, due, due + WEEK)
    assert not law.claim_week(ward.db, ward.khu2, due, due + WEEK)


def test_nothing_approved_is_told_once_a_month(ward: Lawful) -> None:
    live(ward, FOLDER, 21)
    assert ward.posts() == []
    assert len([each for each in ward.told() if "chưa có mục nào được duyệt" in each]) == 2


def test_only_what_is_for_everybody_goes_to_a_group(ward: Lawful) -> None:
    some = [key for key, item in load_law("vi").items() if not _for_all(item)]
    ward.approve(some)
    live(ward, FOLDER, 8)
    assert ward.posts() == []


def test_words_that_change_after_the_approval_are_not_posted(ward: Lawful, tmp_path: Path) -> None:
    ward.approve(["fireworks"])
    copy = tmp_path / "law"
    shutil.copytree(FOLDER, copy)
    file = copy / "vi/fire.toml"
    text = file.read_text(encoding="utf-8").replace("Pháo nổ thì cấm", "Pháo nổ thì được")
    file.write_text(text, encoding="utf-8")
    send_law(ward.db, ward.now, copy)
    send_law(ward.db, friday(), copy)
    assert ward.posts() == []


def test_every_chat_of_a_neighbourhood_and_none_that_is_lost(ward: Lawful) -> None:
    ward.approve()
    second = ward.precinct.room("-201", Purpose.NEIGHBOURHOOD, at=ward.khu2)
    set_unreachable(ward.db, ward.chat3.id, ward.now)
    rooms.end_room(ward.db, 999, ward.now)
    live(ward, FOLDER, 15)
    assert len(ward.posts()) == 4
    assert len(set(ward.items())) == 2
    assert len([row for row in ward.arrived(second) if notice(row).poll]) >= 1
    assert ward.posts(ward.khu3) == []


def _with_quiz(ward: Lawful) -> Outbox:
    ward.approve(["fireworks"])
    ward.tick()
    ward.tick(friday())
    (row,) = ward.arrived()
    return row


def test_the_question_stands_a_day_and_its_result_is_one_line(ward: Lawful) -> None:
    row = _with_quiz(ward)
    poll = notice(row).poll
    assert poll is not None
    ward.tick(hours=23, minutes=59)
    assert not [each for each in ward.precinct.outbox() if each.edits == row.id]
    for _ in range(3):
        ward.tick(hours=1)
    (closing,) = [each for each in ward.precinct.outbox() if each.edits == row.id]
    assert notice(closing).closes_poll
    votes = (2, 7, 1)
    quiz_was_counted(ward.db, closing, votes, ward.now)
    ward.deliver()
    line = words(ward.arrived()[-1])
    assert line == (
        "Câu đố “Pháo hoa khác pháo nổ”: 7 trên 10 lượt trả lời đúng. Đáp án: "
        "Pháo hoa không gây tiếng nổ, mua ở nơi được phép bán."
    )
    (post,) = ward.posts()
    assert (post.right_answers, post.wrong_answers) == (7, 3)
    assert ward.items() == ["fireworks"]


@pytest.mark.parametrize("votes", [(), (0, 0, 0), (1, 2)])
def test_nobody_answered_or_it_is_not_known(ward: Lawful, votes: tuple[int, ...]) -> None:
    row = _with_quiz(ward)
    ward.tick(hours=25)
    (closing,) = [each for each in ward.precinct.outbox() if each.edits == row.id]
    before = len(ward.arrived())
    quiz_was_counted(ward.db, closing, votes, ward.now)
    ward.deliver()
    assert len(ward.arrived()) == before
    assert ward.posts()[0].right_answers == 0


def test_an_old_question_stays(ward: Lawful) -> None:
    row = _with_quiz(ward)
    change(ward.db, Outbox, row.id, sent_at=ward.now)
    ward.tick(days=5)
    assert not [each for each in ward.precinct.outbox() if each.edits == row.id]


def test_the_result_is_not_said_at_night(ward: Lawful) -> None:
    row = _with_quiz(ward)
    ward.tick(hours=25)
    (closing,) = [each for each in ward.precinct.outbox() if each.edits == row.id]
    ward.now = friday(hour=23) + timedelta(days=1)
    quiz_was_counted(ward.db, closing, (0, 5, 0), ward.now)
    ward.deliver()
    assert len(ward.arrived()) == 1
    ward.tick(hours=9)
    assert "5 trên 5" in words(ward.arrived()[-1])
