"""What the author of a post for groups hears of it: never so much that they could read from it
who is in a group, or whether anybody is.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions.announcement_face import named
from actions.announcement_news import tell_author
from actions.audiences import said_to_have_it
from domain.notices import Param, Text
from storage import announcements
from storage.announcement_tables import Announcement, Occurrence


def tell_sent(
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> None:
    """That it went, and to how many in steps; where few people get it, be it none, not even
    that. Nobody counts how many of them it reached."""
    params: dict[str, Param] = {"what": named(announcement)}
    number = said_to_have_it(db, occurrence)
    if number is not None:
        params["number"] = number
    text = Text("tags.news.few" if number is None else "tags.news.many", params)
    tell_author(db, announcement, text, now, once=f"done:{occurrence.id}")
    announcements.set_occurrence(db, occurrence.id, told_at=now)


def tell_broken_off(
    db: Connection, announcement: Announcement, occurrence: Occurrence, reason: str, now: datetime
) -> None:
    """It was not sent to its end; `reason` is a catalogue key."""
    params: dict[str, Param] = {"what": named(announcement), "reason": Text(reason)}
    tell_author(db, announcement, Text("tags.news.broken_off", params), now)
    announcements.set_occurrence(db, occurrence.id, told_at=now)
