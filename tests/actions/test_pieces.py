"""A broadcast to many chats is written in pieces: whatever comes between two of them, no copy is
lost or doubled, what is out stays, and its author hears how far it came.
"""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Connection, Engine

from actions.announcing import change, pause, planned_of, stop, take_back
from actions.broadcasting import PIECE
from actions.occurrences import send_due
from actions.progress import MANY, show_progress
from actions.releasing import release_held
from domain.announcing import Sort
from domain.errors import Refused
from domain.patterns import Daily
from domain.recurrence import Rule, once
from domain.roles import Purpose, Role
from domain.wall_clock import wall_of
from storage import announcements, copies, deliveries, wards
from storage.addresses import get_address
from storage.announcement_tables import Announcement, Post
from storage.engine import writer_engine
from storage.rows import list_by
from storage.tables import Outbox
from tests.actions.speakers import Speakers
from tests.actions.test_two_schedulers import together
from tests.precinct import WARD, Precinct

MANY_CHATS = 2 * PIECE + 5
HOUR = timedelta(hours=1)


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def many(town: Speakers, number: int = MANY_CHATS) -> tuple[int, ...]:
    """So many neighbourhoods with a chat each."""
    return tuple(_place(town, each) for each in range(number))


def _place(town: Speakers, number: int) -> int:
    key = wards.add_neighbourhood(town.db, WARD, f"Thôn {number}", f"thon {number}").id
    town.precinct.room(f"-7{number:04d}", Purpose.NEIGHBOURHOOD, at=key)
    return key


def planned(town: Speakers, number: int = MANY_CHATS, **more: object) -> Announcement:
    """One of an officer to so many chats, due in an hour."""
    values: dict[str, object] = {
        "neighbourhoods": many(town, number),
        "rule": once(town.now + HOUR),
        "sort": Sort.HAZARD,
        "template": "bia",
    }
    found = town.announce(town.an, **{**values, **more})
    town.now += HOUR
    return found


def tally_of(town: Speakers, announcement: Announcement) -> copies.Tally:
    """How its copies in groups stand."""
    (occurrence,) = town.times(announcement)
    return copies.tallies(town.db, [occurrence.id])[occurrence.id, False]


def look(town: Speakers) -> bool:
    """One look of the scheduler; whether more must follow at once."""
    town.db.info["more"] = False
    send_due(town.db, town.now)
    return bool(town.db.info["more"])


def test_it_goes_piece_by_piece_and_each_is_asked_for_at_once(town: Speakers) -> None:
    announcement = planned(town)
    put = []
    while look(town):
        put.append(len(town.posts()))
        assert town.states(announcement) == ["sending"]
    assert put == [PIECE, 2 * PIECE]
    assert town.states(announcement) == ["sent"]
    found = Counter(post.address_id for post in town.posts())
    assert len(found) == MANY_CHATS
    assert set(found.values()) == {1}
    assert not look(town)


def test_few_chats_are_one_piece(town: Speakers) -> None:
    announcement = planned(town, 3)
    assert not look(town)
    assert town.states(announcement) == ["sent"]


def test_stopped_between_two_pieces_the_rest_is_not_sent(town: Speakers) -> None:
    announcement = planned(town)
    look(town)
    stop(town.db, announcement.id, town.an, town.now)
    assert not look(town)
    assert len(town.posts()) == PIECE
    assert town.states(announcement) == ["sent"]
    assert town.times(announcement)[0].reason == "announcement.reason.stopped"
    told = town.told(town.an)[-1]
    assert f"tới {PIECE} nhóm" in told
    assert f"còn {PIECE + 5} nhóm" in told


def test_paused_between_two_pieces_the_rest_of_this_time_is_not_sent(town: Speakers) -> None:
    rule = Rule(Daily(), wall_of(town.now + HOUR).time())
    announcement = planned(town, rule=rule)
    look(town)
    pause(town.db, announcement.id, town.an, town.now)
    assert not look(town)
    assert len(town.posts()) == PIECE
    assert town.states(announcement) == ["sent", "due"]
    assert "tạm dừng" in town.told(town.an)[-1]


def test_what_is_out_cannot_be_taken_back(town: Speakers) -> None:
    announcement = planned(town)
    look(town)
    with pytest.raises(Refused):
        take_back(town.db, announcement.id, town.an, town.now)
    while look(town):
        continue
    assert len(town.posts()) == MANY_CHATS


def test_the_rest_does_not_follow_in_other_words(town: Speakers) -> None:
    rule = Rule(Daily(), wall_of(town.now + HOUR).time())
    announcement = planned(town, rule=rule)
    look(town)
    other = planned_of(town.db, announcement)
    change(town.db, announcement.id, town.an, other, town.now)
    assert not look(town)
    assert len(town.posts()) == PIECE
    assert town.states(announcement) == ["sent", "due"]
    assert town.times(announcement)[0].reason == "announcement.reason.changed"


def test_without_its_authors_role_the_rest_is_not_sent(town: Speakers) -> None:
    announcement = planned(town)
    look(town)
    town.removes(town.an, Role.OFFICER)
    assert not look(town)
    assert len(town.posts()) == PIECE
    assert town.again(announcement).state == "ended"
    assert any("Phạm Văn An" in each for each in town.told(town.quan))
    assert f"tới {PIECE} nhóm" in "\n".join(town.told(town.an))


def test_after_a_long_downtime_the_rest_is_too_late(town: Speakers) -> None:
    planned(town)
    look(town)
    town.now += timedelta(hours=7)
    assert not look(town)
    assert len(town.posts()) == PIECE
    assert "quá muộn" in town.told(town.an)[-1]


def test_after_a_short_downtime_it_goes_on(town: Speakers) -> None:
    planned(town)
    look(town)
    town.now += timedelta(minutes=50)
    while look(town):
        continue
    assert len(town.posts()) == MANY_CHATS


def test_what_is_held_leaves_in_pieces_too(town: Speakers) -> None:
    town.now += timedelta(hours=13)
    announcement = planned(town, sort=Sort.ORDINARY)
    announcements.set_columns(town.db, announcement.id, state="planned")
    while look(town):
        continue
    town.now += timedelta(hours=9)
    counts = []
    for _ in range(4):
        release_held(town.db, town.now)
        counts.append(tally_of(town, announcement).due)
    assert counts == [PIECE, 2 * PIECE, MANY_CHATS, MANY_CHATS]


class TestProgress:
    """What its author reads meanwhile."""

    def accepts(self, town: Speakers, number: int, state: str = "sent") -> None:
        waiting = [r for r in town.precinct.outbox() if r.state == "due" and r.lane == 2]
        chats = [row for row in waiting if not get_address(town.db, row.address_id).private]
        for row in chats[:number]:
            if state == "sent":
                deliveries.mark_sent(town.db, row.id, f"m{row.id}", town.now)
            else:
                deliveries.mark_dead(town.db, row.id, "kicked")

    def test_one_message_that_counts_up_and_ends(self, town: Speakers) -> None:
        announcement = planned(town)
        look(town)
        self.accepts(town, 30)
        show_progress(town.db, town.now)
        assert f"Đã đăng 30/{MANY_CHATS} nhóm" in town.told(town.an)[-1]
        before = len(town.precinct.outbox(town.precinct.home(town.an)))
        show_progress(town.db, town.now)
        assert len(town.precinct.outbox(town.precinct.home(town.an))) == before
        while look(town):
            continue
        self.accepts(town, 2, "dead")
        self.accepts(town, MANY_CHATS)
        show_progress(town.db, town.now)
        told = town.told(town.an)
        assert f"Đã đăng xong: {MANY_CHATS - 2} nhóm, <b>2 nhóm chưa được" in told[-1]
        assert sum("Đã đăng" in each for each in told) == 1
        last = town.precinct.notices(town.precinct.home(town.an))[-1]
        assert last.buttons[0][0].tap == f"b:{announcement.id}"
        rows_before = len(town.precinct.outbox())
        show_progress(town.db, town.now)
        assert len(town.precinct.outbox()) == rows_before

    def test_of_few_chats_one_word_when_all_is_out(self, town: Speakers) -> None:
        planned(town, MANY - 1)
        look(town)
        self.accepts(town, 5)
        show_progress(town.db, town.now)
        assert town.told(town.an) == []
        self.accepts(town, MANY)
        show_progress(town.db, town.now)
        show_progress(town.db, town.now)
        (told,) = town.told(town.an)
        assert f"Đã đăng xong: {MANY - 1} nhóm." in told


class TestKilled:
    """Between two pieces, on a database that commits."""

    def begin(self, engine: Engine, now: datetime) -> datetime:
        with writer_engine(engine).begin() as db:
            town = Speakers(Precinct(db, now))
            planned(town)
            return town.now

    def addresses(self, db: Connection) -> list[int | None]:
        return [post.address_id for post in list_by(db, Post)]

    def test_what_was_committed_stays_and_the_rest_follows(
        self, own_engine: Engine, now: datetime
    ) -> None:
        at = self.begin(own_engine, now)
        with writer_engine(own_engine).begin() as db:
            send_due(db, at)
        connection = writer_engine(own_engine).connect()
        connection.begin()
        send_due(connection, at)
        # The process dies before the commit of its second piece.
        connection.invalidate()
        connection.close()
        with own_engine.connect() as db:
            assert len(self.addresses(db)) == PIECE
        own_engine.dispose()
        for _ in range(3):
            with writer_engine(own_engine).begin() as db:
                send_due(db, at)
        with own_engine.connect() as db:
            found = self.addresses(db)
            assert len(found) == len(set(found)) == MANY_CHATS
            owed = [row.address_id for row in list_by(db, Outbox)]
            assert max(Counter(owed).values()) == 1

    def test_several_schedulers_post_each_copy_once(
        self, own_engine: Engine, now: datetime
    ) -> None:
        at = self.begin(own_engine, now)
        # Who finds that another one is at it passes on: each time one of them puts a piece.
        for _ in range(3):
            assert together(own_engine, send_due, at) == []
        with own_engine.connect() as db:
            found = self.addresses(db)
            assert len(found) == len(set(found)) == MANY_CHATS
            assert announcements.list_due(db, at) == []
