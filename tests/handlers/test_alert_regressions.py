"""What once went wrong around an alert, each under the name of what broke: words that were lost,
a fire that was taken back, a home that moved, a plea that was heard as a no. All people are
invented.
"""

import pytest
from sqlmodel import col, select

from actions import conversations
from actions.conversations import ALERT_WAITS_FOR, nudge_alerts
from domain.notices import Media
from storage import incidents
from storage.addresses import find_address
from storage.drafts import find_open_draft
from storage.forgetting import cut_link
from storage.people import change_person
from storage.rows import list_by, rows
from storage.tables import Address, Draft, Incident
from tests.handlers.chats import Chats
from tests.handlers.street import Said, Street
from tests.precinct import Precinct, say

LAN = "1001"
PHOTO = Media("photo", "invented-flames")
OTHER_WARD = {"code": "06690", "name": "Phường Bãi Cháy"}


@pytest.fixture
def ward(street: Street) -> Street:
    street.ward("Khu 2", "Khu 7")
    return street


def filed(street: Street) -> list[Incident]:
    return list_by(street.db, Incident)


def open_draft(street: Street) -> Draft:
    address = find_address(street.db, street.bot.name, LAN)
    assert address is not None
    row = find_open_draft(street.db, address.id)
    assert row is not None
    return row


def confirms(street: Street, said: Said, value: str = "yes") -> Said:
    """Press the answer to "is it a fire?"."""
    return street.taps(LAN, next(tap for tap in said.taps if tap.endswith(f":confirm:{value}")))


def alerts(street: Street, words: str) -> Said:
    """Send an alert, and leave the questions after it."""
    confirms(street, street.says(LAN, words))
    return street.says(LAN, "thôi không trả lời nữa")


def texts(precinct: Precinct) -> list[str]:
    return [say(n.text) for n in precinct.notices(precinct.resident_home) if n.text]


# The first words were lost.


def test_the_emergency_command_goes_on_in_the_alert_that_is_open(ward: Street) -> None:
    ward.says(LAN, "chay nha roi o ngo 5 to 3, co nguoi gia", media=(PHOTO,))
    said = ward.says(LAN, "/khancap chay")
    assert "danger.confirm.kind" in said.keys
    confirms(ward, said)
    (incident,) = filed(ward)
    assert incident.words == "chay nha roi o ngo 5 to 3, co nguoi gia\nchay"
    assert [m.file for m in incidents.list_media(ward.db, incident.id)] == [PHOTO.file]


def test_nor_is_an_alert_below_an_alert_lost(ward: Street) -> None:
    """An older program left them so."""
    ward.says(LAN, "chay nha roi o ngo 5", media=(PHOTO,))
    below = open_draft(ward)
    conversations.end_draft(ward.db, below.id, "cancelled", ward.clock())
    said = ward.says(LAN, "/khancap chay")
    row = open_draft(ward)
    context = {**row.state["context"], "over": below.id}
    conversations.save_draft(ward.db, row.id, {**row.state, "context": context}, ward.clock())
    confirms(ward, said)
    (incident,) = filed(ward)
    assert incident.words == "chay nha roi o ngo 5\nchay"
    assert [m.file for m in incidents.list_media(ward.db, incident.id)] == [PHOTO.file]


# Words that took back what was not meant.


def test_an_alert_of_two_days_ago_is_not_taken_back_by_words(ward: Street) -> None:
    alerts(ward, "chay nha roi")
    ward.clock.move(days=2)
    said = ward.says(LAN, "bấm nhầm")
    assert [i.withdrawn_at for i in filed(ward)] == [None]
    (wrong,) = (tap for tap in said.taps if tap.startswith("a:"))
    ward.taps(LAN, wrong)
    assert filed(ward)[0].withdrawn_at is not None


def test_nor_over_a_question_that_was_left_open_so_long(ward: Street) -> None:
    confirms(ward, ward.says(LAN, "chay nha roi"))
    ward.clock.move(days=2)
    said = ward.says(LAN, "bấm nhầm")
    assert filed(ward)[0].withdrawn_at is None
    assert any(tap.startswith("a:") for tap in said.taps)


def test_an_alert_of_this_minute_still_is(ward: Street) -> None:
    alerts(ward, "chay nha roi")
    ward.says(LAN, "bấm nhầm")
    assert filed(ward)[0].withdrawn_at is not None


@pytest.mark.parametrize("hours", [0, 5])
def test_an_older_fire_is_not_taken_back_for_what_is_quiet(ward: Street, hours: int) -> None:
    alerts(ward, "chay nha roi")
    ward.clock.move(hours=hours)
    alerts(ward, "chong danh toi cuu voi")
    ward.says(LAN, "thoát")
    said = ward.says(LAN, "báo nhầm rồi")
    assert [i.withdrawn_at for i in filed(ward)] == [None, None]
    assert said.keys == {"quiet.by_code"}
    assert not said.taps


# The home that moved house.


def enrol(street: Street, neighbourhood_id: int | None) -> None:
    person = street.person(LAN)
    change_person(street.db, person.id, house="12 ngõ 5", neighbourhood_id=neighbourhood_id)


def labels(street: Street, said: Said) -> list[str]:
    buttons = [b for notice in said.notices for row in notice.buttons for b in row]
    return [street.wording.label(button.label, "vi") for button in buttons]


def test_the_link_of_another_ward_does_not_move_the_home(ward: Street) -> None:
    home = ward.ward("Khu 2", "Khu 7")[0]
    (far,) = ward.ward("Khu 9", **OTHER_WARD)
    enrol(ward, home)
    ward.says(LAN, f"/start bt_{far}", start=f"bt_{far}")
    ward.says(LAN, "/huy")
    said = ward.says(LAN, "chay nha roi")
    assert "1. Phải, ở nhà tôi (12 ngõ 5, Khu 2)" in labels(ward, said)
    confirms(ward, said, "home")
    (incident,) = filed(ward)
    assert (incident.ward_code, incident.neighbourhood_id) == ("06688", home)


def test_but_the_report_that_it_opens_is_of_its_own_neighbourhood(ward: Street) -> None:
    home = ward.ward("Khu 2", "Khu 7")[0]
    (far,) = ward.ward("Khu 9", **OTHER_WARD)
    enrol(ward, home)
    ward.says(LAN, f"/start bt_{far}", start=f"bt_{far}")
    row = open_draft(ward)
    assert row.state["context"]["neighbourhood"]["id"] == far
    assert row.state["context"]["ward_code"] == OTHER_WARD["code"]


def test_nor_is_it_lost_where_it_is_asked_whether_to_begin_anew(ward: Street) -> None:
    home = ward.ward("Khu 2", "Khu 7")[0]
    (far,) = ward.ward("Khu 9", **OTHER_WARD)
    enrol(ward, home)
    ward.says(LAN, "mất con gà ở tổ 3")
    said = ward.says(LAN, f"/start bt_{far}", start=f"bt_{far}")
    ward.taps(LAN, next(tap for tap in said.taps if tap == "c:baotinmoi"))
    row = open_draft(ward)
    assert row.state["context"]["neighbourhood"]["id"] == far
    assert ward.person(LAN).neighbourhood_id == home


def test_who_left_no_house_is_still_known_by_the_last_link(ward: Street) -> None:
    (far,) = ward.ward("Khu 9", **OTHER_WARD)
    ward.says(LAN, f"/start bt_{far}", start=f"bt_{far}")
    assert ward.person(LAN).neighbourhood_id == far


# Which ward, where nobody knows.


@pytest.fixture
def wards(ward: Street) -> Street:
    """Two wards, in front of one bot."""
    ward.ward("Khu 9", **OTHER_WARD)
    return ward


def test_until_the_ward_is_known_it_is_said_that_nothing_was_sent(wards: Street) -> None:
    said = confirms(wards, wards.says(LAN, "chay nha roi"))
    assert not filed(wards)
    assert "CHƯA gửi" in said.words[0]
    assert "114" in said.words[0].split("\n")[0]
    assert labels(wards, said)[:2] == ["1. Phường Hạ Long", "2. Phường Bãi Cháy"]
    before = wards.last_id()
    nudge_alerts(wards.db, wards.clock() + ALERT_WAITS_FOR)
    assert "CHƯA báo công an" in wards.said_since(before).words[0]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", "06688"),
        ("2", "06690"),
        ("bãi cháy", "06690"),
        ("ở phường Bãi Cháy ạ nhanh lên", "06690"),
        ("khu 9", "06690"),
        ("không rõ", "06688"),
    ],
)
def test_and_one_word_or_number_sends_it(wards: Street, typed: str, code: str) -> None:
    confirms(wards, wards.says(LAN, "chay nha roi"))
    wards.says(LAN, typed)
    (incident,) = filed(wards)
    assert incident.ward_code == code


def test_a_neighbourhood_in_the_first_words_is_enough(wards: Street) -> None:
    confirms(wards, wards.says(LAN, "chay nha o khu 9 roi"))
    (incident,) = filed(wards)
    assert incident.ward_code == OTHER_WARD["code"]
    assert incident.neighbourhood_id is not None


def test_a_home_of_which_no_neighbourhood_is_known_goes_to_no_ward_unasked(
    wards: Street,
) -> None:
    enrol(wards, None)
    said = confirms(wards, wards.says(LAN, "chay nha roi"), "home")
    assert not filed(wards)
    assert "danger.ward.ask" in said.keys
    wards.says(LAN, "2")
    (incident,) = filed(wards)
    assert incident.ward_code == OTHER_WARD["code"]
    assert incident.place["words"] == "12 ngõ 5"


# The report whose link to its writer was cut.


@pytest.mark.parametrize("opened", ["addition", "whereabouts"])
def test_danger_is_heard_over_a_draft_whose_report_is_gone(
    precinct: Precinct, chats: Chats, duty: Address, opened: str
) -> None:
    if opened == "addition":
        incident = precinct.report("NOISE", "ồn ào")
        chats.taps(precinct.resident, f"r:{incident.id}:add")
    else:
        chats.says(precinct.resident, "nhà bên đang cháy")
        chats.says(precinct.resident, "1")
        (incident,) = list_by(precinct.db, Incident)
    cut_link(precinct.db, precinct.again(incident))
    chats.says(precinct.resident, "chay nha roi cuu voi")
    assert "Có phải: <b>Cháy, nổ</b>?" in texts(precinct)[-1]
    chats.says(precinct.resident, "1")
    found = rows(precinct.db, Incident, select(Incident).order_by(col(Incident.id)))
    assert [each.kind for each in found][-1] == "FIRE"
    assert len(found) == 2


def test_other_words_over_such_a_draft_begin_a_report(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = precinct.report("NOISE", "ồn ào")
    chats.taps(precinct.resident, f"r:{incident.id}:add")
    cut_link(precinct.db, precinct.again(incident))
    chats.says(precinct.resident, "mất con gà ở tổ 3")
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    assert row.flow == "report"
    assert row.state["answers"]["what"]["words"] == "mất con gà ở tổ 3"


# A plea that was heard as a no.


@pytest.mark.parametrize(
    "words",
    ["không được rồi", "k co ai", "khong on", "không anh ơi cứu", "không anh ơi", "ko ra được",
     "không, cháy thật", "đừng", "sai rồi cháy to"],
)  # fmt: skip
def test_a_plea_is_no_denial(ward: Street, words: str) -> None:
    ward.says(LAN, "chay nha roi")
    said = ward.says(LAN, words)
    assert "danger.confirm.kind" in said.keys
    assert "danger.not_sent" not in said.keys
    ward.says(LAN, "1")
    (incident,) = filed(ward)
    assert incident.words == f"chay nha roi\n{words}"


@pytest.mark.parametrize("words", ["không", "ko", "k", "no", "dạ không ạ", "không em", "👎"])
def test_a_bare_no_is_one(ward: Street, words: str) -> None:
    ward.says(LAN, "chay nha roi")
    ward.says(LAN, words)
    assert not filed(ward)
    row = open_draft(ward)
    assert row.flow == "report"


@pytest.mark.parametrize(
    "words",
    ["báo", "báo đi", "gấp", "nhanh lên", "cứu", "cuu voi", "báo đi em ơi", "nhanh lên anh ơi"],
)
def test_urging_is_a_yes(ward: Street, words: str) -> None:
    ward.says(LAN, "chay nha roi")
    ward.says(LAN, words)
    assert len(filed(ward)) == 1


# A message that was edited.


def test_an_edit_that_names_a_danger_is_asked_about(ward: Street) -> None:
    ward.says(LAN, "xin chao")
    said = ward.says(LAN, "chay nha roi cuu voi", edited=True)
    assert "danger.confirm.kind" in said.keys
    assert "114" in said.words[0].split("\n")[0]
    confirms(ward, said)
    assert filed(ward)[0].words == "chay nha roi cuu voi"


@pytest.mark.parametrize("sent", [False, True])
def test_an_edit_of_what_is_asked_about_or_sent_has_the_numbers_first(
    ward: Street, sent: bool
) -> None:
    said = ward.says(LAN, "chay nha roi")
    if sent:
        confirms(ward, said)
    said = ward.says(LAN, "cháy nhà rồi", edited=True)
    assert "114" in said.words[0].split("\n")[0]
    assert "command.edited.open" in said.keys
    assert len(filed(ward)) == int(sent)


# Where it is.


def added(street: Street, incident: Incident) -> list[str]:
    """The words that followed the alert."""
    events = incidents.list_events(street.db, incident.id)
    return [event.detail["words"] for event in events if (event.detail or {}).get("words")]


def test_words_that_are_no_place_are_read_as_what_was_told_too(ward: Street) -> None:
    confirms(ward, ward.says(LAN, "chay nha roi"))
    ward.says(LAN, "bà già không đi được")
    (incident,) = filed(ward)
    assert incident.place["words"] == "bà già không đi được"
    assert added(ward, incident) == ["bà già không đi được"]


@pytest.mark.parametrize("words", ["số 12", "gần chợ", "nhà tôi", "ngõ 5 khu 2"])
def test_a_place_is_only_a_place(ward: Street, words: str) -> None:
    confirms(ward, ward.says(LAN, "chay nha roi"))
    ward.says(LAN, words)
    (incident,) = filed(ward)
    assert incident.place["words"] == words
    assert added(ward, incident) == []


# Of what is quiet nothing is said without its code.


@pytest.mark.parametrize("words", ["cuu voi", "chong lai danh toi"])
def test_after_the_way_out_a_cry_for_help_is_a_fresh_alert(ward: Street, words: str) -> None:
    alerts(ward, "chong danh toi cuu voi")
    ward.says(LAN, "thoát")
    (first,) = filed(ward)
    said = ward.says(LAN, words)
    assert "113" in said.words[0].split("\n")[0]
    assert not any(first.code[:4] in text for text in said.words)
    before = ward.last_id()
    nudge_alerts(ward.db, ward.clock() + ALERT_WAITS_FOR)
    assert not ward.said_since(before).rows
    if any(tap.endswith(":confirm:yes") for tap in said.taps):
        said = confirms(ward, said)
    else:
        said = ward.says(LAN, "có chuyện rồi đến ngay đi")
        said = confirms(ward, said)
    assert [each.quiet for each in filed(ward)] == [True, True]
    assert not any(first.code[:4] in text and first.code[4:] in text for text in said.words)
    assert "receipt.written" not in said.keys


def test_a_fire_after_it_is_as_loud_as_any(ward: Street) -> None:
    alerts(ward, "chong danh toi cuu voi")
    ward.says(LAN, "thoát")
    said = ward.says(LAN, "cuu voi")
    said = ward.taps(LAN, next(tap for tap in said.taps if tap.endswith(":kind:FIRE")))
    assert [each.quiet for each in filed(ward)] == [True, False]
    assert "receipt.first" in said.keys


def test_words_after_a_quiet_receipt_do_not_name_its_code(ward: Street) -> None:
    alerts(ward, "chong danh toi cuu voi")
    said = ward.says(LAN, "sao nhắn tin với ai đấy")
    assert "incident.where" not in said.keys
    assert not any("1000 0073" in text for text in said.words)
    assert not any(tap.startswith("h:") for tap in said.taps)


# A yes to warning the neighbours.


@pytest.mark.parametrize("why", ["over", "suspect"])
def test_why_the_neighbours_are_not_warned_is_the_truth(
    precinct: Precinct, chats: Chats, duty: Address, why: str
) -> None:
    person = precinct.resident.id
    change_person(precinct.db, person, phone="0912000111", neighbourhood_id=precinct.khu_id)
    precinct.resident = precinct.owner(precinct.resident_home)
    chats.says(precinct.resident, "nhà bên đang cháy")
    chats.says(precinct.resident, "1")
    chats.says(precinct.resident, "số 9 ngõ 4")
    (incident,) = list_by(precinct.db, Incident)
    if why == "over":
        incidents.set_columns(precinct.db, incident.id, state="closed", outcome="settled")
    else:
        incidents.set_columns(precinct.db, incident.id, suspect=True)
    chats.says(precinct.resident, "có")
    assert "chưa có nhóm" not in texts(precinct)[-1]
    assert {"over": "khép lại", "suspect": "xem tin này trước"}[why] in texts(precinct)[-1]
