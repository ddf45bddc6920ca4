"""What a reporter sends after the report, on its way to the duty chats: the words by the code
alone, files and pins as answers to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.albums import put_pictures
from actions.attachments import Thread, attach
from actions.card_face import PART_LIMIT, going_on, is_calm, open_button
from actions.desks import Call, concerning, desks_with_card, lane_of, require_hears, tell_desks
from domain.codes import spoken
from domain.lengths import part
from domain.notices import Media, Notice, Pin, Text
from domain.routing import Recipient
from storage.tables import Incident, IncidentMedia


@dataclass(frozen=True, slots=True)
class Addition:
    """`draft_id` where a guided conversation collected it: it is then added once. `bot` is the
    one that received the files, `album` the messenger's group that they belong to. `overheard`
    is what somebody else than the reporter said of it in the neighbourhood's chat."""

    bot: str
    words: str = ""
    media: tuple[Media, ...] = ()
    pin: Pin | None = None
    draft_id: int | None = None
    album: str | None = None
    overheard: bool = False

    def to_json(self) -> dict[str, object]:
        """The detail of its event; the files are rows of their own."""
        point = [self.pin.latitude, self.pin.longitude] if self.pin else None
        told: dict[str, object] = {"words": self.words, "pin": point}
        return {**told, "overheard": True} if self.overheard else told


def relay(
    db: Connection,
    incident: Incident,
    key: str,
    addition: Addition,
    call: Call,
    now: datetime,
) -> None:
    """Say it below every card, in `key`'s words. Where no desk has a card any more, nothing
    is said: the fresh one that the caller's refresh_card puts brings it along."""
    words, rest = part(addition.words, PART_LIMIT)
    code = spoken(incident.code)
    whose = "overheard" if addition.overheard else "added"
    notice = Notice(
        text=Text(key, {"code": code, "told": _told(words, addition)}),
        silent=call.calm,
        digest=Text(f"card.{whose}.digest", {"code": code}),
        digest_button=open_button(incident),
    )
    for thread in tell_desks(db, incident, notice, call, now):
        for text in going_on(incident, rest):
            thread.put(db, Notice(text=text, silent=thread.silent), now)
        _attach(db, incident, thread, addition, now)


def _told(words: str, addition: Addition) -> Text:
    """The reporter's words in quotation marks; of files and a pin only that they follow."""
    if words:
        return Text("card.words.line", {"words": words})
    return Text("card.words.files" if addition.media else "card.words.pin")


def relay_files(db: Connection, incident: Incident, addition: Addition, now: datetime) -> None:
    """The files alone, without a word: more of what was said already."""
    for desk, card in desks_with_card(db, incident):
        require_hears(db, incident, Recipient.DESK, desk)
        about, lane = concerning(incident.id), lane_of(incident)
        thread = Thread(desk, card.id, lane, is_calm(incident), about)
        _attach(db, incident, thread, addition, now)


def _attach(
    db: Connection, incident: Incident, thread: Thread, addition: Addition, now: datetime
) -> None:
    files = _files(incident, addition, now)
    if addition.album is not None:
        files = put_pictures(db, thread, f"{incident.id}:{addition.album}", files, now)
    attach(db, thread, files, (addition.pin,) if addition.pin else (), now)


def _files(incident: Incident, addition: Addition, now: datetime) -> Sequence[IncidentMedia]:
    return [
        IncidentMedia(
            incident_id=incident.id,
            bot=addition.bot,
            kind=media.kind,
            file=media.file,
            added_at=now,
        )
        for media in addition.media
    ]
