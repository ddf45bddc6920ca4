"""PDF files printed anew: the pages as they look, without author, dates, attachments, scripts,
forms or notes, and without what the camera wrote into the photos on them. Imports pikepdf; see
cleaning.py.
"""

import io
import re
from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from bot.media.cleaning import Uncleanable

MOST_PAGES: Final = 300
MOST_OBJECTS: Final = 100_000
_TELLING: Final = (
    Name.Metadata,
    Name.PieceInfo,
    Name.LastModified,
    Name.AF,
    Name.AA,
    Name.Annots,
    Name.Thumb,
    Name.StructParents,
    Name.StructParent,
    Name.Measure,
    Name.LocationInfo,
)
_SCAN: Final = 0xDA
_END: Final = 0xD9
_COMMENT: Final = 0xFE
_ADOBE: Final = 0xEE  # says how the colours are stored
_MARK: Final = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])")  # the end of a scan's data


def reprint(content: bytes) -> bytes:
    """Raises Uncleanable, and what pikepdf raises for a PDF that is broken or locked."""
    printed = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as source, Pdf.new() as fresh:
        if len(source.pages) > MOST_PAGES or len(source.objects) > MOST_OBJECTS:
            raise Uncleanable("too many pages")
        # What was filled into a form would vanish with the form.
        source.generate_appearance_streams()
        source.flatten_annotations("screen")
        fresh.pages.extend(source.pages)
        for found in fresh.objects:
            _strip(found)
        fresh.save(printed, deterministic_id=True)
    return printed.getvalue()


def _strip(found: pikepdf.Object) -> None:
    if isinstance(found, Stream | Dictionary):
        for name in _TELLING:
            if name in found:
                del found[name]
    if isinstance(found, Stream):
        _strip_photo(found)


def _strip_photo(stream: pikepdf.Stream) -> None:
    filters = stream.get(Name.Filter)
    names = list(filters.as_list()) if isinstance(filters, pikepdf.Array) else [filters]
    if Name.JPXDecode in names or (Name.DCTDecode in names and len(names) > 1):
        raise Uncleanable("a photo packed in a way that cannot be looked into")
    if Name.DCTDecode in names:
        parms = stream.get(Name.DecodeParms)
        bare = b"".join(_without_marks(stream.read_raw_bytes()))
        stream.write(
            bare,
            filter=Name.DCTDecode,
            decode_parms=parms if isinstance(parms, Dictionary) else None,
        )


def _without_marks(jpeg: bytes) -> Iterator[bytes]:
    """The parts of a JPEG that make its picture: neither APP1 (EXIF, XMP) and the like, nor
    comments, nor what is hung on behind. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.1.1)"""
    yield jpeg[:2]
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != _END:
        marker = jpeg[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == _SCAN:
            next_mark = _MARK.search(jpeg, end)
            end = next_mark.start() if next_mark else len(jpeg)
        is_telling = 0xE0 <= marker <= 0xEF and marker != _ADOBE
        if not is_telling and marker != _COMMENT:
            yield jpeg[at:end]
        at = end
    if at < len(jpeg) and jpeg[at] != 0xFF:
        raise Uncleanable("a broken photo")
    yield bytes((0xFF, _END))
