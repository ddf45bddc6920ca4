"""The inbox, on both databases: an update is taken once, stored in order, parked for good."""

from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from storage import inbox


def test_an_update_is_taken_once_and_its_repetition_is_recognised(
    db: Connection, now: datetime
) -> None:
    assert inbox.record(db, "phuong", 7, "", now)
    assert not inbox.record(db, "phuong", 7, "", now)
    assert inbox.record(db, "another", 7, "", now)


def test_what_was_stored_waits_in_the_order_of_its_numbers(db: Connection, now: datetime) -> None:
    for number in (3, 1, 2):
        assert inbox.record(db, "phuong", number, "", now, payload={"update_id": number})
    waiting = inbox.list_waiting(db, "phuong", 2)
    assert [row.payload["update_id"] for row in waiting] == [1, 2]
    inbox.finish(db, waiting[0].id)
    assert [row.update_id for row in inbox.list_waiting(db, "phuong", 9)] == [2, 3]
    assert not inbox.record(db, "phuong", 1, "", now)


def test_what_is_parked_keeps_its_payload_and_is_not_forgotten(
    db: Connection, now: datetime
) -> None:
    inbox.park(db, "phuong", 5, now, {"update_id": 5}, "ValueError")
    inbox.record(db, "phuong", 6, "", now)
    assert inbox.forget_done(db, now + timedelta(seconds=1)) == 1
    (parked,) = inbox.list_parked(db)
    assert (parked.payload, parked.fault) == ({"update_id": 5}, "ValueError")
