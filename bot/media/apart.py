"""Cleaning in a process of its own: a file that was made to break the libraries which open it
breaks nothing else, finds no token and no key there, and can be stopped.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.media.cleaning import Clean, Uncleanable
from domain.notices import MediaKind

_ROOT: Final = Path(__file__).resolve().parent.parent.parent
_SECONDS: Final = 60.0
_AT_ONCE: Final = 1  # cleaning is the machine's hardest work, and never the most urgent


class Washroom:
    """`environment` is what the process gets: nothing of our settings may be in it."""

    def __init__(self, environment: Mapping[str, str], *, seconds: float = _SECONDS) -> None:
        self._environment = dict(environment)
        self._seconds = seconds
        self._place = asyncio.Semaphore(_AT_ONCE)

    async def clean(self, kind: MediaKind, content: bytes) -> Clean:
        """The cleaned copy. Raises Uncleanable, also for what takes too long or crashes the
        process, and OSError where no process can be started."""
        async with self._place:
            answer = await self._asked(kind, content)
        said, _, washed = answer.partition(b"\n")
        if not said:
            raise Uncleanable("it broke what opened it")
        found = json.loads(said)
        if "ending" not in found:
            raise Uncleanable(found["fault"])
        return Clean(kind, washed, found["ending"])

    async def _asked(self, kind: MediaKind, content: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.media", kind),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=_ROOT,
            env=self._environment,
        )
        try:
            async with asyncio.timeout(self._seconds):
                answer, _ = await process.communicate(content)
        except TimeoutError:
            raise Uncleanable("it took too long") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return answer if process.returncode == 0 else b""
