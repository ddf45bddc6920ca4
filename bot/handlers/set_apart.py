"""What is shown over an open draft because its writer asked for it: from then on numbers mean that
list, and the draft waits. A number that was meant for something else must send nothing.
"""

from typing import Final

from actions import conversations, expected
from actions.expected import ASIDE, find_newest
from bot.flows.draft import Draft, Reply
from bot.flows.outcomes import Finish, Outcome
from bot.handlers.asked import ASKED
from bot.handlers.turn import Turn
from domain.choices import number_in
from domain.kinds import KINDS
from domain.notices import Notice, Text
from domain.urgency import Urgency
from storage import tables

_URGENT: Final = (Urgency.P1, Urgency.P2)
# Where a stored draft notes that something was listed since its question; answers forget it.
_LISTED: Final = "listed"
# It says of the question above it that its numbers are to be typed.
_REMINDS: Final = "danger.waits"


def say_that_it_waits(turn: Turn) -> None:
    """Below a list that was asked for over an open draft, one line instead of its question: a
    number that is typed next must not mean two things."""
    row = conversations.open_draft(turn.db, turn.address.id) if turn.listed else None
    if row is not None and ASKED not in row.state:
        turn.say(Notice(Text("command.draft_kept")), concerns=ASIDE)
        state = {**row.state, _LISTED: True}
        conversations.save_draft(turn.db, row.id, state, turn.now)


def find_listed(turn: Turn, row: tables.Draft) -> tables.Outbox | None:
    """The list that was asked for over this draft, as long as nothing was said after it."""
    return expected.find_listed(turn.db, turn.address.id) if _LISTED in row.state else None


def find_stray_number(
    turn: Turn, row: tables.Draft, before: Draft, reply: Reply, outcome: Outcome
) -> str | None:
    """A bare number that would send the draft, or say that something is urgent, although the
    draft's question is not what was said last in this chat."""
    incoming = turn.incoming
    number = number_in(reply.text) if reply == Reply(reply.text) else None
    if number is None or not incoming.private or incoming.reply_to is not None:
        return None
    if not _does_much(before, outcome):
        return None
    newest = find_newest(turn.db, turn.address.id)
    if newest is None or conversations.is_question_of(newest, row, but=_REMINDS):
        return None
    return str(number)


def _does_much(before: Draft, outcome: Outcome) -> bool:
    after = outcome.draft
    chosen = after.get("kind").choice
    urgent = chosen in KINDS and KINDS[chosen].urgency in _URGENT
    raised = urgent and chosen != before.get("kind").choice
    return raised or before.flow == "alert" or isinstance(outcome, Finish)
