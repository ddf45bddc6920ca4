"""What people see as it happens: open pages (WebSocket) and callers who wait for a message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sandbox.model import Chat, Person, Wire

MOST_UNREAD = 5_000


class Hub:
    """The watchers of each person; nobody watching costs nothing."""

    def __init__(self) -> None:
        self._watchers: dict[int, set[asyncio.Queue[Wire]]] = {}

    @contextmanager
    def watch(self, person_id: int) -> Iterator[asyncio.Queue[Wire]]:
        """A queue that receives this person's events; the oldest go when nobody reads it."""
        queue: asyncio.Queue[Wire] = asyncio.Queue(MOST_UNREAD)
        self._watchers.setdefault(person_id, set()).add(queue)
        try:
            yield queue
        finally:
            self._watchers[person_id].discard(queue)
            if not self._watchers[person_id]:
                del self._watchers[person_id]

    def tell(self, person_id: int, event: Wire) -> None:
        """Hand one event to one person's watchers."""
        for queue in self._watchers.get(person_id, ()):
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)

    def watching_in(self, chat: Chat) -> Iterable[int]:
        """The ids of people who watch and are in this chat."""
        if chat.person is not None:
            return (chat.person.id,) if chat.person.id in self._watchers else ()
        return [person_id for person_id in self._watchers if chat.has(person_id)]

    def tell_chat(
        self, chat: Chat, people: dict[int, Person], make: Callable[[Person], Wire]
    ) -> None:
        """Hand an event, made for each, to everyone who watches this chat."""
        for person_id in self.watching_in(chat):
            self.tell(person_id, make(people[person_id]))


def wake(chat: Chat) -> None:
    """Wake the callers who wait for something new in this chat."""
    waiters, chat.waiters = chat.waiters, set()
    for waiter in waiters:
        if not waiter.done():
            waiter.set_result(None)


async def something_new(chat: Chat, timeout: float) -> bool:
    """Wait up to `timeout` seconds for a message or an edit in this chat; False if none came."""
    waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    chat.waiters.add(waiter)
    try:
        async with asyncio.timeout(timeout):
            await waiter
    except TimeoutError:
        return False
    finally:
        chat.waiters.discard(waiter)
    return True
