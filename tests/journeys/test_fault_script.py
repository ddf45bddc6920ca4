"""A short seed of the fault script (docs/faults.md) on each kind of database: everything breaks,
and nothing that was confirmed is lost or doubled. The long seeds are run by hand.
"""

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.clock import find_library
from tests.faults.run import run

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="processes are killed and clocks moved as on Linux",
)
STEPS = 40


def check_that_much_went_wrong(figures: dict[str, Any]) -> None:
    """Otherwise the verdict means nothing."""
    assert sum(figures["killed"].values()) > 0
    assert figures["done"]["locked"] > 0
    assert figures["done"]["full"] > 0
    assert figures["reports_confirmed"] > 0
    assert figures["sent_again"] <= figures["may_be_sent_again"]


def test_the_clock_can_be_moved_here() -> None:
    if find_library() is None:
        pytest.skip("libfaketime is not installed")


async def test_on_sqlite(tmp_path: Path) -> None:
    figures, findings = await run(tmp_path, seed=5, steps=STEPS, residents=3)
    assert findings == []
    check_that_much_went_wrong(figures)


async def test_on_postgresql_with_two_workers(tmp_path: Path) -> None:
    figures, findings = await run(
        tmp_path, seed=5, steps=STEPS, residents=3, postgresql=True, workers=2
    )
    assert findings == []
    check_that_much_went_wrong(figures)
