"""How long the oldest has waited, lane by lane, on both databases."""

from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from domain.notices import Lane, Notice, Text
from storage import deliveries, outbox
from storage.addresses import add_address
from storage.queues import Queue, list_queues

SECOND = timedelta(seconds=1)


def test_the_oldest_of_each_lane(db: Connection, now: datetime) -> None:
    chat = add_address(db, "phuong", "chat bịa", now)
    other = add_address(db, "khac", "chat bịa", now)
    notice = Notice(Text("menu.ask"))
    for age, lane in ((3, Lane.EMERGENCY), (40, Lane.NOTICE), (30, Lane.NOTICE)):
        outbox.put(db, chat, notice, lane, now - age * SECOND)
    outbox.put(db, other, notice, Lane.EMERGENCY, now - 99 * SECOND)
    sent = outbox.put(db, chat, notice, Lane.CONVERSATION, now - 50 * SECOND)
    deliveries.mark_sent(db, sent, "1", now)
    assert list_queues(db, ["phuong"], now) == {
        Lane.EMERGENCY: Queue(1, now - 3 * SECOND),
        Lane.CONVERSATION: Queue(0, None),
        Lane.NOTICE: Queue(2, now - 40 * SECOND),
        Lane.BROADCAST: Queue(0, None),
    }
    assert list_queues(db, ["phuong", "khac"], now)[Lane.EMERGENCY].rows == 2


def test_what_may_wait_is_due_from_its_time_on_and_what_failed_from_the_beginning(
    db: Connection, now: datetime
) -> None:
    chat = add_address(db, "phuong", "chat bịa", now)
    put_at, notice = now - 60 * SECOND, Notice(Text("menu.ask"))
    later = now + SECOND
    planned = outbox.put(db, chat, notice, Lane.NOTICE, put_at, not_before=later)
    assert list_queues(db, ["phuong"], now)[Lane.NOTICE].rows == 0
    assert list_queues(db, ["phuong"], later)[Lane.NOTICE] == Queue(1, later)
    deliveries.mark_failed(db, planned, 1, "invented", later + SECOND)
    assert list_queues(db, ["phuong"], later)[Lane.NOTICE] == Queue(1, put_at)
