"""How the outbox looks at the terminal, in words and as JSON: kinds of chats, times, reasons, and
what to do; nobody's words, names or addresses.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from actions.letters import doubts_of, require_resend
from cli.letter_reasons import reason_of, said
from cli.terminal import Terminal
from domain.errors import Refused
from domain.notices import Lane, Moment, Param
from storage.letters import Count, Letter

# Whoever reads these in a group does not read the same advice in a private chat.
_BY_CHAT = frozenset({"passed_over", "gone"})
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class Faces:
    """In the language of `terminal`, at the instant `now`."""

    def __init__(self, terminal: Terminal, now: datetime) -> None:
        self._terminal = terminal
        self._now = now

    def lines(
        self,
        db: Connection,
        counts: Sequence[Count],
        oldest: Sequence[Letter],
        dead: Sequence[Letter],
    ) -> Iterator[str]:
        """The list: counts, the oldest that wait, and what was given up."""
        yield self._say("heading" if counts else "empty")
        for count in counts:
            lane, state = self._lane(count.lane), self._say(f"state.{count.state}")
            yield self._say("count", lane=lane, state=state, number=count.number)
            if count.unsure:
                yield self._say("count_unsure", number=count.unsure)
        for letter in oldest:
            params = {**self._params(letter), "lane": self._lane(letter.lane)}
            yield self._say("oldest", **params, reason=self._reason(letter))
        if not dead:
            yield self._say("no_dead")
            return
        yield self._say("dead_heading")
        for letter in dead:
            yield self._say("dead", **self._params(letter), reason=self._reason(letter))
            yield f"      → {self._to_do(db, letter)}"
        shown, whole = len(dead), sum(c.number for c in counts if c.state == "dead")
        if whole > shown:
            yield self._say("more_dead", number=whole - shown)

    def explained(self, db: Connection, letter: Letter) -> Iterator[str]:
        """Everything about one row that is nobody's words."""
        yield self._say("dead", **self._params(letter), reason=self._reason(letter))
        state, lane = self._say(f"state.{letter.state}"), self._lane(letter.lane)
        yield self._say("explain.row", bot=letter.bot, lane=lane, state=state)
        yield self._say(f"explain.sort.{_sort(letter)}")
        if letter.unreachable_at is not None:
            yield self._say("explain.unreachable", at=Moment(letter.unreachable_at))
        if answer := said(letter):
            yield self._say("explain.said", words=answer)
        if letter.is_unsure:
            yield self._say("explain.unsure")
        yield f"→ {self._to_do(db, letter)}"

    def as_plain(
        self,
        db: Connection,
        counts: Sequence[Count],
        oldest: Sequence[Letter],
        dead: Sequence[Letter],
    ) -> dict[str, Any]:
        """The list for scripts."""
        counted = [
            {"lane": _name(c.lane), "state": c.state, "number": c.number, "unsure": c.unsure}
            for c in counts
        ]
        waiting = [
            {
                "lane": _name(each.lane),
                "id": each.id,
                "at": each.created_at.isoformat(),
                "seconds": self._age(each),
            }
            for each in oldest
        ]
        return {
            "counts": counted,
            "oldest": waiting,
            "dead": [self.plain(db, each) for each in dead],
        }

    def plain(self, db: Connection, letter: Letter) -> dict[str, Any]:
        """One row for scripts."""
        return {
            "id": letter.id,
            "bot": letter.bot,
            "lane": _name(letter.lane),
            "state": letter.state,
            "chat": _chat(letter),
            "sort": _sort(letter),
            "at": letter.created_at.isoformat(),
            "tries": letter.attempts,
            "reason": reason_of(letter),
            "said": said(letter) or None,
            "unsure": letter.is_unsure,
            "unreachable": letter.unreachable_at is not None,
            "doubts": [doubt.value for doubt in doubts_of(letter, self._now)],
            "refused": _refusal(db, letter),
            "message": self._reason(letter),
            "advice": self._to_do(db, letter),
        }

    def _params(self, letter: Letter) -> dict[str, Param]:
        return {
            "id": letter.id,
            "chat": self._say(f"chat.{_chat(letter)}"),
            "at": Moment(letter.created_at),
            "age": self._spoken_age(letter),
            "tries": letter.attempts,
        }

    def _reason(self, letter: Letter) -> str:
        return self._say(f"reason.{reason_of(letter)}")

    def _to_do(self, db: Connection, letter: Letter) -> str:
        """Why it cannot be sent again; else what to mend, and how to send it then."""
        if letter.state != "dead":
            return self._say("do.nothing")
        if refusal := _refusal(db, letter):
            return self._terminal.words(f"terminal.outbox.left.{refusal}")
        reason = reason_of(letter)
        where = ".private" if letter.private else ".group"
        mend = self._say(f"do.{reason}{where if reason in _BY_CHAT else ''}", id=letter.id)
        doubts = doubts_of(letter, self._now)
        first = [self._terminal.words(f"terminal.outbox.doubt.{doubt}") for doubt in doubts]
        return " ".join((mend, *first))

    def _lane(self, lane: int) -> str:
        return self._say(f"lane.{_name(lane)}")

    def _age(self, letter: Letter) -> int:
        return max(0, int((self._now - letter.created_at).total_seconds()))

    def _spoken_age(self, letter: Letter) -> str:
        seconds = self._age(letter)
        if seconds < _MINUTE:
            return self._say("age.seconds", number=seconds)
        if seconds < _HOUR:
            return self._say("age.minutes", number=seconds // _MINUTE)
        if seconds < _DAY:
            return self._say("age.hours", number=seconds // _HOUR)
        return self._say("age.days", number=seconds // _DAY)

    def _say(self, key: str, **params: Param) -> str:
        return self._terminal.words(f"terminal.outbox.{key}", **params)


def _name(lane: int) -> str:
    return Lane(lane).name.casefold()


def _chat(letter: Letter) -> str:
    """The kind of chat: private, or what a group serves now."""
    return "private" if letter.private else letter.purpose or "group"


def _sort(letter: Letter) -> str:
    if letter.deletes:
        return "deletion"
    if letter.edits is not None:
        return "edit"
    return "message" if letter.answers is None else "answer"


def _refusal(db: Connection, letter: Letter) -> str | None:
    """Why it must not be sent again (`terminal.outbox.left.…`)."""
    try:
        require_resend(db, letter)
    except Refused as refused:
        return refused.code.rpartition(".")[2]
    return None
