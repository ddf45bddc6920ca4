"""What waits for somebody's private chat, and is not wanted there any more: the one place in which
it is given up when a consent is withdrawn or a group of news is left.
"""

from sqlalchemy.engine import Connection

from actions.private_copies import purposes_of
from storage import announcements, audiences, consents, posts
from storage.addresses import list_ids_of
from storage.announcement_tables import Announcement


def give_up_unwanted(db: Connection, person_id: int) -> None:
    """Of what is held for this person only that stays for which a consent, or a group that they
    chose, still stands."""
    own = set(list_ids_of(db, person_id))
    for each in posts.list_held(db):
        if each.address_id not in own or each.occurrence_id is None:
            continue
        occurrence = announcements.get_occurrence(db, each.occurrence_id)
        if not _is_wanted(db, announcements.get(db, occurrence.announcement_id), person_id):
            posts.give_up(db, each.outbox_id or 0)


def _is_wanted(db: Connection, announcement: Announcement, person_id: int) -> bool:
    tags = {tag for _, tag in announcements.list_aims(db, announcement.id) if tag is not None}
    if tags:
        return bool(tags & set(audiences.list_tags(db, person_id)))
    purposes = purposes_of(announcement)
    return any(consents.find_standing(db, person_id, each) is not None for each in purposes)
