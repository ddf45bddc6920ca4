"""A plan depends on its seed alone, and leaves out nothing that is possible."""

import pytest

from tests.faults.plan import LONGEST_SLOW, PEOPLE, STRIKES, Deed, make_plan

ALL = list(Deed)


def test_the_same_seed_gives_the_same_plan_and_another_one_another() -> None:
    assert make_plan(7, 300, ALL) == make_plan(7, 300, ALL)
    assert make_plan(7, 300, ALL) != make_plan(8, 300, ALL)


@pytest.mark.parametrize("seed", range(20))
def test_a_short_plan_has_every_fault_that_is_possible(seed: int) -> None:
    plan = make_plan(seed, 60, ALL)
    assert [step.number for step in plan] == list(range(1, 61))
    assert {step.deed for step in plan} >= set(Deed) - PEOPLE - {Deed.START}
    possible = [deed for deed in ALL if deed is not Deed.CLOCK]
    assert Deed.CLOCK not in {step.deed for step in make_plan(seed, 60, possible)}


def test_a_long_plan_strikes_in_every_way() -> None:
    plan = make_plan(1, 2000, ALL)
    assert {step.what for step in plan if step.deed is Deed.MESSENGER} == set(STRIKES)
    kills = [step for step in plan if step.deed is Deed.KILL]
    starts = [step for step in plan if step.deed is Deed.START]
    assert 30 < len(kills) < 80
    assert len(starts) > len(kills) // 2
    assert max(step.seconds for step in plan if step.what == "slow") <= LONGEST_SLOW


def test_a_step_can_be_read() -> None:
    plan = make_plan(1, 2000, ALL)
    step = next(each for each in plan if each.what == "slow")
    assert str(step).startswith(f"{step.number} messenger slow")
