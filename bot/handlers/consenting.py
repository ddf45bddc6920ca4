"""What somebody saw before they agreed or refused, taken from the turn in which they answered."""

from datetime import datetime

from actions import consents
from bot.flows import FLOWS
from bot.flows.draft import Draft
from bot.handlers.turn import Turn
from domain.consent import QUESTIONS, ConsentPurpose
from domain.notices import Text
from storage.tables import Incident


def shown(
    turn: Turn, purpose: ConsentPurpose, *before: Text, at: datetime | None = None
) -> consents.Shown:
    """The question of this purpose, with what was shown before it; `at` where that was not in
    this turn."""
    key, locale = QUESTIONS[purpose], turn.person.locale
    words = "\n".join(turn.bot.words_of(text, locale) for text in (*before, Text(key)))
    return consents.Shown(key, words, locale, turn.bot.name, at or turn.now)


def note_name(turn: Turn, draft: Draft, incident: Incident) -> None:
    """Whether the name may stand in this report, as it was answered. Of a quiet report nothing
    is noted here: the list of consents is shown on a phone that others may hold, and the report
    itself says whether it has a name."""
    step = FLOWS[draft.flow].find("name")
    chosen = draft.get("name").choice
    if incident.quiet or step is None or chosen not in ("yes", "no"):
        return
    seen = shown(turn, ConsentPurpose.NAME)
    consents.record(turn.db, turn.person, ConsentPurpose.NAME, chosen == "yes", seen, turn.now)
