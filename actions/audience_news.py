"""What the author of a post for groups hears of it: never so much that they could read from it
who is in a group, or whether anybody is.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import named
from actions.announcement_news import tell_author
from actions.audiences import too_few_to_say
from domain.notices import Param, Text
from storage import announcements
from storage.announcement_tables import Announcement, Occurrence


def tell_sent(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> None:
    """Where few people get it, be it none, that is all; else actions/progress.py counts them."""
    if too_few_to_say(db, announcement, occurrence):
        text = Text("tags.news.few", {"what": named(announcement)})
        tell_author(db, announcement, text, now, once=f"done:{occurrence.id}")
        announcements.set_occurrence(db, occurrence.id, told_at=now)


def tell_broken_off(
    db: Connection, announcement: Announcement, occurrence: Occurrence, reason: str, now: datetime
) -> None:
    """It was not sent to its end; `reason` is a catalogue key."""
    params: dict[str, Param] = {"what": named(announcement), "reason": Text(reason)}
    tell_author(db, announcement, Text("tags.news.broken_off", params), now)
    announcements.set_occurrence(db, occurrence.id, told_at=now)
