"""When the weekly item comes, and which: rounds, days, seasons, campaigns."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.law_rotation import Past, Running, choose, slot_after, slot_at_or_before
from domain.wall_clock import wall_of

FRIDAY = date(2026, 11, 27)
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Item:
    id: str
    pack: str = "fire"
    audience: tuple[str, ...] = ("all",)
    occasions: tuple[str, ...] = ()


def told(items: list[Item], weeks: int, running: tuple[Running, ...] = ()) -> list[Past]:
    """What a neighbourhood gets week after week."""
    past: list[Past] = []
    for week in range(weeks):
        on = FRIDAY + week * WEEK
        key = choose(items, past, on, running)
        assert key is not None
        past.append(Past(key, on))
    return past


def test_the_slot_is_friday_at_a_quarter_to_six() -> None:
    monday = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert wall_of(slot_after(monday)).isoformat() == "2026-11-27T17:45:00+07:00"
    assert wall_of(slot_at_or_before(monday)).isoformat() == "2026-11-20T17:45:00+07:00"


@given(
    at=st.integers(0, 5 * 366 * 24 * 60).map(lambda n: EPOCH + timedelta(minutes=n)),
    weekday=st.integers(0, 6),
    minute=st.integers(0, 1439),
)
def test_slots_are_a_week_apart_whatever_the_instant(
    at: datetime, weekday: int, minute: int
) -> None:
    before, after = slot_at_or_before(at, weekday, minute), slot_after(at, weekday, minute)
    assert before <= at < after
    assert after - before == WEEK
    assert wall_of(after).weekday() == weekday
    assert slot_at_or_before(before, weekday, minute) == before
    assert slot_after(before, weekday, minute) == after


def test_nothing_is_chosen_from_nothing() -> None:
    assert choose([], [], FRIDAY) is None
    assert choose([Item("a", audience=("drivers",))], [], FRIDAY) is None
    assert choose([Item("a")], [Past("a", FRIDAY - WEEK)], FRIDAY) == "a"


def test_none_twice_before_all_and_neighbours_are_about_different_things() -> None:
    items = [Item("a1", "a"), Item("a2", "a"), Item("b1", "b"), Item("b2", "b")]
    past = [each.item for each in told(items, 12)]
    for start in range(0, 12, 4):
        assert sorted(past[start : start + 4]) == ["a1", "a2", "b1", "b2"]
    assert past[:4] == ["a1", "b1", "a2", "b2"]
    assert all(one != other for one, other in pairwise(past))


def test_a_day_gets_its_item_in_its_week_although_that_waited_long() -> None:
    items = [Item("day", occasions=("02-02",)), *(Item(f"x{n}") for n in range(15))]
    past = told(items, 16)
    (found,) = [each.on for each in past if each.item == "day"]
    assert found <= date(2027, 2, 2) < found + WEEK


def test_an_item_whose_day_is_beyond_the_round_does_not_hold_it_up() -> None:
    items = [Item("day", occasions=("10-04",)), Item("x"), Item("y")]
    assert {each.item for each in told(items, 3)} == {"day", "x", "y"}


def test_where_only_kept_ones_are_left_the_latest_goes_first() -> None:
    items = [Item("soon", occasions=("12-12",)), Item("late", occasions=("12-17",)), Item("x")]
    past = [each.item for each in told(items, 3)]
    assert past == ["x", "late", "soon"]


def test_a_season_comes_before_any_other_but_not_before_a_day() -> None:
    items = [Item("any"), Item("month", occasions=("month:11",))]
    day = Item("day", occasions=("12-01",))
    assert choose([*items, day], [], FRIDAY) == "day"
    assert choose(items, [], FRIDAY) == "month"


def test_a_campaign_comes_first_and_brings_each_once_even_again() -> None:
    items = [Item("day", occasions=("11-28",)), Item("c1"), Item("c2"), Item("x")]
    before = [Past("c1", FRIDAY - 2 * WEEK)]
    campaign = (Running(("c1", "c2", "gone"), FRIDAY),)
    past = list(before)
    for week in range(3):
        on = FRIDAY + week * WEEK
        past.append(Past(choose(items, past, on, campaign) or "", on))
    assert [each.item for each in past[1:3]] == ["c2", "c1"]
    assert past[3].item in {"day", "x"}


def test_a_newly_approved_item_comes_but_is_not_repeated() -> None:
    old = [Item("a"), Item("b"), Item("c")]
    past = told(old, 7)
    now = FRIDAY + 7 * WEEK
    items = [*old, Item("new")]
    assert choose(items, past, now) == "new"
    assert choose(items, [*past, Past("new", now)], now + WEEK) != "new"
