"""What doctor says of backups: whether any are made, and how old the newest is."""

from datetime import datetime

from cli.backup import spoken_time
from cli.findings import Finding, State
from domain.backups import is_missing
from domain.notices import Text
from settings import Settings
from storage.backup_folder import newest_at


def check_backups(settings: Settings, now: datetime) -> Finding:
    """A warning at most: without one the bot does its work, until the disk fails."""
    if settings.backup_dir is None:
        return _warning("none_set")
    try:
        newest = newest_at(settings.backup_dir)
    except OSError:
        newest = None
    if newest is None:
        return _warning("none_made")
    words = Text("backup.doctor.newest", {"at": spoken_time(newest.isoformat())})
    if is_missing(newest, newest, now):
        return Finding("backup", State.WARN, words, Text("backup.doctor.old_do"))
    return Finding("backup", State.OK, words)


def _warning(what: str) -> Finding:
    words, advice = Text(f"backup.doctor.{what}"), Text(f"backup.doctor.{what}_do")
    return Finding("backup", State.WARN, words, advice)
