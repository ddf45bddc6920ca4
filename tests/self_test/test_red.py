"""A self-test that does not get through: each break is told apart, the administrators hear of it
once a day in their own language, and nobody else hears anything.
"""

import pytest
from sqlalchemy import text

from bot.channels.loopback import Loopback
from bot.handlers import router
from bot.handlers.turn import Turn
from cli.self_test_note import read_note
from domain.notices import Text
from tests.precinct import say
from tests.self_test.conftest import House
from tests.self_test.messengers import Stopped, ThrownOut

# The duty room of the self-test ends as soon as it is bound.
END_ROOM = {
    "sqlite": "CREATE TRIGGER unbind AFTER INSERT ON room WHEN NEW.ward_code = '_self' BEGIN"
    " UPDATE room SET ended_at = NEW.bound_at WHERE id = NEW.id; END",
    "postgresql": "CREATE FUNCTION unbind() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN NEW.ended_at := NEW.bound_at; RETURN NEW; END';"
    " CREATE TRIGGER unbind BEFORE INSERT ON room FOR EACH ROW"
    " WHEN (NEW.ward_code = '_self') EXECUTE FUNCTION unbind()",
}


def broken(turn: Turn) -> None:
    """A handler with a fault in it."""
    router.handle(turn)
    raise RuntimeError("invented")


def broken_at_the_desk(turn: Turn) -> None:
    router.handle(turn)
    if not turn.incoming.private:
        raise RuntimeError("invented")


def deaf(turn: Turn) -> None:
    """Nothing follows from anything."""


def deaf_at_the_desk(turn: Turn) -> None:
    if turn.incoming.private:
        router.handle(turn)


def why(fault: str) -> str:
    return say(Text(f"self_test.fault.{fault}"))


async def expect(house: House, fault: str, limit: float = 60.0, **more: object) -> None:
    """Red for this reason; nothing is left of it, and the administrators alone hear of it."""
    before, owed = house.stand(), [row.id for row in house.owed()]
    run = await house.self_test(limit=limit, **more).run()  # type: ignore[arg-type]
    assert (run.fault, run.seconds) == (fault, None)
    assert read_note(house.folder) == run
    after = house.stand()
    assert {name for name in before if before[name] != after[name]} == {"outbox"}
    (first, second) = house.told()
    assert why(fault) in first
    assert first == second
    assert [row.id for row in house.owed() if row.id not in owed] == [
        row.id for row in house.owed() if (row.once or "").startswith("self_test:")
    ]
    assert "tuquan_self_test_seconds NaN" in house.page()


@pytest.mark.parametrize(
    ("handle", "fault"),
    [
        (broken, "handling"),
        (broken_at_the_desk, "handling"),
        (deaf, "talking"),
        (deaf_at_the_desk, "taking"),
    ],
)
async def test_a_broken_handler(house: House, handle: object, fault: str) -> None:
    await expect(house, fault, handle=handle)


async def test_a_delivery_that_stands_still(house: House) -> None:
    await expect(house, "sending", limit=6.0, loopback=lambda: house.messenger(Stopped))


async def test_a_duty_room_that_is_missing(house: House) -> None:
    with house.engine.begin() as db:
        db.execute(text(END_ROOM[db.dialect.name]))
    await expect(house, "desk")


async def test_a_duty_chat_that_threw_the_bot_out(house: House) -> None:
    """Also who runs every ward does not hear of that chat: it is nobody's."""
    await expect(house, "desk", loopback=lambda: house.messenger(ThrownOut))


async def test_a_database_that_does_not_write(house: House) -> None:
    with house.engine.begin() as db:
        db.execute(text("ALTER TABLE draft RENAME TO elsewhere"))
    run = await house.self_test().run()
    assert run.fault == "database"
    with house.engine.begin() as db:
        db.execute(text("ALTER TABLE elsewhere RENAME TO draft"))
    assert (await house.self_test().run()).fault == ""


async def test_it_is_told_once_a_day_and_tried_every_hour(house: House) -> None:
    bot = house.self_test(broken)
    await bot.look(started=True)
    assert len(house.told()) == 2
    for _ in range(3):
        house.clock.move(minutes=59)
        await bot.look(started=False)
        house.clock.move(minutes=1)
        await bot.look(started=False)
    assert read_note(house.folder).at == house.clock()  # type: ignore[union-attr]
    assert len(house.told()) == 2
    house.clock.move(days=1)
    await bot.look(started=False)
    assert len(house.told()) == 4
    house.clock.move(hours=1)
    mended = house.self_test()
    await mended.look(started=False)
    assert read_note(house.folder).fault == ""  # type: ignore[union-attr]
    house.clock.move(hours=2)
    await mended.look(started=False)
    assert len(house.told()) == 4


async def test_both_languages_say_what_to_do() -> None:
    for locale, words in (("vi", "Tự kiểm tra"), ("en", "Self-test")):
        said = say(Text("self_test.news.failed", {"why": Text("self_test.fault.desk")}), locale)
        assert said.startswith(f"⚠️ {words}")
        assert "python main.py doctor" in said


async def test_a_messenger_that_goes_round_in_circles_is_left(house: House) -> None:
    """It answers what it is asked, but never for ever."""
    lost = Loopback({"": "/baotin", "what": "?"}, {})
    await expect(house, "talking", loopback=lambda: lost)
