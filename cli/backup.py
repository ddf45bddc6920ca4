"""`backup`: one sealed file of everything that is kept, while the bot runs; and the rehearsal that
shows that the newest one can be put back.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.wording import ZONE
from cli.backup_places import Made, Places, make_backup, rehearse
from cli.logs import set_up_logs
from cli.owner_only import close_to_others
from cli.terminal import Terminal
from domain.notices import Text
from settings import Settings
from storage.health import database_exists
from storage.keys import KeyFault
from storage.restoring import Check, NewerLayout, NotEmpty, Restored, Unsound
from storage.sealed_stream import Damaged

MEGABYTE = 1024 * 1024
# In the order in which they are said.
CHECKS = ("tables", "file", "media", "key")


def back_up(
    settings: Settings,
    to: Path | None,
    clock: Callable[[], datetime],
    *,
    keep: int | None,
    with_key: bool,
    rehearsing: bool,
) -> int:
    """The exit code: 0 when it is made (or the rehearsal found it sound), 1 where not, 2 where no
    folder is named."""
    terminal = Terminal(settings.language)
    set_up_logs(settings.log, settings.secrets())
    folder = to or settings.backup_dir
    if folder is None:
        terminal.say("backup.no_folder")
        return 2
    places = Places.of(settings, folder, keep or settings.backup_keep)
    if rehearsing:
        return explained(terminal, lambda: _rehearse(terminal, places))
    if not database_exists(settings.database_url):
        terminal.say("backup.no_database")
        return 1
    return explained(terminal, lambda: _make(terminal, places, clock(), with_key=with_key))


def explained(terminal: Terminal, deed: Callable[[], int]) -> int:
    """The deed's exit code; or 1, having said what stood in its way."""
    try:
        return deed()
    except (Unsound, Damaged, NotEmpty, NewerLayout, KeyFault, LookupError) as fault:
        say_checks(terminal, fault.checks if isinstance(fault, Unsound) else ())
        terminal.say(f"backup.fault.{key_of(fault)}")
    except (SQLAlchemyError, OSError) as fault:
        terminal.say("backup.fault.failed", fault=type(fault).__name__)
    return 1


def key_of(fault: Exception) -> str:
    """The catalogue's name for what went wrong; never its words, which may quote a value."""
    names = {
        Unsound: "unsound",
        Damaged: "damaged",
        NotEmpty: "not_empty",
        NewerLayout: "newer",
        KeyFault: "key",
        LookupError: "none",
    }
    return next((name for sort, name in names.items() if isinstance(fault, sort)), "failed")


def say_checks(terminal: Terminal, checks: tuple[Check, ...]) -> None:
    """A line for each thing that was looked at."""
    for check in checks:
        what = Text(f"backup.check.{check.name}")
        said = "backup.check.fault" if check.fault else "backup.check.ok"
        terminal.say(said, what=what, fault=check.fault)


def spoken_time(at: str) -> str:
    """An ISO instant as people here read it."""
    return datetime.fromisoformat(at).astimezone(ZONE).strftime("%H:%M %d/%m/%Y")


def _make(terminal: Terminal, places: Places, now: datetime, *, with_key: bool) -> int:
    made = make_backup(places, now, with_key=with_key)
    _say_made(terminal, places, made)
    if with_key:
        terminal.say("backup.with_key")
    return 0


def _say_made(terminal: Terminal, places: Places, made: Made) -> None:
    size = made.file.stat().st_size / MEGABYTE
    terminal.say(
        "backup.made",
        file=str(made.file),
        rows=made.manifest.rows,
        files=len(made.manifest.media),
        megabytes=f"{size:.1f}",
    )
    if made.manifest.absent:
        terminal.say("backup.absent", number=made.manifest.absent)
    if made.new_key:
        close_to_others(places.backup_key_file)
        terminal.say("backup.new_key", file=str(places.backup_key_file))


def _rehearse(terminal: Terminal, places: Places) -> int:
    restored = rehearse(places)
    say_restored(terminal, restored)
    terminal.say("backup.rehearsed", at=spoken_time(restored.made_at))
    return 0


def say_restored(terminal: Terminal, restored: Restored) -> None:
    """What was looked at, and how much it is."""
    say_checks(terminal, restored.checks)
    manifest = restored.manifest
    terminal.say("backup.holds", rows=manifest.rows, files=len(manifest.media))
