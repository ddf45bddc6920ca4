"""The whole program tests itself a minute after its start, and nobody notices."""

import asyncio
import dataclasses
import logging

import aiohttp
import pytest

from cli.self_test_note import read_note
from storage.engine import open_engine
from storage.keys import read_keyring
from storage.self_test import exists
from tests.journeys.test_watched import free_port
from tests.journeys.town import Town
from tests.messenger import PATIENCE

FIRST_LOOK = 60.0


class Heard(logging.Handler):
    """Waits for what the program logs of it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self.said.put_nowait(record.getMessage())


@pytest.mark.real_time
async def test_a_running_program_tests_itself(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    port, folder = free_port(), town.settings.data_dir
    settings = town.settings.model_copy(update={"metrics_port": port})
    caplog.set_level(logging.INFO, "cli.self_test")
    logging.getLogger("cli.self_test").addHandler(heard := Heard())
    async with (
        dataclasses.replace(town, settings=settings).bot(),
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as outside,
    ):
        await town.start("administrator")
        before = await town.api.sent()
        async with asyncio.timeout(FIRST_LOOK + PATIENCE):
            assert await heard.said.get() == "the self-test succeeded"
        async with outside.get("/metrics") as answer:
            page = await answer.text()
        methods = {call["method"] for call in (await town.api.sent())[len(before) :]}
    logging.getLogger("cli.self_test").removeHandler(heard)
    assert not any("send" in method or "edit" in method for method in methods)
    note = read_note(folder)
    assert note is not None
    assert f"tuquan_self_test_seconds {note.seconds}" in page
    engine = open_engine(settings.database_url, read_keyring(settings.key_file))
    with engine.connect() as db:
        assert not exists(db)
    engine.dispose()
