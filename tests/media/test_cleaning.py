"""Nothing that a phone wrote beside picture and sound is left, and picture and sound are."""

import io
from collections.abc import Callable
from typing import Any

import av
import pikepdf
import pytest
from PIL import Image

from bot.media.cleaning import Uncleanable, clean
from domain.notices import MediaKind
from tests import specimens
from tests.specimens import LATITUDE, WORD

CASES: list[tuple[MediaKind, Callable[[], bytes], str]] = [
    ("photo", specimens.jpeg, "anh-1.jpg"),
    ("photo", specimens.png, "anh-1.png"),
    ("document", specimens.jpeg, "tep-1.jpg"),
    ("document", specimens.webp, "tep-1.jpg"),
    ("video", specimens.mp4, "video-1.mp4"),
    ("document", specimens.mp4, "tep-1.mp4"),
    ("voice", specimens.ogg, "ghi-am-1.ogg"),
    ("audio", specimens.mp3, "ghi-am-1.mp3"),
    ("document", specimens.pdf, "tep-1.pdf"),
]


@pytest.mark.parametrize(("kind", "make", "name"), CASES)
def test_no_hidden_word_is_left(kind: MediaKind, make: Callable[[], bytes], name: str) -> None:
    original = make()
    assert original.count(WORD.encode()) >= 3, "the specimen hides nothing"
    copy = clean(kind, original)
    for word in (WORD, LATITUDE):
        assert word.encode() not in copy.content
        assert word.encode("utf-16-be") not in copy.content
    assert b"Exif" not in copy.content
    assert copy.name(1) == name


def test_a_photo_is_upright_without_its_note_on_how_it_was_held() -> None:
    with Image.open(io.BytesIO(clean("photo", specimens.jpeg()).content)) as image:
        assert image.size == (200, 320), "turned by a quarter"
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        top, bottom = image.getpixel((100, 20)), image.getpixel((100, 300))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150
    assert bottom[2] > 150


def test_a_film_keeps_its_pictures_and_sound() -> None:
    before, after = _film(specimens.mp4()), _film(clean("video", specimens.mp4()).content)
    assert after["video"] == before["video"] == 5
    assert after["audio"] == before["audio"] > 0
    assert set(after["tags"]) <= {"major_brand", "minor_version", "compatible_brands"}


def test_a_film_that_was_held_upright_stays_so() -> None:
    film = specimens.turned(specimens.mp4())
    with av.open(io.BytesIO(film), "r") as before:
        assert _turn(before) != 0
        expected = _turn(before)
    with av.open(io.BytesIO(clean("video", film).content), "r") as after:
        assert _turn(after) == expected


def test_a_paper_keeps_its_page_and_photo() -> None:
    with pikepdf.Pdf.open(io.BytesIO(clean("document", specimens.pdf()).content)) as paper:
        (page,) = paper.pages
        (photo,) = page.get_images().values()
        assert isinstance(photo, pikepdf.Stream)
        with pikepdf.PdfImage(photo).as_pil_image() as image:
            assert image.size == (320, 200)
        assert set(paper.Root.keys()) <= {"/Pages", "/Type"}
        assert "/Info" not in paper.trailer


def test_what_was_filled_into_a_form_stays_on_the_paper() -> None:
    with pikepdf.Pdf.open(io.BytesIO(clean("document", _form("Nhà số 9")).content)) as paper:
        shown = b"".join(
            found.read_bytes() for found in paper.objects if isinstance(found, pikepdf.Stream)
        )
    assert b"Nh" in shown


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("document", b"PK\x03\x04 a letter of some word processor"),
        ("document", b"#EXTM3U\nfile:///etc/passwd\n"),
        ("photo", b"\xff\xd8\xff\xe0 broken"),
        ("video", b"\0\0\0\x18ftypmp42 broken"),
        ("document", b"%PDF-1.7 broken"),
        ("voice", b"OggS broken"),
        ("photo", specimens.pdf()),
        ("video", specimens.ogg()),
        ("document", b""),
    ],
)
def test_what_cannot_be_cleaned_is_refused(kind: MediaKind, content: bytes) -> None:
    with pytest.raises(Uncleanable):
        clean(kind, content)


def test_what_moves_is_not_cut_to_its_first_picture() -> None:
    file = io.BytesIO()
    first, second = specimens.picture(), Image.new("RGB", (320, 200), "#000000")
    first.save(file, "WEBP", save_all=True, append_images=[second])
    with pytest.raises(Uncleanable):
        clean("document", file.getvalue())


def test_a_picture_of_enormous_size_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    Image.new("1", (9000, 8000)).save(file, "PNG")
    assert len(file.getvalue()) < 20_000
    with pytest.raises(Uncleanable, match="pixels"):
        clean("document", file.getvalue())


def test_a_locked_paper_is_refused() -> None:
    file = io.BytesIO()
    with pikepdf.Pdf.new() as paper:
        paper.add_blank_page()
        paper.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Uncleanable):
        clean("document", file.getvalue())


def _film(content: bytes) -> dict[str, Any]:
    with av.open(io.BytesIO(content), "r") as film:
        count = {"video": 0, "audio": 0}
        for packet in film.demux():
            count[packet.stream.type] += packet.size > 0
        return {**count, "tags": dict(film.metadata)}


def _turn(film: av.container.InputContainer) -> int:
    return next(film.decode(video=0)).rotation


def _form(words: str) -> bytes:
    with pikepdf.Pdf.new() as paper:
        page = paper.add_blank_page(page_size=(200, 200))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
        )
        field = paper.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="o",
                V=words,
                DA="/Helv 12 Tf 0 g",
                Rect=[10, 10, 190, 40],
                F=4,
            )
        )
        page.obj.Annots = pikepdf.Array([field])
        paper.Root.AcroForm = pikepdf.Dictionary(
            Fields=[field],
            NeedAppearances=True,
            DA="/Helv 12 Tf 0 g",
            DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=paper.make_indirect(font))),
        )
        file = io.BytesIO()
        paper.save(file)
    return file.getvalue()
