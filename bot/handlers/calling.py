"""Which command a message is, if it is one: with a slash in any state and any case, or as plain
words that are the whole message, with or without accents.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.handlers.commands import COMMANDS, Command
from bot.handlers.turn import Turn
from domain.danger import danger_in
from domain.text import fold, nfc

_BY_NAME: Final = {command.name: command for command in COMMANDS}
_BY_HEAD: Final = {head: command for command in COMMANDS for head in command.heads}
_LONGEST_HEAD: Final = max(len(head.split()) for head in _BY_HEAD)
_WITH_FILES: Final = ("baotin", "baoho", "ghitin", "thongbao", "xacminh")
_BY_WORDS: Final = {words: c for c in COMMANDS for words in (*c.words, *c.heads)}
_LONGEST_WORDS: Final = 40
_ENTER: Final = "nhap"
_CODE: Final = re.compile(r"[0-9A-Za-z]{3,5}[ .\-–]?[0-9A-Za-z]{3,5}")


@dataclass(frozen=True, slots=True)
class Called:
    """A command with what was typed after it."""

    command: Command
    rest: str = ""
    slash: bool = False


def find_called(turn: Turn) -> Called | None:
    """The command that this message is; None where it is none, or another bot's."""
    incoming = turn.incoming
    if incoming.start is not None:
        return Called(_BY_NAME["start"], incoming.start, slash=True)
    called = _typed(turn, nfc(incoming.text).strip())
    # Words under a photo belong to the photo; only what becomes a report takes both.
    if called and (incoming.media or incoming.pin) and called.command.name not in _WITH_FILES:
        return None
    return called


def is_for_us(text: str, username: str) -> bool:
    """Whether it is a command with a slash, and not another bot's."""
    return text.startswith("/") and _slash(nfc(text).strip(), username) is not None


def code_after_word(text: str) -> str | None:
    """What follows "nhập" or "nhập mã" where it may be a code, right or wrong; a report may
    begin with the same word."""
    word, *rest = nfc(text).split()
    if rest and fold(word) == _ENTER:
        code = " ".join(rest[1:] if fold(rest[0]) == "ma" else rest)
        return code if _CODE.fullmatch(code) and any(map(str.isdecimal, code)) else None
    return None


def _typed(turn: Turn, text: str) -> Called | None:
    if text.startswith("/"):
        return _slash(text, turn.bot.username)
    said = fold(text) if len(text) <= _LONGEST_WORDS else ""
    command = _BY_WORDS.get(said)
    if command is None:
        return _headed(text) if turn.incoming.private else None
    if not turn.incoming.private and said not in command.loud:
        return None
    return Called(command)


def _headed(text: str) -> Called | None:
    """Words that are followed by more ("báo hộ bà Tư"). Danger is told as danger."""
    for count in range(1, _LONGEST_HEAD + 1):
        *head, rest = text.split(maxsplit=count) if len(text.split()) > count else ("", "")
        command = _BY_HEAD.get(fold(" ".join(head)))
        if command is not None:
            if f"{fold(text)} ".startswith(tuple(f"{each} " for each in command.other_heads)):
                return None
            return None if danger_in(text) else Called(command, rest.strip())
    return None


def _slash(text: str, username: str) -> Called | None:
    """`/lenh`, `/lenh@bot`, with more words or lines after it."""
    head, *rest = text[1:].split(maxsplit=1)[:2] or [""]
    name, _, bot = head.partition("@")
    if bot and bot.casefold() != username.casefold():
        return None
    if command := _BY_NAME.get(fold(name)):
        return Called(command, "".join(rest).strip(), slash=True)
    command = _BY_WORDS.get(fold(text))
    return Called(command, slash=True) if command else None
