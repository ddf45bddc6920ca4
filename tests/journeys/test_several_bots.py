"""Several bots in one process: none stops another."""

import dataclasses

from settings import Bot
from tests.journeys.town import Town

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
