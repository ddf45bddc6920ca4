"""How a post that is asked about has looked to people, to tell our own lines from what somebody
put around its words.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import notice_of
from actions.audiences import reason_of
from actions.correction_face import copy_face, short_face
from actions.corrections import formers_of
from actions.proving import Proof
from domain.corrections import SHORT_LIMIT
from domain.lengths import shortened
from domain.notices import Notice, Text, plain
from domain.proving import Frame, frame_in
from storage import announcements, outbox, proofs, wards
from storage.announcement_tables import Announcement

# Copies of one post are alike: so many of the oldest and of the newest are looked at.
_COPIES: Final = 30
# Who chose more groups than these has a line of their own, which only the copies show.
_TAGS_NAMED: Final = 3


def wordings_of(post: Announcement) -> tuple[str, ...]:
    """Its words, and their beginning where a short message has no more."""
    short = shortened(post.words, SHORT_LIMIT) if post.corrects is not None else post.words
    return (post.words,) if short == post.words else (post.words, short)


def shown_texts(db: Connection, proof: Proof, now: datetime) -> list[Text]:
    """The words of its copies as they were posted, as far as they are kept, and as a post would
    be shown now: what may stand around the original in them is ours. They are worded by today's
    catalogues: a release that rewords our own lines makes older ones unknown."""
    post = proof.announcement
    formers = formers_of(db, post)
    # Before and after it expired: its last lines differ.
    faces = [notice_of(db, post, at) for at in (post.created_at, now)]
    # Its words in the place of the old ones, and below them.
    faces += [copy_face(db, post, former) for former in formers]
    faces += [short_face(db, post, former) for former in formers]
    found: list[Text] = []
    for notice in (*faces, *_copies(db, post)):
        if notice.text is not None and notice.text not in found:
            found.append(notice.text)
    return found


def reasons_of(db: Connection, proof: Proof) -> Iterator[Text]:
    """The lines that tell people why a copy came to them, each with their own neighbourhood or
    the groups that they chose."""
    for key in proof.places:
        place = plain(wards.get_neighbourhood(db, key).name)
        for purpose in ("urgent", "confirm"):
            yield Text(f"reading.because.{purpose}", {"place": place})
    targets = announcements.list_targets(db, proof.announcement.id)
    tags = sorted({each.tag for each in targets if each.tag is not None})
    for count in range(1, min(len(tags), _TAGS_NAMED) + 1):
        for several in combinations(tags, count):
            if reason := reason_of(several):
                yield reason


def frames_of(shown: Iterable[str], words: str) -> list[Frame]:
    """Our own lines in these posts."""
    return list(dict.fromkeys(frame_in(each, words) for each in shown))


def _copies(db: Connection, announcement: Announcement) -> list[Notice]:
    newest = proofs.list_copies(db, announcement.id, _COPIES)
    oldest = proofs.list_copies(db, announcement.id, _COPIES, oldest=True)
    return [outbox.load_notice(row.notice) for row in (*newest, *oldest) if not row.erased]
