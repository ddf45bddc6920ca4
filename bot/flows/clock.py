"""When the last message came, in a draft's context: flows know no clock, so whoever asks them
writes it there before each answer.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.flows.draft import Draft

NOW: Final = "now"


def told_at(draft: Draft, now: datetime) -> Draft:
    """The draft with the instant (aware, UTC) of the message that is answered next."""
    return replace(draft, context={**draft.context, NOW: now.isoformat()})


def now_of(draft: Draft) -> datetime | None:
    """That instant (aware, UTC); None where nobody wrote it."""
    written = draft.context.get(NOW)
    return datetime.fromisoformat(written) if isinstance(written, str) else None
