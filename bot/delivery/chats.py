"""What each chat can take now: its pace, what is in flight for it, and when it must rest."""

from typing import Final

from bot.delivery.pace import ChatPace, Pace, chat_pace
from domain.notices import Lane
from storage.owed import Closed, Due

RESERVE: Final = 10  # messages of a group's minute that calm notices leave to urgent ones
# Room for this many, and nothing need be gathered: a poll is two messages.
COMFORT: Final = RESERVE + 2


class Chats:
    """All chats of one bot by address id. Times are seconds of a monotonic clock."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._paces: dict[int, ChatPace] = {}
        self._rest_until: dict[int, float] = {}
        self._calm_until: dict[int, float] = {}
        self._gathered_at: dict[int, float] = {}
        self.in_flight: set[int] = set()

    def pace_of(self, address_id: int, *, private: bool) -> ChatPace:
        """The pace of this chat, made on first use."""
        if address_id not in self._paces:
            self._paces[address_id] = chat_pace(self._pace, private=private)
        return self._paces[address_id]

    def rest(self, address_id: int, until: float, lane: Lane | None = None) -> None:
        """Nothing leaves for this chat before `until`, so that order holds over a retry; where
        it is a calmer `lane` than an emergency that rests, emergencies still leave."""
        resting = self._rest_until if lane in {None, Lane.EMERGENCY} else self._calm_until
        resting[address_id] = until

    def closed(self, now: float, *, in_flight: bool = True) -> Closed:
        """What may not leave now; with what is `in_flight`, or but for that."""
        self._rest_until = {key: at for key, at in self._rest_until.items() if at > now}
        self._calm_until = {key: at for key, at in self._calm_until.items() if at > now}
        busy = set(self._rest_until) | (self.in_flight if in_flight else set())
        full = self._full(now)
        crowded = {key for key, pace in self._paces.items() if pace.room(now) < COMFORT}
        return Closed(busy, set(self._calm_until), full, crowded=crowded)

    def _full(self, now: float) -> set[int]:
        """Addresses whose pace has no room now; paces that are whole again are forgotten."""
        delays = {key: pace.delay(now) for key, pace in self._paces.items()}
        idle = [key for key, pace in self._paces.items() if pace.is_whole(now)]
        for key in idle:
            del self._paces[key]
        return {key for key, delay in delays.items() if delay > 0}

    def next_change(self, now: float) -> float | None:
        """Seconds until the first resting or full chat can take something again."""
        waits = [at - now for at in (*self._rest_until.values(), *self._calm_until.values())]
        waits += [delay for pace in self._paces.values() if (delay := pace.delay(now)) > 0]
        return min(waits, default=None)

    def has_room(self, due: Due, messages: int, reserve: int, now: float) -> bool:
        """Whether this many messages may leave for the chat of `due` now, with at least
        `reserve` of a group's minute left over. More than all of it is let through when the
        minute is unused, and paid off afterwards."""
        room = self.pace_of(due.address_id, private=due.private).room(now)
        if due.private:
            return room >= 1
        whole = int(self._pace.group_rate)
        return room >= min(messages + min(reserve, whole // 2), whole)

    def may_gather(self, address_id: int, pause: float, now: float) -> bool:
        """Whether the last gathered message of this chat is long enough ago."""
        return now - self._gathered_at.get(address_id, float("-inf")) >= pause

    def gathered(self, address_id: int, now: float) -> None:
        """A gathered message leaves now."""
        self._gathered_at[address_id] = now
