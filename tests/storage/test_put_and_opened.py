"""A notice that was put a moment ago is known again; another process reads the same."""

from datetime import datetime

from sqlalchemy.engine import Connection, Engine

from domain.notices import Button, Contact, Lane, Media, Moment, Notice, Pin, Poll, Text, plain
from storage import addresses, outbox, owed
from storage.engine import writer_engine
from storage.owed import Closed, Due

INSIDE = Text("flow.line", {"label": Text("report.what"), "said": plain("Cháy <b>& khói</b>")})
NOTICES = (
    Notice(
        Text("flow.prompt", {"lines": (INSIDE, INSIDE), "count": 3, "word": "một"}),
        ((Button(Text("flow.yes"), "f:1"), Button(plain("Xem"), link="https://vi.vn")),),
        silent=True,
        digest=Text("card.digest", {"code": "AB-12"}),
        digest_button=Button(Text("card.open"), "i:1"),
    ),
    Notice(media=(Media("photo", "bia-1", 7), Media("voice", "bia-2"))),
    Notice(pin=Pin(20.95, 107.08), replies_to="9"),
    Notice(contact=Contact("113", Text("card.call"))),
    Notice(poll=Poll(Text("law.ask"), (Text("law.a"), Text("law.b")), 1, Text("law.why"))),
    Notice(pins=False, closes_poll=True, ask_reply=True),
)


def due(db: Connection, now: datetime) -> list[Due]:
    return owed.list_due(db, "phuong", now, Closed(), 50)


def test_what_is_known_again_is_what_stands_there(engine: Engine, now: datetime) -> None:
    at_once = Notice(Text("card.when", {"at": Moment(now, "date")}))
    with writer_engine(engine).connect() as db:
        with db.begin():
            home = addresses.add_address(db, "phuong", "5", now)
            for notice in (*NOTICES, at_once):
                outbox.put(db, home, notice, Lane.NOTICE, now)
            known = due(db, now)
        db.info.pop("opened")
        with db.begin():
            read = due(db, now)
    assert known == read
    assert [each.notice for each in read] == [*NOTICES, at_once]


def test_what_was_put_is_not_read_again(engine: Engine, now: datetime) -> None:
    with writer_engine(engine).begin() as db:
        home = addresses.add_address(db, "phuong", "5", now)
        put = NOTICES[0]
        outbox.put(db, home, put, Lane.NOTICE, now)
        (found,) = due(db, now)
        assert found.notice is put
