"""The people of the load server: each goes through the script as fast as the bot answers, then
somebody new takes the place, so that no limit of one person is ever met.
"""

import asyncio
import json
import random
import statistics
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from benchmarks.script import PLACE, WORDS, Step

FIRST_PERSON: Final = 5_000_000
# An answer that takes longer counts as none.
PATIENCE: Final = 5.0
_MESSAGES: Final = ("sendMessage", "editMessageText", "sendContact", "sendPhoto")
_SEED: Final = 20261122


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares of presses made twice and of updates delivered twice; after how many steps people
    leave (0: never), and how long they think (seconds)."""

    double: float = 0.0
    duplicate: float = 0.0
    stop_after: int = 0
    think: float = 0.0


@dataclass(slots=True)
class Person:
    """`asked` is when the last step was made (monotonic seconds), None while nothing is owed."""

    id: int
    number: int
    step: int = -1
    asked: float | None = None
    buttons: list[str] = field(default_factory=list)
    message: int = 0


class Crowd:
    """So many people at once; `begun` with the first answer."""

    def __init__(self, script: Sequence[Step], people: int, habits: Habits) -> None:
        self._script = script
        self._habits = habits
        self._random = random.Random(_SEED)
        self._pending: deque[dict[str, Any]] = deque()
        self._awaited = asyncio.Event()
        self.begun = asyncio.Event()
        self._ids = {"update": 0, "message": 0, "person": FIRST_PERSON}
        self._people: dict[int, Person] = {}
        self._waiting = people
        self._answers: list[tuple[float, float]] = []
        self._wrong: list[str] = []
        self._dropped = self._twice = self._finished = 0

    async def updates(self, offset: int, timeout: float, limit: int) -> list[dict[str, Any]]:
        """What was not confirmed, waiting for it as long as was asked for."""
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        for _ in range(self._waiting):
            self._begin()
        self._waiting = 0
        until = time.monotonic() + timeout
        while not self._pending and (left := until - time.monotonic()) > 0:
            self._awaited.clear()
            try:
                async with asyncio.timeout(left):
                    await self._awaited.wait()
            except TimeoutError:
                break
        found = list(self._pending)[:limit]
        again = self._random.random() < self._habits.duplicate
        return [*found, *found[-1:]] if again and found else found

    def called(self, method: str, query: dict[str, Any]) -> Any:
        """What the messenger answers to a call; an answer to a person leads on to their next
        step."""
        if method == "getMe":
            me = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
            return {**me, "can_join_groups": True, "can_read_all_group_messages": True}
        if method not in _MESSAGES:
            return True
        self._ids["message"] += 1
        chat = int(query["chat_id"])
        if method == "sendMessage" and (person := self._people.get(chat)):
            self._answered(person, query)
        return {
            "message_id": self._ids["message"],
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Cư dân bịa"},
            "text": "…",
        }

    async def watch(self) -> None:
        """Give up on answers that do not come."""
        while True:
            await asyncio.sleep(1.0)
            late = time.monotonic() - PATIENCE
            for person in list(self._people.values()):
                if person.asked is not None and person.asked < late:
                    self._dropped += 1
                    self._leave(person)

    def figures(self) -> dict[str, Any]:
        """What was seen since a second after the first answer."""
        if len(self._answers) < 3:
            return {"steps": 0, "wrong": len(self._wrong), "examples": self._wrong[:3]}
        begin, end = self._answers[0][0] + 1.0, self._answers[-1][0]
        measured = [(at, took) for at, took in self._answers if at >= begin]
        took = sorted(each for _, each in measured)
        gaps = [b[0] - a[0] for a, b in pairwise(measured)]
        hundredths = statistics.quantiles(took, n=100)
        return {
            "steps": len(measured),
            "steps_per_second": len(measured) / max(end - begin, 0.001),
            "p50_ms": hundredths[49] * 1000,
            "p95_ms": hundredths[94] * 1000,
            "p99_ms": hundredths[98] * 1000,
            "max_ms": took[-1] * 1000,
            "max_pause_ms": max(gaps, default=0.0) * 1000,
            "conversations": self._finished,
            "dropped": self._dropped,
            "wrong": len(self._wrong),
            "twice": self._twice,
            "examples": self._wrong[:3],
        }

    def _begin(self) -> None:
        self._ids["person"] += 1
        number = self._ids["person"]
        person = self._people[number] = Person(number, number - FIRST_PERSON)
        self._act(person)

    def _leave(self, person: Person) -> None:
        del self._people[person.id]
        self._begin()

    def _answered(self, person: Person, query: dict[str, Any]) -> None:
        if person.asked is None:
            self._twice += 1
            return
        now = time.monotonic()
        self.begun.set()
        step, said = self._script[person.step], str(query.get("text", ""))
        wanted = self._typed(step.answer, person)
        if wanted not in said:
            self._wrong.append(f"{person.step}: {wanted!r} not in {said[:80]!r}")
        self._answers.append((now, now - person.asked))
        person.asked, person.message = None, self._ids["message"]
        person.buttons = _buttons(query.get("reply_markup"))
        last = self._habits.stop_after or len(self._script)
        if person.step + 1 >= last:
            self._finished += 1
            self._leave(person)
        elif self._habits.think:
            asyncio.get_running_loop().call_later(self._habits.think, self._act, person)
        else:
            self._act(person)

    def _act(self, person: Person) -> None:
        person.step += 1
        person.asked = time.monotonic()
        step = self._script[person.step]
        if step.says:
            self._put({"message": self._message(person, self._typed(step.says, person))})
            return
        twice = self._random.random() < self._habits.double
        for _ in range(2 if twice else 1):
            self._put({"callback_query": self._press(person, step)})

    def _put(self, update: dict[str, Any]) -> None:
        self._ids["update"] += 1
        self._pending.append({"update_id": self._ids["update"], **update})
        self._awaited.set()

    def _typed(self, words: str, person: Person) -> str:
        typed = {"words": WORDS, "place": PLACE}
        for name, text in typed.items():
            words = words.replace(f"{{{name}}}", text)
        return words.replace("{number}", str(person.number))

    def _message(self, person: Person, text: str) -> dict[str, Any]:
        self._ids["message"] += 1
        commands = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return {
            "message_id": self._ids["message"],
            "date": int(time.time()),
            "chat": {"id": person.id, "type": "private", "first_name": "Cư dân bịa"},
            "from": _from(person),
            "text": text,
            **({"entities": commands} if text.startswith("/") else {}),
        }

    def _press(self, person: Person, step: Step) -> dict[str, Any]:
        self._ids["update"] += 0
        data = person.buttons[step.taps] if step.taps < len(person.buttons) else "none"
        message = {**self._message(person, "…"), "message_id": person.message}
        return {
            "id": str(self._ids["message"]),
            "from": _from(person),
            "chat_instance": "1",
            "message": message,
            "data": data,
        }


def _from(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "is_bot": False,
        "first_name": f"Cư dân bịa {person.number}",
        "language_code": "vi",
    }


def _buttons(markup: Any) -> list[str]:
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows = (markup or {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]
