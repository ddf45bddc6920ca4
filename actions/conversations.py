"""The life of a draft: begun, saved before the next question, set aside and taken back,
ended; the scheduler reminds its writer once, and erases what was left lying, and says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.engine import Connection

from actions.quiet import is_quiet_draft
from domain.notices import Button, Lane, Notice, Text
from domain.retention import KEPT_FOR, Kept
from storage import drafts, outbox
from storage.addresses import get_address
from storage.savepoints import savepoint
from storage.tables import Draft, Outbox

NUDGE_AFTER: Final = timedelta(minutes=30)
ALERT_WAITS_FOR: Final = timedelta(seconds=60)
EXPIRES_AFTER: Final = KEPT_FOR[Kept.OPEN_DRAFT]
TAKEN_BACK_FOR: Final = KEPT_FOR[Kept.CANCELLED_DRAFT]
# A cry for help in a group whose author did not answer (actions/shouts.py).
ASKED_FOR: Final = timedelta(days=1)
# Where a stored draft names the steps that its writer was never asked.
GIVEN: Final = "given"
# What is asked after an alert. Each answer follows the alert as it is given, so that nothing of
# them is "not sent yet", and nothing is taken back.
FOLLOW_UPS: Final = frozenset({"whereabouts", "contact", "phone", "neighbours"})
# One tick of the scheduler does at most so many, so that it never holds the writer for long.
BATCH: Final = 100


def open_draft(db: Connection, address_id: int) -> Draft | None:
    """The conversation that goes on at this address."""
    return drafts.find_open_draft(db, address_id)


def is_first(db: Connection, address_id: int, now: datetime) -> bool:
    """Whether nobody in this chat had told anything before now: they pressed Start at most."""
    return not drafts.was_begun_before(db, address_id, now)


@contextmanager
def whole_or_not(db: Connection) -> Iterator[None]:
    """What a finished draft does is done whole; where it is refused, nothing of it."""
    with savepoint(db):
        yield


def begin_draft(db: Connection, address_id: int, flow: str, state: Any, now: datetime) -> int:
    """`state` is the flow's draft as JSON values; its id. Raises IntegrityError where
    another one is open."""
    return drafts.add_draft(db, address_id, flow, state, now)


def save_draft(
    db: Connection, draft_id: int, state: Any, now: datetime, flow: str | None = None
) -> None:
    """Keep the answers so far; `flow` where another one goes on with them."""
    values = {"state": state, "updated_at": now}
    if flow is not None:
        values["flow"] = flow
    drafts.change_draft(db, draft_id, **values)


def end_draft(db: Connection, draft_id: int, status: str, now: datetime) -> None:
    """Close it as "done" (its answers live on in what it made, and are erased here) or as
    "cancelled" (they are kept for TAKEN_BACK_FOR)."""
    erased = {} if status == "cancelled" else {"state": None}
    drafts.change_draft(db, draft_id, status=status, updated_at=now, **erased)


def last_cancelled(db: Connection, address_id: int, now: datetime) -> Draft | None:
    """The one that can still be taken back."""
    return drafts.find_cancelled_draft(db, address_id, now - TAKEN_BACK_FOR)


def find_set_aside(db: Connection, address_id: int, draft_id: int) -> Draft | None:
    """The one with this id, where it was set aside here and its answers are still kept."""
    draft = drafts.find_draft(db, draft_id)
    if draft is None or draft.address_id != address_id or draft.state is None:
        return None
    return draft if draft.status == "cancelled" else None


def reopen_draft(db: Connection, draft_id: int, now: datetime) -> None:
    """Take back a cancelled one. Raises IntegrityError where another one is open."""
    drafts.change_draft(db, draft_id, status="open", updated_at=now)


def expire_drafts(db: Connection, now: datetime) -> int:
    """Erase what nobody went on with, and tell the writers of open ones; how many. Nothing is
    said about a quiet matter."""
    left = drafts.list_idle_drafts(db, "open", now - EXPIRES_AFTER, BATCH)
    for draft in left:
        _erase(db, draft, now)
        address = get_address(db, draft.address_id)
        if is_quiet_draft(draft) or draft.flow in FOLLOW_UPS or not address.private:
            continue
        notice = Notice(Text("command.draft_expired"), ((_button("report", "c:baotin"),),))
        outbox.put(db, address, notice, Lane.NOTICE, now)
    # A cry for help in a group that nobody confirmed.
    for draft in drafts.list_idle_drafts(db, "asked", now - ASKED_FOR, BATCH):
        _erase(db, draft, now)
    # Of a cancelled one the writer was told how long it would be kept.
    cancelled = drafts.list_idle_drafts(db, "cancelled", now - TAKEN_BACK_FOR, BATCH)
    for draft in cancelled:
        _erase(db, draft, now)
    return len(left) + len(cancelled)


def nudge_drafts(db: Connection, now: datetime) -> int:
    """Remind, once, whoever stopped in the middle NUDGE_AFTER ago; how many.

    Who has not answered anything yet is left in peace, and whoever writes of what must leave
    no word on the phone; so is a whole duty chat in which one officer stopped.
    """
    waiting = drafts.list_unnudged_drafts(db, now - EXPIRES_AFTER, now - NUDGE_AFTER, BATCH)
    for draft in waiting:
        drafts.change_draft(db, draft.id, nudged_at=now)
    begun = [draft for draft in waiting if has_answers(draft) and not is_quiet_draft(draft)]
    homes = [home for each in begun if (home := get_address(db, each.address_id)).private]
    for home in homes:
        buttons = ((_button("continue", "c:tieptuc"), _button("cancel", "c:huy")),)
        notice = Notice(Text("command.draft_waits"), buttons)
        outbox.put(db, home, notice, Lane.NOTICE, now)
    return len(homes)


def nudge_alerts(db: Connection, now: datetime) -> None:
    """Remind, once, whoever spoke of danger and did not say for ALERT_WAITS_FOR whether it is
    real: they may believe that the police know."""
    left = now - ALERT_WAITS_FOR
    for draft in drafts.list_unnudged_drafts(db, now - EXPIRES_AFTER, left, BATCH, flow="alert"):
        drafts.change_draft(db, draft.id, nudged_at=now)
        if not is_quiet_draft(draft):
            address = get_address(db, draft.address_id)
            outbox.put(db, address, Notice(Text("danger.waits")), Lane.CONVERSATION, now)


def find_replied_to(db: Connection, address_id: int, message_id: str) -> Outbox | None:
    """Our message in this chat to which somebody replies."""
    return outbox.find_by_message(db, address_id, message_id)


def is_question_of(row: Outbox, draft: Draft, but: str = "") -> bool:
    """Whether our message is a question of this conversation, or has these words (a key), which
    speak of it."""
    start = f"f:{draft.id}:"
    notice = outbox.load_notice(row.notice)
    if but and notice.text is not None and notice.text.key == but:
        return True
    buttons = (each for line in notice.buttons for each in line)
    return any((each.tap or "").startswith(start) for each in buttons)


def has_answers(draft: Draft) -> bool:
    """Whether its writer said anything that is not sent yet; the steps in `GIVEN` were answered
    by default."""
    if draft.flow in FOLLOW_UPS:
        return False
    state = draft.state or {}
    return any(step not in state.get(GIVEN, ()) for step in state.get("answers", ()))


def _erase(db: Connection, draft: Draft, now: datetime) -> None:
    drafts.change_draft(db, draft.id, status="expired", state=None, updated_at=now)


def _button(name: str, tap: str) -> Button:
    return Button(Text(f"command.button.{name}"), tap)
