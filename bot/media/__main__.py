"""`python -m bot.media <kind>`: cleans the one file on standard input, for apart.py, and ends.

Answers a line of JSON on standard output, and the cleaned bytes behind it.
"""

import contextlib
import json
import os
import sys

from bot.media.cleaning import Uncleanable, clean

MOST_MEMORY = 3 * 1024**3 // 2  # a file of a few kilobytes can ask for any amount


def _be_modest() -> None:
    """Where the system can: run behind everything else, and within bounds."""
    if hasattr(os, "nice"):
        os.nice(10)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _answer(kind: str, content: bytes) -> bytes:
    try:
        # The one who asks gives only what a `Media` can be.
        cleaned = clean(kind, content)  # type: ignore[arg-type]
    except Uncleanable as fault:
        return json.dumps({"fault": str(fault)}).encode() + b"\n"
    return json.dumps({"ending": cleaned.ending}).encode() + b"\n" + cleaned.content


if __name__ == "__main__":
    _be_modest()
    sys.stdout.buffer.write(_answer(sys.argv[1], sys.stdin.buffer.read()))
