"""Films and sounds packed anew: the same pictures and sound in a fresh container, without tags,
chapters, covers, subtitles or tracks of positions. Imports PyAV; see cleaning.py.
"""

import io
from typing import Final

import av
from av.container import InputContainer, OutputContainer
from av.stream import Disposition, Stream

from bot.media.cleaning import Uncleanable

MOST_STREAMS: Final = 16
# What a container says of its own make; anything else would be the maker's.
_OWN: Final = frozenset(
    {
        "major_brand",
        "minor_version",
        "compatible_brands",
        "handler_name",
        "vendor_id",
        "language",
        "encoder",
        "duration",
    }
)


def repack(content: bytes, reader: str, writer: str) -> tuple[bytes, bool]:
    """The film or sound, and whether it has moving pictures. Raises Uncleanable, and what
    FFmpeg raises for what it cannot read."""
    packed = io.BytesIO()
    with av.open(io.BytesIO(content), "r", format=reader) as source:
        kept = [stream for stream in source.streams if _is_wanted(stream)]
        if not kept or len(source.streams) > MOST_STREAMS:
            raise Uncleanable("no film and no sound")
        with av.open(packed, "w", format=writer, options={"fflags": "+bitexact"}) as target:
            _copy(source, target, kept)
        moves = any(stream.type == "video" for stream in kept)  # gone with the container
    washed = packed.getvalue()
    _require_bare(washed, reader)
    return washed, moves


def _is_wanted(stream: Stream) -> bool:
    """Pictures that move and sound; the cover of a song is no film."""
    return stream.type in {"video", "audio"} and not stream.disposition & Disposition.attached_pic


def _copy(source: InputContainer, target: OutputContainer, kept: list[Stream]) -> None:
    fresh = {stream.index: target.add_stream_from_template(stream) for stream in kept}
    for packet in source.demux(kept):
        if packet.dts is not None:  # the last one of a stream is empty
            packet.stream = fresh[packet.stream.index]
            target.mux(packet)


def _require_bare(washed: bytes, reader: str) -> None:
    """What cannot be read back, or still says something, is not shared."""
    with av.open(io.BytesIO(washed), "r", format=reader) as packed:
        said = set(packed.metadata).union(*(stream.metadata for stream in packed.streams))
        if said - _OWN:
            raise Uncleanable("tags were left")
