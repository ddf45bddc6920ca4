"""`doctor`: checks everything that the bot needs, and says of each fault what to do."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from sqlalchemy.exc import SQLAlchemyError

from bot.wording import ZONE
from cli.backup_checks import check_backups
from cli.database import opened
from cli.findings import Finding, State, print_json, say_finding
from cli.house import check_house, check_numbers
from cli.ladder_checks import check_ladders
from cli.law_checks import check_law
from cli.local_checks import check_settings_file, check_this_machine
from cli.logs import set_up_logs
from cli.messenger_checks import check_bot
from cli.self_test_checks import check_self_test
from cli.terminal import Terminal
from cli.worker_checks import check_workers
from domain.notices import Text
from domain.roles import Purpose
from settings import Settings, SettingsFault, load_settings, settings_file
from storage.health import database_exists
from storage.keys import KeyFault
from storage.rooms import list_room_addresses
from storage.wards import list_wards


def examine(named: Path | None, clock: Callable[[], datetime], *, as_json: bool) -> int:
    """1 where anything is a fault, 2 where the settings cannot be read at all."""
    try:
        settings = load_settings(named)
    except SettingsFault as fault:
        return _unreadable(fault, as_json=as_json)
    terminal = Terminal(settings.language)
    set_up_logs("error", settings.secrets())
    findings = [check_settings_file(settings_file(named)), *check_this_machine(settings)]
    findings += [check_house(settings), *check_numbers(clock().astimezone(ZONE).date())]
    findings += [*check_law(settings, clock()), check_backups(settings, clock())]
    findings += [*check_ladders(settings), check_self_test(settings, clock())]
    findings += check_workers(settings)
    findings += asyncio.run(_check_bots(settings, clock))
    if as_json:
        print_json(terminal, findings)
    else:
        for finding in findings:
            say_finding(terminal, finding)
    faults = sum(finding.state is State.FAULT for finding in findings)
    terminal.say("doctor.faults" if faults else "doctor.healthy", number=faults)
    return int(faults > 0)


async def _check_bots(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    if not settings.bots:
        advice = Text("doctor.bots.none_do")
        return [Finding("bots", State.FAULT, Text("doctor.bots.none"), advice)]
    chats = _bound_chats(settings)
    looks = [
        check_bot(bot, settings.public_url, chats.get(bot.name, []), clock)
        for bot in settings.bots
    ]
    return [finding for found in await asyncio.gather(*looks) for finding in found]


def _bound_chats(settings: Settings) -> dict[str, list[str]]:
    """The groups that each bot serves; none where the database has its own fault."""
    chats: dict[str, list[str]] = {}
    if not database_exists(settings.database_url):
        return chats
    try:
        with opened(settings) as engine, engine.connect() as db:
            for ward in list_wards(db):
                for purpose in Purpose:
                    for address in list_room_addresses(db, ward.code, purpose):
                        chats.setdefault(address.bot, []).append(address.chat)
    except (KeyFault, InvalidTag, SQLAlchemyError):
        return {}
    return chats


def _unreadable(fault: SettingsFault, *, as_json: bool) -> int:
    terminal = Terminal()
    if as_json:
        words = Text("doctor.settings.wrong", {"fields": ", ".join(f.field for f in fault.faults)})
        advice = Text("doctor.settings.wrong_do")
        print_json(terminal, [Finding("settings", State.FAULT, words, advice)])
    terminal.explain(fault)
    return 2
