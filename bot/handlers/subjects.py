"""The report that an open draft adds to. Its link to the writer may be cut while the draft stands
open: the draft is then ended, so that nothing that is said falls into it.
"""

from actions import conversations
from actions.my_matters import find_mine
from bot.handlers import conversation
from bot.handlers.turn import Turn
from domain.errors import Refused
from storage import tables
from storage.tables import Incident


def find_subject(turn: Turn, row: tables.Draft) -> Incident | None:
    """None for a draft that adds to none, and where that report is no longer the writer's."""
    if not _adds(row):
        return None
    return find_coded(turn, str(conversation.read(row).context.get("code", "")))


def find_coded(turn: Turn, code: str) -> Incident | None:
    """The writer's own report with this code."""
    try:
        found = find_mine(turn.db, turn.person.id, code)
    except Refused:
        return None
    return found if isinstance(found, Incident) else None


def find_draft(turn: Turn) -> tables.Draft | None:
    """The draft that is open here; one whose report is gone for its writer is ended."""
    row = conversation.find(turn)
    if row is None or not _adds(row) or find_subject(turn, row) is not None:
        return row
    conversations.end_draft(turn.db, row.id, "done", turn.now)
    return None


def _adds(row: tables.Draft) -> bool:
    return row.flow == "addition" or row.flow in conversations.FOLLOW_UPS
