"""The clean copies of an announcement's files: each messenger gets one once and names it from then
on, so that what goes to six hundred chats is uploaded a single time.

They stand beside the files in `Announcement.media`; whoever changes the files drops them.
"""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from storage.announcement_tables import Announcement, Occurrence, Post
from storage.rows import table

_POST = table(Post)
_OCCURRENCE = table(Occurrence)
_ANNOUNCEMENT = table(Announcement)


def find_clean(db: Connection, post_id: int, bot: str, file: str) -> str | None:
    """What the messenger of `bot` calls the clean copy of this file of the post's announcement;
    None where it has none yet."""
    found = db.execute(_of_post(post_id)).first()
    for each in (found[1] or ()) if found else ():
        if each["file"] == file:
            clean: str | None = each.get("clean", {}).get(bot)
            return clean
    return None


def keep_clean(db: Connection, post_id: int, bot: str, file: str, clean: str) -> None:
    """The messenger of `bot` has a clean copy of it and calls it `clean`."""
    found = db.execute(_of_post(post_id).with_for_update(of=_ANNOUNCEMENT)).first()
    if found is None:
        return
    key, media = found
    kept = [
        {**each, "clean": {**each.get("clean", {}), bot: clean}} if each["file"] == file else each
        for each in media or ()
    ]
    db.execute(_ANNOUNCEMENT.update().where(_ANNOUNCEMENT.c.id == key).values(media=kept))


def _of_post(post_id: int) -> Select[Any]:
    return (
        select(_ANNOUNCEMENT.c.id, _ANNOUNCEMENT.c.media)
        .join(_OCCURRENCE, _OCCURRENCE.c.announcement_id == _ANNOUNCEMENT.c.id)
        .join(_POST, _POST.c.occurrence_id == _OCCURRENCE.c.id)
        .where(_POST.c.id == post_id)
    )
