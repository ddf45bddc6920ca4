"""Danger comes first: before any greeting, in any state, with one tap; and what follows an alert
goes to the same alert.
"""

import pytest

from actions.conversations import expire_drafts, nudge_drafts
from bot.handlers import finishing
from domain.notices import Media, Pin
from domain.roles import Purpose
from storage import incidents
from storage.drafts import find_open_draft
from storage.people import change_person
from storage.rows import change, list_by
from storage.tables import Address, Draft, Incident, Room
from storage.wards import add_neighbourhood
from tests.handlers.chats import Chats, answered
from tests.handlers.street import Street
from tests.precinct import WARD, Precinct, labels, say, taps

LAN = "1001"
PHOTO = Media("photo", "invented-flames")
VOICE = Media("voice", "invented-cry")
PIN = Pin(20.95, 107.08)
NUMBERS = ("113", "114", "115", "111")


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 1", "Khu 2")
    return street


@pytest.fixture
def enrolled(precinct: Precinct) -> Precinct:
    """The resident left a house and a number while all was calm."""
    values = {"house": "Số 9 ngõ 4", "phone": "0912000111", "neighbourhood_id": precinct.khu_id}
    change_person(precinct.db, precinct.resident.id, **values)
    precinct.resident = precinct.owner(precinct.resident_home)
    return precinct


@pytest.fixture
def two(precinct: Precinct) -> Precinct:
    """A ward in which the neighbourhood must be asked for."""
    add_neighbourhood(precinct.db, WARD, "Khu 3", "khu 3")
    return precinct


def filed(precinct: Precinct) -> list[Incident]:
    return list_by(precinct.db, Incident)


def only(precinct: Precinct) -> Incident:
    (incident,) = filed(precinct)
    return incident


def flow(precinct: Precinct) -> str:
    """Of the open draft, "" where nothing is open."""
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    return row.flow if row else ""


def asked(precinct: Precinct) -> str:
    """The last words that the resident reads."""
    return next(text for text in reversed(precinct.texts(precinct.resident_home)) if text)


def first_line(precinct: Precinct) -> str:
    return asked(precinct).split("\n")[0]


def happened(precinct: Precinct, incident: Incident) -> list[str]:
    return [event.what for event in incidents.list_events(precinct.db, incident.id)]


# Newcomers.


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "alo"},
        {"text": "mất con gà ở tổ 3"},
        {"text": "/start", "start": ""},
        {"text": "/ngonngu"},
        {"text": "/vuviec"},
        {"text": "/moi"},
        {"text": "tiếp tục"},
        {"text": "12345678"},
        {"text": "/khongco"},
        {"text": "99"},
        {"text": "/khancap"},
        {"text": "trợ giúp"},
        {"text": "hòa giải"},
        {"media": (PHOTO,)},
        {"media": (VOICE,)},
        {"pin": PIN},
        {"sticker": True},
        {"text": "mất xe", "edited": True},
    ],
    ids=str,
)
def test_every_first_answer_opens_with_the_numbers(ward: Street, sent: dict[str, object]) -> None:
    said = ward.says(LAN, **sent)  # type: ignore[arg-type]
    line = said.words[0].split("\n")[0]
    assert all(number in line for number in NUMBERS), said.words
    ward.clock.move(minutes=1)
    again = ward.says(LAN, "/vuviec")
    assert "menu.numbers" not in again.keys


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("chay nha roi", "114"),
        ("cháy nhà", "114"),
        ("chays nhaf rooif", "114"),
        ("CHAY NHA", "114"),
        ("co danh nhau cam dao", "113"),
        ("bo toi bat tinh", "115"),
        ("my house is on fire", "114"),
    ],
)
def test_danger_from_a_newcomer_is_one_tap_away_from_the_police(
    ward: Street, typed: str, number: str
) -> None:
    said = ward.says(LAN, typed)
    assert number in said.words[0].split("\n")[0]
    assert "Xin chào" not in said.words[0]
    assert any(tap.endswith(":confirm:yes") for tap in said.taps)


@pytest.mark.parametrize("typed", ["cứu với", "cuu toi voi", "help me"])
def test_a_call_for_help_asks_what_with_five_buttons(ward: Street, typed: str) -> None:
    said = ward.says(LAN, typed)
    assert "113" in said.words[0].split("\n")[0]
    assert sum(":kind:" in tap and "_cancel" not in tap for tap in said.taps) == 5


def test_the_trial_is_said_directly_below_the_number(ward: Street) -> None:
    said = ward.says(LAN, "cháy nhà rồi")
    assert "house.trial" in said.keys
    ward.says("1002", "alo")
    assert "house.trial" in ward.said_since(0).keys


# One tap.


def test_two_taps_from_the_menu_send_it(precinct: Precinct, chats: Chats, duty: Address) -> None:
    chats.taps(precinct.resident, "c:khancap")
    shown = next(n for n in precinct.notices(precinct.resident_home) if len(n.buttons) > 4)
    assert labels(shown)[:5] == [
        "1. Cháy, nổ", "2. Đánh nhau, hành hung", "3. Cấp cứu, tai nạn",
        "4. Cướp, trộm trong nhà", "5. Người mắc kẹt, đuối nước",
    ]  # fmt: skip
    chats.taps(precinct.resident, taps(shown)[0])
    incident = only(precinct)
    assert (incident.kind, incident.urgency, incident.named) == ("FIRE", 1, False)
    assert "KHẨN CẤP · Cháy, nổ" in precinct.texts(duty)[0]


@pytest.mark.parametrize("yes", ["1", "phải", "có", "dạ phải ạ", "tap"])
def test_words_and_one_tap_send_it_at_once(
    precinct: Precinct, chats: Chats, duty: Address, yes: str
) -> None:
    chats.says(precinct.resident, "chay nha roi")
    assert not filed(precinct)
    if yes == "tap":
        row = find_open_draft(precinct.db, precinct.resident_home.id)
        assert row is not None
        chats.taps(precinct.resident, f"f:{row.id}:confirm:yes")
    else:
        chats.says(precinct.resident, yes)
    incident = only(precinct)
    assert (incident.kind, incident.urgency, incident.words) == ("FIRE", 1, "chay nha roi")
    assert "chay nha roi" in precinct.texts(duty)[0]
    receipt = next(t for t in precinct.texts(precinct.resident_home) if "Đã ghi tin" in t)
    assert "114" in receipt.split("\n")[0]
    assert flow(precinct) == "whereabouts"
    assert "114" in first_line(precinct)


def test_who_is_enrolled_needs_two_answers(
    enrolled: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(enrolled.resident, "chay nha roi")
    assert "ở nhà tôi (Số 9 ngõ 4, Khu 2)" in str(
        [labels(n) for n in enrolled.notices(enrolled.resident_home)]
    )
    chats.says(enrolled.resident, "1")
    incident = only(enrolled)
    card = enrolled.texts(duty)[0]
    assert "Nơi: Số 9 ngõ 4" in card
    assert "Địa bàn: Khu 2" in card
    assert "Gọi lại: 0912 000 111" in card
    assert incident.reporter_name is None
    assert flow(enrolled) == "neighbours"


def test_elsewhere_is_asked_where_but_not_for_the_number(
    enrolled: Precinct, two: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(enrolled.resident, "chay nha roi")
    chats.says(enrolled.resident, "2")
    assert only(enrolled).neighbourhood_id is None
    chats.says(enrolled.resident, "cạnh chợ khu 3")
    assert flow(enrolled) == "neighbours"
    assert "Gọi lại: 0912 000 111" in enrolled.texts(duty)[0]


def test_what_was_sent_instead_of_the_tap_goes_along(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "chay nha roi")
    chats.sends(precinct.resident, VOICE)
    chats._handle(precinct.resident, None, pin=PIN)
    chats.says(precinct.resident, "to lắm, cháy sang nhà bên rồi")
    assert flow(precinct) == "alert"
    chats.says(precinct.resident, "1")
    incident = only(precinct)
    assert incident.words == "chay nha roi\nto lắm, cháy sang nhà bên rồi"
    assert incident.place["pin"] == [20.95, 107.08]
    assert [m.file for m in incidents.list_media(precinct.db, incident.id)] == ["invented-cry"]
    assert flow(precinct) == "phone"


def test_a_photo_with_words_of_danger_is_sent_whole(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    for n in range(3):
        words = "cháy nhà rồi" if n == 0 else ""
        chats._handle(
            precinct.resident, None, text=words, media=(Media("photo", f"p{n}"),), album="9"
        )
    chats.says(precinct.resident, "1")
    files = [m.file for m in incidents.list_media(precinct.db, only(precinct).id)]
    assert files == ["p0", "p1", "p2"]


# In any state.


def _nothing(chats: Chats, precinct: Precinct) -> None:
    return None


def _says(*typed: str) -> object:
    def begin(chats: Chats, precinct: Precinct) -> None:
        for each in typed:
            chats.says(precinct.resident, each)

    return begin


STATES = {
    "nothing open": _nothing,
    "the menu": _says("alo"),
    "the first question": _says("/baotin"),
    "a report": _says("/baotin", "đèn đường hỏng", "1"),
    "a review": _says("/baotin", "đèn đường hỏng", "1", "1", "2"),
    "go on or anew": _says("/baotin", "đèn đường hỏng", "/baotin"),
    "mediation": _says("/hoagiai", "không"),
    "mediation's safety": _says("/hoagiai"),
    "enrolment": _says("/dangky"),
    "stopping": _says("/baotin", "đèn đường hỏng", "thôi"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("typed", ["chay nha roi", "/baotin cháy nhà rồi"])
def test_danger_opens_the_alert_in_any_state(
    precinct: Precinct, chats: Chats, duty: Address, state: str, typed: str
) -> None:
    STATES[state](chats, precinct)  # type: ignore[operator]
    chats.says(precinct.resident, typed)
    assert flow(precinct) == "alert"
    assert "114" in first_line(precinct)
    assert "Có phải: <b>Cháy, nổ</b>?" in asked(precinct)
    assert "cất lại" not in asked(precinct)
    chats.says(precinct.resident, "1")
    assert only(precinct).kind == "FIRE"


def test_over_a_reply_and_over_added_words(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    chats.taps(precinct.resident, f"r:{incident.id}:add")
    chats.says(precinct.resident, "cháy nhà rồi")
    assert flow(precinct) == "alert"
    chats.says(precinct.resident, "2")
    precinct.deliver()
    receipt = next(row for row in precinct.outbox(precinct.resident_home) if row.edits is None)
    chats.replies(precinct.resident, receipt, "cháy nhà rồi")
    assert flow(precinct) == "alert"
    assert only(precinct).id == incident.id


def test_the_buttons_of_an_older_program_still_lead_there(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.taps(precinct.resident, "c:baotinkhan")
    assert flow(precinct) == "alert"


def test_an_officer_who_types_what_was_told_is_not_interrupted(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.an, "/ghitin")
    chats.says(precinct.an, "cháy nhà ông Bịa")
    row = find_open_draft(precinct.db, precinct.home(precinct.an).id)
    assert row is not None
    assert row.flow == "recording"


def test_an_unfinished_report_goes_along(precinct: Precinct, chats: Chats, duty: Address) -> None:
    chats.sends(precinct.resident, PHOTO)
    chats.says(precinct.resident, "1")
    chats.says(precinct.resident, "có lửa trong bếp nhà bên")
    chats.says(precinct.resident, "nó đốt cháy nhà rồi, ngõ 5 khu 2")
    assert flow(precinct) == "alert"
    chats.says(precinct.resident, "1")
    incident = only(precinct)
    assert "có lửa trong bếp nhà bên" in precinct.texts(duty)[0]
    assert "nó đốt cháy nhà rồi" in incident.words
    assert incident.neighbourhood_id == precinct.khu_id
    assert len(incidents.list_media(precinct.db, incident.id)) == 1
    reports = [d for d in list_by(precinct.db, Draft) if d.flow == "report"]
    assert [d.status for d in reports] == ["done"]


def test_anything_else_can_be_taken_back_afterwards(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    for typed in ("/hoagiai", "không", "Nhà bên lấn đất", "cháy nhà rồi", "1", "không hỏi nữa"):
        chats.says(precinct.resident, typed)
    assert "lấn đất" not in only(precinct).words
    chats.says(precinct.resident, "tiếp tục")
    assert flow(precinct) == "mediation"


# A no.


def test_no_goes_on_with_the_words_as_the_answer(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    for typed in ("/baotin", "có xe lạ", "người lạ"):
        chats.says(precinct.resident, typed)
    before = find_open_draft(precinct.db, precinct.resident_home.id)
    assert before is not None
    chats.says(precinct.resident, "ngõ 5, no dang chay lung tung chay nha")
    assert flow(precinct) == "alert"
    chats.says(precinct.resident, "không phải")
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    assert (row.id, row.flow) == (before.id, "report")
    told = str(row.state["answers"])
    assert "lung tung chay nha" in told
    assert "có xe lạ" in told
    assert not filed(precinct)


def test_no_with_nothing_open_begins_a_calm_report(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "chay xe o khu 2 suot")
    chats.sends(precinct.resident, PHOTO)
    chats.says(precinct.resident, "2")
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    assert row.flow == "report"
    what = row.state["answers"]["what"]
    assert (what["words"], what["media"][0][1]) == ("chay xe o khu 2 suot", PHOTO.file)
    chats.says(precinct.resident, "5")
    assert flow(precinct) == "report"


def test_what_was_denied_is_asked_again_in_other_words(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "chay xe o khu 2 suot")
    chats.says(precinct.resident, "2")
    chats.says(precinct.resident, "chay xe o khu 2 suot")
    assert flow(precinct) == "report"
    chats.says(precinct.resident, "chay xe")
    assert flow(precinct) == "alert"
    chats.says(precinct.resident, "2")
    chats.says(precinct.resident, "cháy nhà thật rồi")
    assert flow(precinct) == "alert"


def test_no_answers_the_officer_who_had_asked(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    from actions import handling

    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.ask_reporter(precinct.db, incident.id, "Nó thế nào?", precinct.an, precinct.now)
    precinct.deliver()
    chats.says(precinct.resident, "no dang chay xe khu 2")
    assert flow(precinct) == "alert"
    chats.says(precinct.resident, "không phải")
    assert happened(precinct, incident)[-1] == "answered"
    assert flow(precinct) == ""


def test_no_and_leaving_from_the_menu(enrolled: Precinct, chats: Chats, duty: Address) -> None:
    chats.says(enrolled.resident, "/baotin")
    chats.says(enrolled.resident, "đèn đường hỏng")
    chats.says(enrolled.resident, "khẩn cấp")
    chats.says(enrolled.resident, "1")
    chats.says(enrolled.resident, "3")
    assert flow(enrolled) == "report"
    assert "Chưa gửi gì đi" in asked(enrolled)
    chats.says(enrolled.resident, "khẩn cấp")
    chats.says(enrolled.resident, "hủy")
    assert flow(enrolled) == "report"
    assert "việc gì" in asked(enrolled)
    chats.says(enrolled.resident, "/huy")
    chats.says(enrolled.resident, "khẩn cấp")
    chats.says(enrolled.resident, "hủy")
    assert flow(enrolled) == ""
    assert "chưa gửi gì đi" in asked(enrolled)
    assert not filed(enrolled)


def test_a_command_again_is_the_same_question_again(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "cháy nhà rồi")
    chats.says(precinct.resident, "/baotin")
    chats.says(precinct.resident, "cháy thật, cháy nhà rồi")
    assert flow(precinct) == "alert"
    chats.says(precinct.resident, "/khancap")
    chats.says(precinct.resident, "1")
    assert "cháy thật" in only(precinct).words


# Never twice.


def alerted(precinct: Precinct, chats: Chats) -> Incident:
    chats.says(precinct.resident, "chay nha roi")
    chats.says(precinct.resident, "1")
    return only(precinct)


@pytest.mark.parametrize("typed", ["cháy to hơn rồi", "cứu với", "cháy sang nhà bên"])
def test_the_same_danger_is_added_and_never_doubled(
    precinct: Precinct, chats: Chats, duty: Address, typed: str
) -> None:
    incident = alerted(precinct, chats)
    for _ in range(3):
        chats.says(precinct.resident, "bỏ qua")
    assert flow(precinct) == ""
    precinct.now = precinct.now.replace(minute=59)
    chats.says(precinct.resident, typed)
    assert only(precinct).id == incident.id
    assert any(typed in text for text in precinct.texts(duty))
    assert "114" in first_line(precinct)
    assert flow(precinct) == ""


def test_while_something_else_is_open_it_is_asked_again_below(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    alerted(precinct, chats)
    chats.says(precinct.resident, "/hoagiai")
    chats.says(precinct.resident, "cháy to hơn rồi")
    assert flow(precinct) == "mediation"
    assert any("cháy to hơn" in text for text in precinct.texts(duty))


def test_an_hour_later_or_after_it_is_closed_it_is_another(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    alerted(precinct, chats)
    precinct.now = precinct.now.replace(hour=precinct.now.hour + 2)
    chats.says(precinct.resident, "không hỏi nữa")
    chats.says(precinct.resident, "cháy nhà rồi")
    assert flow(precinct) == "alert"
    chats.says(precinct.resident, "1")
    assert len(filed(precinct)) == 2


def test_another_danger_beside_it_is_asked_about_and_a_no_is_added(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = alerted(precinct, chats)
    chats.says(precinct.resident, "bố tôi bất tỉnh")
    assert flow(precinct) == "alert"
    assert "Cấp cứu y tế" in asked(precinct)
    chats.says(precinct.resident, "không")
    assert flow(precinct) == "whereabouts"
    assert precinct.again(incident).place["words"] == ""
    assert any("bố tôi bất tỉnh" in text for text in precinct.texts(duty))
    chats.says(precinct.resident, "bố tôi bất tỉnh")
    chats.says(precinct.resident, "1")
    assert [each.kind for each in filed(precinct)] == ["FIRE", "MEDICAL"]


# What is asked afterwards.


def test_each_answer_follows_the_same_alert_at_once(
    two: Precinct, chats: Chats, duty: Address
) -> None:
    chats.wards = (WARD,)
    incident = alerted(two, chats)
    assert two.again(incident).warned is True
    chats.says(two.resident, "số 12 ngõ 5")
    incident = two.again(incident)
    assert incident.place["words"] == "số 12 ngõ 5"
    assert "Nơi: số 12 ngõ 5" in two.texts(duty)[0]
    told = two.outbox(duty)
    assert any("nơi xảy ra: số 12 ngõ 5" in say_of(two, row) for row in told)
    assert max(row.lane for row in told if row.edits is None) == 0
    chats.says(two.resident, "khu 3")
    assert "Địa bàn: Khu 3" in two.texts(duty)[0]
    assert flow(two) == "phone"
    chats.says(two.resident, "gọi +84 912.000.222 nhé")
    assert two.again(incident).callback == "0912000222"
    assert "Gọi lại: 0912 000 222" in two.texts(duty)[0]
    assert happened(two, incident) == ["reported", "added", "added", "added"]
    assert flow(two) == "neighbours"
    assert len(filed(two)) == 1


def say_of(precinct: Precinct, row: object) -> str:
    from storage.outbox import load_notice

    return say(load_notice(row.notice).text)  # type: ignore[attr-defined]


def test_files_at_any_time_go_to_the_alert(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = alerted(precinct, chats)
    chats.sends(precinct.resident, PHOTO, album="9")
    chats.sends(precinct.resident, Media("photo", "second"), album="9")
    assert flow(precinct) == "whereabouts"
    chats.says(precinct.resident, "bỏ qua")
    chats.sends(precinct.resident, VOICE)
    chats._handle(precinct.resident, None, pin=PIN)
    assert flow(precinct) == "phone"
    files = [m.file for m in incidents.list_media(precinct.db, incident.id)]
    assert files == [PHOTO.file, "second", VOICE.file]
    assert only(precinct).id == incident.id


def test_a_pin_is_the_place(precinct: Precinct, chats: Chats, duty: Address) -> None:
    incident = alerted(precinct, chats)
    chats._handle(precinct.resident, None, pin=PIN)
    assert precinct.again(incident).place["pin"] == [20.95, 107.08]
    assert any(n.pin == PIN for n in precinct.notices(duty))
    assert flow(precinct) == "phone"


def test_words_beside_the_question_are_sent_too(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    alerted(precinct, chats)
    chats.says(precinct.resident, "bỏ qua")
    chats.says(precinct.resident, "lửa đang lan sang kho gỗ")
    assert flow(precinct) == "phone"
    assert "Đã ghi thêm lời vừa nhắn." in asked(precinct)
    assert any("lan sang kho gỗ" in text for text in precinct.texts(duty))


def test_whoever_stops_has_taken_nothing_back(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = alerted(precinct, chats)
    chats.says(precinct.resident, "hủy")
    assert flow(precinct) == ""
    assert "vẫn được giữ" in asked(precinct)
    assert "chưa gửi" not in asked(precinct)
    assert precinct.again(incident).state == "new"
    assert taps(precinct.notices(precinct.resident_home)[-1]) == [f"a:{incident.id}:wrong"]


def test_nobody_is_told_that_it_was_not_sent(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    from datetime import timedelta

    alerted(precinct, chats)
    chats.says(precinct.resident, "cạnh chợ")
    before = len(precinct.outbox(precinct.resident_home))
    nudge_drafts(precinct.db, precinct.now + timedelta(hours=1))
    expire_drafts(precinct.db, precinct.now + timedelta(days=20))
    assert len(precinct.outbox(precinct.resident_home)) == before
    chats.says(precinct.resident, "/baotin")
    assert "cất lại" not in asked(precinct)


def test_the_neighbours_are_warned_only_with_a_yes(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chat = precinct.room("-77", Purpose.NEIGHBOURHOOD)
    (bound,) = [r for r in list_by(precinct.db, Room) if r.address_id == chat.id]
    change(precinct.db, Room, bound.id, neighbourhood_id=precinct.khu_id)
    for yes, warned in (("không", 0), ("có", 1)):
        precinct.now = precinct.now.replace(hour=precinct.now.hour + 2)
        chats.says(precinct.resident, "cháy nhà rồi, khu 2")
        for typed in ("1", "bỏ qua", "0912000222"):
            chats.says(precinct.resident, typed)
        assert flow(precinct) == "neighbours"
        chats.says(precinct.resident, yes)
        assert len(precinct.texts(chat)) == warned
        assert filed(precinct)[-1].tell_neighbours is bool(warned)
    assert "0912" not in str(precinct.texts(chat))


def test_what_threatens_nobody_else_is_not_asked_about(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "bố tôi bất tỉnh")
    for typed in ("1", "số 5 ngõ 2", "bỏ qua"):
        chats.says(precinct.resident, typed)
    assert flow(precinct) == ""
    assert "bấm nút bên dưới" in asked(precinct)


# A mistake.


@pytest.mark.parametrize(
    "way", ["press", "báo nhầm", "nhầm rồi ạ", "false alarm", "afterwards", "asked"]
)
def test_it_was_a_mistake_and_nobody_is_scolded(
    precinct: Precinct, chats: Chats, duty: Address, way: str
) -> None:
    incident = alerted(precinct, chats)
    if way == "press":
        chats.taps(precinct.resident, f"a:{incident.id}:wrong")
    elif way in ("afterwards", "asked"):
        chats.says(precinct.resident, "không hỏi nữa")
        if way == "asked":
            chats.says(precinct.resident, "nhà số 5")
        chats.says(precinct.resident, "báo nhầm")
    else:
        chats.says(precinct.resident, way)
    assert "May quá" in asked(precinct)
    assert precinct.again(incident).withdrawn_at is not None
    assert precinct.again(incident).state == "new"
    assert happened(precinct, incident)[-1] == "withdrawn"
    card = precinct.texts(duty)[0]
    assert "NGƯỜI BÁO CHO BIẾT BÁO NHẦM lúc" in card
    assert "CHƯA AI NHẬN" in card
    assert any("đã báo nhầm. Xin kiểm tra" in text for text in precinct.texts(duty))
    assert flow(precinct) == ""
    receipt = next(t for t in precinct.texts(precinct.resident_home) if "Đã ghi tin" in t)
    assert "báo nhầm" in receipt
    assert "gọi ngay" not in receipt
    again = chats.taps(precinct.resident, f"a:{incident.id}:wrong")
    assert "đã ghi là báo nhầm rồi" in answered(again)


@pytest.mark.parametrize("typed", ["số 1 ạ", "một", "báo nhầm số nhà, là số 7 ngõ 4"])
def test_nothing_else_calls_it_a_mistake(
    precinct: Precinct, chats: Chats, duty: Address, typed: str
) -> None:
    incident = alerted(precinct, chats)
    chats.says(precinct.resident, typed)
    assert precinct.again(incident).withdrawn_at is None


def test_only_ones_own_alert_can_be_called_a_mistake(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = alerted(precinct, chats)
    other = precinct.owner(precinct.person("Ngô Văn Tò Mò", "555"))
    assert "Không tìm thấy" in answered(chats.taps(other, f"a:{incident.id}:wrong"))
    for strange in ("", "x:wrong", f"{incident.id}:right"):
        assert answered(chats.taps(precinct.resident, f"a:{strange}"))
    assert precinct.again(incident).withdrawn_at is None


def test_a_danger_after_the_mistake_is_a_new_alert(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    alerted(precinct, chats)
    chats.says(precinct.resident, "báo nhầm")
    chats.says(precinct.resident, "cháy nhà thật rồi")
    assert flow(precinct) == "alert"


def test_the_flows_after_an_alert_are_known_to_whoever_reminds_and_erases() -> None:
    from actions.conversations import FOLLOW_UPS
    from bot.flows import FLOWS
    from bot.handlers.follow_ups import ORDER

    assert set(ORDER) == FOLLOW_UPS <= set(FLOWS)
    assert finishing
