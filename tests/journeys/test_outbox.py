"""A message that was given up is sent again from the terminal while the bot runs."""

import asyncio

from cli.outbox import Wishes, show_outbox
from domain.notices import Lane, Notice, plain
from storage import outbox
from storage.addresses import find_address
from storage.engine import writer_engine
from storage.tables import Address
from tests.journeys.town import Town, present
from tests.messenger import PATIENCE, words


def resident_of(town: Town) -> Address:
    with town.engine.connect() as db:
        found = find_address(db, town.settings.bots[0].name, str(town.resident.id))
    assert found is not None
    return found


async def settled(town: Town, key: int, state: str) -> None:
    """Wait until the row is in this state; the bot next to us brings it there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with town.engine.connect() as db:
                if outbox.get(db, key).state == state:
                    return
            await town.api.get("state")


async def test_a_dead_letter_leaves_while_the_bot_runs(living_town: Town) -> None:
    town = living_town
    block = {"from": town.resident.id, "bot": town.stage.bot}
    await town.api.post("blocks", **block, blocked=True)
    with writer_engine(town.engine).begin() as db:
        notice = Notice(plain("Hẹn gặp ông bà lúc 9 giờ (bịa)."))
        key = outbox.put(db, resident_of(town), notice, Lane.CONVERSATION, present())
    await settled(town, key, "dead")
    assert show_outbox(town.settings, present, Wishes(resend=key)) == 1, "nobody can be reached"
    await town.api.post("blocks", **block, blocked=False)
    await town.resident.says("/menu")
    await town.resident.sees("113")
    assert resident_of(town).unreachable_at is None
    assert await asyncio.to_thread(show_outbox, town.settings, present, Wishes(resend=key)) == 0
    await town.resident.sees("Hẹn gặp ông bà lúc 9 giờ (bịa).")
    await settled(town, key, "sent")
    assert show_outbox(town.settings, present, Wishes(resend=key)) == 1
    await town.quiet()
    said = [words(message) for message in await town.resident.history()]
    assert sum("Hẹn gặp ông bà" in each for each in said) == 1
