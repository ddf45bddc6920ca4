"""The program's clock, moved from outside while it runs: libfaketime reads a file at every look
at the clock (Debian: `apt-get install faketime`). Spans stay true, as they do where a real
clock is set.
"""

from pathlib import Path
from typing import Final

from tests.journeys.morning import until_morning

_LIBRARY: Final = "libfaketimeMT.so.1"


def find_library() -> Path | None:
    """Where libfaketime is; None where it is not installed."""
    places = (
        *Path("/usr/lib").glob(f"*/faketime/{_LIBRARY}"),
        Path(f"/usr/lib/faketime/{_LIBRARY}"),
    )
    return next((place for place in places if place.exists()), None)


class WrongClock:
    """It is nine in the morning when the script begins, outside quiet hours; `wrong_by` moves
    that by seconds. Without the library the program has the real clock."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._base = until_morning().total_seconds()
        self.library = find_library()
        self.wrong_by(0)

    def wrong_by(self, seconds: float) -> None:
        """From now on the program's clock shows so much more than it should."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{self._base + seconds:+.0f}\n", encoding="utf-8")
        fresh.replace(self._file)

    @property
    def environment(self) -> dict[str, str]:
        """What the program is started with."""
        if self.library is None:
            return {}
        return {
            "LD_PRELOAD": str(self.library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # What waits for a span waits by the true clock already: "mended" once more, threads
            # wait for seconds too long, and the program does nearly nothing.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "NO_FAKE_STAT": "1",
        }
