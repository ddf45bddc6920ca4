"""Which deed follows a conversation that was answered to its end.

The handlers named here begin conversations themselves, so they are looked up when a
conversation ends and not while the modules are still being imported.
"""

from bot.flows.at_once import goes_at_once
from bot.flows.draft import Draft, Reply
from bot.flows.outcomes import Outcome
from bot.handlers import (
    adding,
    admin,
    alerting,
    announcing,
    confirming,
    corrections,
    enrolment,
    follow_ups,
    mediator,
    pasting,
    quiet,
    recording,
    reporter,
    reveals,
    warning,
    warning_posts,
)
from bot.handlers.turn import Turn


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Do it. Raises Refused, and LookupError for an unknown flow."""
    match draft.flow:
        case "report" if goes_at_once(draft):
            confirming.send_report(turn, draft_id, draft)
        case "report":
            reporter.finish_report(turn, draft_id, draft)
        case "addition":
            adding.finish_addition(turn, draft_id, draft)
        case "mediation":
            mediator.finish_mediation(turn, draft_id, draft)
        case "enrolment":
            enrolment.finish_enrolment(turn, draft_id, draft)
        case "alert" | "whereabouts" | "contact" | "phone" | "neighbours":
            _finish_alert(turn, draft_id, draft)
        case _:
            _finish_at_work(turn, draft_id, draft)


def _finish_alert(turn: Turn, draft_id: int, draft: Draft) -> None:
    """An alert, or one of the questions after it."""
    if draft.flow == "alert":
        confirming.finish(turn, draft_id, draft)
        return
    if draft.flow == "contact":
        quiet.finish_contact(turn, draft)
    follow_ups.finish(turn, draft)


def _finish_at_work(turn: Turn, draft_id: int, draft: Draft) -> None:
    """What those do who hold a role. Raises Refused, and LookupError for an unknown flow."""
    match draft.flow:
        case "ward":
            admin.finish_ward(turn, draft_id, draft)
        case "invite":
            admin.finish_invite(turn, draft_id, draft)
        case "announcement":
            announcing.finish(turn, draft_id, draft)
        case "warning" | "prevention":
            warning_posts.finish(turn, draft_id, draft)
        case "correction" | "cancellation" | "all_clear" | "extension":
            corrections.finish(turn, draft_id, draft)
        case "recording":
            recording.finish(turn, draft_id, draft)
        case "paste_group":
            pasting.finish(turn, draft)
        case "untold":
            reveals.finish_untold(turn, draft_id, draft)
        case _:
            raise LookupError(f"nothing follows the flow {draft.flow}")


def take_answer(turn: Turn, before: Draft, reply: Reply, outcome: Outcome) -> Outcome:
    """One answer of a conversation whose answers are sent as they come."""
    return follow_ups.take_answer(turn, before, reply, outcome)


def show_before(turn: Turn, before: Draft | None, outcome: Outcome) -> None:
    """What is shown above the question that follows, where that is more than words of ours;
    `before` is the draft as it stood, None where nothing was answered."""
    match outcome.draft.flow:
        case "announcement":
            announcing.show_post(turn, before, outcome)
        case "warning":
            warning_posts.show_post(turn, before, outcome)
        case "correction" | "cancellation" | "all_clear":
            corrections.show_post(turn, before, outcome)


def stop(turn: Turn, draft: Draft) -> bool:
    """Whether something else is said, or asked, to who stops than that it can be taken back."""
    if draft.flow == "alert":
        return alerting.stop(turn, draft)
    if draft.flow == "announcement":
        return announcing.stop(turn, draft)
    if draft.flow in ("warning", "prevention"):
        return warning.stop(turn)
    return follow_ups.stop(turn, draft)
