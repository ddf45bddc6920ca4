"""The board: what became of every copy, in words; what failed is posted again, nothing else is."""

from datetime import time, timedelta
from typing import Any

import pytest

from actions.announcing import approve, pause, stop
from actions.board import Board, board_of, list_boards
from actions.board_again import (
    AGAIN_WITHIN,
    Again,
    go_on_again,
    post_failed_again,
    post_unsure_again,
)
from actions.board_lines import line_of
from actions.broadcasting import post, post_again
from actions.rooms import end_room
from bot.handlers.board_face import lead_of
from domain.announcing import Sort
from domain.board import Fate
from domain.notices import Media, Notice, plain
from domain.patterns import Daily
from domain.quiet_hours import POSTS_A_DAY
from domain.recurrence import Rule
from domain.roles import Purpose, Role
from domain.wall_clock import instant_of
from storage import announcements, deliveries, outbox, posts, wards
from storage.announcement_tables import Announcement, Occurrence, Post
from storage.rows import add
from storage.tables import Address, Outbox, Person
from tests.actions.speakers import WORDS, Speakers, refused_by
from tests.precinct import WARD, Precinct, say

PHOTO = Media("photo", "anh-bia")
KICKED = "Forbidden: bot was kicked from the group chat"


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


@pytest.fixture
def second(town: Speakers) -> Address:
    """Khu 2 has a second group, so that one leader's post goes to two."""
    return town.precinct.room("-201", Purpose.NEIGHBOURHOOD, at=town.khu2)


def board(town: Speakers, announcement: Announcement, who: Person | None = None) -> Board:
    return board_of(town.db, announcement.id, who or town.quan)


def fates(town: Speakers, announcement: Announcement) -> list[str]:
    return [group.fate.value for group in board(town, announcement).groups]


def lead(town: Speakers, announcement: Announcement) -> str:
    return say(lead_of(board(town, announcement)))


def lines(town: Speakers, announcement: Announcement, locale: str = "vi") -> str:
    shown = board(town, announcement)
    left = [each for each in shown.groups if not each.fate.is_there]
    return "\n".join(say(line_of(town.db, shown, each), locale) for each in left)


def words_row(town: Speakers, chat: Address) -> Outbox:
    """The newest post in this chat."""
    return [row for row in town.precinct.outbox(chat) if (row.concerns or "")[:5] == "post:"][-1]


def arrives(town: Speakers, chat: Address, number: str | None = None) -> None:
    row = words_row(town, chat)
    deliveries.mark_sent(town.db, row.id, f"m{row.id}" if number is None else number, town.now)


def fails(town: Speakers, chat: Address, fault: str = KICKED) -> None:
    deliveries.mark_dead(town.db, words_row(town, chat).id, fault)


def again(town: Speakers, announcement: Announcement, who: Person | None = None) -> Again:
    shown = board_of(town.db, announcement.id, town.quan)
    return post_failed_again(
        town.db, announcement.id, shown.occurrence.id, who or town.lan, town.now
    )


def refusal(town: Speakers, announcement: Announcement, who: Person | None = None) -> str:
    return town.refusal(lambda: again(town, announcement, who))


def half(town: Speakers, second: Address, **more: Any) -> Announcement:
    """Posted in one group of two; the other one threw the bot out."""
    found = town.announce(**more)
    arrives(town, town.chat2)
    fails(town, second)
    return found


def test_it_stands_everywhere(town: Speakers, second: Address) -> None:
    found = town.announce()
    assert fates(town, found) == ["leaving", "leaving"]
    assert "2 nhóm đang gửi" in lead(town, found)
    arrives(town, town.chat2)
    arrives(town, second)
    assert fates(town, found) == ["sent", "sent"]
    assert lead(town, found) == "<b>Đã đăng ở cả 2 nhóm.</b>"
    assert lines(town, found) == ""
    assert again(town, found) == Again()
    assert len(town.precinct.outbox(town.chat2)) == len(town.precinct.outbox(second)) == 1


@pytest.mark.parametrize(
    ("fault", "said", "english"),
    [
        (KICKED, "không còn ở trong nhóm", "not in this group"),
        ("Forbidden: bot is not a member of the supergroup chat", "không còn ở trong nhóm", "not"),
        ("the address cannot be reached", "không còn ở trong nhóm", "add it again"),
        ("Bad Request: chat not found", "không còn nữa", "gone"),
        ("Forbidden: the group chat was deleted", "không còn nữa", "gone"),
        (
            "Bad Request: not enough rights to send text messages to the chat",
            "không được phép viết", "may not write",
        ),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", "không được phép viết", "may not write"),
        ("Bad Request: message is too strange", "không nhận bài này", "does not take"),
        ("LookupError", "lỗi của trợ lý", "fault of the assistant"),
        ("unreadable: InvalidTag", "lỗi của trợ lý", "fault of the assistant"),
    ],
)  # fmt: skip
def test_a_failure_is_said_in_words(
    town: Speakers, second: Address, fault: str, said: str, english: str
) -> None:
    found = town.announce()
    arrives(town, town.chat2)
    fails(town, second, fault)
    assert lead(town, found) == "<b>1/2 nhóm đã đăng, 1 nhóm chưa đăng được.</b>"
    assert said in lines(town, found)
    assert "Khu 2 (nhóm “Nhóm bịa”)" in lines(town, found)
    assert english in lines(town, found, "en")
    assert fault not in lines(town, found)


def test_only_what_failed_is_posted_again_and_once(town: Speakers, second: Address) -> None:
    found = half(town, second)
    former = words_row(town, second)
    assert again(town, found) == Again(posted=1)
    assert again(town, found) == Again()
    assert len(town.precinct.outbox(town.chat2)) == 1
    assert [row.state for row in town.precinct.outbox(second)] == ["dropped", "due"]
    fresh = words_row(town, second)
    assert outbox.load_notice(fresh.notice) == outbox.load_notice(former.notice)
    assert fresh.concerns == former.concerns
    assert WORDS in town.seen(second)[0]
    arrives(town, second)
    assert lead(town, found) == "<b>Đã đăng ở cả 2 nhóm.</b>"
    assert len(town.posts()) == 2
    changes = [each.what for each in announcements.list_changes(town.db, found.id)]
    assert changes.count("posted_again") == 1


def test_the_gate_itself_doubles_nothing(town: Speakers, second: Address) -> None:
    half(town, second)
    sent, failed = town.posts()
    notice, sort = Notice(plain("Lời bịa")), Sort.ORDINARY
    assert not post_again(town.db, sent.id, notice, sort, town.now)
    assert post_again(town.db, failed.id, notice, sort, town.now)
    assert not post_again(town.db, failed.id, notice, sort, town.now)
    # One that was gathered with others has no number of its own, but it arrived.
    deliveries.mark_sent(town.db, words_row(town, second).id, None, town.now)
    assert not post_again(town.db, failed.id, notice, sort, town.now)


def test_of_two_presses_at_once_one_is_first(town: Speakers, second: Address) -> None:
    half(town, second)
    failed = town.posts()[1]
    assert failed.outbox_id is not None
    assert posts.let_go(town.db, failed.id, failed.outbox_id)
    assert not posts.let_go(town.db, failed.id, failed.outbox_id)


def test_it_may_fail_again_and_be_posted_again(town: Speakers, second: Address) -> None:
    found = half(town, second)
    again(town, found)
    fails(town, second)
    assert fates(town, found) == ["failed", "sent"]
    assert again(town, found) == Again(posted=1)


def test_at_night_it_waits_for_the_morning(town: Speakers, second: Address) -> None:
    found = half(town, second)
    town.now = instant_of(town.now.date(), time(22))
    morning = instant_of(town.now.date() + timedelta(days=1), time(6, 30))
    assert again(town, found) == Again(held=1, until=morning)
    assert "1 nhóm đang chờ giờ" in lead(town, found)
    assert "chờ hết giờ bà con nghỉ, đăng lúc 06:30 23/11/2026" in lines(town, found)
    assert town.leaving(second) == []
    town.tick(morning)
    assert len(town.leaving(second)) == 1


def test_a_full_day_is_told_from_the_night(town: Speakers, second: Address) -> None:
    for _ in range(POSTS_A_DAY):
        town.announce()
    found = town.announce()
    assert fates(town, found) == ["held", "held"]
    assert "đã đủ bài trong ngày, đăng lúc 06:30 23/11/2026" in lines(town, found)


def test_what_failed_takes_no_place_in_the_day(town: Speakers, second: Address) -> None:
    town.rhythm(town.khu2, posts_a_day=1)
    found = half(town, second)
    assert again(town, found) == Again(posted=1)


def test_an_uncertain_one_is_posted_again_by_choice_alone(town: Speakers, second: Address) -> None:
    found = town.announce()
    arrives(town, town.chat2)
    arrives(town, second, "")
    assert fates(town, found) == ["unsure", "sent"]
    assert "1 nhóm chưa rõ" in lead(town, found)
    assert "bài có thể đã lên rồi" in lines(town, found)
    assert again(town, found) == Again()
    made = post_unsure_again(town.db, found.id, town.times(found)[-1].id, town.lan, town.now)
    assert made == Again(posted=1)
    assert len(town.leaving(second)) == 1
    assert len(town.precinct.outbox(town.chat2)) == 1


def test_a_group_that_serves_nobody_gets_nothing(town: Speakers, second: Address) -> None:
    found = half(town, second)
    end_room(town.db, second.id, town.now)
    assert "gõ <code>/thietlap</code>" in lines(town, found)
    assert again(town, found) == Again(unbound=1)
    assert town.leaving(second) == []


def test_a_neighbourhood_without_a_group_is_named_and_gets_it_later(town: Speakers) -> None:
    found = town.announce(town.quan, neighbourhoods=(town.khu3, town.khu4))
    approve(town.db, found.id, town.an, town.now)
    town.tick(minutes=3)
    arrives(town, town.chat3)
    assert fates(town, found) == ["missed", "sent"]
    assert lines(town, found).startswith("• <b>Khu 4</b>: chưa có nhóm nào")
    assert again(town, found, town.quan) == Again(unbound=1)
    chat4 = town.precinct.room("-400", Purpose.NEIGHBOURHOOD, at=town.khu4)
    assert "nay đã có nhóm" in lines(town, found)
    assert again(town, found, town.quan) == Again(posted=1)
    assert len(town.leaving(chat4)) == 1
    assert len(town.precinct.outbox(town.chat3)) == 1
    assert again(town, found, town.quan) == Again()


def test_a_group_that_was_bound_later_is_not_missed(town: Speakers, second: Address) -> None:
    found = town.announce()
    arrives(town, town.chat2)
    arrives(town, second)
    town.precinct.room("-202", Purpose.NEIGHBOURHOOD, at=town.khu2)
    assert lead(town, found) == "<b>Đã đăng ở cả 2 nhóm.</b>"


def test_pasted_groups_are_ticked_off(town: Speakers, second: Address) -> None:
    found = town.announce()
    arrives(town, town.chat2)
    arrives(town, second)
    pasted = Post(
        occurrence_id=town.times(found)[-1].id, neighbourhood_id=town.khu2,
        paste_group="Zalo Khu 2 bịa", created_at=town.now,
    )  # fmt: skip
    key = add(town.db, pasted)
    assert lead(town, found) == "<b>2/3 nhóm đã đăng, 1 nhóm chưa dán.</b>"
    assert "Khu 2 (nhóm “Zalo Khu 2 bịa”)</b>: nhóm dán tay" in lines(town, found)
    assert again(town, found) == Again()
    posts.set_post(town.db, key, pasted_at=town.now, pasted_by=town.lan.id)
    assert lead(town, found) == "<b>Đã đăng ở cả 3 nhóm.</b>"


def test_a_messenger_that_does_not_answer_is_told_from_a_refusal(
    town: Speakers, second: Address
) -> None:
    found = town.announce()
    arrives(town, town.chat2)
    deliveries.mark_failed(town.db, words_row(town, second).id, 3, "network", None)
    assert "đang tự thử lại" in lines(town, found)
    assert again(town, found) == Again()


def test_who_may_see_it(town: Speakers, second: Address) -> None:
    found = town.announce()
    for person in (town.lan, town.an, town.binh, town.quan):
        assert board(town, found, person).announcement.id == found.id
        assert list_boards(town.db, person) == [found.id]
    for person in (town.minh, town.precinct.resident, town.precinct.stranger):
        refused = town.refusal(lambda who=person: board(town, found, who))  # type: ignore[misc]
        assert refused == "board.refused.unknown"
        shows = refused_by(lambda who=person: list_boards(town.db, who))  # type: ignore[misc]
        assert shows is not None or list_boards(town.db, person) == []


def test_a_former_leader_opens_no_board(town: Speakers, second: Address) -> None:
    found = half(town, second)
    town.removes(town.lan, Role.LEADER)
    opened = town.refusal(lambda: board_of(town.db, found.id, town.lan))
    assert opened == "board.refused.unknown"
    listed = town.refusal(lambda: list_boards(town.db, town.lan))
    assert listed == "board.refused.nothing_of_yours"
    assert refusal(town, found) == "board.refused.unknown"
    assert refusal(town, found, town.an) == "board.refused.role_lost"
    assert refusal(town, found, town.an) == "board.refused.role_lost"
    assert town.leaving(second) == []


def test_a_leader_posts_nothing_of_the_police_again(town: Speakers, second: Address) -> None:
    found = half(town, second, author=town.an)
    assert refusal(town, found) == "board.refused.unknown"
    assert again(town, found, town.binh) == Again(posted=1)


def test_what_does_not_hold_any_more_is_not_posted_again(town: Speakers, second: Address) -> None:
    expires = town.now + timedelta(hours=2)
    found = half(town, second, author=town.an, sort=Sort.EMERGENCY, expires_at=expires)
    town.now = expires
    assert refusal(town, found, town.an) == "board.refused.expired"
    announcements.set_columns(town.db, found.id, cleared_at=town.now)
    assert refusal(town, found, town.an) == "board.refused.cleared"


def test_what_was_paused_or_stopped_is_not_posted_again(town: Speakers, second: Address) -> None:
    daily = Rule(Daily(), time(9, 30))
    found = town.weekly(daily)
    town.tick(minutes=31)
    arrives(town, town.chat2)
    fails(town, second)
    pause(town.db, found.id, town.lan, town.now)
    assert refusal(town, found) == "board.refused.paused"
    stop(town.db, found.id, town.lan, town.now)
    assert refusal(town, found) == "board.refused.stopped"
    assert town.leaving(second) == []


def test_the_second_time_supersedes_the_first(town: Speakers, second: Address) -> None:
    found = town.weekly(Rule(Daily(), time(9, 30)))
    town.tick(minutes=31)
    arrives(town, town.chat2)
    fails(town, second)
    town.tick(days=1)
    arrives(town, town.chat2)
    arrives(town, second)
    first, last = [each for each in town.times(found) if each.state == "sent"]
    newest, older = board(town, found), board_of(town.db, found.id, town.lan, first.id)
    assert (newest.occurrence.id, newest.earlier, newest.later) == (last.id, first.id, None)
    assert (older.earlier, older.later, older.lost) == (None, last.id, 1)
    refused = town.refusal(
        lambda: post_failed_again(town.db, found.id, first.id, town.lan, town.now)
    )
    assert refused == "board.refused.later"


def test_old_words_are_not_posted_again(town: Speakers, second: Address) -> None:
    found = half(town, second)
    town.now += AGAIN_WITHIN + timedelta(minutes=1)
    assert refusal(town, found) == "board.refused.old"


@pytest.mark.parametrize("state", ["planned", "ended"])
def test_what_was_corrected_is_not_posted_again(
    town: Speakers, second: Address, state: str
) -> None:
    found = half(town, second)
    values = {**found.model_dump(exclude={"id"}), "corrects": found.id, "state": state}
    correction = Announcement(**{**values, "code": "00000000"})
    announcements.add_announcement(town.db, correction)
    if state == "ended":
        assert again(town, found) == Again(posted=1)
        fails(town, second)
        times: dict[str, Any] = {"due_at": town.now, "send_at": town.now}
        sent = Occurrence(announcement_id=correction.id, state="sent", sent_at=town.now, **times)
        add(town.db, sent)
    assert refusal(town, found) == "board.refused.corrected"


def test_a_time_that_led_nowhere_says_why(town: Speakers) -> None:
    found = town.announce(town.quan, neighbourhoods=(town.khu4,))
    shown = board(town, found, town.quan)
    assert "không đăng" in say(lead_of(shown))
    assert "/thietlap" in say(lead_of(shown))
    assert refusal(town, found, town.quan) == "board.refused.dropped"


def test_before_the_first_time_there_is_none(town: Speakers) -> None:
    found = town.weekly(Rule(Daily(), time(17)))
    assert town.refusal(lambda: board(town, found)) == "board.refused.not_yet"
    assert list_boards(town.db, town.lan) == []


def test_the_files_come_again_with_the_words(town: Speakers, second: Address) -> None:
    found = town.announce(media=(PHOTO,))
    arrives(town, town.chat2)
    row = [each for each in town.precinct.outbox(second) if each.answers is None][-1]
    deliveries.mark_dead(town.db, row.id, KICKED)
    assert fates(town, found)[0] == "failed"
    assert again(town, found) == Again(posted=1)
    words, file = [each for each in town.precinct.outbox(second) if each.state == "due"][-2:]
    assert file.answers == words.id
    assert outbox.load_notice(file.notice).media == (PHOTO,)


def test_people_are_counted_and_never_named(town: Speakers, second: Address) -> None:
    found = town.announce()
    arrives(town, town.chat2)
    arrives(town, second)
    home = town.precinct.resident_home
    occurrence_id = town.times(found)[-1].id
    post(town.db, home, Notice(plain("x")), Sort.ORDINARY, town.now, occurrence_id=occurrence_id)
    deliveries.mark_dead(town.db, words_row(town, home).id, "Forbidden: bot was blocked")
    shown = board(town, found)
    assert shown.private == (0, 1)
    assert len(shown.groups) == 2
    assert all(group.fate is Fate.SENT for group in shown.groups)
    assert again(town, found) == Again()


def test_very_many_are_posted_again_a_piece_at_a_time(town: Speakers) -> None:
    places = [wards.add_neighbourhood(town.db, WARD, f"Khu {n}", f"khu {n}").id
              for n in range(10, 110)]  # fmt: skip
    for at, key in enumerate(places):
        town.precinct.room(f"-7{at:03}", Purpose.NEIGHBOURHOOD, at=key)
    found = town.announce(
        town.an, neighbourhoods=tuple(places), sort=Sort.HAZARD, template="storm_before"
    )
    for _ in range(4):
        town.tick(seconds=1)
    _lose_all(town)
    town.tick(minutes=1)
    pressed = again(town, found, town.an)
    assert (pressed.posted, pressed.left) == (40, 60)
    left = []
    for _ in range(3):
        town.db.info["more"] = False
        go_on_again(town.db, town.now)
        left.append((board(town, found).lost, town.db.info["more"]))
    assert left == [(20, True), (0, False), (0, False)]
    _lose_all(town)
    again(town, found, town.an)
    _lose_all(town)
    for _ in range(3):
        go_on_again(town.db, town.now)
    # Those of the first piece that failed once more wait for another press.
    assert board(town, found).lost == 40


def _lose_all(town: Speakers) -> None:
    for each in town.posts():
        deliveries.mark_dead(town.db, each.outbox_id or 0, "refused (bịa)")
