"""Files that are made ready to leave beside everything else: words never wait for them, and what
is on its way up to the messenger leaves room for words.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Final

from bot.channels.base import Misconfigured, SendError, Throttled
from bot.delivery.gathering import Parcel, is_void
from bot.delivery.settling import Settling
from bot.media.sharing import Sharing
from domain.errors import wordless
from storage.owed import Due

log = logging.getLogger(__name__)

AT_ONCE: Final = 4  # messages whose files are fetched and cleaned
# Files that may be on their way up at once. An upload takes long, and all the while it counts
# against what the bot may send in a second.
UPLOADS: Final = 10
LONGEST_SECONDS: Final = 60.0
UNFORESEEN_SECONDS: Final = 15.0


class Preparing:
    """Of one bot. `wake` is called when a message became ready."""

    def __init__(
        self, bot: str, sharing: Sharing, settling: Settling, wake: Callable[[], None]
    ) -> None:
        self._bot = bot
        self._sharing = sharing
        self._settling = settling
        self._wake = wake
        self._places = asyncio.Semaphore(AT_ONCE)
        self._rows: set[int] = set()
        self._files: set[str] = set()
        self._aside: set[int] = set()
        self._uploads = 0

    @property
    def unready(self) -> Collection[int]:
        """Rows that need not be looked at before something here changes."""
        return self._rows | self._aside

    def ready(self, tasks: asyncio.TaskGroup, rows: Iterable[Due]) -> list[Due]:
        """Those of these that could leave now; of the others the files are made ready. Of two
        with the same file the second waits: what one uploads, the other need not."""
        if not self._uploads and not self._rows:
            self._aside.clear()
        found: list[Due] = []
        claimed, uploads = set(self._files), self._uploads
        for row in rows:
            if not row.notice.media or is_void(row):
                found.append(row)
                continue
            count = self._sharing.uploads(row)
            if claimed & _files(row) or (uploads and uploads + count > UPLOADS):
                self._aside.add(row.id)
                continue
            claimed |= _files(row)
            uploads += count
            if self._sharing.is_ready(self._bot, row):
                found.append(row)
            else:
                self._begin(tasks, row)
        return found

    def start(self, parcel: Parcel) -> int:
        """It leaves now; how many files of it are uploaded."""
        count = self._sharing.uploads(parcel[0])
        if count:
            self._uploads += count
            self._files |= _files(parcel[0])
        return count

    def finish(self, parcel: Parcel, count: int) -> None:
        """It arrived or failed; `count` is what `start` gave."""
        if count:
            self._uploads -= count
            self._release(parcel[0])

    def _begin(self, tasks: asyncio.TaskGroup, row: Due) -> None:
        self._rows.add(row.id)
        self._files |= _files(row)
        tasks.create_task(self._prepare(row))

    async def _prepare(self, due: Due) -> None:
        try:
            async with self._places:
                await self._sharing.prepare(self._bot, due)
        except SendError as fault:
            log.warning("not ready yet: %s", fault, extra={"row": due.id})
            await self._postpone(due, type(fault).__name__, _seconds(due, fault))
        except OSError as fault:
            log.error("not ready yet: %s", type(fault).__name__, extra={"row": due.id})
            await self._postpone(due, type(fault).__name__, UNFORESEEN_SECONDS)
        except Exception as fault:
            log.error(
                "a file could not be made ready", exc_info=wordless(fault), extra={"row": due.id}
            )
            await self._postpone(due, type(fault).__name__, UNFORESEEN_SECONDS)
        finally:
            self._rows.discard(due.id)
            self._release(due)
            self._wake()

    async def _postpone(self, due: Due, fault: str, seconds: float) -> None:
        await self._settling.failed(due, fault, timedelta(seconds=seconds))

    def _release(self, due: Due) -> None:
        self._files -= _files(due)
        self._aside.clear()


def _files(due: Due) -> set[str]:
    return {media.file for media in due.notice.media}


def _seconds(due: Due, fault: SendError) -> float:
    """Until the next try."""
    match fault:
        case Throttled():
            return fault.retry_after.total_seconds()
        case Misconfigured():
            return LONGEST_SECONDS
    return min(LONGEST_SECONDS, 0.5 * 2.0 ** min(due.attempts, 10))
