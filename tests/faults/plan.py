"""The list of random steps. It depends on the seed and on what is possible here alone, so that
the same seed gives the same plan again.
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Deed(StrEnum):
    """What a step does. The first three are people, the last lets the dust settle."""

    RESIDENT = "resident"
    OFFICER = "officer"
    LEADER = "leader"
    MESSENGER = "messenger"
    KILL = "kill"
    START = "start"
    LOCK = "lock"
    DISK = "disk"
    CLOCK = "clock"
    CUT_DATABASE = "cut database"
    KILL_DATABASE = "kill database"
    SETTLE = "settle"


PEOPLE: Final = frozenset({Deed.RESIDENT, Deed.OFFICER, Deed.LEADER})

# Kinds of the sandbox, and how much of each.
STRIKES: Final = {
    "http_500": 3,
    "http_502_html": 3,
    "drop_before": 3,
    "drop_after": 3,
    "retry_after": 2,
    "slow": 3,
    "duplicate_update": 4,
    "reorder_updates": 4,
}
# Which calls are struck; None is every call.
METHODS: Final = (None, *("sendMessage",) * 4, *("editMessageText",) * 2, "getUpdates")
DELIVERIES: Final = frozenset({"duplicate_update", "reorder_updates"})
# Seconds by which the clock is wrong; 0 sets it right.
JUMPS: Final = (0, 0, -7200, -600, -45, 45, 1200, 10_800)
LONGEST_SLOW: Final = 3.0  # seconds
BUSY_TIMEOUT: Final = 5.0  # seconds that the program itself waits for a locked SQLite file
WEIGHTS: Final = {
    Deed.RESIDENT: 470,
    Deed.OFFICER: 170,
    Deed.LEADER: 40,
    Deed.MESSENGER: 140,
    Deed.KILL: 25,
    Deed.LOCK: 20,
    Deed.DISK: 20,
    Deed.CLOCK: 35,
    Deed.CUT_DATABASE: 20,
    Deed.KILL_DATABASE: 5,
    Deed.SETTLE: 40,
}


@dataclass(frozen=True, slots=True)
class Step:
    """`pick` chooses among what is there when the step is done (a person, a card, a process);
    `what` and `method` are of the messenger's fault, `times` how often it strikes; `seconds`
    how long something lasts, or by how many the clock is wrong."""

    number: int
    deed: Deed
    pick: int
    what: str = ""
    method: str | None = None
    times: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        parts = (self.what, self.method or "", f"x{self.times}" if self.times else "")
        last = f"{self.seconds:g} s" if self.seconds else ""
        return " ".join(part for part in (f"{self.number} {self.deed}", *parts, last) if part)


def make_plan(seed: int, steps: int, possible: Collection[Deed]) -> list[Step]:
    """So many steps; each kind of fault that is possible comes at least once where there is
    room for that."""
    chance = random.Random(seed)
    deeds = [deed for deed in WEIGHTS if deed in possible]
    drawn = chance.choices(deeds, [WEIGHTS[deed] for deed in deeds], k=steps)
    _include_all(chance, drawn, deeds)
    return list(_with_starts(chance, drawn))


def _include_all(chance: random.Random, drawn: list[Deed], deeds: Collection[Deed]) -> None:
    """A short plan would now and then do without some fault."""
    counted = Counter(drawn)
    for deed in deeds:
        places = [n for n, each in enumerate(drawn) if counted[each] > 1 and each in PEOPLE]
        if not counted[deed] and places:
            place = chance.choice(places)
            counted[drawn[place]] -= 1
            drawn[place] = deed
            counted[deed] = 1


def _with_starts(chance: random.Random, drawn: list[Deed]) -> Iterator[Step]:
    """After a kill the program stays down for a few steps, so that things happen meanwhile:
    the step in which it comes back takes the place of one of the people's."""
    starts_at: int | None = None
    for number, deed in enumerate(drawn, start=1):
        comes_back = starts_at is not None and number >= starts_at and deed in PEOPLE
        if comes_back:
            starts_at = None
        elif deed is Deed.KILL and starts_at is None:
            starts_at = number + chance.randint(1, 5)
        yield _step(chance, number, Deed.START if comes_back else deed)


def _step(chance: random.Random, number: int, deed: Deed) -> Step:
    pick = chance.randrange(2**30)
    details: dict[Deed, Callable[[], Step]] = {
        Deed.MESSENGER: lambda: _strike(chance, number, pick),
        Deed.LOCK: lambda: _lasting(chance, number, deed, pick, BUSY_TIMEOUT + 2.0),
        Deed.DISK: lambda: _lasting(chance, number, deed, pick, 4.0),
        Deed.CLOCK: lambda: Step(number, deed, pick, seconds=chance.choice(JUMPS)),
    }
    return details.get(deed, lambda: Step(number, deed, pick))()


def _strike(chance: random.Random, number: int, pick: int) -> Step:
    kind = chance.choices(list(STRIKES), list(STRIKES.values()))[0]
    method = None if kind in DELIVERIES else chance.choice(METHODS)
    seconds = {"slow": chance.uniform(0.3, LONGEST_SLOW), "retry_after": 1.0}.get(kind, 0.0)
    # While nothing can be asked for, nothing else can be tried.
    times = chance.randint(1, 2 if seconds or method == "getUpdates" else 4)
    return Step(number, Deed.MESSENGER, pick, kind, method, times, round(seconds, 1))


def _lasting(chance: random.Random, number: int, deed: Deed, pick: int, most: float) -> Step:
    return Step(number, deed, pick, seconds=round(chance.uniform(0.5, most), 1))
