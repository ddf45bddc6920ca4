"""APScheduler ticks: each asks our tables what is due. No due time lives in a job store."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from actions import (
    law_approval,
    law_quiz,
    law_rotation,
    retention,
    reveal_questions,
    reveals,
    upkeep,
)
from actions.all_clear import ask_for_all_clears
from actions.board_again import go_on_again
from actions.corrected import spread_corrections
from actions.extended import spread_extensions
from actions.ladder import climb_ladders
from actions.ladder_keeping import check_ladders
from actions.occurrences import send_due
from actions.pasting import look_after_pastes
from actions.pins import look_after_pins
from actions.progress import show_progress
from actions.releasing import release_held
from actions.reminding import send_reminders
from actions.unheard import tell_unheard
from storage.writer import Writer

log = logging.getLogger(__name__)

Deed = Callable[[Connection, datetime], None]
Ticked = Callable[[str, datetime], None]


def _unwatched(_job: str, _now: datetime) -> None:
    """Nobody counts."""


# Seconds between two looks at what is due.
TICKS: dict[Deed, int] = {
    # So that who waits for help hears within seconds of the minute that nobody comes yet.
    tell_unheard: 5,
    climb_ladders: 5,
    upkeep.remind_of_alerts: 5,
    # A warning that was planned for this minute is not a minute late.
    send_due: 5,
    # As calm as a counter may be that somebody watches.
    show_progress: 3,
    release_held: 15,
    # Whoever reads a wrong word now shall not act on it.
    spread_corrections: 3,
    spread_extensions: 15,
    look_after_pins: 5,
    go_on_again: 10,
    look_after_pastes: 30,
    send_reminders: 15,
    ask_for_all_clears: 10,
    upkeep.look_after_drafts: 60,
    reveals.hide_shown: 60,
    reveal_questions.close_idle: 60,
    law_rotation.send_law: 60,
    law_quiz.close_quizzes: 300,
    law_approval.watch_approvals: 600,
    check_ladders: 600,
    upkeep.show_lost_cards: 600,
    upkeep.forget_updates: 3600,
    upkeep.forget_words: 3600,
    retention.forget_reports: 3600,
    retention.forget_announcements: 3600,
    retention.forget_people: 3600,
}
# What these do to many chats they do in pieces: when one is written, the next follows.
IN_PIECES: tuple[Deed, ...] = (
    send_due,
    release_held,
    spread_corrections,
    spread_extensions,
    send_reminders,
    law_rotation.send_law,
    go_on_again,
)


# All at the same moment they would hold the writer together, and an alert would wait for all.
SPREAD_SECONDS: Final = 1
CLOCK_SECONDS: Final = 1.0  # between two looks whether the clock was set back


def start_ticks(
    writer: Writer, clock: Callable[[], datetime], ticked: Ticked = _unwatched
) -> AsyncIOScheduler:
    """Start ticking in the running loop; the caller shuts the scheduler down. `ticked` hears
    of every deed that was done."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for deed, seconds in TICKS.items():
        scheduler.add_job(
            tick,
            "interval",
            args=(deed, writer, clock, ticked),
            id=deed.__name__,
            seconds=seconds,
            jitter=SPREAD_SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    loop = asyncio.get_running_loop()
    go_on = partial(_go_on, scheduler, writer, clock)
    writer.more.append(lambda: _in(loop, go_on))
    return scheduler


async def keep_ticking(
    writer: Writer, clock: Callable[[], datetime], ticked: Ticked = _unwatched
) -> None:
    """Tick until cancelled."""
    scheduler = start_ticks(writer, clock, ticked)
    try:
        await _watch_clock(scheduler, clock)
    finally:
        scheduler.shutdown(wait=False)


async def _watch_clock(scheduler: AsyncIOScheduler, clock: Callable[[], datetime]) -> None:
    """The next look is planned by the clock: where somebody sets that back by an hour, there
    would be none for an hour, so all are planned anew."""
    before = clock()
    while True:
        await asyncio.sleep(CLOCK_SECONDS)
        now = clock()
        if now < before:
            log.warning("the clock was set back")
            for deed, seconds in TICKS.items():
                again = {"seconds": seconds, "jitter": SPREAD_SECONDS}
                scheduler.reschedule_job(deed.__name__, trigger="interval", **again)
        before = now


async def tick(
    deed: Deed, writer: Writer, clock: Callable[[], datetime], ticked: Ticked = _unwatched
) -> None:
    """One look; what fails now is due again at the next one."""
    try:
        await writer.run(lambda db: deed(db, clock()))
    except SQLAlchemyError as fault:
        log.error("a tick failed: %s: %s", deed.__name__, type(fault).__name__)
    else:
        ticked(deed.__name__, clock())


def _go_on(scheduler: AsyncIOScheduler, writer: Writer, clock: Callable[[], datetime]) -> None:
    """Look again now. What the writer was asked for meanwhile comes first."""
    if scheduler.running:
        for deed in IN_PIECES:
            scheduler.add_job(tick, args=(deed, writer, clock), misfire_grace_time=None)


def _in(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """From the writer's thread, which must not fail where the loop has ended."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call)
