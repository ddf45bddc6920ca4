"""Answers whether a post is ours: by its code, with everything that was public of it and nothing
else. What was never posted, and what was for the police alone, is answered like what never was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import author_line, media_of, notice_of
from actions.card_face import neighbourhood_of
from actions.correction_face import copy_face, said_at
from actions.corrections import formers_of, in_force, kind_in
from domain.announcing import State
from domain.codes import codes_in, spoken
from domain.corrections import Kind
from domain.notices import Media, Moment, Notice, Param, Text
from domain.proving import Frame, frame_in
from storage import announcements, outbox, proofs
from storage.announcement_tables import Announcement
from storage.proofs import Shown

# Copies of one post are alike; more of them than these are not looked at.
_COPIES: Final = 60
# The copies of one occurrence leave one after another.
_SAME_POST: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Proof:
    """A post that was public. `lines` say who, when, where to, and what became of it; `over`:
    it does not count any more. `valid` is what stands for it now, if anything does."""

    announcement: Announcement
    lines: tuple[Text, ...]
    over: bool
    valid: Announcement | None = None

    @property
    def words(self) -> str:
        """The original."""
        return self.announcement.words

    def media_for(self, bot: str) -> tuple[Media, ...]:
        """Its files, where this bot has them."""
        return media_of(self.announcement) if self.announcement.bot == bot else ()


def find_proof(db: Connection, code: str, now: datetime) -> Proof | None:
    """The announcement with this code, if any of it was posted at all."""
    found = announcements.find_by_code(db, code)
    if found is None:
        return None
    shown = proofs.list_shown(db, found.id)
    if not shown:
        return None
    over = _standing(db, found, now)
    lines = (*_origin(db, found, shown), *(over or (Text("proving.standing.valid"),)))
    valid = in_force(db, found)
    return Proof(found, lines, bool(over), valid if valid.id != found.id else None)


def find_named(db: Connection, text: str, now: datetime) -> Proof | None:
    """The first announcement whose code is anywhere in a text."""
    found = (find_proof(db, code, now) for code in codes_in(text))
    return next((proof for proof in found if proof is not None), None)


def shown_texts(db: Connection, proof: Proof, now: datetime) -> list[Text]:
    """The words of its copies as they were posted, as far as they are kept, and as a post would
    be shown now: what may stand around the original in them is ours."""
    post = proof.announcement
    # Before and after it expired: its last lines differ.
    faces = [notice_of(db, post, at) for at in (post.created_at, now)]
    # Its words in the place of the old ones.
    copies = [copy_face(db, post, former) for former in formers_of(db, post)]
    notices = [*faces, *copies, *_copies(db, post)]
    found: list[Text] = []
    for notice in notices:
        if notice.text is not None and notice.text not in found:
            found.append(notice.text)
    return found


def frames_of(shown: Iterable[str], words: str) -> list[Frame]:
    """Our own lines in these posts."""
    return list(dict.fromkeys(frame_in(each, words) for each in shown))


def _origin(
    db: Connection, announcement: Announcement, shown: Sequence[Shown]
) -> tuple[Text, ...]:
    first, last = shown[0].at, shown[-1].at
    posted: dict[str, Param] = {"at": Moment(first)}
    again = last - first > _SAME_POST
    if again:
        posted["last"] = Moment(last)
    return (
        Text("proving.author", {"author": author_line(db, announcement)}),
        Text("proving.posted.again" if again else "proving.posted", posted),
        _places(db, shown),
    )


def _places(db: Connection, shown: Sequence[Shown]) -> Text:
    """The neighbourhoods in whose chats it stands. Who chose to hear of something is nobody's
    business."""
    public = dict.fromkeys(each.neighbourhood_id for each in shown if not each.private)
    names = tuple(
        Text("proving.place", {"name": neighbourhood_of(db, each)}) for each in public if each
    )
    return Text("proving.places", {"names": names}) if names else Text("proving.places.chosen")


def _standing(db: Connection, announcement: Announcement, now: datetime) -> tuple[Text, ...]:
    """Why it does not count any more; () where it does."""
    found = []
    valid = in_force(db, announcement)
    if valid.id != announcement.id and (kind := kind_in(valid)) is not Kind.CLEARED:
        params: dict[str, Param] = {"code": spoken(valid.code), "at": Moment(said_at(valid))}
        cancelled = kind is Kind.CANCELLED
        found.append(Text(f"proving.standing.{'cancelled' if cancelled else 'corrected'}", params))
    if announcement.cleared_at is not None:
        found.append(Text("proving.standing.cleared", {"at": Moment(announcement.cleared_at)}))
    elif announcement.state == State.TAKEN_BACK.value:
        found.append(Text("proving.standing.taken_back"))
    elif announcement.expires_at is not None and announcement.expires_at <= now:
        found.append(Text("proving.standing.expired", {"at": Moment(announcement.expires_at)}))
    return tuple(found)


def _copies(db: Connection, announcement: Announcement) -> list[Notice]:
    found = proofs.list_copies(db, announcement.id, _COPIES)
    return [outbox.load_notice(row.notice) for row in found if not row.erased]
