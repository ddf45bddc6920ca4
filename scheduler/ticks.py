"""APScheduler ticks: each asks our tables what is due. No due time lives in a job store."""

import logging
from collections.abc import Callable
from datetime import datetime

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
from actions.broadcasting import release_held
from actions.occurrences import send_due
from actions.unheard import tell_unheard
from storage.writer import Writer

log = logging.getLogger(__name__)

Deed = Callable[[Connection, datetime], None]

# Seconds between two looks at what is due.
TICKS: dict[Deed, int] = {
    # So that who waits for help hears within seconds of the minute that nobody comes yet.
    tell_unheard: 5,
    upkeep.remind_of_alerts: 5,
    # A warning that was planned for this minute is not a minute late.
    send_due: 5,
    release_held: 15,
    upkeep.look_after_drafts: 60,
    reveals.hide_shown: 60,
    reveal_questions.close_idle: 60,
    law_rotation.send_law: 60,
    law_quiz.close_quizzes: 300,
    law_approval.watch_approvals: 600,
    upkeep.show_lost_cards: 600,
    upkeep.forget_updates: 3600,
    upkeep.forget_words: 3600,
    retention.forget_reports: 3600,
    retention.forget_people: 3600,
}


def start_ticks(writer: Writer, clock: Callable[[], datetime]) -> AsyncIOScheduler:
    """Start ticking in the running loop; the caller shuts the scheduler down."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for deed, seconds in TICKS.items():
        scheduler.add_job(
            tick,
            "interval",
            args=(deed, writer, clock),
            seconds=seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler


async def tick(deed: Deed, writer: Writer, clock: Callable[[], datetime]) -> None:
    """One look; what fails now is due again at the next one."""
    try:
        await writer.run(lambda db: deed(db, clock()))
    except SQLAlchemyError as fault:
        log.error("a tick failed: %s: %s", deed.__name__, type(fault).__name__)
