"""Which deed follows a conversation that was answered to its end.

The handlers named here begin conversations themselves, so they are looked up when a
conversation ends and not while the modules are still being imported.
"""

from bot.flows.draft import Draft
from bot.handlers import admin, mediator, reporter
from bot.handlers.turn import Turn


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Do it. Raises Refused, and LookupError for an unknown flow."""
    match draft.flow:
        case "report":
            reporter.finish_report(turn, draft_id, draft)
        case "addition":
            reporter.finish_addition(turn, draft_id, draft)
        case "mediation":
            mediator.finish_mediation(turn, draft_id, draft)
        case "ward":
            admin.finish_ward(turn, draft_id, draft)
        case "invite":
            admin.finish_invite(turn, draft_id, draft)
        case _:
            raise LookupError(f"nothing follows the flow {draft.flow}")
