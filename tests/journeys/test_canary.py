"""Whoever withholds their name is found nowhere: in no chat but their own, not with the duty desk,
not in what the program writes to its log, prints, or keeps. The real program, through every step
of a report, "báo hộ", an alert and a request for mediation. All names are invented.
"""

from pathlib import Path

import pytest

from tests.journeys.canaries import (
    MAY_BE_READ,
    MEDIATION,
    NAME,
    PHONE,
    USERNAME,
    found_in,
    leaks,
    lies_in,
    missing,
    read_anywhere,
)
from tests.journeys.hurried import Hurried
from tests.journeys.town import Town
from tests.journeys.withholding import (
    another_ward,
    asks_for_mediation,
    everybody_asks,
    lived,
    somebody,
)
from tests.messenger import Persona
from tests.specimens import WORD


@pytest.fixture
def hurried(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Hurried:
    return Hurried(town, tmp_path_factory.mktemp("hurried"))


async def test_who_withheld_their_name_is_found_nowhere(town: Town, hurried: Hurried) -> None:
    me, far = await somebody(town), await another_ward(town)
    secret = {**MAY_BE_READ, str(me.id): frozenset[str]()}
    folder = town.settings.data_dir
    async with hurried.running():
        await town.start("leader", "team", "officer", "chief", "mediator", "administrator")
        await me.starts()
        code = await lived(town, me, hurried)
        await everybody_asks(town, far, code)
        await town.quiet()
        read = await read_anywhere(town, me.id)
        assert not missing(read, MAY_BE_READ)
        assert not leaks(read, secret)
        await asks_for_mediation(town, me)
        await town.quiet()
        read = await read_anywhere(town, me.id)
        assert not missing(read, MEDIATION)
        assert not leaks(read, {**secret, **MEDIATION})
        assert not lies_in(folder, hidden(me))
    await is_nowhere_else(town, me, hurried, folder)


def hidden(me: Persona) -> list[str]:
    return [*MAY_BE_READ, *MEDIATION, PHONE, str(me.id)]


async def is_nowhere_else(town: Town, me: Persona, hurried: Hurried, folder: Path) -> None:
    """Not in what is kept, said, or printed; each place is seen to hold what it may."""
    assert (folder / "town.sqlite3-wal").stat().st_size > 0
    assert lies_in(folder, ["Phường Hạ Long"]), "what is public is kept as it is"
    taken = str(await town.api.sent(method="getUpdates"))
    assert all(word in taken for word in (NAME, USERNAME, WORD, str(me.id))), "the bot had it all"
    commands = (("doctor",), ("doctor", "--json"), ("migrate",), ("rotate-key",))
    printed = [(await hurried.answers(*command)).encode() for command in commands]
    assert all(printed)
    assert b'"level": "debug"' in hurried.said
    assert b'"level": "warning"' in hurried.said
    for word in hidden(me):
        assert not any(found_in(each, word) for each in (hurried.said, *printed)), word
    assert not lies_in(folder, hidden(me)), "sealed again with another key"
