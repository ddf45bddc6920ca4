"""`outbox`: what is owed, what was given up and why, and the way to send that once more. Nobody's
words, names or addresses are shown. It may run beside `run`, which looks for rows of another
process every five seconds.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import typer
from cryptography.exceptions import InvalidTag
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.letters import resend
from cli.database import opened
from cli.outbox_faces import Faces
from cli.terminal import Terminal
from domain.errors import Refused
from settings import Settings
from storage import letters
from storage.engine import writer_engine
from storage.keys import KeyFault

_PAGE = 200
_NOT_DEAD = "terminal.outbox.left.not_dead"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for: one letter explained, one or all sent again (`sure`: whatever the
    doubts), else the list with `number` dead letters at most."""

    explain: int | None = None
    resend: int | None = None
    resend_all: bool = False
    sure: bool = False
    number: int = 50
    as_json: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether at most one thing was asked for."""
        return sum((self.explain is not None, self.resend is not None, self.resend_all)) <= 1


@dataclass(frozen=True, slots=True)
class Resent:
    """What came of sending again: the ids that are owed anew, and why others are not."""

    owed: tuple[int, ...] = ()
    left: tuple[tuple[int, Refused], ...] = ()


def show_outbox(settings: Settings, clock: Callable[[], datetime], wishes: Wishes) -> int:
    """The exit code: 1 where the database could not be read, or nothing was done of what was
    asked; 2 where two things were asked for at once."""
    terminal = Terminal(settings.language)
    if not wishes.is_clear:
        terminal.say("terminal.outbox.one_thing")
        return 2
    try:
        with opened(settings) as engine:
            return _Answer(engine, terminal, wishes, clock()).give()
    except (KeyFault, InvalidTag):
        terminal.say("terminal.key_unusable", file=str(settings.key_file))
    except SQLAlchemyError as fault:
        terminal.say("terminal.database_unusable", fault=type(fault).__name__)
    return 1


class _Answer:
    """To one call of the command."""

    def __init__(self, engine: Engine, terminal: Terminal, wishes: Wishes, now: datetime) -> None:
        self._engine = engine
        self._terminal = terminal
        self._wishes = wishes
        self._now = now
        self._faces = Faces(terminal, now)

    def give(self) -> int:
        """Do what was asked; the exit code."""
        wishes = self._wishes
        if wishes.resend is not None:
            return self._send_again([wishes.resend])
        if wishes.resend_all:
            return self._send_again(self._dead())
        with self._engine.connect() as db:
            return self._list(db) if wishes.explain is None else self._explain(db, wishes.explain)

    def _list(self, db: Connection) -> int:
        counts, oldest = letters.count_by_lane(db), letters.list_oldest(db)
        dead = letters.list_dead(db, 0, self._wishes.number)
        if self._wishes.as_json:
            self._print(self._faces.as_plain(db, counts, oldest, dead))
        else:
            for line in self._faces.lines(db, counts, oldest, dead):
                typer.echo(line, err=True)
        return 0

    def _explain(self, db: Connection, key: int) -> int:
        letter = letters.find_letter(db, key)
        if letter is None:
            self._terminal.say("terminal.outbox.unknown", number=key)
            return 1
        if self._wishes.as_json:
            self._print(self._faces.plain(db, letter))
        else:
            for line in self._faces.explained(db, letter):
                typer.echo(line, err=True)
        return 0

    def _dead(self) -> Iterable[int]:
        """Those that are dead now, the oldest first; what dies meanwhile is for the next call."""
        after, found = 0, list[int]()
        with self._engine.connect() as db:
            while page := letters.list_dead(db, after, _PAGE):
                found += [letter.id for letter in page]
                after = page[-1].id
        return found

    def _send_again(self, keys: Iterable[int]) -> int:
        """Each in a transaction of its own: the bot beside us waits for none of them long."""
        owed, left = list[int](), list[tuple[int, Refused]]()
        for key in keys:
            try:
                with writer_engine(self._engine).begin() as db:
                    resend(db, key, self._now, sure=self._wishes.sure)
                owed.append(key)
            except Refused as refused:
                # Of all of them one may have come back with the message that it changes.
                if not (self._wishes.resend_all and refused.code == _NOT_DEAD):
                    left.append((key, refused))
            except LookupError:
                left.append((key, Refused("terminal.outbox.unknown", number=key)))
        self._tell(Resent(tuple(owed), tuple(left)))
        return 1 if left and not owed else 0

    def _tell(self, resent: Resent) -> None:
        if self._wishes.as_json:
            reasons = [{"id": key, "why": refused.code} for key, refused in resent.left]
            self._print({"resent": list(resent.owed), "left": reasons})
            return
        for key, refused in resent.left:
            words = self._terminal.spoken(refused.text)
            self._terminal.say("terminal.outbox.not_resent", number=key, why=words)
        self._say_owed(resent.owed, bool(resent.left))

    def _say_owed(self, owed: Sequence[int], any_left: bool) -> None:
        if owed:
            self._terminal.say("terminal.outbox.resent", number=len(owed))
        elif not any_left:
            self._terminal.say("terminal.outbox.no_dead")

    def _print(self, value: Any) -> None:
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
