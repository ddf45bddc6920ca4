"""The whole program, watched from outside, with a backup of its own."""

import asyncio
import dataclasses
import socket

import aiohttp

from storage.backup_folder import list_backups
from tests.journeys.town import Town
from tests.messenger import PATIENCE


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


async def test_what_it_sends_is_counted_and_its_first_backup_is_tried_out(town: Town) -> None:
    port, folder = free_port(), town.settings.data_dir / "safe"
    settings = town.settings.model_copy(update={"metrics_port": port, "backup_dir": folder})
    async with (
        dataclasses.replace(town, settings=settings).bot(),
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as outside,
    ):
        await town.start("resident", "administrator")
        await town.administrator.sees("đã được thử khôi phục và dùng được")
        async with outside.get("/healthz") as answer:
            assert (answer.status, await answer.json()) == (200, {"status": "ok", "faults": {}})
        page = ""
        # The first look comes seconds after the start.
        async with asyncio.timeout(PATIENCE):
            while "tuquan_tick_last_success_timestamp_seconds{" not in page:
                async with outside.get("/metrics") as answer:
                    page = await answer.text()
    assert len(list_backups(folder)) == 1
    figures = dict(
        line.rsplit(" ", 1) for line in page.split("\n") if line and not line.startswith("#")
    )
    assert float(figures['tuquan_sends_total{outcome="accepted"}']) >= 3
    assert float(figures["tuquan_handler_seconds_count"]) >= 2
    assert float(figures["tuquan_backup_age_seconds"]) < 120
    assert any(name.startswith("tuquan_tick_last_success") for name in figures)
    words = (town.stage.token, str(town.stage.bot), settings.bots[0].name, "Hoa")
    assert not any(word in page for word in words)
