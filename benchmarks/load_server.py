"""A messenger that is as fast as it can be, with its own crowd: no limits, long polling with
offsets, every answer checked. `python -m benchmarks.load_server --script ours --people 50`.

Its first line is JSON with the address; the second comes as it begins to measure, `--warm-up`
seconds after the first answer, the third says what it saw in `--seconds` from there. With
`--marks` it says what it saw at each instead. SIGTERM ends it.
Apart from the sandbox on purpose: that one keeps and checks everything, this one only measures.
"""

import argparse
import asyncio
import json
import signal
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from benchmarks.crowd_of_steps import Crowd, Habits
from benchmarks.script import SCRIPTS

_HEAD_END = b"\r\n\r\n"
_TRUE = b'{"ok":true,"result":true}'


class Api(asyncio.Protocol):
    """One connection of a bot: HTTP/1.1 with keep-alive, as much of it as a bot's client uses."""

    def __init__(self, crowd: Crowd, latency: float) -> None:
        self._crowd = crowd
        self._latency = latency
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(_HEAD_END)) >= 0:
            head = self._buffer[:end].decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:])
            size = int(headers.get("content-length", "0"))
            if len(self._buffer) < end + 4 + size:
                return
            body = self._buffer[end + 4 : end + 4 + size]
            self._buffer = self._buffer[end + 4 + size :]
            method = head[0].split(" ")[1].rsplit("/", 1)[-1].split("?")[0]
            self._call(method, _read(headers.get("content-type", ""), body))

    def _call(self, method: str, query: dict[str, Any]) -> None:
        if method == "getUpdates":
            task = asyncio.ensure_future(self._poll(query))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            return
        answer = self._crowd.called(method, query)
        reply = _TRUE if answer is True else _wrap(answer)
        if self._latency:
            asyncio.get_running_loop().call_later(self._latency, self._reply, reply)
        else:
            self._reply(reply)

    async def _poll(self, query: dict[str, Any]) -> None:
        offset, timeout = int(query.get("offset") or 0), float(query.get("timeout") or 0)
        updates = await self._crowd.updates(offset, timeout, int(query.get("limit") or 100))
        self._reply(_wrap(updates))

    def _reply(self, body: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            size = len(body)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {size}"
            self._transport.write(head.encode() + _HEAD_END + body)


def _wrap(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _read(content_type: str, body: bytes) -> dict[str, Any]:
    if content_type.startswith("application/json"):
        found: dict[str, Any] = json.loads(body or b"{}")
        return found
    if content_type.startswith("multipart/"):
        return _multipart(content_type, body)
    return dict(parse_qsl(body.decode()))


def _multipart(content_type: str, body: bytes) -> dict[str, Any]:
    boundary = content_type.rsplit("boundary=", 1)[-1].strip('"').encode()
    found = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, value = part.partition(_HEAD_END)
        name = head.split(b'name="', 1)[-1].split(b'"', 1)[0]
        found[name.decode()] = value[:-2].decode()
    return found


async def serve(options: argparse.Namespace) -> None:
    """Until SIGTERM."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    habits = Habits(
        options.double, options.duplicate, options.stop_after, options.think, options.patience
    )
    crowd = Crowd(SCRIPTS[options.script], options.people, habits, options.crowd)
    server = await loop.create_server(lambda: Api(crowd, options.latency), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    _say({"url": f"http://127.0.0.1:{port}"})
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    # Also where nobody ends it, or no bot ever answers.
    loop.call_later(options.at_most, ended.set)
    tasks = [
        asyncio.ensure_future(crowd.watch()),
        asyncio.ensure_future(
            _marks(crowd, options) if options.marks else _measured(crowd, options)
        ),
    ]
    await ended.wait()
    for task in tasks:
        task.cancel()


async def _measured(crowd: Crowd, options: argparse.Namespace) -> None:
    """The figures of so many seconds, and the faults of all."""
    await crowd.begun.wait()
    first = time.time()
    await asyncio.sleep(options.warm_up)
    crowd.seen.since = began = time.monotonic()
    _say({"measures": True})
    busy = time.process_time()
    await asyncio.sleep(options.seconds)
    now = time.monotonic()
    figures = crowd.seen.figures(now)
    figures |= {"server_busy": (time.process_time() - busy) / (now - began), "first_at": first}
    await crowd.end(options.settle)
    if options.windows:
        Path(options.windows).write_text(json.dumps(_windows(crowd)), encoding="utf-8")
    _say(figures | crowd.seen.faults())


async def _marks(crowd: Crowd, options: argparse.Namespace) -> None:
    """A line whenever so many conversations have ended; everybody is still for some seconds
    around it, so that the bot can be looked at."""
    for mark in options.marks:
        crowd.hold_at = mark
        if crowd.begun.is_set():
            crowd.go_on()
        await crowd.held.wait()
        await asyncio.sleep(options.warm_up)
        _say(crowd.seen.faults())
        await asyncio.sleep(options.warm_up)


def _windows(crowd: Crowd) -> list[tuple[float, float]]:
    """From when to when (Unix time) each measured answer was owed."""
    to_unix, since = time.time() - time.monotonic(), crowd.seen.since or 0.0
    return [
        (at - took + to_unix, at + to_unix)
        for at, took in crowd.seen.answers
        if at - took >= since
    ]


def _say(values: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--script", choices=sorted(SCRIPTS), required=True)
    parser.add_argument("--people", type=int, default=50, help="how many at once")
    parser.add_argument("--crowd", type=int, default=1, help="which one at this database")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long it measures")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds for every call")
    parser.add_argument("--double", type=float, default=0.0, help="share of taps made twice")
    parser.add_argument("--duplicate", type=float, default=0.0, help="share of updates repeated")
    parser.add_argument("--stop-after", type=int, default=0, help="steps, then somebody else")
    parser.add_argument("--think", type=float, default=0.0, help="seconds between two steps")
    parser.add_argument("--patience", type=float, default=5.0, help="seconds; then it is dropped")
    parser.add_argument("--warm-up", type=float, default=1.0, help="seconds before it measures")
    parser.add_argument("--settle", type=float, default=0.0, help="seconds for the last answers")
    parser.add_argument("--at-most", type=float, default=600.0, help="seconds; then it ends")
    parser.add_argument("--marks", type=int, nargs="*", help="conversations, a line at each")
    parser.add_argument("--windows", help="file for the spans in which answers were owed")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
