"""What became of the files of an incident: the sealed original, the copies without metadata that
each bot's messenger keeps, or why a file is not shared.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from storage.incidents import find, list_media
from storage.rows import change
from storage.rows import find as find_row
from storage.tables import IncidentMedia

# Why a file is held back: larger than the messenger hands out, not there any more, or of a sort
# that cannot be cleaned.
Why = Literal["too_large", "gone", "unclean"]


@dataclass(frozen=True, slots=True)
class Shared:
    """The messengers' ids of the clean copy by bot, or why there is none."""

    files: Mapping[str, str] = field(default_factory=dict)
    held: Why | None = None


def find_media(db: Connection, incident_id: int, file: str) -> IncidentMedia | None:
    """The file of this incident that the messenger names so."""
    return next((media for media in list_media(db, incident_id) if media.file == file), None)


def is_named(db: Connection, incident_id: int) -> bool:
    """Whether the police may know who reported it."""
    incident = find(db, incident_id)
    return incident is not None and incident.named


def shared(media: IncidentMedia) -> Shared:
    """What its column `clean` holds."""
    stored = json.loads(media.clean or "{}")
    return Shared(stored.get("files", {}), stored.get("held"))


def keep_original(db: Connection, key: int, name: str, sha256: str) -> None:
    """The original is sealed in the media folder as `name`."""
    change(db, IncidentMedia, key, original=name, sha256=sha256)


def keep_clean(db: Connection, key: int, bot: str, file: str) -> None:
    """The messenger of `bot` has a clean copy, so that it need not be uploaded again."""
    media = _find(db, key)
    if media is not None:
        files = {**shared(media).files, bot: file}
        change(db, IncidentMedia, key, clean=json.dumps({"files": files}))


def hold(db: Connection, key: int, why: Why) -> bool:
    """Note that it is not shared; whether it is the first such file of its incident."""
    media = _find(db, key)
    if media is None:
        return False
    others = list_media(db, media.incident_id)
    first = not any(shared(other).held for other in others)
    change(db, IncidentMedia, key, clean=json.dumps({"held": why}))
    return first


def list_originals(db: Connection) -> set[str]:
    """The names in the media folder that a file is kept under."""
    wanted = select(IncidentMedia.original).where(col(IncidentMedia.original).is_not(None))
    return {name for name in db.execute(wanted).scalars() if name}


def _find(db: Connection, key: int) -> IncidentMedia | None:
    return find_row(db, IncidentMedia, select(IncidentMedia).where(IncidentMedia.id == key))
