"""Backups while the bot runs: one every night and a rehearsal every week, each in a process of its
own; what came of them is told to the administrators.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from actions.backup_news import tell_administrators
from cli.backup_places import Places
from domain.backups import TRIED_AGAIN, is_backup_due, is_missing, is_rehearsal_due
from domain.notices import Text
from domain.wall_clock import day_of, wall_of
from storage.backup_folder import newest_at
from storage.writer import Writer

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 60.0
MOST_SECONDS: Final = 6 * 3600.0
REHEARSED: Final = "rehearsed.json"  # in the folder of the backups: when, and with what result
_ROOT: Final = Path(__file__).resolve().parent.parent


class Nightly:
    """`hour` is on the wall in Quảng Ninh; `environment` is what the child process gets: it has
    none of our settings."""

    def __init__(
        self,
        writer: Writer,
        clock: Callable[[], datetime],
        places: Places,
        hour: int,
        environment: Mapping[str, str],
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._places = places
        self._hour = hour
        self._environment = dict(environment)
        self._since = clock()
        self._tried_at: datetime | None = None

    async def keep(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except (OSError, SQLAlchemyError, ValueError):
                log.exception("the nightly backup could not be looked after")
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Do what is due now. Raises OSError, SQLAlchemyError, ValueError."""
        now, newest = self._clock(), newest_at(self._places.folder)
        if is_backup_due(newest, now, self._hour) and self._may_try(now):
            await self._back_up(now)
        newest = newest_at(self._places.folder)
        rehearsed_at, succeeded = self._rehearsed()
        if newest and is_rehearsal_due(rehearsed_at, now, succeeded=succeeded):
            await self._rehearse(now)
        if is_missing(newest, self._since, now):
            await self._tell(Text("backup.news.missing"), "missing", now)

    def _may_try(self, now: datetime) -> bool:
        return self._tried_at is None or now - self._tried_at >= TRIED_AGAIN

    async def _back_up(self, now: datetime) -> None:
        self._tried_at = now
        said = await self._ask("backup", now)
        if fault := said["fault"]:
            log.error("the nightly backup failed: %s", fault)
            text = Text("backup.news.failed", {"why": Text(f"backup.fault.{fault}")})
            await self._tell(text, "failed", now)
            return
        log.info("a backup was made", extra={"rows": said["rows"]})
        if said["new_key"]:
            await self._tell(Text("backup.news.new_key"), "new_key", now)

    async def _rehearse(self, now: datetime) -> None:
        said = await self._ask("rehearse", now)
        fault = said["fault"]
        if fault:
            log.error("the rehearsal failed: %s", fault)
            text = Text("backup.news.unusable", {"why": Text(f"backup.fault.{fault}")})
        else:
            made = wall_of(datetime.fromisoformat(said["made_at"]))
            at = made.strftime("%H:%M %d/%m/%Y")
            text = Text("backup.news.usable", {"at": at, "rows": said["rows"]})
        await self._tell(text, "rehearsed", now)
        kept = json.dumps({"at": now.isoformat(), "succeeded": not fault})
        (self._places.folder / REHEARSED).write_text(kept, encoding="utf-8")

    def _rehearsed(self) -> tuple[datetime | None, bool]:
        """When it was last tried; a note that cannot be read is none."""
        try:
            said = json.loads((self._places.folder / REHEARSED).read_text(encoding="utf-8"))
            return datetime.fromisoformat(said["at"]), bool(said["succeeded"])
        except (OSError, ValueError, KeyError, TypeError):
            return None, False

    async def _tell(self, text: Text, what: str, now: datetime) -> None:
        """Once a day."""
        once = f"backup:{what}:{day_of(now)}"
        await self._writer.run(partial(tell_administrators, text=text, once=once, now=now))

    async def _ask(self, deed: str, now: datetime) -> dict[str, Any]:
        """A process that breaks or takes too long has failed, like any other."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli.nightly_apart"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=_ROOT,
            env={**self._environment, "PYTHONUTF8": "1"},
        )
        asked = {"deed": deed, "now": now.isoformat(), "places": self._places.dumped()}
        try:
            async with asyncio.timeout(MOST_SECONDS):
                said, _ = await process.communicate(json.dumps(asked).encode() + b"\n")
        except TimeoutError:
            said = b""
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        answer: dict[str, Any] = json.loads(said) if process.returncode == 0 and said else {}
        return answer or {"fault": "failed"}
