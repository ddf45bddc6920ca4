"""The people of the load server: each goes through the script as fast as the bot answers, or as
they think, then somebody new takes the place, so that no limit of one person is ever met.
"""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.handing_out import Updates
from benchmarks.observed import Observed
from benchmarks.script import Step, typed
from benchmarks.wire import Person, buttons_of, pressed, said, taken

# The n-th crowd at one database begins so far on, so that it is of nobody who was there before.
APART: Final = 5_000_000
_MESSAGES: Final = ("sendMessage", "editMessageText", "sendContact", "sendPhoto")
_ME: Final = {
    "id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot",
    "can_join_groups": True, "can_read_all_group_messages": True,
}  # fmt: skip
_SEED: Final = 20261122


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares of presses made twice and of batches in which an update comes twice; after how many
    steps people leave (0: never); how many seconds they think (on average, from half to one and
    a half of it); after how many seconds an answer counts as none."""

    double: float = 0.0
    duplicate: float = 0.0
    stop_after: int = 0
    think: float = 0.0
    patience: float = 5.0


class Crowd:
    """So many people at once; `begun` with the first answer, `held` when all of them wait for
    `go_on`, which they do once so many conversations have ended as `hold_at` says."""

    def __init__(
        self, script: Sequence[Step], people: int, habits: Habits, crowd: int = 1
    ) -> None:
        self._script = script
        self._last = habits.stop_after or len(script)
        self._habits = habits
        self._random = random.Random(_SEED)
        self._first = crowd * APART
        self._ids = {"message": self._first, "person": self._first}
        self._updates = Updates(self._first, habits.duplicate, self._random)
        self._people: dict[int, Person] = {}
        self._gone: dict[int, bool] = {}
        self._coming, self._held = people, 0
        self._is_over = False
        self.begun, self.held, self._settled = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.hold_at: int | None = None
        self.seen = Observed()

    async def updates(self, offset: int, timeout: float, limit: int) -> list[dict[str, Any]]:
        """What was not confirmed, waiting for it as long as was asked for."""
        coming, self._coming = self._coming, 0
        self._let_in(coming)
        return await self._updates.after(offset, timeout, limit)

    def called(self, method: str, query: dict[str, Any]) -> Any:
        """What the messenger answers to a call; an answer to a person leads on to their next
        step."""
        if method == "getMe":
            return _ME
        if method not in _MESSAGES:
            return True
        self._ids["message"] += 1
        chat = int(query["chat_id"])
        if method == "sendMessage":
            self._told(chat, query)
        return taken(chat, self._ids["message"])

    async def watch(self) -> None:
        """Give up on answers that do not come."""
        while True:
            await asyncio.sleep(min(1.0, self._habits.patience / 2))
            now = time.monotonic()
            for person in list(self._people.values()):
                if person.asked is not None and person.asked < now - self._habits.patience:
                    self._give_up(person, now)

    async def end(self, settle: float) -> None:
        """Nobody goes on any more; what is still owed after `settle` seconds was dropped, unless
        that is 0: then nobody waits for it."""
        self._is_over = True
        if not settle or not self.seen.owed:
            return
        try:
            async with asyncio.timeout(settle):
                await self._settled.wait()
        except TimeoutError:
            for person in list(self._people.values()):
                if person.asked is not None:
                    self._give_up(person, time.monotonic())

    def go_on(self) -> None:
        """Those who were held begin anew."""
        self.held.clear()
        waiting, self._held = self._held, 0
        self._let_in(waiting)

    def _let_in(self, people: int) -> None:
        for _ in range(people):
            self._begin()

    def _begin(self) -> None:
        self._ids["person"] += 1
        number = self._ids["person"]
        person = self._people[number] = Person(number, number - self._first)
        self._think(person, arriving=True)

    def _think(self, person: Person, *, arriving: bool = False) -> None:
        """Whoever arrives may do so at any time of one span of thinking."""
        if not self._habits.think:
            self._act(person)
            return
        share = self._random.random() + (0.0 if arriving else 0.5)
        asyncio.get_running_loop().call_later(self._habits.think * share, self._act, person)

    def _leave(self, person: Person, *, served: bool) -> None:
        del self._people[person.id]
        self._gone[person.id] = served
        if self.hold_at is None or self.seen.conversations < self.hold_at:
            self._begin()
            return
        self._held += 1
        if not self._people:
            self.hold_at = None
            self.held.set()

    def _give_up(self, person: Person, now: float) -> None:
        self.seen.gave_up(now)
        self._leave(person, served=False)

    def _told(self, chat: int, query: dict[str, Any]) -> None:
        if person := self._people.get(chat):
            self._answered(person, query)
        elif chat in self._gone:
            # Nothing is owed to who has been served; the answer to who has not comes late, once.
            self.seen.twice += self._gone[chat]
            self.seen.late += not self._gone[chat]
            self._gone[chat] = True

    def _answered(self, person: Person, query: dict[str, Any]) -> None:
        if person.asked is None:
            self.seen.twice += 1
            return
        text, now = str(query.get("text", "")), time.monotonic()
        for answer in self._script[person.step].answers:
            if (wanted := typed(answer, person.number)) not in text:
                self.seen.wrong.append(f"{person.step}: {wanted!r} not in {text[:80]!r}")
                break
        self.seen.answered(now, person.asked)
        self.begun.set()
        if self._is_over and not self.seen.owed:
            self._settled.set()
        person.asked, person.message = None, self._ids["message"]
        person.buttons = buttons_of(query.get("reply_markup"))
        if person.step + 1 >= self._last:
            self.seen.conversations += 1
            self._leave(person, served=True)
        else:
            self._think(person)

    def _act(self, person: Person) -> None:
        if self._is_over:
            return
        person.step += 1
        person.asked = time.monotonic()
        self.seen.asked(person.asked)
        self._ids["message"] += 1
        number, step = self._ids["message"], self._script[person.step]
        if step.says:
            self._updates.put({"message": said(person, number, typed(step.says, person.number))})
            return
        twice = self._random.random() < self._habits.double
        for each in range(2 if twice else 1):
            self._updates.put({"callback_query": pressed(person, number + each, step.taps)})
            self._ids["message"] += each
