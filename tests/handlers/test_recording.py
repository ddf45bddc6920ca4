"""Officers write down what came by another way, and it is a card like any other."""

import pytest

from actions.audience import tell_leaders
from actions.recording import record
from actions.standings import revoke
from domain.incidents import Happening
from domain.notices import Media
from domain.roles import Purpose, Role
from storage import incidents
from storage.addresses import set_unreachable
from storage.rows import list_by
from storage.tables import Address, Incident
from tests.handlers.chats import Chats, answered
from tests.precinct import BOT, WARD, Precinct, labels, say

PHOTO = Media("photo", "invented-photo")


def filed(precinct: Precinct) -> list[Incident]:
    """All incidents."""
    return list_by(precinct.db, Incident)


def test_words_after_the_command_in_the_duty_chat_are_the_card(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.an, "/ghitin Có đánh nhau ở chợ, bà Lan gọi", duty)
    (incident,) = filed(precinct)
    assert (incident.source, incident.recorded_by) == ("call", precinct.an.id)
    assert incident.kind == "ASSAULT"
    assert incidents.find_reporter(precinct.db, incident.id) is None
    card = precinct.last(duty)
    assert "KHẨN CẤP" in card
    assert "Có đánh nhau ở chợ, bà Lan gọi" in card
    assert "Nguồn: gọi điện, đ/c An ghi" in card
    assert "09:00 đ/c An ghi tin" in card
    assert "không nêu tên" not in card
    assert "người báo" not in card.lower()
    assert [row.address_id for row in precinct.outbox()] == [duty.id]


def test_calm_words_and_a_photo(precinct: Precinct, chats: Chats, duty: Address) -> None:
    chats.captions(precinct.an, "/ghitin hàng xóm hát karaoke to", PHOTO, duty)
    (incident,) = filed(precinct)
    assert incident.kind == "NOISE"
    assert precinct.notices(duty)[-1].media == (PHOTO,)
    chats.says(precinct.an, "/ghitin qwerty", duty)
    assert filed(precinct)[-1].kind == "OTHER"


def test_a_command_alone_is_told_how(precinct: Precinct, chats: Chats, duty: Address) -> None:
    chats.says(precinct.an, "/ghitin", duty)
    assert "/ghitin" in precinct.last(duty)
    assert filed(precinct) == []


def test_nobody_else_records_in_the_duty_chat(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    for outsider in (precinct.resident, precinct.stranger):
        chats.says(outsider, "/ghitin Cháy nhà ông Bịa", duty)
        assert "Chỉ công an của phường này" in precinct.last(duty)
    mediators = precinct.room("-7", Purpose.MEDIATION)
    chats.says(precinct.an, "/ghitin Cháy nhà ông Bịa", mediators)
    assert filed(precinct) == []


def test_step_by_step_in_private(precinct: Precinct, chats: Chats, duty: Address) -> None:
    home = precinct.home(precinct.an)
    chats.says(precinct.an, "ghi tin")
    chats.says(precinct.an, "Mất trộm xe máy ở cổng trường")
    chats.says(precinct.an, "trộm cắp")
    assert "nhận bằng cách nào" in precinct.last(home)
    chats.says(precinct.an, "Đến trực tiếp")
    chats.says(precinct.an, "cổng trường")
    assert "Nguồn:</b> Đến trực tiếp" in precinct.last(home)
    chats.says(precinct.an, "ghi")
    (incident,) = filed(precinct)
    assert (incident.kind, incident.source, incident.ward_code) == ("THEFT", "visit", WARD)
    assert incident.neighbourhood_id == precinct.khu_id
    assert "Đã ghi tin" in precinct.last(home)
    assert "đang gửi tới nhóm trực ban" in precinct.last(home)
    assert "Nguồn: đến trực tiếp, đ/c An ghi" in precinct.last(duty)


def test_where_no_desk_can_be_reached_that_is_said(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    set_unreachable(precinct.db, duty.id, precinct.now)
    chats.says(precinct.an, "ghi tin mất trộm xe máy ở cổng trường")
    for typed in ("trộm cắp", "1", "không nhớ", "ghi"):
        chats.says(precinct.an, typed)
    assert "chưa có nhóm trực ban" in precinct.last(precinct.home(precinct.an))


def test_what_an_officer_forwards_begins_a_record(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.forwards(precinct.an, "Bà con ơi trộm vào nhà ông Bịa", PHOTO)
    chats.forwards(precinct.an, "lấy mất cái xe đạp màu xanh")
    chats.says(precinct.an, "ngõ 5")
    assert "Nguồn:</b> Nhóm khác" in precinct.last(precinct.home(precinct.an))
    chats.says(precinct.an, "ghi")
    (incident,) = filed(precinct)
    assert incident.source == "forwarded"
    assert incident.words == "Bà con ơi trộm vào nhà ông Bịa\nlấy mất cái xe đạp màu xanh"
    assert [file.file for file in incidents.list_media(precinct.db, incident.id)] == [PHOTO.file]
    assert any("tin nhắn hoặc nhóm khác" in text for text in precinct.texts(duty))


def test_what_a_resident_forwards_is_their_report(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.forwards(precinct.resident, "Mất trộm xe máy ở cổng trường")
    assert "nhận bằng cách nào" not in precinct.last(precinct.resident_home)
    assert "việc gì" in precinct.last(precinct.resident_home)


def test_a_resident_who_types_it_reports(precinct: Precinct, chats: Chats, duty: Address) -> None:
    chats.says(precinct.resident, "/ghitin mất trộm xe máy")
    assert "việc gì" in precinct.last(precinct.resident_home)


def test_a_role_that_ended_meanwhile_records_nothing(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.an, "/ghitin mất trộm xe máy ở cổng trường")
    for typed in ("trộm cắp", "1", "không nhớ"):
        chats.says(precinct.an, typed)
    revoke(precinct.db, precinct.an.id, Role.OFFICER, WARD, precinct.now)
    chats.says(precinct.an, "ghi")
    assert filed(precinct) == []
    assert "Chỉ công an của phường này" in precinct.last(precinct.home(precinct.an))


@pytest.fixture
def recorded(precinct: Precinct, chats: Chats, duty: Address) -> Incident:
    """A theft that an officer typed."""
    chats.says(precinct.an, "/ghitin mất trộm xe máy ở cổng trường", duty)
    precinct.deliver()
    return filed(precinct)[0]


def test_a_whole_case_without_a_reporter(
    precinct: Precinct, chats: Chats, duty: Address, recorded: Incident
) -> None:
    number = recorded.id
    taken = chats.taps(precinct.binh, f"i:{number}:take", duty)
    assert "không có người báo" in answered(taken)
    shown = precinct.notices(duty)[0]
    assert labels(shown) == [
        "2. Đang tới", "4. Đã xử lý", "5. Chuyển nơi khác", "6. Cảnh báo bà con"
    ]  # fmt: skip
    assert "Người báo" not in answered(chats.taps(precinct.binh, f"i:{number}:way", duty))
    chats.taps(precinct.binh, f"i:{number}:deal", duty)
    assert "Người báo" not in precinct.last(duty)
    closed = chats.taps(precinct.binh, f"i:{number}:done:settled", duty)
    assert "Đã ghi kết quả" in answered(closed)
    assert "Người báo" not in answered(closed)
    assert precinct.again(recorded).state == "closed"
    assert {row.address_id for row in precinct.outbox()} == {duty.id}


def test_it_is_passed_on_without_a_word_of_a_reporter(
    precinct: Precinct, chats: Chats, duty: Address, recorded: Incident
) -> None:
    chats.taps(precinct.an, f"i:{recorded.id}:take", duty)
    chats.taps(precinct.an, f"i:{recorded.id}:pass", duty)
    assert "người báo" not in precinct.last(duty)
    done = chats.taps(precinct.an, f"i:{recorded.id}:to:traffic_police", duty)
    assert "Người báo" not in answered(done)


def test_there_is_nobody_to_ask(
    precinct: Precinct, chats: Chats, duty: Address, recorded: Incident
) -> None:
    chats.taps(precinct.an, f"i:{recorded.id}:take", duty)
    pressed = chats.taps(precinct.an, f"i:{recorded.id}:ask", duty)
    assert "không có người báo để hỏi" in answered(pressed)
    chats.replies(precinct.an, chats.card(recorded.id, duty), "hỏi xe màu gì?", duty)
    assert "không có người báo để hỏi" in precinct.last(duty)
    events = incidents.list_events(precinct.db, recorded.id)
    assert Happening.ASKED not in [event.what for event in events]


def test_a_link_that_was_erased_leaves_nobody_to_ask_either(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    incidents.unlink_reporter(precinct.db, incident.id)
    taken = chats.taps(precinct.an, f"i:{incident.id}:take", duty)
    assert "Người báo sẽ được biết" not in answered(taken)
    pressed = chats.taps(precinct.an, f"i:{incident.id}:ask", duty)
    assert "không có người báo để hỏi" in answered(pressed)


def test_leaders_hear_of_a_recorded_fire_as_of_any(precinct: Precinct, duty: Address) -> None:
    leader = precinct.holder(Role.LEADER, "Trịnh Văn Khu", "402", at=precinct.khu_id)
    said = precinct.said(reporter=None, recorded_by=precinct.an.id, bot=BOT)
    incident = record(precinct.db, said, precinct.now, precinct.random_below)
    tell_leaders(precinct.db, incident, precinct.now)
    told = [say(n.text) for n in precinct.notices(precinct.home(leader))]
    assert len(told) == 1
