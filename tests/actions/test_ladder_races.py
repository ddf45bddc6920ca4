"""The ladder where several look at one database, and where the program ends in between: each step
is climbed once, and whoever takes the report ends it for all who come after.
"""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from actions.handling import acknowledge
from actions.ladder import climb_ladders
from domain.ladder import STAMPS
from storage import incidents
from storage.engine import writer_engine
from storage.rows import list_by
from storage.tables import Incident, Outbox, Person
from tests.actions.test_ladder import Station, at
from tests.actions.test_two_schedulers import has_one_writer, together
from tests.conftest import START
from tests.precinct import Precinct


def reported(engine: Engine, number: int = 1) -> tuple[Person, list[Incident]]:
    """An officer, and so many fires in a ward with all of its police."""
    with writer_engine(engine).begin() as db:
        station = Station(Precinct(db, START))
        fires = [station.precinct.report("FIRE", f"Cháy bịa {n}") for n in range(number)]
        return station.precinct.an, fires


def calls(engine: Engine) -> list[tuple[int, str]]:
    """(address, mark) of everything that woke somebody in private."""
    with engine.connect() as db:
        found = list_by(db, Outbox)
    return [(r.address_id, r.once or "") for r in found if (r.once or "").startswith("ladder:")]


def stamps(engine: Engine, incident: Incident) -> list[str]:
    """Its steps so far."""
    marks = {each.value for each in STAMPS.values()}
    with engine.connect() as db:
        return [e.what for e in incidents.list_events(db, incident.id) if e.what in marks]


def test_killed_before_the_commit_it_is_climbed_after_the_restart_once(
    own_engine: Engine,
) -> None:
    _, (fire,) = reported(own_engine)
    with writer_engine(own_engine).connect() as db:
        climb_ladders(db, at(2))
        db.rollback()
    assert calls(own_engine) == []
    for minutes in (2.1, 2.2, 4.1, 4.2):
        with writer_engine(own_engine).begin() as db:
            climb_ladders(db, at(minutes))
    assert len(calls(own_engine)) == 3
    assert stamps(own_engine, fire) == ["duty_woken", "deputy_woken"]


def test_several_at_once_wake_everybody_once(own_engine: Engine) -> None:
    _, fires = reported(own_engine, 12)
    for minutes in (2, 4, 6, 8):
        assert together(own_engine, climb_ladders, at(minutes)) == []
        # What one of them left to another was done by that one.
        with writer_engine(own_engine).begin() as db:
            climb_ladders(db, at(minutes))
    found = calls(own_engine)
    assert len(found) == len(set(found)) == 4 * len(fires)
    for fire in fires:
        assert stamps(own_engine, fire) == [each.value for each in STAMPS.values()]


def test_a_press_between_the_look_and_the_deed_wins(own_engine: Engine) -> None:
    officer, (fire,) = reported(own_engine)
    if own_engine.dialect.name == "sqlite":
        has_one_writer(own_engine)
        return
    pressed: list[str] = []

    def press(_db: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FOR UPDATE" in statement and not pressed:
            pressed.append(statement)
            with writer_engine(own_engine).begin() as other:
                acknowledge(other, fire.id, officer, at(2))

    event.listen(own_engine, "before_cursor_execute", press)
    with writer_engine(own_engine).begin() as db:
        climb_ladders(db, at(2))
    event.remove(own_engine, "before_cursor_execute", press)
    assert pressed
    assert calls(own_engine) == []


@pytest.mark.parametrize("first", ["press", "tick"])
def test_a_press_and_a_tick_at_the_same_moment(own_engine: Engine, first: str) -> None:
    """Whichever comes first: woken, everybody reads who took it, or nobody is woken at all."""
    officer, (fire,) = reported(own_engine)
    begun, looked = threading.Event(), threading.Event()

    def other() -> None:
        assert begun.wait(10)
        looked.set()
        with writer_engine(own_engine).begin() as db:
            if first == "press":
                climb_ladders(db, at(2))
            else:
                acknowledge(db, fire.id, officer, at(2) + timedelta(seconds=1))

    thread = threading.Thread(target=other)
    thread.start()
    with writer_engine(own_engine).begin() as db:
        if first == "press":
            acknowledge(db, fire.id, officer, at(2))
        else:
            climb_ladders(db, at(2))
        begun.set()
        assert looked.wait(10)
    thread.join()
    with writer_engine(own_engine).begin() as db:
        climb_ladders(db, at(3))
    if first == "press":
        assert calls(own_engine) == []
        return
    with own_engine.connect() as db:
        edits = [row.edits for row in list_by(db, Outbox) if row.edits]
        woken = [row.id for row in list_by(db, Outbox) if (row.once or "").startswith("ladder:")]
    assert len(woken) == 2
    assert set(woken) <= set(edits)
