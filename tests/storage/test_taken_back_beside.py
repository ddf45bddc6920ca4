"""What is noticed while a message is settled beside other processes is done, if not at once."""

from datetime import datetime
from functools import partial

import pytest
from sqlalchemy.engine import Connection

from actions.traces import take_back
from bot.delivery.settling import Listeners, Settling
from domain.notices import Lane, Notice, plain
from storage import outbox
from storage.addresses import add_address, add_person
from storage.owed import Closed, list_due
from storage.rows import list_by
from storage.tables import Outbox
from storage.traces import erase
from tests.conftest import START
from tests.storage.test_locks import Pair, pair

__all__ = ["pair"]


def owe(db: Connection) -> int:
    person = add_person(db, "Bà Tư (bịa)", "vi", START)
    address = add_address(db, "phuong", "77", START, person_id=person.id)
    return outbox.put(db, address, Notice(plain("câu hỏi (bịa)")), Lane.CONVERSATION, START)


@pytest.mark.parametrize("others_fail", [False, True])
async def test_a_message_erased_on_the_wire_is_taken_back(pair: Pair, others_fail: bool) -> None:
    """Regression: after a fault the listener's refusal to write beside others was swallowed, and
    the message stayed on the phone of somebody who had typed "thoát"."""
    key = await pair.one.run(owe)
    look = partial(list_due, bot="phuong", now=START, closed=Closed(), limit=9)
    (due,) = await pair.one.run(look)
    await pair.other.run(partial(erase, row_ids=[key]))
    failed: list[int] = []

    def accepted(db: Connection, row: Outbox, now: datetime) -> None:
        if others_fail and not failed:
            failed.append(row.id)
            raise LookupError
        take_back(db, row, now)

    def unheard(*_: object) -> None:
        return None

    settling = Settling(pair.one, lambda: START, Listeners(accepted, unheard, unheard, unheard))
    await settling.sent((due,), "555")
    with pair.engine.connect() as db:
        deleted = [row.deletes for row in list_by(db, Outbox)]
    assert [each for each in deleted if each] == ["555"]
