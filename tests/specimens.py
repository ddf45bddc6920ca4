"""Files as phones make them, with a word hidden in every place that cleaning must reach.

The word is invented; what it stands in is what real cameras, recorders and scanners write.
"""

import io
import struct
from fractions import Fraction
from typing import Any

import av
import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

WORD = "CANARIVIETBIA7391"
LATITUDE = "+20.9712"


def picture(width: int = 320, height: int = 200) -> Image.Image:
    """A wall, red to the left and blue to the right, so that turning it can be seen."""
    image = Image.new("RGB", (width, height), "#2040c0")
    image.paste("#c02020", (0, 0, width // 2, height))
    return image


def _exif(word: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = word  # Artist
    exif[0x010F] = word  # Make
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + word.encode()  # UserComment
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (20.0, 58.0, 16.0)
    gps[3], gps[4] = "E", (107.0, 3.0, 0.0)
    gps[29] = word  # GPSDateStamp
    return exif


def jpeg(word: str = WORD) -> bytes:
    """EXIF with a position, XMP, a comment, a profile, and something hung on behind."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><by>{word}</by></x:xmpmeta>".encode()
    file = io.BytesIO()
    picture().save(
        file,
        "JPEG",
        exif=_exif(word),
        xmp=xmp,
        comment=word.encode(),
        icc_profile=b"\0" * 36 + b"acsp" + word.encode(),
    )
    return file.getvalue() + word.encode()


def png(word: str = WORD) -> bytes:
    """A screenshot with notes in it."""
    notes, file = PngInfo(), io.BytesIO()
    notes.add_text("Author", word)
    notes.add_itxt("XML:com.adobe.xmp", word, zip=True)
    picture().save(file, "PNG", pnginfo=notes, exif=_exif(word))
    return file.getvalue()


def webp(word: str = WORD) -> bytes:
    """As some phones keep photos."""
    file = io.BytesIO()
    picture().save(file, "WEBP", exif=_exif(word), xmp=word.encode())
    return file.getvalue()


def mp4(word: str = WORD) -> bytes:
    """A film of half a second with sound, a position, a title, tags on its streams, a chapter
    and a subtitle."""
    file = io.BytesIO()
    options = {"movflags": "use_metadata_tags"}
    with av.open(file, "w", format="mp4", options=options) as film:
        film.metadata.update(
            {
                "title": word,
                "artist": word,
                "location": f"{LATITUDE}+107.0500/",
                "com.apple.quicktime.location.ISO6709": f"{LATITUDE}+107.0500/{word}",
                "com.android.model": word,
            }
        )
        video = film.add_stream("mpeg4", rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        video.metadata["handler_name"] = word
        sound = film.add_stream("aac", rate=16_000)
        sound.metadata["title"] = word
        for number in range(5):
            frame = _frame(picture(64, 48))
            frame.pts, frame.time_base = number, Fraction(1, 10)
            film.mux(video.encode(frame))
        film.mux(video.encode())
        _sing(film, sound)
    return file.getvalue()


def _frame(image: Image.Image) -> av.VideoFrame:
    frame = av.VideoFrame(image.width, image.height, "rgb24")
    frame.planes[0].update(_padded(image, frame.planes[0].line_size))
    return frame.reformat(format="yuv420p")


def _padded(image: Image.Image, line: int) -> bytes:
    rows = image.tobytes()
    width = image.width * 3
    return b"".join(rows[at : at + width].ljust(line, b"\0") for at in range(0, len(rows), width))


def turned(film: bytes) -> bytes:
    """The same film as if held upright: the matrix in its track's header turns by a quarter."""
    at = film.index(b"tkhd") + 4 + 40  # version 0: 40 bytes stand before the matrix
    one = 0x10000
    quarter = (0, one, 0, -one, 0, 0, 48 * one, 0, 0x40000000)
    return film[:at] + struct.pack(">9i", *quarter) + film[at + 36 :]


def _sing(container: Any, stream: Any, seconds: float = 0.5) -> None:
    rate, size = stream.codec_context.sample_rate, 960
    for number in range(int(seconds * rate / size)):
        form = stream.codec_context.format.name
        frame = av.AudioFrame(format=form, layout="mono", samples=size)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.pts = rate, number * size
        frame.time_base = Fraction(1, rate)
        container.mux(stream.encode(frame))
    container.mux(stream.encode())


def ogg(word: str = WORD) -> bytes:
    """A voice note with tags."""
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as note:
        note.metadata.update({"artist": word, "location": LATITUDE})
        stream = note.add_stream("libopus", rate=48_000, layout="mono")
        stream.metadata.update({"title": word, "comment": word})
        _sing(note, stream)
    return file.getvalue()


def mp3(word: str = WORD) -> bytes:
    """A recording with tags before and behind it, and a cover that was photographed."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp3", options={"write_id3v1": "1"}) as song:
        song.metadata.update({"title": word, "artist": word})
        stream = song.add_stream("libmp3lame", rate=48_000, layout="mono")
        _sing(song, stream)
    return file.getvalue()


def pdf(word: str = WORD) -> bytes:
    """A scan by a phone: author, XMP, an attachment, a script, a note, a form, and a page with
    a photo that has its own EXIF."""
    with pikepdf.Pdf.new() as paper:
        paper.docinfo["/Author"] = word
        paper.docinfo["/Title"] = word
        with paper.open_metadata() as xmp:
            xmp["dc:creator"] = [word]
        paper.attachments["ghi chu.txt"] = word.encode()
        paper.Root.OpenAction = paper.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{word}')")
        )
        page = paper.add_blank_page(page_size=(200, 200))
        photo = pikepdf.Stream(paper, jpeg(word))
        photo.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=320,
                Height=200,
                BitsPerComponent=8,
                ColorSpace=pikepdf.Name.DeviceRGB,
                Filter=pikepdf.Name.DCTDecode,
                Metadata=pikepdf.Stream(paper, word.encode()),
            )
        )
        name = page.add_resource(photo, pikepdf.Name.XObject)
        page.Contents = pikepdf.Stream(paper, f"q 200 0 0 200 0 0 cm {name} Do Q".encode())
        page.obj.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.Dictionary(Private=word))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[10, 10, 30, 30],
            T=word,
            Contents=word,
        )
        page.obj.Annots = pikepdf.Array([paper.make_indirect(note)])
        file = io.BytesIO()
        paper.save(file, compress_streams=False)
    return file.getvalue()
