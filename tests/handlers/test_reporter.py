"""Residents and their own reports: filed, listed, added to, answered, reopened; and nobody
else's ever shown.
"""

from datetime import timedelta

import pytest

from actions import handling
from actions.mediations import take_mediation
from actions.receipts import card_was_sent
from bot.flows.draft import Answer, Draft
from bot.handlers import adding, mediator, reporter
from bot.handlers.turn import Turn
from domain.codes import new_code
from domain.errors import Refused
from domain.incidents import Outcome
from domain.notices import Media, Pin
from domain.roles import Purpose, Role
from storage import incidents
from storage.addresses import get_person
from storage.drafts import find_open_draft
from storage.rows import list_by
from storage.tables import Address, Incident, Mediation
from storage.wards import add_neighbourhood
from tests.handlers.chats import Chats, answered
from tests.precinct import CANARY_NAME, WARD, Precinct, labels, say, taps

PHOTO = Media("photo", "invented-answer")
CONTEXT: dict[str, object] = {
    "ward": "Phường Bịa Đặt",
    "ward_code": WARD,
    "neighbourhood": None,
    "neighbourhoods": [],
    "landmarks": {},
}


@pytest.fixture
def neighbour(precinct: Precinct) -> Address:
    return precinct.person("Ngô Văn Tò Mò", "555")


def all_incidents(precinct: Precinct) -> list[Incident]:
    return list_by(precinct.db, Incident)


def quiet_turn(precinct: Precinct, chats: Chats) -> Turn:
    """A turn of the resident to finish something in."""
    return chats.says(precinct.resident, "/vuviec")


def close(precinct: Precinct, incident: Incident) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.deal_with(precinct.db, incident.id, Outcome.SETTLED, precinct.an, precinct.now)


def finished(flow: str, context: dict[str, object], **answers: Answer) -> Draft:
    return Draft(flow, answers=answers, context={**CONTEXT, **context})  # type: ignore[dict-item]


def test_a_finished_report_is_filed_once_with_all_that_was_said(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    khu = str(precinct.khu_id)
    draft = finished(
        "report",
        {"landmarks": {khu: ["cổng chợ", "nhà văn hóa"]}},
        what=Answer(words="Cháy bếp", media=(PHOTO,)),
        kind=Answer(choice="FIRE"),
        neighbourhood=Answer(choice=khu),
        place=Answer(choice="landmark:1", words="tầng hai", pin=Pin(20.9, 107.0)),
        name=Answer(choice="no"),
        when=Answer(choice="now"),
    )
    draft_id = precinct.draft_id()
    turn = quiet_turn(precinct, chats)
    reporter.finish_report(turn, draft_id, draft)
    reporter.finish_report(turn, draft_id, draft)
    (filed,) = all_incidents(precinct)
    assert (filed.kind, filed.words, filed.neighbourhood_id) == (
        "FIRE", "Cháy bếp", precinct.khu_id
    )  # fmt: skip
    card = precinct.texts(duty)[0]
    assert "nhà văn hóa, tầng hai" in card
    assert "không nêu tên" in card
    assert len(precinct.notices(duty)) == 3
    assert get_person(precinct.db, precinct.resident.id).neighbourhood_id == precinct.khu_id


@pytest.mark.parametrize(
    ("answer", "named"), [("yes", True), ("no", False), ("", False), ("maybe", False)]
)
def test_the_name_is_taken_only_after_a_yes(
    precinct: Precinct, chats: Chats, duty: Address, answer: str, named: bool
) -> None:
    draft = finished("report", {}, what=Answer(words="Ồn"), name=Answer(choice=answer))
    reporter.finish_report(quiet_turn(precinct, chats), precinct.draft_id(), draft)
    assert (CANARY_NAME in precinct.texts(duty)[0]) is named
    (filed,) = all_incidents(precinct)
    assert filed.kind == "OTHER"


@pytest.mark.parametrize("choice", ["unknown", ""])
def test_an_unknown_neighbourhood_goes_to_the_wards_desk(
    precinct: Precinct, chats: Chats, duty: Address, choice: str
) -> None:
    draft = finished("report", {}, what=Answer(words="Ồn"), neighbourhood=Answer(choice=choice))
    reporter.finish_report(quiet_turn(precinct, chats), precinct.draft_id(), draft)
    assert "chưa rõ khu" in precinct.texts(duty)[0]


def test_a_landmark_that_is_gone_is_no_crash(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    draft = finished("report", {}, what=Answer(words="Ồn"), place=Answer(choice="landmark:9"))
    reporter.finish_report(quiet_turn(precinct, chats), precinct.draft_id(), draft)
    assert "không nhớ rõ" in precinct.texts(duty)[0]


def test_the_list_shows_ones_own_matters_the_newest_first(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, neighbour: Address
) -> None:
    second = precinct.report("FIRE")
    chats.says(precinct.resident, "/vuviec")
    listed = precinct.notices(precinct.resident_home)[-1]
    assert sorted(taps(listed)) == sorted([f"r:{second.id}:show", f"r:{incident.id}:show"])
    assert "chưa có cán bộ nhận" in say(listed.text)
    chats.says(precinct.owner(neighbour), "/vuviec")
    assert "chưa gửi tin nào" in precinct.last(neighbour)
    assert taps(precinct.notices(neighbour)[-1]) == ["c:baotin"]


def test_the_list_has_pages_of_five(precinct: Precinct, chats: Chats, duty: Address) -> None:
    for _ in range(12):
        precinct.report("IDEA", "Ghế đá")
        precinct.now += timedelta(hours=3)
    seen: list[str] = []
    chats.says(precinct.resident, "/vuviec")
    for _ in range(2):
        *shown, more = taps(precinct.notices(precinct.resident_home)[-1])
        assert len(shown) == 5
        seen += shown
        chats.taps(precinct.resident, more)
    last = taps(precinct.notices(precinct.resident_home)[-1])
    assert len(last) == 2
    assert len({*seen, *last}) == 12


def test_one_is_shown_by_its_button_and_by_its_code(
    precinct: Precinct, chats: Chats, incident: Incident
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    chats.taps(precinct.resident, f"r:{incident.id}:show")
    by_button = precinct.last(precinct.resident_home)
    chats.says(precinct.resident, f"/vuviec {incident.code[:4]} {incident.code[4:]}")
    assert precinct.last(precinct.resident_home) == by_button
    assert "đã nhận tin lúc 09:00" in by_button
    shown = taps(precinct.notices(precinct.resident_home)[-1])
    assert shown == [f"r:{incident.id}:add", f"r:{incident.id}:name"]


def test_a_foreign_code_is_answered_like_an_unknown_one(
    precinct: Precinct, chats: Chats, incident: Incident, neighbour: Address
) -> None:
    curious = precinct.owner(neighbour)
    chats.says(curious, "alo")
    unknown = new_code(lambda n: 4)
    said = []
    for code in (unknown, incident.code):
        chats.says(curious, f"/vuviec {code}")
        said.append(precinct.last(neighbour))
        chats.says(curious, f"/vuviec {code} thêm nữa")
        said.append(precinct.last(neighbour))
    assert len(set(said)) == 1
    for what in ("show", "add", "answer", "reopen"):
        foreign = chats.taps(curious, f"r:{incident.id}:{what}")
        missing = chats.taps(curious, f"r:987654:{what}")
        assert answered(foreign) == answered(missing) == said[0]
    assert find_open_draft(precinct.db, neighbour.id) is None
    assert [e.what for e in incidents.list_events(precinct.db, incident.id)] == ["reported"]


def test_a_mistyped_code_is_said_kindly(
    precinct: Precinct, chats: Chats, incident: Incident
) -> None:
    wrong = str((int(incident.code[0]) % 9) + 1) + incident.code[1:]
    chats.says(precinct.resident, f"/vuviec {wrong}")
    assert "gõ nhầm một số" in precinct.last(precinct.resident_home)


@pytest.mark.parametrize("data", ["", "x:y", "1", "list:0", "list:x", "m:show", "1:shoot", "mx:a"])
def test_a_strange_press_is_answered(
    precinct: Precinct, chats: Chats, incident: Incident, data: str
) -> None:
    assert answered(chats.taps(precinct.resident, f"r:{data}"))


def test_an_addition_by_button_is_collected_and_relayed(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.taps(precinct.resident, f"r:{incident.id}:add")
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    assert row.flow == "addition"
    draft = Draft.from_json(row.state).put("more", Answer(words="Xe đỏ", media=(PHOTO,)))
    turn = quiet_turn(precinct, chats)
    adding.finish_addition(turn, row.id, draft)
    adding.finish_addition(turn, row.id, draft)
    added = [e for e in incidents.list_events(precinct.db, incident.id) if e.what == "added"]
    assert len(added) == 1
    assert any("Xe đỏ" in text for text in precinct.texts(duty))
    assert "Đã ghi thêm" in precinct.last(precinct.resident_home)


def test_an_addition_by_text_alone(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    code = f"{incident.code[:4]} {incident.code[4:]}"
    chats.says(precinct.resident, f"/vuviec {code} xe màu đỏ, biển số 14")
    assert any("xe màu đỏ, biển số 14" in text for text in precinct.texts(duty))
    assert "Đã ghi thêm" in precinct.last(precinct.resident_home)


def test_a_reply_to_the_receipt_is_an_addition(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    receipt = chats.find(f"receipt:{incident.id}", precinct.resident_home)
    chats.replies(precinct.resident, receipt, "1")
    assert "“1”" in precinct.last(duty)
    assert precinct.again(incident).state == "new"


def test_an_album_as_a_reply_is_kept_whole_and_thanked_once(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    receipt = chats.find(f"receipt:{incident.id}", precinct.resident_home)
    before = len(precinct.texts(precinct.resident_home))
    for n in range(3):
        photo = (Media("photo", f"p{n}"),)
        chats.replies(precinct.resident, receipt, media=photo, album="invented")
    assert len(incidents.list_media(precinct.db, incident.id)) == 3
    assert len(precinct.texts(precinct.resident_home)) == before + 1


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ({"text": "Xe đạp đỏ"}, "Xe đạp đỏ"),
        ({"media": (PHOTO,)}, "Người báo gửi ghi âm, ảnh hoặc tệp"),
        ({"pin": Pin(20.9, 107.0)}, "Người báo gửi định vị"),
    ],
)
def test_an_answer_is_a_reply_of_any_sort_and_each_side_is_told(
    precinct: Precinct,
    chats: Chats,
    duty: Address,
    incident: Incident,
    content: dict[str, object],
    shown: str,
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.ask_reporter(precinct.db, incident.id, "Xe gì?", precinct.an, precinct.now)
    precinct.deliver()
    question = chats.find(f"question:{incident.id}", precinct.resident_home)
    chats.replies(precinct.resident, question, **content)  # type: ignore[arg-type]
    if "pin" in content:
        chats.says(precinct.resident, "vẫn gửi")
    assert any("người báo trả lời" in t and shown in t for t in precinct.texts(duty))
    assert "Đang chuyển câu trả lời" in precinct.last(precinct.resident_home)
    assert CANARY_NAME not in repr(precinct.texts(duty))
    last = incidents.list_events(precinct.db, incident.id)[-1]
    assert (last.what, last.actor_id) == ("answered", None)


def test_an_answer_by_button_is_an_answer(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.ask_reporter(precinct.db, incident.id, "Xe gì?", precinct.an, precinct.now)
    chats.taps(precinct.resident, f"r:{incident.id}:answer")
    chats.says(precinct.resident, "Xe đạp đỏ")
    assert "người báo trả lời:\n“Xe đạp đỏ”" in precinct.last(duty)
    assert find_open_draft(precinct.db, precinct.resident_home.id) is None


@pytest.mark.parametrize("way", ["press", "1", "chua on", "Chưa ổn ạ", "not solved", "code"])
def test_not_solved_works_in_every_way_and_once(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, way: str
) -> None:
    close(precinct, incident)
    precinct.deliver()
    closing = chats.find(f"closed:{incident.id}", precinct.resident_home)
    for _ in range(2):
        if way == "press":
            turn = chats.taps(precinct.resident, f"r:{incident.id}:reopen")
        elif way == "code":
            chats.says(precinct.resident, f"/vuviec {incident.code} chưa ổn")
        else:
            chats.replies(precinct.resident, closing, way)
    assert precinct.again(incident).state == "new"
    events = [e.what for e in incidents.list_events(precinct.db, incident.id)]
    assert events.count("reopened") == 1
    assert any("MỞ LẠI" in text for text in precinct.texts(duty))
    heard = precinct.texts(precinct.resident_home)
    assert any("đã mở lại. Đang báo lại cho trực ban" in text for text in heard)
    again = answered(turn) if way == "press" else heard[-1]
    assert again == "Tin đang mở lại, công an đã được báo."


def test_other_words_below_the_closing_are_added(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    close(precinct, incident)
    precinct.deliver()
    closing = chats.find(f"closed:{incident.id}", precinct.resident_home)
    chats.replies(precinct.resident, closing, "Cảm ơn các anh, nhưng biển số là 14")
    assert precinct.again(incident).state == "closed"
    assert "biển số là 14" in precinct.last(duty)


def test_a_finished_request_for_mediation_reaches_the_mediators(
    precinct: Precinct, chats: Chats
) -> None:
    chat = precinct.room("-9", Purpose.MEDIATION)
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    giai = precinct.holder(Role.MEDIATOR, "Đỗ Văn Giải", "302")
    draft = finished(
        "mediation",
        {"neighbourhood": {"id": precinct.khu_id, "name": "Khu 2"}},
        safety=Answer(choice="no"),
        subject=Answer(words="Chuyện lối đi"),
        other=Answer(words="nhà bên"),
        meeting=Answer(choice="weekend"),
    )
    draft_id = precinct.draft_id("mediation")
    turn = quiet_turn(precinct, chats)
    mediator.finish_mediation(turn, draft_id, draft)
    mediator.finish_mediation(turn, draft_id, draft)
    (asked,) = list_by(precinct.db, Mediation)
    assert len(precinct.notices(chat)) == 1
    assert labels(precinct.notices(chat)[0]) == ["1. Tôi nhận"]
    assert "ông/bà nhận việc" in answered(chats.taps(hoa, f"m:{asked.id}:take", chat))
    second = chats.taps(giai, f"m:{asked.id}:take", chat)
    assert "Hòa giải viên Hòa đã nhận" in answered(second)
    assert "nhà bên" in precinct.last(precinct.home(hoa))
    for strange in ("", "x:take", "99999:take", "1:leave"):
        assert answered(chats.taps(hoa, f"m:{strange}", chat))


def test_a_request_for_mediation_is_in_ones_list_and_in_nobody_elses(
    precinct: Precinct, chats: Chats, neighbour: Address
) -> None:
    precinct.room("-9", Purpose.MEDIATION)
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    draft = finished("mediation", {}, subject=Answer(words="Lối đi"), other=Answer(words="bên"))
    turn = quiet_turn(precinct, chats)
    mediator.finish_mediation(turn, precinct.draft_id("mediation"), draft)
    (asked,) = list_by(precinct.db, Mediation)
    take_mediation(precinct.db, asked.id, hoa, precinct.home(hoa), precinct.now)
    chats.says(precinct.resident, "/vuviec")
    listed = precinct.notices(precinct.resident_home)[-1]
    assert taps(listed) == [f"r:m{asked.id}:show"]
    chats.taps(precinct.resident, f"r:m{asked.id}:show")
    assert "Hòa giải viên Hòa đã nhận lúc" in precinct.last(precinct.resident_home)
    foreign = chats.taps(precinct.owner(neighbour), f"r:m{asked.id}:show")
    assert "Không tìm thấy tin nào" in answered(foreign)


def test_a_ward_without_anybody_is_refused_rather_than_lost(
    precinct: Precinct, chats: Chats
) -> None:
    turn = quiet_turn(precinct, chats)
    turn.bot = type(turn.bot)(turn.bot.name, turn.bot.username, ("00000",))
    draft = finished("report", {"ward_code": ""}, what=Answer(words="Ồn"))
    with pytest.raises(Refused):
        reporter.finish_report(turn, precinct.draft_id(), draft)
    assert all_incidents(precinct) == []


def test_the_receipt_follows_every_step_of_a_case(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = precinct.report("FIRE")
    home = precinct.resident_home
    assert "Đang gửi" in precinct.texts(home)[0]
    card_was_sent(precinct.db, chats.card(incident.id, duty), precinct.now)
    assert "Đã gửi" in precinct.texts(home)[0]
    for data, shown in (
        ("take", "đã nhận tin lúc 09:00"),
        ("way", "đang tới"),
        ("done:settled", "đến nơi và giải quyết"),
    ):
        chats.taps(precinct.an, f"i:{incident.id}:{data}", duty)
        assert shown in precinct.texts(home)[0]
        assert shown in precinct.texts(home)[-1]
        assert ("114" in precinct.texts(home)[0].split("\n")[0]) is (data != "done:settled")
    assert "Đang gửi" not in precinct.texts(home)[0]


def test_a_second_neighbourhood_is_remembered_as_the_place_to_report_from(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    second = add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3")
    draft = finished(
        "report", {}, what=Answer(words="Ồn"), neighbourhood=Answer(choice=str(second.id))
    )
    reporter.finish_report(quiet_turn(precinct, chats), precinct.draft_id(), draft)
    assert "Khu 3" in precinct.texts(duty)[0]


@pytest.mark.parametrize(("how", "what"), [("add", "added"), ("answer", "answered")])
def test_the_later_photos_of_an_album_go_where_the_first_one_went(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, how: str, what: str
) -> None:
    chats.taps(precinct.resident, f"r:{incident.id}:{how}")
    chats.sends(precinct.resident, Media("photo", "p0"), album="50%_off")
    heard = len(precinct.texts(precinct.resident_home))
    for n in (1, 2):
        turn = chats.arrives(precinct.resident, media=(Media("photo", f"p{n}"),), album="50%_off")
        assert adding.on_later_photo(turn)
    stranger = chats.arrives(precinct.resident, media=(Media("photo", "q"),), album="50xxoff")
    assert not adding.on_later_photo(stranger)
    assert not adding.on_later_photo(chats.arrives(precinct.resident, text="Xong"))
    assert [m.file for m in incidents.list_media(precinct.db, incident.id)] == ["p0", "p1", "p2"]
    events = [e.what for e in incidents.list_events(precinct.db, incident.id)]
    assert events == ["reported", what]
    assert len(precinct.texts(precinct.resident_home)) == heard
    _, words, album = precinct.notices(duty)
    assert "Người báo gửi ghi âm, ảnh hoặc tệp" in say(words.text)
    assert [m.file for m in album.media] == ["p0", "p1", "p2"]
