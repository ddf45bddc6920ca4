"""“Đã nắm được” by button, by words and as a reply; and the leader's list, in both languages. All
names and numbers are invented.
"""

from datetime import date, time
from typing import Any

import pytest

from actions.confirmations import counts_of
from domain.notices import Media, Notice, Text
from domain.roles import Role
from domain.wall_clock import instant_of
from storage import announcements, deliveries, outbox
from storage.people import change_person
from storage.tables import Address, Outbox, Person
from tests.actions.enrolled import CONFIRM, enrols
from tests.actions.speakers import WORDS, Speakers
from tests.handlers.chats import Chats, answered
from tests.precinct import Precinct, labels, say, taps


class Confirming(Speakers):
    """Two homes of Khu 2 that agreed to be asked, and everybody's messages."""

    def __init__(self, precinct: Precinct, chats: Chats) -> None:
        super().__init__(precinct)
        self.chats = chats
        self.ba, self.ba_home = enrols(self, "Bà Bịa", "501", CONFIRM, house="số 7")
        self.em, self.em_home = enrols(self, "Em Bịa", "502", CONFIRM)

    def asks(self, **more: Any) -> int:
        """Announced and delivered; the occurrence."""
        announcement = self.announce(asks_reading=True, **more)
        self.tick()
        self.deliver()
        return self.times(announcement)[0].id

    def deliver(self) -> None:
        """The messenger accepts what may leave now."""
        for row in self.precinct.outbox():
            if row.state == "due" and (row.not_before is None or row.not_before <= self.now):
                deliveries.mark_sent(self.db, row.id, f"m{row.id}", self.now)

    def copy(self, home: Address) -> Outbox:
        """The words of the newest post in this chat."""
        found = [r for r in self.precinct.outbox(home) if (r.concerns or "").startswith("post:")]
        return [row for row in found if row.answers is None][-1]

    def says(self, person: Person, *typed: str) -> list[Notice]:
        """In private; what is answered to the last of it."""
        home = self.precinct.home(person)
        for each in typed:
            self.before = len(self.precinct.outbox(home))
            self.precinct.now = self.now
            self.chats.says(person, each)
            self.deliver()
        return [outbox.load_notice(r.notice) for r in self.precinct.outbox(home)[self.before :]]


@pytest.fixture
def town(precinct: Precinct, chats: Chats) -> Confirming:
    town = Confirming(precinct, chats)
    for person in (town.lan, town.minh, town.ba, town.em):
        town.says(person, "/menu")  # the first message of all has the numbers above it
    return town


def keys(notices: list[Notice]) -> list[str]:
    """What was said below the numbers to call, for which both languages have words."""
    texts = [each.text for each in notices if each.text]
    assert all(say(each) and say(each, "en") for each in texts)
    return [key for each in texts for key in _keys(each) if not key.startswith("menu.")]


def _keys(text: Text) -> list[str]:
    """A newcomer's first answer has the numbers to call above it."""
    if not text.key.startswith("menu."):
        return [text.key]
    inner = text.params.get("lines") or text.params.get("text")
    parts = inner if isinstance(inner, tuple) else (inner,)
    found = [key for each in parts if isinstance(each, Text) for key in _keys(each)]
    return [key for key in found if key != "house.trial"]


def test_the_button_marks_it_once_and_thanks(town: Confirming) -> None:
    key = town.asks()
    (tap,) = taps(outbox.load_notice(town.copy(town.ba_home).notice))
    assert labels(outbox.load_notice(town.copy(town.ba_home).notice)) == ["Đã nắm được"]
    assert "Cảm ơn" in answered(town.chats.taps(town.ba, tap))
    assert counts_of(town.db, key) == (1, 2)
    assert "Đã ghi từ 09:00 rồi" in answered(town.chats.taps(town.ba, tap))
    assert counts_of(town.db, key) == (1, 2)


@pytest.mark.parametrize(
    "typed", ["roi", "ok da nam roi nhe", "đã nắm được rồi ạ", "nhà tôi nắm thông tin rồi nhé"]
)
def test_ordinary_words_confirm_and_once_more_says_since_when(
    town: Confirming, typed: str
) -> None:
    key = town.asks()
    assert keys(town.says(town.ba, typed)) == ["reading.did.first"]
    for again in (typed, "ok"):
        (said,) = town.says(town.ba, again)
        assert "Đã ghi từ 09:00 rồi ạ" in say(said.text)
    assert counts_of(town.db, key) == (1, 2)


@pytest.mark.parametrize("typed", ["chưa nắm được", "đã biết ai lấy xe của tôi", "ai đã nắm"])
def test_other_words_confirm_nothing(town: Confirming, typed: str) -> None:
    key = town.asks()
    town.says(town.ba, typed)
    assert counts_of(town.db, key) == (0, 2)


@pytest.mark.parametrize(
    "typed",
    ["Đã nắm được", "da nam", "nam duoc", "OK", "1", "Đã nắm.", "got it", "I have read this"],
)
def test_words_right_below_it_mark_it(town: Confirming, typed: str) -> None:
    key = town.asks()
    assert keys(town.says(town.em, typed)) == ["reading.did.first"]
    assert counts_of(town.db, key) == (1, 2)


def test_words_below_its_photo_mark_it(town: Confirming) -> None:
    key = town.asks(media=(Media("photo", "anh-bia"),))
    town.says(town.em, "da nam duoc")
    assert counts_of(town.db, key) == (1, 2)


def test_a_reply_marks_it_however_old_and_over_an_open_question(town: Confirming) -> None:
    key = town.asks()
    row = town.copy(town.em_home)
    town.says(town.em, "mất trộm xe đạp")
    town.chats.replies(town.em, outbox.get(town.db, row.id), "ok")
    assert counts_of(town.db, key) == (1, 2)
    assert say(outbox.load_notice(town.precinct.outbox(town.em_home)[-1].notice).text)


def test_the_same_words_elsewhere_mark_nothing(town: Confirming) -> None:
    key = town.asks()
    assert "reading.did.first" not in keys(town.says(town.em, "menu", "ok"))
    assert "reading.did.first" not in keys(town.says(town.lan, "ok"))
    town.chats.says(town.ba, "ok", at=town.chat2)
    assert counts_of(town.db, key) == (0, 2)


def test_other_words_below_it_are_what_they_were(town: Confirming) -> None:
    key = town.asks()
    said = keys(town.says(town.em, "nhà tôi mất trộm xe đạp"))
    assert counts_of(town.db, key) == (0, 2)
    assert not any(each.startswith("reading.") for each in said)


def test_what_is_held_takes_no_words_until_it_is_seen(town: Confirming) -> None:
    town.now = town.precinct.now = instant_of(date(2026, 11, 22), time(22))
    announcement = town.announce(asks_reading=True)
    town.tick()
    (occurrence,) = town.times(announcement)
    town.says(town.em, "menu", "ok")
    assert counts_of(town.db, occurrence.id) == (0, 2)
    town.now = town.precinct.now = instant_of(date(2026, 11, 23), time(6, 30))
    town.tick()
    town.deliver()
    assert keys(town.says(town.em, "ok")) == ["reading.did.first"]


def test_a_list_above_a_post_that_waits_keeps_its_numbers(town: Confirming) -> None:
    town.now = town.precinct.now = instant_of(date(2026, 11, 22), time(22))
    town.says(town.em, "/dulieu")
    town.announce(asks_reading=True)
    town.tick()
    assert "enrolment.notice" in keys(town.says(town.em, "1"))


def test_the_leader_sees_who_has_not_and_reminds_once(town: Confirming) -> None:
    key = town.asks()
    town.says(town.em, "ok")
    (listed,) = town.says(town.lan, "ai chưa nắm")
    assert keys([listed]) == ["reading.list"]
    said = say(listed.text)
    assert "Bà Bịa – số 7" in said
    assert "Em Bịa" not in said
    assert "1/2" in said
    assert labels(listed, "en") == ["1. Remind these homes once"]
    assert keys(town.says(town.lan, "1")) == ["reading.reminded"]
    assert "reading.reminded" not in keys(town.says(town.lan, "ai chua nam", "1"))
    assert keys(town.says(town.ba, "đã nắm")) == ["reading.did.first"]
    assert keys(town.says(town.lan, "/danam")) == ["reading.list.all"]
    town.chats.taps(town.lan, f"n:{key}:remind")
    assert "không cần nhắc" in town.precinct.last(town.precinct.home(town.lan))


def test_several_posts_are_chosen_from_by_number(town: Confirming) -> None:
    first, second = town.asks(), town.asks()
    (listed,) = town.says(town.lan, "who has read it")
    assert taps(listed) == [f"n:{second}:list", f"n:{first}:list"]
    assert keys([listed]) == ["reading.lately"]
    assert keys(town.says(town.lan, "2")) == ["reading.list"]


def test_a_long_list_has_pages(town: Confirming) -> None:
    for number in range(25):
        enrols(town, f"Người Bịa {number:02}", f"7{number:02}", CONFIRM)
    town.asks()
    (listed,) = town.says(town.lan, "/danam")
    assert "Người Bịa 24" not in say(listed.text)
    (more,) = town.says(town.lan, "2")
    assert "Người Bịa 24" in say(more.text)
    assert "Bà Bịa" not in say(more.text)
    (again,) = town.says(town.lan, "2")
    assert "Bà Bịa" in say(again.text)


def test_nobody_else_sees_it_and_nothing_of_it_is_said_in_a_group(town: Confirming) -> None:
    key = town.asks()
    assert keys(town.says(town.em, "/danam")) == ["reading.leaders_only"]
    assert keys(town.says(town.minh, "/danam")) == ["reading.nothing_asked"]
    for data in (f"n:{key}:list", f"n:{key}:remind", f"n:{key}:read"):
        town.chats.taps(town.lan, data, at=town.chat2)
    town.chats.says(town.lan, "/danam", at=town.chat2)
    said = "\n".join(town.precinct.texts(town.chat2))
    assert "Bà Bịa" not in said
    assert counts_of(town.db, key) == (0, 2)
    town.removes(town.lan, Role.LEADER)
    assert keys(town.says(town.lan, "/danam")) == ["reading.leaders_only"]


@pytest.mark.parametrize("data", ["n:x:read", "n:1:", "n:9999999999:read", "n:urgent:x", "n:"])
def test_what_a_changed_client_sends_is_an_old_button(town: Confirming, data: str) -> None:
    town.asks()
    turn = town.chats.taps(town.em, data)
    assert turn.tap_answer is not None


def test_it_is_said_in_the_language_of_who_reads_it(town: Confirming) -> None:
    change_person(town.db, town.em.id, locale="en")
    town.asks()
    notice = outbox.load_notice(town.copy(town.em_home).notice)
    said = say(notice.text, "en")
    assert WORDS in said
    assert "Sent to you because you chose to get posts of Khu 2" in said
    assert labels(notice, "en") == ["I have read this"]


def test_the_history_of_the_post_says_that_people_were_reminded(town: Confirming) -> None:
    key = town.asks()
    town.chats.taps(town.lan, f"n:{key}:remind")
    occurrence = announcements.get_occurrence(town.db, key)
    town.chats.taps(town.lan, f"t:{occurrence.announcement_id}:open")
    assert town.precinct.last(town.precinct.home(town.lan))


def test_with_two_posts_waiting_nobody_saw_which_one_was_confirmed(town: Confirming) -> None:
    first = town.asks(words="Bài một (bịa)")
    second = town.asks(words="Bài hai (bịa)")
    (said,) = town.says(town.em, "đã nắm")
    assert "Bài hai" in say(said.text)
    assert "Bài hai" in say(said.text, "en")
    assert (counts_of(town.db, first), counts_of(town.db, second)) == ((0, 2), (1, 2))
    row = town.copy(town.em_home)
    tap = outbox.load_notice(row.notice).buttons[0][0].tap or ""
    shown = town.chats.taps(town.em, tap)
    # https://core.telegram.org/bots/api#answercallbackquery takes 200 letters.
    assert len(answered(shown)) <= 200
