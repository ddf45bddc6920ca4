"""Several bots in one process: none stops another."""

import asyncio
import dataclasses

from sqlalchemy import func, select

from settings import Bot
from storage.rows import table
from storage.tables import Outbox
from tests.journeys.town import Town
from tests.messenger import PATIENCE, Persona

REFUSED = {"name": "tu-choi", "token": "7999999999:" + "A" * 35}
SILENT = {"name": "im-lang", "token": "7999999998:" + "B" * 35, "api_base": "http://127.0.0.1:9"}


async def test_a_refused_token_and_a_silent_messenger_stop_no_other_bot(town: Town) -> None:
    base = town.settings.bots[0].api_base
    others = [Bot.model_validate({"api_base": base, **bot}) for bot in (REFUSED, SILENT)]
    settings = town.settings.model_copy(update={"bots": (*others, *town.settings.bots)})
    async with dataclasses.replace(town, settings=settings).bot():
        await town.start("resident")
        await town.resident.says("/khancap")
        await town.resident.sees("114")


async def test_each_bot_has_a_pace_of_its_own(town: Town) -> None:
    """One that may say hardly anything holds up no other."""
    made = await town.api.post("bots", name="Chậm", username="cham_bot", messenger="telegram")
    slow = Bot.model_validate(
        {
            "name": "cham",
            "token": made["token"],
            "api_base": town.settings.bots[0].api_base,
            "private_rate": 0.001,
            "private_burst": 1,
        }
    )
    settings = town.settings.model_copy(update={"bots": (slow, *town.settings.bots)})
    async with dataclasses.replace(town, settings=settings).bot():
        waiting = Persona(town.api, town.stage.cast["resident"], made["id"])
        await waiting.starts()
        await waiting.sees("113")
        await waiting.says("/khancap")
        await town.start("resident")
        for _ in range(3):
            await town.resident.says("/khancap")
            await town.resident.sees("114")
        async with asyncio.timeout(PATIENCE):
            while not owed(town, "cham"):
                await town.api.get("state")
    assert len(await town.api.sent(bot=made["id"], method="sendMessage")) == 1


def owed(town: Town, bot: str) -> int:
    """How many messages of this bot wait."""
    due = (table(Outbox).c.bot == bot) & (table(Outbox).c.state == "due")
    with town.engine.connect() as db:
        return int(db.execute(select(func.count()).where(due)).scalar_one())
