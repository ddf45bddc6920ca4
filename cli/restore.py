"""`restore`: puts a backup back into an empty place, never over data, and says what it found."""

from dataclasses import replace
from pathlib import Path

from cli.backup import explained, say_restored, spoken_time
from cli.backup_places import DATABASE, Places, backup_named, put_back
from cli.lock import Busy, only_one
from cli.logs import set_up_logs
from cli.owner_only import write_owner_only
from cli.run import LOCK
from cli.terminal import Terminal
from settings import Settings


def restore(settings: Settings, source: Path, into: Path | None, backup_key: Path | None) -> int:
    """The exit code: 0 when all of it is back and every check is good, else 1."""
    terminal = Terminal(settings.language)
    set_up_logs(settings.log, settings.secrets())
    backup = backup_named(source)
    if backup is None:
        terminal.say("backup.fault.none")
        return 1
    places = _places(settings, into, backup_key)
    try:
        with only_one(places.data_dir / LOCK):
            return explained(terminal, lambda: _put_back(terminal, places, backup))
    except Busy:
        terminal.say("terminal.running")
        return 1


def _places(settings: Settings, into: Path | None, backup_key: Path | None) -> Places:
    places = Places.of(settings, settings.data_dir, settings.backup_keep)
    if into is not None:
        url = f"sqlite:///{(into.absolute() / DATABASE).as_posix()}"
        places = replace(places, data_dir=into.absolute(), database_url=url)
    if backup_key is not None:
        places = replace(places, backup_key_file=backup_key.absolute())
    return places


def _put_back(terminal: Terminal, places: Places, backup: Path) -> int:
    restored = put_back(places, backup)
    say_restored(terminal, restored)
    if restored.keyring is not None and not places.key_file.exists():
        write_owner_only(places.key_file, restored.keyring.decode("ascii"))
        terminal.say("backup.key_written", file=str(places.key_file))
    terminal.say("backup.restored", at=spoken_time(restored.made_at))
    return 0
