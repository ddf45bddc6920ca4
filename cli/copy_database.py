"""`copy-database`: everything from one database into an empty one, SQLite or PostgreSQL, compared
row for row before it counts. The bot is stopped meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from cli.lock import Busy, only_one
from cli.logs import set_up_logs
from cli.run import LOCK
from cli.terminal import Terminal
from settings import Settings
from storage.copying import CannotCopy, Differs, copy_database
from storage.engine import open_engine
from storage.health import database_exists
from storage.keys import new_keyring


def copy(settings: Settings, source: str, target: str) -> int:
    """The exit code: 0 when all is there and equal, 1 where not, 2 for an address that is none.
    Nothing is unsealed on the way, so no key is needed."""
    terminal = Terminal(settings.language)
    set_up_logs(settings.log, (*settings.secrets(), source, target))
    try:
        with only_one(settings.data_dir / LOCK):
            return _copy(terminal, source, target)
    except Busy:
        terminal.say("terminal.running")
    except CannotCopy as fault:
        terminal.say(f"backup.copy.{fault.why}")
    except Differs as fault:
        terminal.say("backup.copy.differs", tables=", ".join(fault.tables))
    except ArgumentError:
        terminal.say("backup.copy.address")
        return 2
    except SQLAlchemyError as fault:
        terminal.say("backup.copy.failed", fault=type(fault).__name__)
    return 1


def _copy(terminal: Terminal, source: str, target: str) -> int:
    if not database_exists(source):
        raise CannotCopy("no_layout")
    with _opened(source) as ours, _opened(target) as theirs:
        copied = copy_database(ours, theirs)
    terminal.say("backup.copy.done", tables=copied.tables, rows=copied.rows)
    return 0


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url, new_keyring())
    try:
        yield engine
    finally:
        engine.dispose()
