"""The plan carried out, step by step, with everything noted that the judge must know; then
every fault is lifted, and what is owed has time to arrive.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Final

import psycopg

from tests.faults.plan import DELIVERIES, LONGEST_SLOW, Deed, Step
from tests.faults.record import Record
from tests.faults.scene import Scene
from tests.faults.witness import AGAIN, DUE, HELD, SPREADING, Witness, pause

STARTED_SECONDS: Final = 15.0
PACE: Final = 0.2  # seconds from one step to the next
AT_ONCE: Final = 5  # people who wait for an answer, and faults that last
FINISHED_SECONDS: Final = 90.0  # until a conversation that was begun must be at its end
AFTERNOON: Final = 5 * 3600  # seconds: past every quiet hour of a morning's run


class Script:
    """One run; `watch` hears of each step before it is done; `done` counts them, by kind."""

    def __init__(self, scene: Scene, watch: Callable[[Step], None] = lambda step: None) -> None:
        self._scene = scene
        self._watch = watch
        self._witness = Witness(scene)
        self._over = asyncio.Event()
        self._is_wanted = False
        # While nobody answers, few people go on at once, and so the script waits for them.
        self._room = asyncio.Semaphore(AT_ONCE)
        self.done: Counter[str] = Counter()

    async def play(self, plan: Sequence[Step]) -> None:
        """All steps. Raises an exception with the step's number where the script itself fails."""
        await self._start(waits=True)
        async with asyncio.TaskGroup() as tasks:
            for step in plan:
                self._watch(step)
                try:
                    await self._scene.program.look_after(expected=self._is_wanted)
                    await self._do(step, tasks)
                except Exception as fault:
                    fault.add_note(f"at step {step}")
                    raise
                await pause(PACE)
            self._over.set()

    async def settle(self) -> Record:
        """Lift every fault, wait until nothing is owed any more, and note all there is."""
        scene = self._scene
        await scene.town.api.delete("faults")
        scene.clock.wrong_by(0)
        self._is_wanted = True
        stuck = await self._finish()
        late = await self._witness.until_drained(DUE, SPREADING)
        # What was held over quiet hours, because the clock said noon, leaves in the afternoon.
        scene.clock.wrong_by(AFTERNOON)
        late = await self._witness.until_drained(DUE, SPREADING, HELD) or late
        record = await self._noted()
        # A tick that ran just then, five hours later than the last, may have owed something more.
        if any(row.state == "due" for row in record.rows):
            late = await self._witness.until_drained(DUE, SPREADING, HELD) or late
            record = await self._noted()
        record.late, record.stuck = late, stuck
        self.done += self._witness.struck()
        return record

    async def _noted(self) -> Record:
        for person in (*self._scene.residents, *self._scene.leaders):
            await person.read()
        return await self._witness.record()

    async def _finish(self) -> list[str]:
        """Everybody ends what they began; who could not."""
        people = (*self._scene.residents, *self._scene.leaders)
        for person in people:
            person.begins = False
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISHED_SECONDS):
                while waiting := [person for person in people if person.waits]:
                    await self._scene.program.look_after(expected=True)
                    await asyncio.gather(*(person.act(0) for person in waiting))
                    await pause(AGAIN)
        return [str(person) for person in people if person.waits]

    async def _do(self, step: Step, tasks: asyncio.TaskGroup) -> None:
        pick = step.pick
        deeds: dict[Deed, Callable[[], Awaitable[None]]] = {
            Deed.MESSENGER: lambda: self._strike(step),
            Deed.KILL: lambda: self._kill(step),
            # Now and then the next things happen while it is still starting.
            Deed.START: lambda: self._start(waits=bool(pick % 4)),
            Deed.CLOCK: lambda: self._jump(step.seconds),
            Deed.CUT_DATABASE: lambda: self._cut(step, kill=False),
            Deed.KILL_DATABASE: lambda: self._cut(step, kill=True),
            Deed.SETTLE: self._pause,
        }
        if deed := deeds.get(step.deed):
            await deed()
        else:
            await self._room.acquire()
            tasks.create_task(self._beside(step)).add_done_callback(self._leaves)
        self.done[step.deed.value] += 1

    async def _beside(self, step: Step) -> None:
        """What takes longer than a step."""
        try:
            await self._last(step)
        except Exception as fault:
            fault.add_note(f"at step {step}")
            raise

    async def _last(self, step: Step) -> None:
        """People, and faults that last."""
        scene, who, pick = self._scene, step.pick % 64, step.pick // 64
        match step.deed:
            case Deed.LOCK:
                await self._lock(step.seconds)
            case Deed.DISK:
                await self._fill(step.seconds)
            case Deed.RESIDENT:
                await scene.residents[who % len(scene.residents)].act(pick)
            case Deed.OFFICER:
                await scene.officers[who % len(scene.officers)].act(pick)
            case Deed.LEADER:
                await scene.leaders[who % len(scene.leaders)].act(pick)

    def _leaves(self, _: object) -> None:
        self._room.release()

    async def _strike(self, step: Step) -> None:
        fault: dict[str, Any] = {"kind": step.what, "times": step.times}
        if step.method is not None:
            fault["method"] = step.method
        if step.seconds:
            fault["seconds"] = step.seconds
        await self._scene.town.api.post("faults", **fault)
        if step.what in DELIVERIES:
            self.done[step.what] += 1

    async def _start(self, *, waits: bool) -> None:
        """`waits` until it asks for updates, or cannot for now."""
        polls = await self._witness.polls()
        self._is_wanted = True
        await self._scene.program.start()
        with suppress(TimeoutError):
            async with asyncio.timeout(STARTED_SECONDS if waits else 0):
                while await self._witness.polls() == polls:
                    await pause(AGAIN)

    async def _kill(self, step: Step) -> None:
        if who := await self._scene.program.kill(step.pick):
            self._is_wanted = self._scene.program.runs
            await self._witness.killed(step.number, who)

    async def _lock(self, seconds: float) -> None:
        release = await asyncio.to_thread(self._scene.database.lock)
        if release is not None:
            self.done["locked"] += 1
            await pause(seconds, self._over)
            with suppress(psycopg.Error):
                release()

    async def _fill(self, seconds: float) -> None:
        disk = self._scene.disk
        await self._until_done(disk.fill)
        self.done["full"] += 1
        await pause(seconds, self._over)
        await self._until_done(disk.clear)

    async def _jump(self, seconds: float) -> None:
        self._scene.clock.wrong_by(seconds)

    async def _cut(self, step: Step, *, kill: bool) -> None:
        with suppress(psycopg.Error):
            await asyncio.to_thread(self._scene.database.cut, step.pick, kill=kill)

    async def _pause(self) -> None:
        """As long as nothing is waited for, people have a look at something else."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_SLOW):
                await self._witness.until_nothing_is_due()

    async def _until_done(self, work: Callable[[], None]) -> None:
        while True:
            try:
                return await asyncio.to_thread(work)
            except psycopg.Error:
                await pause(AGAIN)
