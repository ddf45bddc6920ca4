"""A phone that somebody else may be holding: what corrects a post is kept from it as everything
else is, and nothing anywhere shows that it was.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from storage import outbox, posts, readers
from storage.corrections import Copy


def list_lit(db: Connection, found: Sequence[Copy], mark: str, now: datetime) -> list[Copy]:
    """Those of these copies whose phones may show something new. The others are passed over once
    and for all: what is held for them is given up, and the edit `<mark>:<post id>` stands as if
    it had been made."""
    dark = readers.list_guarded(db, {each.address_id for each in found})
    for each in found:
        if each.address_id in dark:
            _pass_over(db, each, f"{mark}:{each.post_id}", now)
    return [each for each in found if each.address_id not in dark]


def _pass_over(db: Connection, copy: Copy, once: str, now: datetime) -> None:
    row = outbox.get(db, copy.outbox_id)
    if posts.give_up(db, row.id):
        posts.give_up_files(db, row)
        return
    edit = outbox.edit(db, row.id, outbox.load_notice(row.notice), now, once=once)
    readers.mark_edited(db, edit, now)
