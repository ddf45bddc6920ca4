"""A file without what tells where, when, by whom and with what it was made: bytes in, bytes out.

What a file is, is read from its first bytes, never from its name. The libraries that open it are
imported on first use, since they are needed for files only; apart.py runs this in a process of
its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from domain.notices import MediaKind

# Neutral names: the person's own may hold theirs ("Screenshot_Nguyen_Thi_Hoa.jpg").
_STEMS: Final[dict[MediaKind, str]] = {
    "photo": "anh",
    "video": "video",
    "voice": "ghi-am",
    "audio": "ghi-am",
    "document": "tep",
}
_TYPES: Final = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "pdf": "application/pdf",
}
_KINDS: Final[dict[MediaKind, frozenset[str]]] = {
    "photo": frozenset({"jpg", "png"}),
    "video": frozenset({"mp4", "webm"}),
    "voice": frozenset({"ogg", "mp3", "m4a"}),
    "audio": frozenset({"ogg", "mp3", "m4a"}),
    "document": frozenset(_TYPES),
}


class Uncleanable(Exception):
    """This file cannot be cleaned: of an unknown sort, broken, or too large to be opened."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A cleaned copy; `ending` is that of its name."""

    kind: MediaKind
    content: bytes = field(repr=False)
    ending: str

    @property
    def type(self) -> str:
        """Its MIME type."""
        return _TYPES[self.ending]

    def name(self, number: int) -> str:
        """What it is called as the `number`-th file of its message."""
        return f"{_STEMS[self.kind]}-{number}.{self.ending}"


Washed = tuple[bytes, str]


def clean(kind: MediaKind, content: bytes) -> Clean:
    """The cleaned copy of a file that came as `kind`. Raises Uncleanable, and nothing else:
    what a library says of a broken file may quote it."""
    wash = _wash_for(content)
    if wash is None:
        raise Uncleanable("unknown sort of file")
    try:
        washed, ending = wash(content)
    except Uncleanable:
        raise
    except Exception as fault:  # noqa: BLE001  (strangers' files break libraries in many ways)
        raise Uncleanable(type(fault).__name__) from None
    if ending not in _KINDS[kind]:
        raise Uncleanable(f"{ending} sent as {kind}")
    return Clean(kind, washed, ending)


def _wash_for(content: bytes) -> Callable[[bytes], Washed] | None:
    """By the first bytes; nothing is ever guessed by a library, whose guesses include playlists
    that name other files."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")):
        return _picture
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _picture
    if content[4:8] == b"ftyp":
        return _mp4
    if content.startswith(b"OggS"):
        return _ogg
    if content.startswith(b"\x1aE\xdf\xa3"):
        return _webm
    if content.startswith(b"ID3") or (content[:1] == b"\xff" and content[1:2] >= b"\xe0"):
        return _mp3
    return _paper if content.startswith(b"%PDF-") else None


def _picture(content: bytes) -> Washed:
    from bot.media.pictures import repaint

    return repaint(content)


def _mp4(content: bytes) -> Washed:
    from bot.media.films import repack

    washed, has_pictures = repack(content, "mov", "mp4")
    return washed, "mp4" if has_pictures else "m4a"


def _ogg(content: bytes) -> Washed:
    from bot.media.films import repack

    return repack(content, "ogg", "ogg")[0], "ogg"


def _webm(content: bytes) -> Washed:
    from bot.media.films import repack

    return repack(content, "matroska", "webm")[0], "webm"


def _mp3(content: bytes) -> Washed:
    from bot.media.films import repack

    return repack(content, "mp3", "mp3")[0], "mp3"


def _paper(content: bytes) -> Washed:
    from bot.media.papers import reprint

    return reprint(content), "pdf"
