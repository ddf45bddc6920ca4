"""How fast a bot may speak: one steady pace for the bot, its own pace for each chat.

Times are seconds of a monotonic clock that the caller hands in. No burst for the bot: a
steady 29 a second keeps 97 % of Telegram's 30 with no refusal, where bursts are refused.
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import time
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate` and `private_rate` are messages a second, `group_rate` messages in 60 seconds."""

    rate: float = 29.0
    private_rate: float = 1.0
    private_burst: int = 3
    group_rate: float = 20.0


TIMER_SECONDS = 0.002
CATCH_UP = 0.1  # seconds of a pause, as while the writer is busy, that are made up for
LEARNT = 150  # answers, about five seconds of a broadcast
WINDOW = 1.0  # seconds in which a messenger counts a bot's messages
PRIVATE_SLACK = 0.95  # a message may arrive a little sooner after its predecessor than it left
GROUP_WINDOW = 60.5  # seconds: the messenger's 60 and what a message may take to arrive


@dataclass(slots=True)
class RoundTrips:
    """How long a message and its answer take at the least, learnt from the last ones.

    A message arrives somewhere between its start and its answer, and for the next to be counted
    with it the way would have to be shorter for the one and longer for the other. While the ways
    are what they were, a round trip takes `shortest`; half of it is taken for certain: only a
    network that is suddenly more than twice as fast could break that, and the first quick answer
    ends it. Nothing is taken for certain before LEARNT answers.
    """

    _last: deque[float] = field(default_factory=deque)

    @property
    def certain(self) -> float:
        """Seconds by which a message that was answered arrived earlier, or the next arrives
        later."""
        return min(self._last) / 2 if len(self._last) >= LEARNT else 0.0

    def add(self, seconds: float) -> None:
        """A message was answered after so long."""
        self._last.append(seconds)
        if len(self._last) > LEARNT:
            self._last.popleft()


@dataclass(slots=True)
class BotPace:
    """The steady pace of one bot, and a bound that no delay on the way can break.

    Messages that leave evenly may still arrive in a bunch. A message arrives somewhere between
    its start and its answer, so it counts from its start until WINDOW after its answer, less
    what the round trips make certain; at most one more than `rate` ever count at once. Within
    that bound what is urgent need not leave evenly, and a pause of up to CATCH_UP is made up for.
    """

    pace: Pace
    _free_at: float = 0.0
    _in_flight: int = 0
    _answered: deque[float] = field(default_factory=deque)
    _held_until: float = 0.0
    _trips: RoundTrips = field(default_factory=RoundTrips)

    def delay(self, now: float, *, urgent: bool = False) -> float:
        """Seconds until the next message may leave; what is nearer than a timer can tell
        counts as now, and is made up for by the next."""
        steady = (self._held_until if urgent else max(self._free_at, self._held_until)) - now
        return max(steady if steady > TIMER_SECONDS else 0.0, self._crowded_for(now))

    def take(self, now: float, messages: int = 1) -> None:
        """`messages` leave now."""
        self._free_at = max(self._free_at, now - CATCH_UP) + messages / self.pace.rate
        self._in_flight += messages

    def answered(self, now: float, messages: int = 1, *, took: float | None = None) -> None:
        """The answer to `messages` is here, so that they arrived before; it `took` so many
        seconds."""
        self._in_flight -= messages
        self._answered.extend([now] * messages)
        if messages and took is not None:
            self._trips.add(took)

    def hold(self, now: float, seconds: float) -> None:
        """The messenger wants silence for `seconds`."""
        self._held_until = max(self._held_until, now + seconds)

    def _crowded_for(self, now: float) -> float:
        window = WINDOW - self._trips.certain
        while self._answered and self._answered[0] + window <= now:
            self._answered.popleft()
        surplus = self._in_flight + len(self._answered) - int(self.pace.rate)
        if surplus <= 0:
            return 0.0
        # With only unanswered ones in the way, an answer will wake us.
        known = surplus <= len(self._answered)
        return self._answered[surplus - 1] + window - now if known else window


@dataclass(slots=True)
class Trip:
    """One message on its way, from `started` until its answer."""

    pace: BotPace
    started: float
    messages: int
    _is_over: bool = False

    def answered(self) -> None:
        """The messenger answered, or never will; only the first time counts."""
        if not self._is_over:
            self._is_over = True
            now = time.monotonic()
            self.pace.answered(now, self.messages, took=now - self.started)


@dataclass(slots=True)
class PrivatePace:
    """A private chat: a burst, refilled steadily."""

    pace: Pace
    _tokens: float = 0.0
    _at: float = float("-inf")
    _held_until: float = 0.0

    def room(self, now: float) -> int:
        """How many messages may leave for this chat now."""
        return 0 if now < self._held_until else int(self._level(now))

    def delay(self, now: float) -> float:
        """Seconds until there is room for one more."""
        lacking = max(0.0, 1.0 - self._level(now)) / self._refill()
        return max(lacking, self._held_until - now)

    def take(self, now: float, messages: int = 1) -> None:
        """`messages` were answered for now, and so arrived before; more than the burst is paid
        off afterwards."""
        self._tokens, self._at = self._level(now) - messages, now

    def hold(self, now: float, seconds: float) -> None:
        """The messenger wants silence in this chat for `seconds`."""
        self._held_until = max(self._held_until, now + seconds)

    def is_whole(self, now: float) -> bool:
        """Whether nothing of it is used up, so that it need not be remembered."""
        return now >= self._held_until and self._level(now) >= self.pace.private_burst

    def _level(self, now: float) -> float:
        refilled = self._tokens + (now - self._at) * self._refill()
        return min(float(self.pace.private_burst), refilled)

    def _refill(self) -> float:
        return self.pace.private_rate * PRIVATE_SLACK


@dataclass(slots=True)
class GroupPace:
    """A group: so many messages in a sliding minute."""

    pace: Pace
    _sent: deque[float] = field(default_factory=deque)
    _held_until: float = 0.0

    def room(self, now: float) -> int:
        """How many messages may leave for this chat now."""
        while self._sent and self._sent[0] + GROUP_WINDOW <= now:
            self._sent.popleft()
        return 0 if now < self._held_until else max(0, self._most() - len(self._sent))

    def delay(self, now: float) -> float:
        """Seconds until there is room for one more."""
        if self.room(now) > 0:
            return 0.0
        most = self._most()
        opens = self._sent[-most] + GROUP_WINDOW if len(self._sent) >= most else now
        return max(opens, self._held_until) - now

    def take(self, now: float, messages: int = 1) -> None:
        """`messages` were answered for now, and so arrived before."""
        self._sent.extend([now] * messages)

    def hold(self, now: float, seconds: float) -> None:
        """The messenger wants silence in this chat for `seconds`."""
        self._held_until = max(self._held_until, now + seconds)

    def is_whole(self, now: float) -> bool:
        """Whether nothing of it is used up, so that it need not be remembered."""
        return self.room(now) == self._most()

    def _most(self) -> int:
        return max(1, int(self.pace.group_rate))


ChatPace = PrivatePace | GroupPace


def chat_pace(pace: Pace, *, private: bool) -> ChatPace:
    """The pace of one chat."""
    return PrivatePace(pace) if private else GroupPace(pace)
