"""A correction while something is on its way: of what is being sent, of what another one corrects,
of chats that cannot be reached. All of it is invented.
"""

import threading
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy.engine import Engine

from actions.all_clear import extend
from actions.corrected import spread_corrections
from actions.corrections import Wanted, correct
from actions.extended import spread_extensions
from domain.announcing import Sort
from domain.corrections import Kind
from domain.errors import Refused
from domain.roles import Purpose
from storage import deliveries, wards
from storage.addresses import get_person
from storage.corrections import list_following
from storage.engine import writer_engine
from storage.tables import Address
from tests.actions.enrolled import URGENT, enrols
from tests.actions.speakers import WORDS, Speakers
from tests.actions.test_corrections import RIGHT, Town, marked
from tests.precinct import BOT, WARD, Precinct


@pytest.fixture
def town(precinct: Precinct) -> Town:
    return Town(precinct)


def crowd(town: Town, number: int = 130) -> list[Address]:
    """Many people who hear urgent news in private."""
    return [enrols(town, f"Cụ Bịa {i}", f"7{i:03}", URGENT)[1] for i in range(number)]


def busy(town: Town, number: int) -> tuple[int, ...]:
    """Many neighbourhoods, each with a group."""
    keys = [wards.add_neighbourhood(town.db, WARD, f"Khu {i}", f"khu {i}").id
            for i in range(10, 10 + number)]  # fmt: skip
    for at, key in enumerate(keys):
        town.precinct.room(f"-7{at:03}", Purpose.NEIGHBOURHOOD, at=key)
    return tuple(keys)


def test_nothing_of_the_former_is_put_after_it_and_everybody_gets_the_right_words(
    town: Town,
) -> None:
    homes = crowd(town)
    old = town.announce(sort=Sort.HAZARD, expires_at=town.now + timedelta(hours=8))
    assert town.states(old) == ["sending"]
    town.correct(old)
    put = len(town.posts())
    for _ in range(8):
        town.settle(seconds=10)
    assert len([p for p in town.posts() if p.occurrence_id == town.times(old)[0].id]) == put
    assert all(RIGHT in "".join(town.shown(home)) for home in homes)
    assert not any(WORDS in shown for home in homes for shown in town.shown(home)[-1:])
    assert f"đã tới {len(homes) + 1} nhóm và người" in town.told(town.lan)[-1]


def test_a_cancellation_goes_to_nobody_who_never_had_it(town: Town) -> None:
    homes = crowd(town)
    old = town.announce(sort=Sort.HAZARD, expires_at=town.now + timedelta(hours=8))
    town.correct(old, "Huỷ (bịa)", Kind.CANCELLED)
    had = {post.address_id for post in town.posts()}
    for _ in range(8):
        town.settle(seconds=10)
    assert {post.address_id for post in town.posts()} == had
    assert [town.shown(home) for home in homes if home.id not in had]


def test_reached_is_not_told_before_anything_left(town: Town) -> None:
    old = town.announce()
    town.settle()
    told = len(town.told(town.lan))
    town.now += timedelta(hours=1)
    town.correct(old)
    town.tick(minutes=1)
    town.tick(minutes=62)
    assert len(town.told(town.lan)) == told
    town.settle()
    assert "đã tới 1 nhóm và người" in town.told(town.lan)[-1]


def test_what_never_leaves_is_given_up_on_and_said(town: Town) -> None:
    old = town.announce()
    town.settle()
    town.now += timedelta(hours=1)
    town.correct(old)
    town.tick(minutes=1)
    town.tick(days=3)
    assert "chưa tới được" in town.told(town.lan)[-1]


def test_an_edit_that_is_refused_hours_later_is_followed_by_the_short_one(town: Town) -> None:
    old = town.announce()
    town.settle()
    new = town.correct(old)
    town.tick(seconds=5)
    (edit,) = marked(town, f"correction:{new.id}:")
    town.tick(hours=2)
    deliveries.mark_dead(town.db, edit.id, "message can't be edited")
    town.settle()
    untouched, short = town.shown(town.chat2)
    assert WORDS in untouched
    assert RIGHT in short


def test_the_one_before_does_not_go_on_when_another_one_stands_for_it(town: Town) -> None:
    old = town.announce()
    town.settle()
    town.now += timedelta(hours=1)
    first = town.correct(old, "Lời sửa lần một (bịa)")
    town.correct(old, RIGHT)
    town.settle()
    town.settle(minutes=5)
    assert marked(town, f"correction:{first.id}:") == []
    assert all(RIGHT in each for each in town.shown(town.chat2))


def test_a_piece_at_a_time_over_all_corrections_and_extensions(town: Town) -> None:
    places = busy(town, 30)
    until = town.now + timedelta(hours=8)
    several = [
        town.announce(town.an, neighbourhoods=places, sort=Sort.EMERGENCY, expires_at=until,
                      words=f"Tin bịa {n}", template="storm_before")
        for n in range(2)
    ]  # fmt: skip
    for _ in range(4):
        town.settle(seconds=5)
    for each in several:
        extend(town.db, each.id, town.an, until + timedelta(hours=2), town.now)
    town.db.info["more"] = False
    spread_extensions(town.db, town.now)
    assert len(marked(town, "until:")) == 40
    assert town.db.info["more"]
    town.now += timedelta(hours=1)
    for each in several:
        town.correct(each, f"Lời đúng của {each.words}", person=town.an, kind=Kind.CANCELLED)
    town.db.info["more"] = False
    spread_corrections(town.db, town.now)
    assert len([r for r in marked(town, "correction:") if r.edits]) == 40
    assert town.db.info["more"]


@pytest.fixture
def posted(own_engine: Engine, now: datetime) -> tuple[int, int, int]:
    """The ids of an announcement and of two who may correct it."""
    with writer_engine(own_engine).begin() as db:
        speakers = Speakers(Precinct(db, now))
        old = speakers.announce()
        speakers.tick(seconds=5)
        return old.id, speakers.lan.id, speakers.an.id


def test_two_at_once_make_one_chain(
    own_engine: Engine, posted: tuple[int, int, int], now: datetime
) -> None:
    old, *people = posted
    begun, go = threading.Event(), threading.Event()
    at = now + timedelta(hours=1)

    def says(person: int, words: str) -> None:
        with writer_engine(own_engine).begin() as db:
            try:
                correct(db, get_person(db, person), Wanted(old, words), None, BOT, at,
                        Random(person).randrange)  # fmt: skip
            except Refused:
                return
            begun.set()
            go.wait(1)

    first = threading.Thread(target=says, args=(people[0], "Lời một (bịa)"))
    second = threading.Thread(target=says, args=(people[1], "Lời hai (bịa)"))
    first.start()
    begun.wait(10)
    second.start()
    first.join()
    go.set()
    second.join()
    with writer_engine(own_engine).begin() as db:
        assert len(list_following(db, old)) == 1
