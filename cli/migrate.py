"""`migrate`: brings the database to the newest layout, in one transaction."""

from sqlalchemy.exc import SQLAlchemyError

from cli.database import opened
from cli.logs import set_up_logs
from cli.terminal import Terminal
from settings import Settings
from storage.keys import KeyFault
from storage.migrate import pending, upgrade


def bring_up_to_date(settings: Settings) -> int:
    """The exit code: 0 when the database is current, 1 when it could not be opened."""
    terminal = Terminal(settings.language)
    set_up_logs(settings.log, settings.secrets())
    try:
        with opened(settings) as engine:
            changed = pending(engine)
            if changed:
                upgrade(engine)
    except KeyFault:
        terminal.say("terminal.key_unusable", file=str(settings.key_file))
        return 1
    except SQLAlchemyError as fault:
        terminal.say("terminal.database_unusable", fault=type(fault).__name__)
        return 1
    terminal.say("terminal.migrated" if changed else "terminal.current")
    return 0
