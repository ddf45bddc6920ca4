"""Whoever types "thoát" must find nothing in this chat that tells what it was about: messages of
both sides are taken back, their words erased here, the conversation forgotten.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.quiet import is_quiet_draft
from domain.kinds import KINDS
from domain.notices import Lane, Notice, Text
from domain.quiet import QUIET
from storage import addresses, drafts, incidents, outbox
from storage.subjects import NEWS, subject_in
from storage.tables import Address, Draft, Outbox
from storage.traces import (
    erase,
    find_notice,
    list_done_drafts,
    list_left_drafts,
    list_ours,
    list_theirs,
)

# A bot may delete what is less than 48 hours old, in a private chat the person's messages too
# (https://core.telegram.org/bots/api#deletemessage); a minute for the way there.
DELETABLE_FOR: Final = timedelta(hours=48) - timedelta(minutes=1)
# Before the first word that was understood there was another one, or a question.
_MARGIN: Final = timedelta(minutes=10)
_AREA: Final = "quiet."
_MANY: Final = 100
_INNOCENT: Final = ("quiet.menu", "quiet.news")
_LABELS: Final = frozenset(KINDS[code].label_key for code in QUIET)


def leave(db: Connection, address: Address, now: datetime) -> datetime | None:
    """Forget the quiet conversations of this chat, and set another open one aside; since when
    the chat tells of a quiet matter, None where it does not."""
    since = now - DELETABLE_FOR
    ours = list_ours(db, address.id, since)
    left = list_left_drafts(db, address.id)
    told = _naming(db, ours)
    begun = [*_filed_since(db, address, ours, since)]
    begun += [draft.created_at for draft in left if _is_quiet(draft, told)]
    for draft in left:
        here = bool(begun) and (draft.status == "open" or draft.updated_at >= min(begun))
        if here or _is_quiet(draft, told):
            drafts.change_draft(db, draft.id, status="expired", state=None, updated_at=now)
        elif draft.status == "open":
            drafts.change_draft(db, draft.id, status="cancelled", updated_at=now)
    begun += told
    return max(min(begun) - _MARGIN, since) if begun else None


def take_all_back(
    db: Connection, address: Address, since: datetime, now: datetime, *, but: int
) -> None:
    """Owe the deletion of what both sides wrote in this chat since then, the newest first, and
    erase our words of it. Not the row `but`, nor what is about something else."""
    ours = [row for row in list_ours(db, address.id, since) if row.id != but]
    gone = [row for row in ours if row.edits is None and not _stays(db, row)]
    for row in gone:
        if row.state == "sent" and row.message_id:
            outbox.delete(db, address, row.message_id, now)
    for message_id in list_theirs(db, address, since):
        outbox.delete(db, address, message_id, now)
    ids = {row.id for row in gone}
    erase(db, [*ids, *(row.id for row in ours if row.edits in ids)])


def take_back(db: Connection, row: Outbox, now: datetime) -> None:
    """A message that was on the wire while it was erased is deleted as soon as it is there."""
    if row.erased and row.message_id and row.deletes is None:
        address = addresses.get_address(db, row.address_id)
        if address.private:
            outbox.delete(db, address, row.message_id, now)


def _is_quiet(draft: Draft, told: Sequence[datetime]) -> bool:
    """Also where nothing was chosen yet from a list that named such a kind."""
    chosen = ((draft.state or {}).get("answers") or {}).get("kind")
    listed = bool(told) and draft.flow == "report" and draft.updated_at >= min(told)
    return is_quiet_draft(draft) or (listed and not chosen)


def _naming(db: Connection, ours: Sequence[Outbox]) -> list[datetime]:
    """When something was said here that names such a matter."""
    alive = (row for row in ours if not row.erased)
    return [row.created_at for row in alive if names_quiet(find_notice(db, row.id))]


def names_quiet(notice: Notice | None) -> bool:
    """Whether a message names a kind of report that is quiet, or speaks of quiet mode."""
    if notice is None:
        return False
    buttons = [button for row in notice.buttons for button in row]
    texts = [*([notice.text] if notice.text else []), *(button.label for button in buttons)]
    keys = {key for text in texts for key in _keys(text)}
    taps = {part for button in buttons for part in (button.tap or "").split(":")}
    ours = any(key.startswith(_AREA) and key not in _INNOCENT for key in keys)
    return ours or bool(keys & _LABELS) or bool(taps & QUIET)


def _keys(text: Text) -> Iterator[str]:
    yield text.key
    for value in text.params.values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Text):
                yield from _keys(each)


def _filed_since(
    db: Connection, address: Address, ours: Sequence[Outbox], since: datetime
) -> Iterator[datetime]:
    """When the quiet reports began that were filed here, or spoken of, since then."""
    about = {subject_in(db, row.concerns)[1] for row in ours if not row.erased} - {0}
    for incident in incidents.list_reported(db, [address.id], _MANY):
        if incident.quiet and (incident.created_at >= since or incident.id in about):
            yield incident.created_at
    for draft in list_done_drafts(db, address.id, since):
        filed = incidents.find_filed(db, draft.id)
        if filed is not None and filed.quiet:
            yield draft.created_at


def _stays(db: Connection, row: Outbox) -> bool:
    """News says nothing, and may still wait for the morning; a broadcast, or another report,
    is about something else."""
    subject, incident_id = subject_in(db, row.concerns)
    if subject == NEWS and row.state == "due":
        return True
    if incident_id == 0:
        return row.lane > Lane.CONVERSATION
    incident = incidents.find(db, incident_id)
    return incident is not None and not incident.quiet
