"""`init`: from a token to a bot that can run, one question at a time."""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from actions.invites import VALID_FOR, create_first_administrator_code
from cli.bot_api import Unanswered, open_bot_api
from cli.database import opened
from cli.house import ask_house
from cli.logs import set_up_logs
from cli.owner_only import close_to_others, write_owner_only
from cli.terminal import Terminal
from domain.notices import Moment
from settings import Settings, SettingsFault, load_settings, settings_file
from storage.engine import writer_engine
from storage.keys import new_keyring, write_keyring
from storage.migrate import upgrade

# As README.md and docs/operating.md have it.
_RUN = r".venv\Scripts\python main.py run" if os.name == "nt" else ".venv/bin/python main.py run"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was given on the command line; what is None is asked for where `ask` is true."""

    file: Path | None
    token: str | None
    api_base: str
    data_dir: Path | None
    ask: bool
    language: str


class GivenUp(Exception):
    """Nothing was written; the person has been told why."""


def set_up(
    wishes: Wishes, clock: Callable[[], datetime], random_below: Callable[[int], int]
) -> int:
    """The exit code; an existing settings file is never written over."""
    terminal = Terminal(wishes.language)
    set_up_logs("error", [wishes.token] if wishes.token else [])
    file = settings_file(wishes.file)
    if file.exists():
        terminal.say("init.exists", file=str(file))
        return 1
    terminal.say("init.welcome")
    try:
        token, username = _ask_token(wishes, terminal)
        data_dir = _ask_data_dir(wishes, terminal)
        house = ask_house(terminal) if wishes.ask else {}
        settings = _write_settings(file, wishes, (token, username), data_dir, house, terminal)
    except GivenUp:
        return 1
    code = _make_ready(settings, clock(), random_below)
    terminal.say("init.written", file=str(file), key_file=str(settings.key_file))
    terminal.say("init.code", code=code, until=Moment(clock() + VALID_FOR, "date"))
    terminal.say("init.code_use", username=username, code=code)
    terminal.say("init.next", command=_RUN)
    return 0


def _ask_token(wishes: Wishes, terminal: Terminal) -> tuple[str, str]:
    """A token that the messenger accepts, and the bot's username."""
    given = wishes.token
    while True:
        if given is None and not wishes.ask:
            terminal.say("init.token.needed")
            raise GivenUp
        token = given or terminal.ask("init.token.ask")
        username = asyncio.run(_try_token(wishes.api_base, token, terminal))
        if username:
            terminal.say("init.token.works", username=username)
            return token, username
        if not wishes.ask:
            raise GivenUp
        given = None


async def _try_token(api_base: str, token: str, terminal: Terminal) -> str:
    """The bot's username, or "" after saying why there is none."""
    async with open_bot_api(api_base.rstrip("/"), token) as api:
        try:
            me = await api.ask("getMe")
        except Unanswered as fault:
            terminal.say("init.token.unanswered", address=api_base, fault=str(fault))
            return ""
    if not me.ok:
        terminal.say("init.token.refused")
        return ""
    return str(me.result["username"])


def _ask_data_dir(wishes: Wishes, terminal: Terminal) -> Path:
    if wishes.data_dir is not None or not wishes.ask:
        return wishes.data_dir or Path("data")
    return Path(terminal.ask("init.data.ask", default="data"))


def _write_settings(
    file: Path,
    wishes: Wishes,
    bot: tuple[str, str],
    data_dir: Path,
    house: Mapping[str, str],
    terminal: Terminal,
) -> Settings:
    """The settings as `run` will read them, from the file that was just written; `bot` is
    token and username."""
    token, username = bot
    content = (
        "# Tự Quản. docs/settings.md explains every line. Keep this file to yourself.\n"
        f"language = {_quoted(terminal.language)}\n"
        f"data_dir = {_quoted(data_dir.as_posix())}\n"
        + "".join(f"{name} = {_quoted(said)}\n" for name, said in house.items())
        + "\n[[bots]]\n"
        f"name = {_quoted(username.lower())}\n"
        f"token = {_quoted(token)}\n"
        f"api_base = {_quoted(wishes.api_base)}\n"
    )
    write_owner_only(file, content)
    try:
        return load_settings(file)
    except SettingsFault as fault:
        file.unlink()
        terminal.explain(fault)
        raise GivenUp from None


def _quoted(value: str) -> str:
    """A TOML basic string."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _make_ready(settings: Settings, now: datetime, random_below: Callable[[int], int]) -> str:
    """Key file, database, and the first administrator's code. An existing key is kept:
    without it an existing database could never be read again."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.key_file.exists():
        settings.key_file.parent.mkdir(parents=True, exist_ok=True)
        write_keyring(settings.key_file, new_keyring())
        close_to_others(settings.key_file)
    with opened(settings) as engine:
        upgrade(engine)
        with writer_engine(engine).begin() as db:
            return create_first_administrator_code(db, now, random_below)
