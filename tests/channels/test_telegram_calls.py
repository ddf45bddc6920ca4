"""Which calls a message takes: albums of ten, of what one call carries; files by their bytes."""

from aiogram.methods import SendContact, SendDocument, SendMediaGroup, SendPhoto
from aiogram.types import BufferedInputFile, Message

from bot.channels.base import Outgoing, Upload, WordedContact
from bot.channels.telegram_calls import UPLOAD_LIMIT, calls_of
from bot.channels.telegram_sending import file_of
from domain.notices import Media


def photo(size: int = 10) -> Upload:
    return Upload("photo", bytes(size), "anh-1.jpg", "image/jpeg")


def paper() -> Upload:
    return Upload("document", b"%PDF-", "tep-1.pdf", "application/pdf")


def test_pictures_go_by_tens_and_everything_else_alone_and_places_are_kept() -> None:
    pictures: list[Media | Upload] = [photo() for _ in range(11)]
    media = (paper(), *pictures, Media("voice", "known"))
    calls = calls_of(Outgoing("-1", media=media))
    assert [call.places for call in calls] == [tuple(range(1, 11)), (11,), (0,), (12,)]
    assert isinstance(calls[0].method, SendMediaGroup)
    assert isinstance(calls[1].method, SendPhoto)
    assert isinstance(calls[2].method, SendDocument)


def test_the_code_stands_below_the_first_picture_only() -> None:
    """Passed on alone, a picture without words said nothing of where they can be found."""
    said = "Kèm thông báo mã 1234 5678"
    album, alone = calls_of(Outgoing("-1", said, media=(photo(), photo(), paper())))
    assert isinstance(album.method, SendMediaGroup)
    assert [each.caption for each in album.method.media] == [said, None]
    assert isinstance(alone.method, SendDocument)
    assert alone.method.caption is None
    (single,) = calls_of(Outgoing("-1", said, media=(photo(),)))
    assert isinstance(single.method, SendPhoto)
    assert single.method.caption == said


def test_an_album_is_no_larger_than_one_call_carries() -> None:
    large = photo(UPLOAD_LIMIT // 2 - 1)
    calls = calls_of(Outgoing("-1", media=(large, large, large)))
    assert [call.places for call in calls] == [(0, 1), (2,)]


def test_a_large_file_gets_the_time_that_it_needs() -> None:
    (known,) = calls_of(Outgoing("-1", media=(Media("photo", "known"),)))
    (fresh,) = calls_of(Outgoing("-1", media=(photo(10_000_000),)))
    assert fresh.seconds > known.seconds


def test_an_upload_has_our_name_for_it() -> None:
    (call,) = calls_of(Outgoing("-1", media=(paper(),)))
    assert isinstance(call.method, SendDocument)
    assert isinstance(call.method.document, BufferedInputFile)
    assert call.method.document.filename == "tep-1.pdf"


def test_a_number_is_given_as_it_is_dialled() -> None:
    (call,) = calls_of(Outgoing("1", contact=WordedContact("113", "Công an 113"), silent=True))
    assert isinstance(call.method, SendContact)
    assert call.method.phone_number == "113"
    assert call.method.disable_notification
    assert "TEL:113" in str(call.method.vcard)


def test_the_file_of_an_answer_whatever_it_came_back_as() -> None:
    wire = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
    size = {"file_unique_id": "u", "width": 90, "height": 60}
    sizes = [{**size, "file_id": "small"}, {**size, "file_id": "large", "width": 900}]
    film = {"file_id": "mute", "file_unique_id": "u", "width": 9, "height": 9, "duration": 1}
    assert file_of(Message.model_validate({**wire, "photo": sizes})) == "large"
    assert file_of(Message.model_validate({**wire, "animation": film})) == "mute"
    assert file_of(Message.model_validate({**wire, "text": "x"})) == ""
