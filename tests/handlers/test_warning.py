"""A tired officer warns neighbourhoods in three taps, in the duty chat or in private."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from actions.conversations import expire_drafts, nudge_drafts
from bot.handlers.turn import Turn
from domain.codes import spoken
from domain.incidents import Place
from domain.notices import Media
from storage import announcements, wards
from storage.announcement_tables import Announcement
from storage.rows import change, rows
from storage.tables import Address, Incident, Outbox, Person
from tests.actions.speakers import Speakers
from tests.handlers.chats import Chats, answered
from tests.precinct import OTHER_WARD, Precinct, labels, say, taps

PHOTO = Media("photo", "officers-photo", 10)


@pytest.fixture
def speakers(precinct: Precinct) -> Speakers:
    """Chats of neighbourhoods."""
    return Speakers(precinct)


@pytest.fixture
def fire(precinct: Precinct, chats: Chats, duty: Address) -> Incident:
    """A fire in Khu 2 that an officer has taken; its card stands in the duty chat."""
    filed = precinct.report("FIRE", "Cháy nhà kho số 7 của ông Bịa")
    precinct.deliver()
    chats.taps(precinct.an, f"i:{filed.id}:take", duty)
    precinct.deliver()
    return filed


def press(precinct: Precinct, chats: Chats, by: Person, at: Address | None, label: str) -> Turn:
    """The newest button of this chat with this label."""
    chat = at or precinct.home(by)
    notice = next(n for n in reversed(precinct.notices(chat)) if label in labels(n))
    return chats.taps(by, dict(zip(labels(notice), taps(notice), strict=True))[label], at)


def reply(
    precinct: Precinct, chats: Chats, by: Person, at: Address, text: str, **more: object
) -> None:
    """To the newest message of this chat."""
    precinct.deliver()
    newest = [row for row in precinct.outbox(at) if row.edits is None][-1]
    chats.replies(by, newest, text, at, **more)  # type: ignore[arg-type]


def sent(precinct: Precinct) -> list[Announcement]:
    """All announcements."""
    return rows(precinct.db, Announcement, select(Announcement).order_by(col(Announcement.id)))


def test_three_taps_in_the_duty_chat(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    assert "6. Cảnh báo bà con" in labels(precinct.notices(duty)[0])
    for label in ("6. Cảnh báo bà con", "1. Dùng lời này", "1. Gửi cảnh báo"):
        press(precinct, chats, precinct.an, duty, label)
    (made,) = sent(precinct)
    assert (made.sort, made.incident_id, made.author_role) == ("emergency", fire.id, "officer")
    assert [
        each.neighbourhood_id for each in announcements.list_targets(precinct.db, made.id)
    ] == [speakers.khu2]
    (post,) = speakers.seen(speakers.chat2)
    assert "Đang có cháy trong khu vực" in post
    assert "gọi 114" in post
    for trace in ("nhà kho", "ông Bịa", fire.code):
        assert trace not in post
    assert "Cảnh báo đang được gửi" in precinct.last(duty)


def test_the_preview_is_exactly_what_is_posted(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    for label in ("6. Cảnh báo bà con", "1. Dùng lời này"):
        press(precinct, chats, precinct.an, duty, label)
    preview = precinct.texts(duty)[-2]
    assert "Chưa gửi" in precinct.last(duty)
    assert sent(precinct) == []
    press(precinct, chats, precinct.an, duty, "1. Gửi cảnh báo")
    assert speakers.seen(speakers.chat2) == [preview]


def test_the_first_message_says_which_report_and_where_it_goes(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    """It named neither: two officers with two cards did not know which one they warned of."""
    press(precinct, chats, precinct.an, duty, "6. Cảnh báo bà con")
    said = precinct.last(duty)
    assert spoken(fire.code) in said
    assert "Cháy" in said
    assert "Gửi tới: Khu 2." in said
    assert "trả lời tin nhắn này" in said


def test_the_review_shows_how_the_words_begin_and_asks_nothing_of_our_own_words(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    for label in ("6. Cảnh báo bà con", "1. Dùng lời này"):
        press(precinct, chats, precinct.an, duty, label)
    review = precinct.last(duty)
    assert "Lời cảnh báo:</b> “Ở cổng chợ: Đang có cháy" in review
    assert "Dùng lời này" not in review
    assert "Chưa gửi" in review


def test_a_public_place_of_the_wards_own_list_is_named(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    for landmark, named in (("Chợ Bịa", True), ("nhà ông Bịa", False)):
        wards.set_landmarks(precinct.db, speakers.khu2, ["Chợ Bịa"])
        change(precinct.db, Incident, fire.id or 0, place=Place(landmark).to_json())
        precinct.now += timedelta(minutes=11)
        press(precinct, chats, precinct.an, duty, "6. Cảnh báo bà con")
        assert ("Ở Chợ Bịa: Đang có cháy" in precinct.last(duty)) is named
        assert "ông Bịa" not in precinct.last(duty)


def test_where_a_second_officer_must_agree_the_button_says_so(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    chats.replies(precinct.an, chats.card(fire.id, duty), "cảnh báo", duty)
    reply(precinct, chats, precinct.an, duty, "Tìm xe 14A-123.45 chạy khỏi đám cháy")
    assert "1. Gửi cho đồng chí thứ hai duyệt" in labels(precinct.notices(duty)[-1])


def test_by_replies_alone(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    chats.replies(precinct.an, chats.card(fire.id, duty), "Cảnh báo khu 2, khu 3", duty)
    reply(precinct, chats, precinct.an, duty, "Cháy ở chợ, bà con tránh đường Bịa", media=(PHOTO,))
    reply(precinct, chats, precinct.an, duty, "không")
    reply(precinct, chats, precinct.an, duty, "sửa hiệu lực đến")
    reply(precinct, chats, precinct.an, duty, "21h tối nay")
    review = precinct.last(duty)
    assert "Khu 2, Khu 3" in review
    assert "21:00" in review
    reply(precinct, chats, precinct.an, duty, "gửi")
    (made,) = sent(precinct)
    assert made.words == "Cháy ở chợ, bà con tránh đường Bịa"
    assert made.media
    assert len(speakers.posts()) == 2


@pytest.mark.parametrize("typed", ["6", "canh bao", "CẢNH BÁO", "warn"])
def test_the_card_understands(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident, typed: str
) -> None:
    chats.replies(precinct.an, chats.card(fire.id, duty), typed, duty)
    assert "Lời gợi ý" in precinct.last(duty)


def test_neighbourhoods_that_are_not_there_are_asked_for(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    chats.replies(precinct.an, chats.card(fire.id, duty), "cảnh báo khu 99", duty)
    assert "Cảnh báo tới khu nào" in precinct.last(duty)
    reply(precinct, chats, precinct.an, duty, "khu 3 và khu 4")
    assert "Lời gợi ý" in precinct.last(duty)


def test_in_private_by_the_code(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    home = precinct.home(precinct.an)
    chats.says(precinct.an, f"/canhbao {fire.code} khu 3")
    for typed in ("Cháy to, bà con đóng cửa tránh khói", "không"):
        chats.says(precinct.an, typed)
    assert "cháy" not in precinct.last(precinct.resident_home).lower().split("gọi ngay")[0]
    chats.says(precinct.an, "gửi")
    (made,) = sent(precinct)
    assert made.words == "Cháy to, bà con đóng cửa tránh khói"
    assert len(speakers.seen(speakers.chat3)) == 1
    assert speakers.seen(speakers.chat2) == []
    assert "Cảnh báo đang được gửi" in precinct.last(home)


def test_a_plate_is_found_and_waits_for_the_second_officer(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    chats.replies(precinct.an, chats.card(fire.id, duty), "cảnh báo", duty)
    reply(precinct, chats, precinct.an, duty, "Tìm xe 14A-123.45 chạy khỏi đám cháy")
    review = precinct.last(duty)
    assert "cần đồng chí thứ hai đồng ý" in review
    reply(precinct, chats, precinct.an, duty, "gửi")
    assert "đang chờ đồng chí thứ hai" in precinct.last(duty)
    assert speakers.posts() == []
    assert sent(precinct)[0].names_person


def test_a_photo_that_comes_later_is_asked_about_again(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    chats.replies(precinct.an, chats.card(fire.id, duty), "cảnh báo", duty)
    reply(precinct, chats, precinct.an, duty, "Bà con tránh xa chợ Bịa")
    reply(precinct, chats, precinct.an, duty, "không")
    reply(precinct, chats, precinct.an, duty, "", media=(PHOTO,))
    assert "Có nêu người, ảnh mặt hay biển số không" in precinct.last(duty)
    reply(precinct, chats, precinct.an, duty, "có")
    reply(precinct, chats, precinct.an, duty, "gửi")
    assert sent(precinct)[0].names_person


def test_the_reporters_words_are_refused_and_can_be_changed(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address
) -> None:
    told = "Thấy hai người bẻ khóa lấy mất cái xe đạp mini màu xanh"
    theft = precinct.report("THEFT", told)
    precinct.deliver()
    chats.replies(precinct.an, chats.card(theft.id, duty), "cảnh báo", duty)
    assert "đừng nêu nhà ai" in precinct.last(duty)
    reply(precinct, chats, precinct.an, duty, told)
    reply(precinct, chats, precinct.an, duty, "không")
    assert any("lộ người báo" in text for text in precinct.texts(duty))
    reply(precinct, chats, precinct.an, duty, "gửi")
    assert sent(precinct) == []
    reply_to = [row for row in precinct.outbox(duty) if _asks(row)][-1]
    precinct.deliver()
    chats.replies(precinct.an, reply_to, "sửa lời cảnh báo", duty)
    press(precinct, chats, precinct.an, duty, "1. Dùng lời này")
    press(precinct, chats, precinct.an, duty, "1. Gửi cảnh báo")
    assert sent(precinct)[0].sort == "hazard"


def _asks(row: Outbox) -> bool:
    return "f:" in str(row.notice)


def test_a_colleague_does_not_answer_for_the_writer(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    press(precinct, chats, precinct.an, duty, "6. Cảnh báo bà con")
    asked = precinct.notices(duty)[-1]
    turn = chats.taps(precinct.binh, taps(asked)[0], duty)
    assert "đồng chí đang soạn" in answered(turn)
    reply(precinct, chats, precinct.binh, duty, "1")
    assert "đồng chí đang soạn" in precinct.last(duty)
    chats.replies(precinct.binh, chats.card(fire.id, duty), "cảnh báo", duty)
    assert "Đ/c An đang soạn một cảnh báo" in precinct.last(duty)
    precinct.now += timedelta(minutes=11)
    chats.replies(precinct.binh, chats.card(fire.id, duty), "cảnh báo", duty)
    assert "Lời gợi ý" in precinct.last(duty)


def test_officers_go_on_talking_while_one_writes(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    press(precinct, chats, precinct.an, duty, "6. Cảnh báo bà con")
    before = len(precinct.outbox())
    chats.says(precinct.binh, "ai đi cùng tôi?", duty)
    chats.says(precinct.an, "tôi đi", duty)
    assert len(precinct.outbox()) == before
    chats.replies(precinct.binh, chats.card(fire.id, duty), "đang tới", duty)
    assert precinct.again(fire).state == "on_the_way"


def test_it_is_left_without_a_word_to_anybody(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    press(precinct, chats, precinct.an, duty, "6. Cảnh báo bà con")
    reply(precinct, chats, precinct.an, duty, "hủy")
    assert precinct.last(duty) == "Đã dừng. Không cảnh báo nào được gửi."
    press(precinct, chats, precinct.an, duty, "6. Cảnh báo bà con")
    before = len(precinct.outbox())
    nudge_drafts(precinct.db, precinct.now + timedelta(hours=1))
    expire_drafts(precinct.db, precinct.now + timedelta(days=40))
    assert len(precinct.outbox()) == before
    assert sent(precinct) == []


def test_of_drugs_two_taps_send_general_words_and_nothing_else_can(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address
) -> None:
    drugs = precinct.report("DRUG", "bán ma túy ở nhà ông Bịa")
    precinct.deliver()
    chats.replies(precinct.an, chats.card(drugs.id, duty), "cảnh báo khu 2", duty)
    asked = precinct.last(duty)
    assert "không cảnh báo theo tin được" in asked
    assert "Phòng, chống ma túy" in asked
    reply(precinct, chats, precinct.an, duty, "Nhà ông Bịa bán ma túy")
    assert sent(precinct) == []
    press(precinct, chats, precinct.an, duty, "1. Gửi cả phường")
    (made,) = sent(precinct)
    assert "ông Bịa" not in made.words
    assert made.incident_id is None
    assert "chờ người thứ hai" in precinct.last(duty)


@pytest.mark.parametrize("kind", ["DV", "CHILD_ABUSE", "SUICIDE_RISK"])
def test_what_would_hurt_somebody_has_no_button_and_no_warning(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, kind: str
) -> None:
    filed = precinct.report(kind, "lời bịa cho kiểm thử")
    precinct.deliver()
    chats.taps(precinct.an, f"i:{filed.id}:take", duty)
    assert "6. Cảnh báo bà con" not in labels(precinct.notices(duty)[0])
    precinct.deliver()
    chats.replies(precinct.an, chats.card(filed.id, duty), "cảnh báo", duty)
    assert "không ra cảnh báo được" in precinct.last(duty)
    turn = chats.taps(precinct.an, f"w:{filed.id}", duty)
    assert "không ra cảnh báo được" in say(turn.tap_answer)


def test_nobody_else_begins_a_warning(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    for outsider in (precinct.resident, precinct.stranger, speakers.lan):
        turn = chats.taps(outsider, f"w:{fire.id}", duty)
        assert "Chỉ công an của phường này" in answered(turn)
        chats.says(outsider, f"/canhbao {fire.code}", duty)
        assert "Lời gợi ý" not in precinct.last(duty)
    elsewhere = precinct.room("-55")
    other = wards.add_neighbourhood(precinct.db, OTHER_WARD, "Khu 1", "khu 1")
    chats.says(precinct.stranger, f"/canhbao {fire.code}")
    assert "Lời gợi ý" not in precinct.last(precinct.home(precinct.stranger))
    chats.taps(precinct.an, f"w:{fire.id}", speakers.chat2)
    chats.taps(precinct.an, "w:nonsense", duty)
    assert sent(precinct) == []
    assert elsewhere.id
    assert other.id


def test_a_resident_who_types_it_reports(precinct: Precinct, chats: Chats, duty: Address) -> None:
    chats.says(precinct.resident, "cảnh báo có người lạ đi gõ cửa từng nhà")
    assert "việc gì" in precinct.last(precinct.resident_home)


def test_an_expiry_that_passed_meanwhile_is_asked_for_again(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, fire: Incident
) -> None:
    for label in ("6. Cảnh báo bà con", "1. Dùng lời này"):
        press(precinct, chats, precinct.an, duty, label)
    precinct.now += timedelta(hours=9)
    turn = press(precinct, chats, precinct.an, duty, "1. Gửi cảnh báo")
    assert "Giờ hết hiệu lực đã qua" in answered(turn)
    assert sent(precinct) == []
