"""How far an announcement came, said to its author in private: one message that is changed as it
goes where it goes to many chats, one word at the end where it goes to few. Counted from the rows,
so that nothing of it is lost when the program is started again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import named
from actions.announcement_news import tell_author
from actions.neighbours import chats_without
from domain.announcing import OccurrenceState
from domain.notices import Button, Lane, Notice, Param, Text
from domain.quiet_hours import HELD_AT_MOST
from storage import announcements, copies, outbox
from storage.addresses import find_private_chat
from storage.announcement_tables import Announcement, Occurrence
from storage.cards import find_once
from storage.copies import Tally
from storage.tables import Outbox

# From so many groups on its author sees it grow.
MANY: Final = 20
# A copy may wait as long for the end of quiet hours, and then be late.
_LOOKED_BACK: Final = HELD_AT_MOST + timedelta(hours=36)

Tallies = Mapping[tuple[int, bool], Tally]


def show_progress(db: Connection, now: datetime) -> None:
    """A tick: bring every author's message up to date, and say what is finished."""
    untold = copies.list_untold(db, now - _LOOKED_BACK)
    found = copies.tallies(db, [key for key, _, _, _ in untold]) if untold else {}
    for key, announcement_id, state, _ in untold:
        groups, people = found.get((key, False), Tally()), found.get((key, True), Tally())
        sending = state == OccurrenceState.SENDING.value
        if not sending and groups.is_settled and people.is_settled:
            _finish(db, announcements.get(db, announcement_id), key, groups, people, now)
        elif sending or groups.chats >= MANY:
            _go_on(db, announcements.get(db, announcement_id), key, groups, now)


def _go_on(
    db: Connection, announcement: Announcement, occurrence_id: int, groups: Tally, now: datetime
) -> None:
    occurrence = announcements.get_occurrence(db, occurrence_id)
    every = groups.chats + _unput(db, announcement, occurrence)
    home = find_private_chat(db, announcement.author_id, announcement.bot)
    if every < MANY or home is None:
        return
    idle = groups.waiting and not groups.due
    params: dict[str, Param] = {
        "what": named(announcement),
        "sent": groups.sent,
        "all": every,
    }
    if idle:
        params["waiting"] = groups.waiting
    notice = Notice(Text(f"announcement.progress.{'waiting' if idle else 'going'}", params))
    row = find_once(db, _once(occurrence_id))
    if row is None:
        outbox.put(db, home, notice, Lane.NOTICE, now, once=_once(occurrence_id))
    else:
        _show(db, row, notice, now)


def _finish(
    db: Connection,
    announcement: Announcement,
    occurrence_id: int,
    groups: Tally,
    people: Tally,
    now: datetime,
) -> None:
    announcements.set_occurrence(db, occurrence_id, told_at=now)
    tally, who = (groups, "") if groups.chats else (people, "people")
    if not tally.chats:
        return
    params: dict[str, Param] = {"what": named(announcement), "sent": tally.sent}
    how = "partly" if tally.failed else "" if who else "done"
    if tally.failed:
        params["failed"] = tally.failed
    text = Text("announcement.progress." + "_".join(filter(None, (who, how))), params)
    board = Button(Text("board.button.open"), tap=f"b:{announcement.id}")
    row = find_once(db, _once(occurrence_id))
    if row is not None and row.state in {"due", "sent"}:
        _show(db, row, Notice(text, buttons=((board,),)), now)
    # Where its author cannot be reached, the ward hears only of what went wrong.
    elif tally.failed or find_private_chat(db, announcement.author_id, announcement.bot):
        tell_author(db, announcement, text, now, once=f"done:{occurrence_id}", buttons=[board])


def _show(db: Connection, row: Outbox, notice: Notice, now: datetime) -> None:
    """In the place of what stands there, unless it says so already: held copies wait all night."""
    last = outbox.find_last_edit(db, row.id) or row
    if outbox.load_notice(last.notice) != notice:
        outbox.edit(db, row.id, notice, now)


def _unput(db: Connection, announcement: Announcement, occurrence: Occurrence) -> int:
    if occurrence.state != OccurrenceState.SENDING.value:
        return 0
    return len(chats_without(db, announcement, occurrence))


def _once(occurrence_id: int) -> str:
    return f"progress:{occurrence_id}"
