"""Emergencies in the middle of broadcasts: `python -m benchmarks.broadcast [--json]`.

Messenger, bot and people are three processes; the messenger enforces its limits and takes its
time for each call. In each broadcast residents file reports of fires one after the other. An
emergency is timed from its row's instant (which is before its commit) until the messenger has
taken the duty chat's card. The broadcast's share of what is allowed is all accepted messages
from its first to its last, over 30 a second. Prints a table, or one JSON object.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Engine

from actions.handling import acknowledge
from benchmarks.crowd import TOO_MANY
from benchmarks.many_groups import OUTBOX, WORDS, Scene, plan, scene
from cli.demo_ward import BOT_NAME, WARD_CODE
from domain.incidents import State
from domain.notices import Lane
from storage import announcements, incidents
from storage.announcement_tables import Post
from storage.engine import writer_engine
from storage.people import find_known
from storage.rows import table
from storage.tables import Address

ALLOWED_A_SECOND: Final = 30
FIRE: Final = ("/baotin", "cháy nhà ở đầu ngõ, khói mù mịt")
AGREES: Final = "1"
OK: Final = 200
PATIENCE: Final = 300.0
MOST: Final = 100
# A duty chat takes twenty messages a minute.
MINUTE: Final = 61.0
POST = table(Post)
ADDRESS = table(Address)
IS_CARD = OUTBOX.c.once.like("%:card:%") & (OUTBOX.c.lane == int(Lane.EMERGENCY))


async def broadcast(staged: Scene, number: int, emergencies: int) -> dict[str, Any]:
    """One, with so many emergencies in the middle; its figures."""
    people = [await _reaches_the_end(staged, n) for n in range(emergencies)]
    before = len(await _calls(staged))
    key = plan(staged, number)
    await _until(lambda: _left(staged, key) > 0)
    pause = 0.8 * len(staged.places) / ALLOWED_A_SECOND / max(1, emergencies)
    for person in people:
        await asyncio.sleep(pause)
        await staged.crowd.step(person, AGREES)
    await _until(lambda: _left(staged, key) >= len(staged.places))
    await _until(lambda: all(row.state != "due" for row in _rows(staged.engine, IS_CARD)))
    return _figures(staged, key, (await _calls(staged))[before:], people)


def _take_what_came(staged: Scene) -> None:
    """As somebody on duty would: whoever leaves fires lying is reminded of each, within the same
    twenty messages a minute in which the next ones must come."""
    now = datetime.now(UTC)
    with writer_engine(staged.engine).begin() as db:
        known = find_known(db, BOT_NAME, str(staged.stage.cast["officer"]))
        officer = next(each.person for each in known.values() if each.person)
        for incident in incidents.list_open(db, WARD_CODE, MOST):
            if incident.state == State.NEW:
                acknowledge(db, incident.id, officer, now)


async def _reaches_the_end(staged: Scene, number: int) -> int:
    """Somebody new who has answered everything but whether to send it."""
    person = await staged.client.add_person(f"Cư dân bịa {number}", "Cư dân")
    await staged.crowd.start(person)
    for words in FIRE:
        await staged.crowd.step(person, words)
    return person


def _figures(
    staged: Scene, key: int, calls: list[dict[str, Any]], people: list[int]
) -> dict[str, Any]:
    taken = {place: call["at"] for call in calls if (place := _place(call))}
    copies = _rows(staged.engine, POST.c.occurrence_id == _occurrence(staged, key))
    since = min(row.created_at for row in copies)
    cards = [row for row in _rows(staged.engine, IS_CARD) if row.created_at >= since]
    waits = [taken[row.chat, row.message_id] - row.created_at.timestamp() for row in cards]
    times = [taken[row.chat, row.message_id] for row in copies if row.message_id]
    first, last = min(times), max(times)
    accepted = sum(first <= at <= last for at in taken.values())
    groups = {row.chat for row in copies}
    places = [place[0] for call in calls if _is_post(call) and (place := _place(call))]
    doubled = sum(place in groups for place in places) - len(copies)
    return {
        "chats": len(copies),
        "lost": len(staged.places) - len(times) + len(people) - len(cards),
        "doubled": doubled,
        "refused": sum(call["status"] == TOO_MANY for call in calls),
        "seconds": round(last - first, 2),
        "accepted": accepted,
        "share": round((accepted - 1) / (ALLOWED_A_SECOND * (last - first)), 4),
        "after_the_last": sum(taken[row.chat, row.message_id] > last for row in cards),
        "waits_ms": [round(wait * 1000, 1) for wait in waits],
    }


def _rows(engine: Engine, wanted: ColumnElement[bool]) -> list[Any]:
    """Outbox rows with their chats, and the posts that they are copies of, if so."""
    statement = (
        select(OUTBOX.c.message_id, OUTBOX.c.created_at, OUTBOX.c.state, ADDRESS.c.chat)
        .join(ADDRESS, ADDRESS.c.id == OUTBOX.c.address_id)
        .join(POST, POST.c.outbox_id == OUTBOX.c.id, isouter=True)
        .where(wanted)
    )
    with engine.connect() as db:
        return list(db.execute(statement))


def _occurrence(staged: Scene, key: int) -> int:
    with staged.engine.connect() as db:
        return announcements.list_occurrences(db, key)[0].id


def _left(staged: Scene, key: int) -> int:
    """How many copies the messenger has taken; cheap, since it is asked again and again."""
    taken = (
        select(func.count())
        .select_from(POST)
        .join(OUTBOX, OUTBOX.c.id == POST.c.outbox_id)
        .where(POST.c.occurrence_id == _occurrence(staged, key), OUTBOX.c.state == "sent")
    )
    with staged.engine.connect() as db:
        return int(db.execute(taken).scalar_one())


def _place(call: dict[str, Any]) -> tuple[str, str] | None:
    """The chat and the message that a call put there; None for every other call."""
    if call["status"] != OK or not call["method"].lower().startswith("send"):
        return None
    message = call["answer"]["result"]
    is_message = isinstance(message, dict) and "message_id" in message
    return (str(message["chat"]["id"]), str(message["message_id"])) if is_message else None


def _is_post(call: dict[str, Any]) -> bool:
    return WORDS in str(call["params"].get("text", ""))


async def _calls(staged: Scene) -> list[dict[str, Any]]:
    url, query = f"{staged.crowd.url}/sandbox/sent", {"bot": str(staged.stage.bot)}
    async with staged.crowd.session.get(url, params=query) as answer:
        calls: list[dict[str, Any]] = (await answer.json())["calls"]
        return calls


async def _until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("the broadcast does not come to an end")
        await asyncio.sleep(0.25)


async def measure(chats: int, broadcasts: int, emergencies: int, latency: int) -> dict[str, Any]:
    """Run them one after the other; the figures of each and of all."""
    with tempfile.TemporaryDirectory() as name:
        async with scene(Path(name), chats, latency) as staged:
            several = []
            for number in range(broadcasts):
                began = time.monotonic()
                several.append(await broadcast(staged, number, emergencies))
                _take_what_came(staged)
                if number + 1 < broadcasts:
                    await asyncio.sleep(max(0.0, MINUTE - (time.monotonic() - began)))
    waits = sorted(wait for each in several for wait in each["waits_ms"])
    hundredths = statistics.quantiles(waits, n=100, method="inclusive")
    return {
        "chats": chats,
        "latency_ms": latency,
        "emergencies": len(waits),
        "p50_ms": round(hundredths[49], 1),
        "p99_ms": round(hundredths[98], 1),
        "max_ms": waits[-1],
        "share": min(each["share"] for each in several),
        "refused": sum(each["refused"] for each in several),
        "lost": sum(each["lost"] for each in several),
        "doubled": sum(each["doubled"] for each in several),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "broadcasts": several,
    }


def show(figures: dict[str, Any]) -> None:
    """A table of the broadcasts, and below it what holds for all."""
    columns = ("seconds", "accepted", "share", "refused", "lost", "doubled")
    table_of = Table("#", *columns, "p50 ms", "max ms")
    for number, each in enumerate(figures["broadcasts"], start=1):
        waits = each["waits_ms"]
        table_of.add_row(
            str(number),
            *(str(each[name]) for name in columns),
            f"{statistics.median(waits):.0f}",
            f"{max(waits):.0f}",
        )
    console = Console()
    console.print(table_of)
    console.print({name: value for name, value in figures.items() if name != "broadcasts"})


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=600)
    parser.add_argument("--broadcasts", type=int, default=9)
    parser.add_argument(
        "--emergencies", type=int, default=12, help="in each broadcast, at most 15"
    )
    parser.add_argument("--latency", type=int, default=50, help="ms that each API call takes")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args()
    figures = asyncio.run(
        measure(options.chats, options.broadcasts, options.emergencies, options.latency)
    )
    if options.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        show(figures)


if __name__ == "__main__":
    main()
