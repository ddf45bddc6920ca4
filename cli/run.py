"""`run`: looks first whether anything here would lose messages, then starts the bots."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from bot.channels.base import Misconfigured
from bot.wording import ZONE
from cli.findings import State, say_finding
from cli.house import check_house, check_numbers, house_of
from cli.local_checks import check_this_machine
from cli.lock import Busy, only_one
from cli.logs import set_up_logs
from cli.served import served_wards
from cli.terminal import Terminal
from settings import Settings, SettingsFault

LOCK = "running.lock"
log = logging.getLogger(__name__)


class Ended(Exception):
    """The program is over, with this exit code; why was said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def run_bots(
    settings: Settings, clock: Callable[[], datetime], random_below: Callable[[int], int]
) -> int:
    """Run until stopped; 1 where something must be put right first."""

    def program() -> Coroutine[Any, Any, None]:
        from cli.assembly import run

        return run(settings, clock, random_below)

    return run_checked(settings, clock, program)


def run_checked(
    settings: Settings,
    clock: Callable[[], datetime],
    program: Callable[[], Coroutine[Any, Any, None]],
) -> int:
    """Run this until stopped, and nothing beside it on this folder; 1 where something must be put
    right first."""
    terminal = Terminal(settings.language)
    set_up_logs(settings.log, settings.secrets())
    if not settings.bots:
        terminal.say("terminal.no_bots")
        return 1
    try:
        for bot in settings.bots:
            served_wards(bot)
        house_of(settings)
        with only_one(settings.data_dir / LOCK):
            if _is_sound(settings, terminal):
                _warn(settings, terminal, clock())
                return run_until_stopped(program(), terminal)
    except SettingsFault as fault:
        terminal.explain(fault)
    except Busy:
        terminal.say("terminal.running")
    return 1


def _is_sound(settings: Settings, terminal: Terminal) -> bool:
    """Whether to start; says what must be put right where not."""
    faults = [f for f in check_this_machine(settings) if f.state is State.FAULT]
    for finding in faults:
        say_finding(terminal, finding)
    if faults:
        terminal.say("terminal.not_started")
    return not faults


def _warn(settings: Settings, terminal: Terminal, now: datetime) -> None:
    """What must be known at each start though the bot can run: a trial, numbers grown old."""
    today = now.astimezone(ZONE).date()
    for finding in (check_house(settings), *check_numbers(today)):
        if finding.state is State.WARN:
            say_finding(terminal, finding)


def run_until_stopped(
    program: Coroutine[Any, Any, None], terminal: Terminal, refused: int = 1
) -> int:
    """The exit code. Another one than 1 for `refused` tokens: somebody else says it."""
    try:
        asyncio.run(_until_stopped(program))
    except (KeyboardInterrupt, asyncio.CancelledError):
        log.info("stopped")
    except Misconfigured:
        if refused == 1:
            terminal.say("terminal.token_refused")
        return refused
    except Ended as ended:
        return ended.code
    except SettingsFault as fault:
        terminal.explain(fault)
        return 2
    except Exception:
        # Through the log, where tokens are taken out of tracebacks.
        log.exception("the bot ended by a fault")
        return 1
    return 0


async def _until_stopped(program: Coroutine[Any, Any, None]) -> None:
    """Let SIGTERM close things as Ctrl-C does, where the system has such a signal."""
    running = asyncio.current_task()
    with contextlib.suppress(NotImplementedError):
        if running is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    await program
