"""On PostgreSQL others owe something at any moment, also while we settle what was sent."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from domain.notices import Lane
from storage import outbox
from storage.engine import open_engine, writer_engine
from storage.keys import Keyring
from tests.databases import Databases
from tests.delivery.conftest import Post, say

GATE = 4711
# The commit of whatever was sent waits at the gate.
HELD_UP = (
    f"CREATE FUNCTION wait() RETURNS trigger AS $$ BEGIN PERFORM pg_advisory_xact_lock({GATE});"
    " RETURN NULL; END $$ LANGUAGE plpgsql",
    "CREATE CONSTRAINT TRIGGER held AFTER UPDATE ON outbox DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW WHEN (NEW.state = 'sent') EXECUTE FUNCTION wait()",
)
WAITING = text(f"SELECT count(*) FROM pg_locks WHERE objid = {GATE} AND NOT granted")


@pytest.fixture
def engine(databases: Databases, tmp_path: Path, keyring: Keyring) -> Iterator[Engine]:
    engine = open_engine(databases.copied("postgresql", tmp_path), keyring)
    yield engine
    engine.dispose()


async def test_what_another_process_owed_during_a_settlement_does_not_wait_for_the_idle_look(
    post: Post,
) -> None:
    """Too late to be counted with the settlement, and looked for while the chat was busy."""
    persona, home = await post.person()
    with post.engine.begin() as db:
        for statement in HELD_UP:
            db.execute(text(statement))
    with post.engine.connect() as gate:
        gate.execute(text(f"SELECT pg_advisory_lock({GATE})"))
        async with post.delivering():
            await post.owe(home, "Một")
            await persona.sees("Một")
            while not await asyncio.to_thread(lambda: gate.execute(WAITING).scalar()):
                pass
            with writer_engine(post.engine).begin() as db:
                outbox.put(db, home, say("Hai"), Lane.CONVERSATION, post.clock())
            for called in post.writer.owed:
                called()
            for _ in range(10):
                await asyncio.sleep(0)
            gate.execute(text(f"SELECT pg_advisory_unlock({GATE})"))
            async with asyncio.timeout(3):
                await persona.sees("Hai")
