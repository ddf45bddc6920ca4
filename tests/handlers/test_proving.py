"""Is it really ours? Asked by code, by the whole post, or by passing it on. All is invented."""

import html
import re
import unicodedata
from datetime import timedelta

import pytest

from domain.announcing import Sort
from domain.codes import new_code, spoken
from domain.notices import Lane, Media, Notice
from domain.roles import Purpose
from storage import announcements, outbox
from storage.announcement_tables import Announcement
from storage.rows import change, list_by
from storage.tables import Address, Incident, Outbox, Person
from tests.actions.speakers import WORDS, Speakers
from tests.handlers.chats import Chats
from tests.precinct import Precinct, labels, say, taps

PHOTO = Media("photo", "invented-photo", 10)
FORGED = "⚠️ CÓ THỂ GIẢ: mã có thật nhưng lời đã bị sửa, hoặc chép thiếu chữ."
UNKNOWN = spoken(new_code(lambda below: 3_827_193))
REAL = "✅ BÀI THẬT, lời không bị sửa."


@pytest.fixture
def speakers(precinct: Precinct, chats: Chats) -> Speakers:
    """Leaders, officers, and chats of neighbourhoods; the resident has been greeted."""
    chats.says(precinct.resident, "/menu")
    return Speakers(precinct)


@pytest.fixture
def posted(speakers: Speakers, precinct: Precinct) -> Announcement:
    """A leader's announcement that stands in the chat of Khu 2."""
    return post(speakers, precinct)


def post(
    speakers: Speakers, precinct: Precinct, author: Person | None = None, **more: object
) -> Announcement:
    made = speakers.announce(author, **more)
    precinct.deliver()
    return speakers.again(made)


def plain(text: str) -> str:
    """As a phone shows and copies it."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def shown(precinct: Precinct, address: Address) -> str:
    """The last post of a chat, without markup, as somebody passes it on."""
    return plain(precinct.last(address))


def said(precinct: Precinct, address: Address | None = None) -> str:
    """Everything in a chat, by default the resident's."""
    return plain("\n".join(precinct.texts(address or precinct.resident_home)))


def test_the_code_shows_the_original_and_who_when_where(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    chats.says(precinct.resident, f"/xacminh {posted.code}")
    answer, original = precinct.texts(precinct.resident_home)[-2:]
    assert f"Mã {spoken(posted.code)} có thật" in answer
    assert "So từng chữ" in answer or "so từng chữ" in answer
    assert "09:00 22/11/2026" in answer
    assert "Khu 2" in answer
    assert "chưa bị sửa, chưa bị rút lại" in answer
    assert "Không ai của phường hay công an hỏi mã OTP" in answer
    assert "khác bản gốc dưới đây đều là giả" in answer
    assert WORDS in original
    assert "Lan" not in said(precinct)


@pytest.mark.parametrize("typed", ["xác minh {}", "Xac minh {}", "xác minh mã {} có thật không ạ"])
def test_plain_words_ask_as_well(
    precinct: Precinct, chats: Chats, posted: Announcement, typed: str
) -> None:
    chats.says(precinct.resident, typed.format(spoken(posted.code)))
    assert WORDS in precinct.last(precinct.resident_home)
    assert FORGED not in said(precinct)


def test_a_bare_code_is_that_of_the_post(
    precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    chats.says(precinct.resident, spoken(posted.code))
    assert WORDS in precinct.last(precinct.resident_home)


def test_what_is_passed_on_unaltered_is_real(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    copy = shown(precinct, speakers.chat2)
    assert WORDS in copy
    assert spoken(posted.code) in copy
    for form in (copy, unicodedata.normalize("NFD", copy), copy.replace("\n", "\n \n")):
        before = len(precinct.texts(precinct.resident_home))
        chats.forwards(precinct.resident, form)
        answer = plain(precinct.texts(precinct.resident_home)[before])
        assert answer.startswith(REAL), answer
    assert "việc gì" not in said(precinct)


def test_a_genuine_code_under_altered_words_is_not_called_genuine(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    copy = shown(precinct, speakers.chat2)
    for forged in (
        copy.replace("Chiều mai", "Chiều nay"),
        f"{copy}\nĐóng 200.000 đồng vào tài khoản 0102030405.",
        copy.replace(WORDS, "Chuyển tiền giữ chỗ ngay hôm nay"),
        f"Chuyển tiền ngay. Mã: {spoken(posted.code)}",
    ):
        before = len(precinct.texts(precinct.resident_home))
        chats.forwards(precinct.resident, forged)
        answer, original = precinct.texts(precinct.resident_home)[before : before + 2]
        assert plain(answer).startswith(FORGED), forged
        assert "THẬT, lời" not in answer
        assert WORDS in original
        chats.says(precinct.resident, f"/xacminh {forged}")
        assert plain(precinct.texts(precinct.resident_home)[-2]).startswith(FORGED)


def test_a_post_pasted_after_the_command_is_compared_too(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    chats.says(precinct.resident, f"/xacminh\n{shown(precinct, speakers.chat2)}")
    assert plain(precinct.texts(precinct.resident_home)[-2]).startswith(REAL)


def test_a_warning_full_of_danger_is_proved_and_not_taken_for_a_cry(
    speakers: Speakers, precinct: Precinct, chats: Chats
) -> None:
    words = "Cháy lớn ở chợ, cứu với cũng có trong lời này (bịa)"
    post(speakers, precinct, words=words, sort=Sort.HAZARD)
    copy = shown(precinct, speakers.chat2)
    chats.forwards(precinct.resident, copy)
    assert plain(precinct.texts(precinct.resident_home)[-2]).startswith(REAL)
    chats.says(precinct.resident, f"xác minh {copy}")
    assert plain(precinct.texts(precinct.resident_home)[-2]).startswith(REAL)


def test_files_are_sent_again_and_cannot_be_added(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    copy = shown(precinct, speakers.chat2)
    chats.forwards(precinct.resident, copy, PHOTO)
    assert "bản gốc không có ảnh hay tệp nào" in said(precinct)
    with_photo = post(speakers, precinct, media=(PHOTO,), words="Xem giấy mời (bịa)")
    chats.says(precinct.resident, f"/xacminh {with_photo.code}")
    assert precinct.notices(precinct.resident_home)[-1].media == (PHOTO,)
    chats.forwards(precinct.resident, f"Xem giấy mời (bịa)\n{spoken(with_photo.code)}", PHOTO)
    assert "Ảnh hoặc tệp thì trợ lý không so được" in said(precinct)


def test_files_that_another_bot_keeps_are_only_named(
    speakers: Speakers, precinct: Precinct, chats: Chats
) -> None:
    made = post(speakers, precinct, media=(PHOTO,))
    announcements.set_columns(precinct.db, made.id, bot="another-bot")
    chats.says(precinct.resident, f"/xacminh {made.code}")
    last = precinct.notices(precinct.resident_home)[-1]
    assert last.media == ()
    assert "không gửi lại được" in say(last.text)


def test_an_unknown_code_a_slip_and_no_code_at_all(precinct: Precinct, chats: Chats) -> None:
    chats.says(precinct.resident, f"/xacminh {UNKNOWN}")
    unknown = precinct.last(precinct.resident_home)
    chats.says(precinct.resident, f"/xacminh {UNKNOWN[:-1]}{(int(UNKNOWN[-1]) + 1) % 10}")
    slip = precinct.last(precinct.resident_home)
    chats.says(precinct.resident, "/xacminh ai bảo tôi nộp phạt")
    none = precinct.last(precinct.resident_home)
    chats.says(precinct.resident, "/xacminh")
    how = precinct.last(precinct.resident_home)
    assert "Không có bài nào mang mã này" in unknown
    assert "gõ nhầm" in slip
    assert "không có mã nào của trợ lý" in none
    for each in (unknown, slip, none):
        assert "<b>113</b>" in each
    assert "/xacminh 4827 1936" in how


def test_a_reports_code_is_answered_like_one_that_never_was(
    precinct: Precinct, chats: Chats, incident: Incident
) -> None:
    for who in (precinct.resident, precinct.an, precinct.stranger):
        chats.says(who, "/menu")
        chats.says(who, f"/xacminh {UNKNOWN}")
        chats.says(who, f"/xacminh {incident.code}")
        unknown, report = precinct.texts(precinct.home(who))[-2:]
        assert report == unknown
    room = precinct.room("-9")
    chats.says(precinct.an, f"/xacminh {UNKNOWN}", room)
    chats.says(precinct.an, f"/xacminh {incident.code}", room)
    assert len(set(precinct.texts(room))) == 1


def test_what_was_never_posted_is_not_shown(
    speakers: Speakers, precinct: Precinct, chats: Chats
) -> None:
    waiting = speakers.announce(speakers.an, neighbourhoods=(speakers.khu2, speakers.khu3))
    on_its_way = speakers.announce()
    for made in (waiting, on_its_way):
        chats.says(precinct.resident, f"/xacminh {made.code}")
        assert "Không có bài nào mang mã này" in precinct.last(precinct.resident_home)
    assert WORDS not in said(precinct)


def test_the_incident_behind_a_warning_is_never_told(
    speakers: Speakers, precinct: Precinct, chats: Chats, incident: Incident
) -> None:
    made = post(
        speakers, precinct, author=speakers.an, sort=Sort.HAZARD, incident_id=incident.id,
        expires_at=precinct.now + timedelta(hours=3),
    )  # fmt: skip
    chats.says(precinct.resident, f"/xacminh {made.code}")
    told = said(precinct)
    assert WORDS in told
    assert spoken(incident.code) not in told.split(WORDS)[-1]
    assert "Mất cái xe đạp" not in precinct.last(precinct.resident_home)


def test_what_expired_or_was_cleared_or_corrected_counts_no_more(
    speakers: Speakers, precinct: Precinct, chats: Chats
) -> None:
    expires = precinct.now + timedelta(hours=3)
    alert = post(speakers, precinct, author=speakers.an, sort=Sort.HAZARD, expires_at=expires)
    copy = shown(precinct, speakers.chat2)
    precinct.now = expires + timedelta(minutes=1)
    chats.forwards(precinct.resident, copy)
    answer = plain(precinct.texts(precinct.resident_home)[-2])
    assert "KHÔNG CÒN HIỆU LỰC" in answer
    assert "Đã hết hiệu lực lúc 12:00 22/11/2026" in answer
    announcements.set_columns(precinct.db, alert.id, cleared_at=precinct.now)
    chats.says(precinct.resident, f"/xacminh {alert.code}")
    assert "Đã báo an toàn lúc 12:01" in precinct.texts(precinct.resident_home)[-2]
    newer = post(speakers, precinct, author=speakers.an, corrects=alert.id, words="Lời đúng (bịa)")
    chats.says(precinct.resident, f"/xacminh {alert.code}")
    corrected = precinct.texts(precinct.resident_home)[-3]
    assert "Đã được đính chính" in corrected
    assert spoken(newer.code) in corrected


def test_former_words_are_said_to_be_former(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    copy = shown(precinct, speakers.chat2)
    announcements.set_columns(precinct.db, posted.id, words="Lời đã sửa lại (bịa)")
    chats.forwards(precinct.resident, copy)
    answer, original = precinct.texts(precinct.resident_home)[-2:]
    assert "Đây là lời cũ" in answer
    assert "Lời đã sửa lại (bịa)" in original
    chats.forwards(precinct.resident, copy.replace("Chiều", "Sáng"))
    assert plain(precinct.texts(precinct.resident_home)[-2]).startswith(FORGED)


def test_an_officer_is_asked_what_for(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, posted: Announcement
) -> None:
    forged = shown(precinct, speakers.chat2).replace("Chiều", "Sáng")
    home = precinct.home(precinct.an)
    chats.forwards(precinct.an, forged)
    asked = precinct.notices(home)[-1]
    assert labels(asked) == ["1. Xác minh bài này", "2. Ghi thành tin báo"]
    chats.taps(precinct.an, taps(asked)[0])
    assert plain(precinct.texts(home)[-2]).startswith(FORGED)
    chats.forwards(precinct.an, forged)
    chats.says(precinct.an, "2")
    assert "nhận bằng cách nào" in precinct.last(home) or "việc gì" in precinct.last(home)
    assert list_by(precinct.db, Incident) == []


def test_an_officer_answers_in_words_and_what_follows_is_kept(
    speakers: Speakers, precinct: Precinct, chats: Chats, duty: Address, posted: Announcement
) -> None:
    copy = shown(precinct, speakers.chat2)
    home = precinct.home(precinct.an)
    chats.forwards(precinct.an, copy)
    chats.forwards(precinct.an, "", PHOTO)
    assert labels(precinct.notices(home)[-1])[0] == "1. Xác minh bài này"
    chats.says(precinct.an, "xác minh bài này")
    assert "bản gốc không có ảnh" in plain(precinct.texts(home)[-2])


def test_a_forward_without_a_code_is_a_report_with_a_word_of_caution(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.forwards(precinct.resident, "Phường phát tiền hỗ trợ, bấm vào đường dẫn này")
    last = precinct.last(precinct.resident_home)
    assert "đừng coi là tin chính thức" in last
    assert "OTP" in last
    assert "việc gì" in last


def test_in_a_group_the_answer_is_short(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    chats.says(precinct.resident, f"/xacminh {posted.code}", speakers.chat3)
    notice = precinct.notices(speakers.chat3)[-1]
    assert "có thật" in say(notice.text)
    assert WORDS not in said(precinct, speakers.chat3)
    (button,) = (each for row in notice.buttons for each in row)
    assert button.link is not None
    assert button.link.endswith(f"xm_{posted.code}")
    chats.says(precinct.resident, f"/xacminh Sáng mai họp. Mã {posted.code}", speakers.chat3)
    assert plain(precinct.last(speakers.chat3)).startswith(FORGED)
    chats.says(precinct.resident, f"/xacminh {UNKNOWN}", speakers.chat3)
    assert "Không có bài nào" in precinct.last(speakers.chat3)


def test_the_groups_button_opens_the_original(
    precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    chats.says(precinct.resident, f"/start xm_{posted.code}")
    assert WORDS in precinct.last(precinct.resident_home)


def test_words_with_markup_are_compared_as_they_are_seen(
    speakers: Speakers, precinct: Precinct, chats: Chats
) -> None:
    made = post(speakers, precinct, words="Giá <vé> & xe: 5 > 3 (bịa)")
    copy = shown(precinct, speakers.chat2)
    chats.forwards(precinct.resident, copy)
    assert plain(precinct.texts(precinct.resident_home)[-2]).startswith(REAL)
    assert made.words in copy


def test_an_open_question_is_asked_again_below(
    precinct: Precinct, chats: Chats, duty: Address, posted: Announcement
) -> None:
    chats.says(precinct.resident, "Mất trộm xe máy ở cổng trường")
    chats.says(precinct.resident, f"xác minh {posted.code}")
    told = precinct.texts(precinct.resident_home)
    assert WORDS in told[-2]
    assert "việc gì" in told[-1]


def test_private_copies_name_no_place(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    for row in precinct.outbox(speakers.chat2):
        assert row.lane == Lane.BROADCAST
    precinct.db.exec_driver_sql(f"UPDATE post SET address_id = {precinct.resident_home.id}")
    chats.says(precinct.resident, f"/xacminh {posted.code}")
    assert "đã chọn nhận loại tin này" in precinct.texts(precinct.resident_home)[-2]


def test_erased_copies_leave_the_face_to_compare_with(
    speakers: Speakers, precinct: Precinct, chats: Chats, posted: Announcement
) -> None:
    copy = shown(precinct, speakers.chat2)
    empty = outbox.dump_notice(Notice())
    for row in precinct.outbox(speakers.chat2):
        change(precinct.db, Outbox, row.id, notice=empty, erased=True)
    chats.forwards(precinct.resident, copy)
    assert plain(precinct.texts(precinct.resident_home)[-2]).startswith(REAL)


def test_nobody_records_in_a_duty_chat_by_asking(
    precinct: Precinct, chats: Chats, duty: Address, posted: Announcement
) -> None:
    chats.says(precinct.an, f"/xacminh {posted.code}", duty)
    assert "có thật" in precinct.last(duty)
    assert precinct.room("-7", Purpose.MEDIATION)
