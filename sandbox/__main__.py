"""`python -m sandbox`: prints one JSON line with the address, then serves until it is ended."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from sandbox.server import serve


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="sandbox", description="A messenger on loopback.")
    parser.add_argument("--port", type=int, default=8080, help="0 picks a free one")
    parser.add_argument("--host", default="127.0.0.1")
    return parser.parse_args(arguments)


async def run(port: int, host: str) -> None:
    """Serve until SIGTERM, SIGINT or Ctrl-C."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            # loop.add_signal_handler does not exist on Windows; this works everywhere.
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))
    async with serve(port, host) as served:
        sys.stdout.write(json.dumps({"url": served.url}) + "\n")
        sys.stdout.flush()
        while not ended.is_set():
            # Windows wakes the loop for a signal only when something else does: look each second.
            try:
                await asyncio.wait_for(ended.wait(), 1.0)
            except TimeoutError:
                continue


if __name__ == "__main__":
    arguments = options()
    asyncio.run(run(arguments.port, arguments.host))
