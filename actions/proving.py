"""Answers whether a post is ours: by its code, with everything that was public of it and nothing
else. What was never posted, and what was for the police alone, is answered like what never was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import author_line, media_of
from actions.card_face import neighbourhood_of
from actions.correction_face import said_at
from actions.corrections import formers_of, in_force, kind_in
from actions.warnings import public_numbers
from domain.announcing import State
from domain.codes import codes_in, spoken
from domain.corrections import Kind
from domain.identifying import signs_in
from domain.notices import Media, Moment, Param, Text
from storage import announcements, proofs
from storage.announcement_tables import Announcement
from storage.proofs import Shown

# The copies of one occurrence leave one after another.
_SAME_POST: Final = timedelta(hours=6)
# A post of ours names itself and what it stands for.
_CODES: Final = 8


@dataclass(frozen=True, slots=True)
class Proof:
    """A post that was public. `lines` say who, when, where to, and what became of it; `over`:
    it does not count any more. `valid` is what stands for it now, if anything does; `withheld`:
    it showed somebody and was taken back or replaced, so nobody sees it again. `places` are the
    ids of the neighbourhoods in which it was shown."""

    announcement: Announcement
    lines: tuple[Text, ...]
    over: bool
    valid: Announcement | None = None
    withheld: bool = False
    places: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The original, as far as it may be seen."""
        return "" if self.withheld else self.announcement.words

    @property
    def has_media(self) -> bool:
        """Whether there are files to see."""
        return bool(self._seen and self._seen.media)

    def media_for(self, bot: str) -> tuple[Media, ...]:
        """Its files, where this bot has them."""
        return media_of(self._seen) if self._seen and self._seen.bot == bot else ()

    @property
    def _seen(self) -> Announcement | None:
        return self.valid if self.withheld else self.announcement


def find_proof(db: Connection, code: str, now: datetime) -> Proof | None:
    """The announcement with this code, if any of it was posted at all."""
    found = announcements.find_by_code(db, code)
    if found is None:
        return None
    # What took the place of other words at once, nobody has got as a message of its own.
    shown = [*proofs.list_shown(db, found.id), *_shown_in_place(db, found)]
    if not shown:
        return None
    over = _standing(db, found, now)
    lines = (*_origin(db, found, shown), *(over or (Text("proving.standing.valid"),)))
    valid = in_force(db, found)
    replaced = valid.id != found.id
    gone = replaced or found.state == State.TAKEN_BACK.value
    places = dict.fromkeys(each.neighbourhood_id for each in shown)
    return Proof(
        found,
        lines,
        bool(over),
        valid if replaced else None,
        withheld=gone and _shows_somebody(found),
        places=tuple(each for each in places if each is not None),
    )


def list_named(db: Connection, text: str, now: datetime) -> list[Proof]:
    """The announcements whose codes are anywhere in a text, in their order: what stands for
    another one names that one too."""
    found = (find_proof(db, code, now) for code in codes_in(text)[:_CODES])
    return [proof for proof in found if proof is not None]


def _origin(
    db: Connection, announcement: Announcement, shown: Sequence[Shown]
) -> tuple[Text, ...]:
    times = [each.at for each in shown]
    first, last = min(times), max(times)
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
    elif (expired_at := _expired_at(announcement, now)) is not None:
        found.append(Text("proving.standing.expired", {"at": Moment(expired_at)}))
    return tuple(found)


def _expired_at(announcement: Announcement, now: datetime) -> datetime | None:
    """What was cancelled or is over stays so."""
    at = announcement.expires_at
    if at is None or at > now or kind_in(announcement) in (Kind.CANCELLED, Kind.CLEARED):
        return None
    return at


def _shows_somebody(announcement: Announcement) -> bool:
    """A face may be in any file."""
    signs = signs_in(announcement.words, public_numbers())
    return announcement.names_person or bool(signs or announcement.media)


def _shown_in_place(db: Connection, announcement: Announcement) -> list[Shown]:
    formers = [each.id for each in formers_of(db, announcement)]
    return proofs.list_edited(db, formers, f"correction:{announcement.id}:") if formers else []
