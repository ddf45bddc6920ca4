"""Words hidden in all that somebody says, shows and is who withholds their name; in which chats
each of them may be read; and a search for them wherever a bot leaves words. All are invented.
"""

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import aiohttp

from tests.journeys.test_canary_media import files_in
from tests.journeys.town import Town
from tests.specimens import LATITUDE, WORD

NAME: Final = "Chimtenlot"
USERNAME: Final = "chimtrothanh"
PHONE: Final = "0912 345 678"

_NOBODY: Final[frozenset[str]] = frozenset()
_DESK: Final = frozenset({"police"})
_MEDIATOR: Final = frozenset({"mediator"})

# Where each may be read besides in the chat of whoever said it.
MAY_BE_READ: Final[Mapping[str, frozenset[str]]] = {
    NAME: _NOBODY,
    USERNAME: _NOBODY,
    WORD: _NOBODY,  # in the files and in their names
    LATITUDE: _NOBODY,  # in the files
    "Chimanhmot": _DESK,  # what a report tells, below a photo
    "Chimnoihai": _DESK,  # where
    "Chimthemba": _DESK,  # more, as a reply
    "Chimgiaytu": _DESK,  # more, below a paper
    "Chimdapnam": _DESK,  # the answer to an officer
    "Chimhosau": _DESK,  # "báo hộ": what
    "Chimnhabay": _DESK,  # where
    "Chimcutam": _DESK,  # for whom
    "Chimlaychin": _DESK,  # a danger, in words
    "Chimloimuoi": _DESK,  # where
    "912345678": _DESK,  # the number to call back
    "Chimsongduoi": _DESK,  # a danger that was a mistake
    "Chimbenkia": _DESK,  # at home, where nobody need ask
}
# A request for mediation is its asker's own, and known by name to the one who takes it.
MEDIATION: Final[Mapping[str, frozenset[str]]] = {
    NAME: _MEDIATOR,
    "Chimsanvuon": _MEDIATOR,  # what it is about
    "Chimdoiphuong": _MEDIATOR,  # with whom
    "Chimgiohen": _MEDIATOR,  # when
}


def leaks(read: Mapping[str, str], allowed: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    """(word, chat) wherever a word is read that may not be there."""
    return [
        (word, place)
        for place, text in read.items()
        for word, places in allowed.items()
        if place not in places and _squeezed(word) in text
    ]


def missing(
    read: Mapping[str, str], allowed: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    """(word, chat) where a word never arrived: without these the search would prove nothing."""
    return [
        (word, place)
        for word, places in allowed.items()
        for place in places
        if _squeezed(word) not in read.get(place, "")
    ]


async def read_anywhere(town: Town, reporter: int) -> dict[str, str]:
    """All that the bot ever sent, edited and popped up, by chat, but for the reporter's own:
    every call, every message as it stands, every byte of every file."""
    names = {str(each): name for name, each in (*_chats(town), *town.stage.cast.items())}
    said: dict[str, list[str]] = defaultdict(list)
    for call in await town.api.sent(bot=town.stage.bot):
        chat = str(call["params"].get("chat_id", "a pop-up"))
        said[chat].append(_plain(call["params"]))
    for chat, messages in [each async for each in _standing(town)]:
        said[chat].append(_plain(messages))
        said[chat] += [_squeezed(each.decode("latin-1")) for each in await _bytes(town, messages)]
    said.pop(str(reporter))
    return {names.get(chat, chat): "".join(texts) for chat, texts in said.items()}


def lies_in(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """(word, file) of what lies open anywhere below this folder, as it is or in base64."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [
        (word, file.name) for file in files for word in words if found_in(file.read_bytes(), word)
    ]


def found_in(content: bytes, word: str) -> bool:
    """Whether it stands there: as it is, in small letters, in base64, or as a number."""
    if any(form in content for form in _forms(word)):
        return True
    return word.casefold().encode() in content.lower()


def _forms(word: str) -> Iterable[bytes]:
    raw = word.encode()
    if word.isdecimal():
        yield int(word).to_bytes(8, "big").lstrip(b"\0")
    # What stands before it moves it; what mixes with its neighbours is cut off.
    for before, cut in enumerate((0, 2, 3)):
        coded = base64.b64encode(b"\0" * before + raw)
        yield coded[cut : (before + len(raw)) * 8 // 6]


def _chats(town: Town) -> list[tuple[str, int]]:
    return list(town.stage.groups.items())


async def _standing(town: Town) -> Any:
    """(chat, what the bot wrote there as it stands) for every group and every other person."""
    for chat in (await town.api.get("state"))["chats"]:
        if chat["members"]:
            yield str(chat["id"]), await _written(town, chat["id"], chat["members"][0])
    for person in town.stage.cast.values():
        yield str(person), await _written(town, town.stage.bot, person)


async def _written(town: Town, chat: int, reader: int) -> list[dict[str, Any]]:
    path = f"chats/{chat}/messages"
    found = (await town.api.get(path, **{"as": reader}))["messages"]
    return [message for message in found if message["from"]["is_bot"]]


async def _bytes(town: Town, messages: list[dict[str, Any]]) -> list[bytes]:
    contents = []
    async with aiohttp.ClientSession() as session:
        for file in files_in(messages):
            async with session.get(f"{town.api.url}/sandbox/media/{file}") as answer:
                assert answer.status == 200
                contents.append(await answer.read())
    return contents


def _plain(said: Any) -> str:
    return _squeezed(json.dumps(said, ensure_ascii=False))


def _squeezed(text: str) -> str:
    """Small letters, and numbers without what is written between their digits."""
    return re.sub(r"[\s.\-]", "", text).casefold()
