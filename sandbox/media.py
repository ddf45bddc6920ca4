"""Making media out of bytes: kind, size in pixels, name and path.

Only the headers of JPEG, PNG, GIF and WEBP are read, so that the sandbox needs no image library.
"""

from __future__ import annotations

import struct

from sandbox.ids import Ids, unique_id_of
from sandbox.model import Media

# The longer sides of Telegram's photo sizes s, m, x, y.
PHOTO_SIDES = (90, 320, 800, 1280)
FOLDERS = {
    "photo": ("photos", "jpg", "image/jpeg"),
    "video": ("videos", "mp4", "video/mp4"),
    "voice": ("voice", "oga", "audio/ogg"),
    "audio": ("music", "mp3", "audio/mpeg"),
    "document": ("documents", "bin", "application/octet-stream"),
    "sticker": ("stickers", "webp", "image/webp"),
}
UNKNOWN_SIZE = (1280, 960)


def make_media(
    ids: Ids,
    kind: str,
    content: bytes,
    *,
    file_name: str | None = None,
    mime_type: str | None = None,
    duration: int = 0,
    title: str | None = None,
) -> Media:
    """New media of one of the kinds in FOLDERS; `duration` in seconds."""
    number = ids.media()
    folder, ending, usual_type = FOLDERS[kind]
    if file_name and "." in file_name and kind in {"document", "audio", "video"}:
        ending = file_name.rsplit(".", 1)[1]
    shown_name = file_name if kind in {"document", "audio", "video"} else None
    size = size_of_image(content) or UNKNOWN_SIZE
    sizes = {"photo": photo_sizes(*size), "video": [(1280, 720)], "sticker": [(512, 512)]}
    return Media(
        kind,
        unique_id_of(number),
        content,
        mime_type or usual_type,
        shown_name,
        sizes.get(kind, []),
        duration,
        f"{folder}/file_{number}.{ending}",
        title,
    )


def photo_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """The sizes that Telegram would offer, smallest first; the last is the whole picture."""
    longer = max(width, height)
    sides = [side for side in PHOTO_SIDES if side < longer] + [min(longer, PHOTO_SIDES[-1])]
    return [
        (max(1, width * side // longer), max(1, height * side // longer))
        for side in dict.fromkeys(sides)
    ]


def size_of_image(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or None where this is no image that Telegram takes."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _pair(struct.unpack(">II", content[16:24]))
        if content.startswith(b"\xff\xd8"):
            return _size_of_jpeg(content)
        if content[:6] in (b"GIF87a", b"GIF89a"):
            return _pair(struct.unpack("<HH", content[6:10]))
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return _size_of_webp(content)
    except (struct.error, IndexError):
        return None
    return None


def _pair(values: tuple[int, ...]) -> tuple[int, int]:
    return values[0], values[1]


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position < len(content):
        marker, length = struct.unpack(">HH", content[position : position + 4])
        # SOF0-SOF15 carry the size, except the Huffman, JPEG and arithmetic tables in between.
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None


def _size_of_webp(content: bytes) -> tuple[int, int]:
    if content[12:16] == b"VP8X":
        return (
            int.from_bytes(content[24:27], "little") + 1,
            int.from_bytes(content[27:30], "little") + 1,
        )
    if content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF
