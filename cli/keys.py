"""`rotate-key`: a fresh key for what is written from now on, and all that stands sealed anew.

The bot must be stopped meanwhile, since it holds the old ring in memory. Old keys stay on the
ring: key 1 makes the marks by which addresses are found, and backups are sealed with them.
"""

from sqlalchemy.exc import SQLAlchemyError

from bot.media.cellar import MEDIA_FOLDER, Cellar
from cli.database import opened
from cli.lock import Busy, only_one
from cli.logs import set_up_logs
from cli.run import LOCK
from cli.terminal import Terminal
from settings import Settings
from storage.keys import KeyFault, read_keyring, write_keyring
from storage.resealing import reseal_everything
from storage.role_holders import list_processes


def _require_nobody(settings: Settings) -> None:
    """On PostgreSQL also no process of another machine. Raises Busy."""
    with opened(settings) as engine, engine.connect() as db:
        if list_processes(db):
            raise Busy(settings.key_file.name)


def rotate(settings: Settings) -> int:
    """The exit code; interrupted, it is simply called again and goes on."""
    terminal = Terminal(settings.language)
    set_up_logs(settings.log, settings.secrets())
    try:
        with only_one(settings.data_dir / LOCK):
            _require_nobody(settings)
            ring = read_keyring(settings.key_file).rotated()
            write_keyring(settings.key_file, ring)
            with opened(settings) as engine:
                count = reseal_everything(engine, ring)
            count += Cellar(settings.data_dir / MEDIA_FOLDER, ring).reseal()
    except Busy:
        terminal.say("terminal.running")
        return 1
    except KeyFault:
        terminal.say("terminal.key_unusable", file=str(settings.key_file))
        return 1
    except SQLAlchemyError as fault:
        terminal.say("terminal.database_unusable", fault=type(fault).__name__)
        return 1
    terminal.say("terminal.rotated", number=ring.newest, values=count)
    return 0
