"""What a newcomer met who played through an alert: a second message that exposed her, an answer
that was lost, a calm report that leaked into a fire. All people are invented.
"""

import pytest
from sqlalchemy.engine import Connection

from actions import handling
from actions.conversations import save_draft
from actions.my_matters import list_mine
from domain.notices import Media, Pin
from domain.roles import Purpose
from storage import incidents, rooms
from storage.addresses import add_address
from storage.drafts import find_open_draft
from storage.rows import list_by
from storage.tables import Address, Draft, Incident, Room
from tests.handlers.chats import Chats
from tests.handlers.phone import Phone
from tests.handlers.street import WARD, Street
from tests.precinct import Precinct, labels, taps

LAN = "1001"
PHOTO = Media("photo", "invented-flames")
PIN = Pin(20.95, 107.08)


@pytest.fixture
def ward(street: Street) -> Street:
    """Two neighbourhoods and a duty chat."""
    street.ward("Khu 1", "Khu 2")
    desk = add_address(street.db, street.bot.name, "-77", street.clock(), title="Trực ban bịa")
    room = Room(
        address_id=desk.id, purpose=Purpose.DUTY.value, ward_code=WARD, bound_at=street.clock()
    )
    rooms.add_room(street.db, room)
    return street


def all_of(db: Connection) -> list[Incident]:
    return list_by(db, Incident)


def flow(precinct: Precinct) -> str:
    """Of the open draft, "" where nothing is open."""
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    return row.flow if row else ""


def last(precinct: Precinct) -> str:
    return next(text for text in reversed(precinct.texts(precinct.resident_home)) if text)


def told(precinct: Precinct, incident: Incident, what: str = "added") -> list[str]:
    events = incidents.list_events(precinct.db, incident.id)
    return [str((e.detail or {}).get("words", "")) for e in events if e.what == what]


def alerted(precinct: Precinct, chats: Chats, words: str = "chay nha roi") -> Incident:
    chats.says(precinct.resident, words)
    chats.says(precinct.resident, "1")
    return all_of(precinct.db)[-1]


def left(precinct: Precinct, chats: Chats) -> Incident:
    """An alert, and no more questions after it."""
    incident = alerted(precinct, chats)
    chats.says(precinct.resident, "không hỏi nữa")
    assert flow(precinct) == ""
    return incident


# A second message must not expose her.


@pytest.mark.parametrize("more", ["chồng em đang cầm dao", "nó cầm dao", "co cuop", "cứu với"])
@pytest.mark.parametrize("steps", [(), ("số 5 ngõ 3",), ("số 5 ngõ 3", "Khu 1", "ban ngày")])
def test_new_violence_goes_to_the_quiet_case(
    ward: Street, steps: tuple[str, ...], more: str
) -> None:
    hers = Phone(ward, LAN)
    hers.says("chồng đánh em")
    hers.taps(":yes")
    for step in steps:
        hers.says(step)
    ward.clock.move(hours=2)
    said = hers.says(more)
    (incident,) = all_of(ward.db)
    events = incidents.list_events(ward.db, incident.id)
    assert more in [(each.detail or {}).get("words") for each in events]
    mine = [w for w, chat in zip(said.words, said.chats(), strict=True) if chat == LAN]
    assert all("113" in words.split("\n")[0] for words in mine)
    assert not any("Đánh nhau" in words or "Cướp" in words for words in mine)
    hers.says("thoát")
    assert hers.says("/vuviec").keys == {"incident.list.none"}
    assert list_mine(ward.db, ward.person(LAN).id, 1).matters == ()


def test_a_fire_is_no_part_of_a_quiet_case(ward: Street) -> None:
    hers = Phone(ward, LAN)
    hers.says("chồng đánh em")
    hers.taps(":yes")
    assert "danger.confirm.kind" in hers.says("cháy nhà rồi").keys


def test_after_the_way_out_violence_is_asked_about_and_stays_quiet(ward: Street) -> None:
    hers = Phone(ward, LAN)
    hers.says("chồng đánh em")
    hers.taps(":yes")
    hers.says("thoát")
    assert "danger.confirm.kind" in hers.says("nó cầm dao").keys
    hers.taps(":yes")
    assert [each.quiet for each in all_of(ward.db)] == [True, True]


# The officer's question is the newest.


def ask(precinct: Precinct, incident: Incident) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.ask_reporter(precinct.db, incident.id, "Mấy người?", precinct.an, precinct.now)
    precinct.deliver()


@pytest.mark.parametrize("before", [(), ("bỏ qua",), ("bỏ qua", "bỏ qua")])
@pytest.mark.parametrize(
    "content", [{"text": "3 nguoi"}, {"text": "2"}, {"media": (PHOTO,)}, {"pin": PIN}], ids=str
)
def test_what_comes_answers_the_officer_and_the_follow_up_is_asked_again(
    precinct: Precinct,
    chats: Chats,
    duty: Address,
    before: tuple[str, ...],
    content: dict[str, object],
) -> None:
    incident = alerted(precinct, chats)
    for step in before:
        chats.says(precinct.resident, step)
    stood = flow(precinct)
    ask(precinct, incident)
    chats._handle(precinct.resident, None, **content)
    assert told(precinct, incident, "answered") == [content.get("text", "")]
    assert flow(precinct) == stood
    assert "Chưa rõ ý" not in last(precinct)
    chats.says(precinct.resident, "bỏ qua")
    assert len(told(precinct, incident, "answered")) == 1
    assert flow(precinct) != stood


def test_short_words_at_the_next_question_are_the_answer_too(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = alerted(precinct, chats)
    ask(precinct, incident)
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    chats.taps(precinct.resident, f"f:{row.id}:place:_skip")
    assert flow(precinct) == "phone"
    chats.says(precinct.resident, "ba nguoi")
    assert told(precinct, incident, "answered") == ["ba nguoi"]


# Loose words while an emergency is open.


@pytest.mark.parametrize(
    "content", [{"text": "nhà số 7, cổng xanh"}, {"media": (PHOTO,)}, {"pin": PIN}], ids=str
)
def test_what_follows_an_alert_is_added_at_once(
    precinct: Precinct, chats: Chats, duty: Address, content: dict[str, object]
) -> None:
    incident = left(precinct, chats)
    chats._handle(precinct.resident, None, **content)
    assert told(precinct, incident)[-1:] == [content.get("text", "")]
    assert flow(precinct) == ""
    assert "114" in last(precinct).split("\n")[0]
    assert "Đã gửi thêm cho công an, tin" in last(precinct)


def test_it_may_be_something_else_after_all(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    left(precinct, chats)
    chats._handle(precinct.resident, None, text="mất xe đạp ở cổng chợ", media=(PHOTO,))
    shown = precinct.notices(precinct.resident_home)[-1]
    assert labels(shown) == ["Là chuyện khác"]
    chats.taps(precinct.resident, taps(shown)[0])
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    what = row.state["answers"]["what"]
    assert (row.flow, what["words"]) == ("report", "mất xe đạp ở cổng chợ")
    assert what["media"][0][1] == PHOTO.file


def test_greetings_and_older_alerts_are_not_added_to(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = left(precinct, chats)
    chats.says(precinct.resident, "cảm ơn ạ")
    assert told(precinct, incident) == []
    precinct.now = precinct.now.replace(hour=precinct.now.hour + 2)
    chats.says(precinct.resident, "mất xe đạp")
    assert told(precinct, incident) == []


def test_of_a_quiet_one_no_code_is_said_and_after_leaving_nothing(ward: Street) -> None:
    hers = Phone(ward, LAN)
    hers.says("chồng đánh em")
    hers.taps(":yes")
    for step in ("số 5 ngõ 3", "Khu 1", "ban ngày"):
        hers.says(step)
    (incident,) = all_of(ward.db)
    said = hers.says("nó đang ở dưới bếp")
    assert "quiet.noted.plain" in said.keys
    mine = [w for w, chat in zip(said.words, said.chats(), strict=True) if chat == LAN]
    assert not any(incident.code[4:] in words for words in mine)
    hers.says("thoát")
    assert "quiet.noted.plain" not in hers.says("mất xe đạp ở chợ").keys


# A calm report does not leak into an alert.


def test_a_calm_report_stays_where_it_is(precinct: Precinct, chats: Chats, duty: Address) -> None:
    for typed in ("/baotin", "đèn đường hỏng ở khu 2", "1", "cổng chợ"):
        chats.says(precinct.resident, typed)
    chats.sends(precinct.resident, PHOTO)
    before = find_open_draft(precinct.db, precinct.resident_home.id)
    incident = alerted(precinct, chats, "bố tôi bất tỉnh")
    assert (incident.words, incident.kind) == ("bố tôi bất tỉnh", "MEDICAL")
    assert incidents.list_media(precinct.db, incident.id) == []
    assert not any(incident.place.values())
    assert flow(precinct) == "whereabouts"
    assert "được cất lại" in last(precinct)
    assert "115" in last(precinct).split("\n")[0]
    chats.says(precinct.resident, "không hỏi nữa")
    chats.says(precinct.resident, "tiếp tục")
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    assert before is not None
    assert (row.id, row.flow) == (before.id, "report")


def test_what_told_of_the_same_goes_along(precinct: Precinct, chats: Chats, duty: Address) -> None:
    for typed in ("/baotin", "mùi khét ở nhà bên", "xem thêm"):
        chats.says(precinct.resident, typed)
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    state = {**row.state, "answers": {**row.state["answers"], "kind": {"choice": "FIRE"}}}
    save_draft(precinct.db, row.id, state, precinct.now)
    incident = alerted(precinct, chats, "cháy nhà rồi")
    assert incident.words == "mùi khét ở nhà bên\ncháy nhà rồi"
    assert "được cất lại" not in last(precinct)


# A wrong press, and words before any press.


@pytest.mark.parametrize("typed", ["chay xe roi", "cháy nhà rồi", "chay nha"])
def test_a_no_counts_for_that_message_alone(
    precinct: Precinct, chats: Chats, duty: Address, typed: str
) -> None:
    chats.says(precinct.resident, "chay xe o khu 2 suot")
    chats.says(precinct.resident, "2")
    assert flow(precinct) == "report"
    chats.says(precinct.resident, "CHAY xe o khu 2 suot")
    assert flow(precinct) == "report"
    chats.says(precinct.resident, typed)
    assert flow(precinct) == "alert"


def test_words_beside_the_card_are_told_that_nothing_is_sent(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "chay nha roi")
    chats.says(precinct.resident, "o nha so 5 ngo 3 day")
    assert "CHƯA gửi gì đi.</b> Bấm 1 để báo công an ngay" in last(precinct)
    assert "Đã ghi thêm" not in last(precinct)
    chats.sends(precinct.resident, PHOTO)
    assert "CHƯA gửi gì đi" in last(precinct)
    assert all_of(precinct.db) == []


@pytest.mark.parametrize("typed", ["u", "ừ", "uk", "uh", "uhm", "ư", "ukm", "Ừ ạ"])
def test_a_careless_yes_is_a_yes(
    precinct: Precinct, chats: Chats, duty: Address, typed: str
) -> None:
    chats.says(precinct.resident, "chay nha roi")
    chats.says(precinct.resident, typed)
    assert len(all_of(precinct.db)) == 1


# A report that turns out to be an emergency.


@pytest.mark.parametrize("helping", [False, True])
def test_an_urgent_kind_may_go_out_at_once(
    precinct: Precinct, chats: Chats, duty: Address, helping: bool
) -> None:
    chats.says(precinct.resident, "báo hộ bà Bịa" if helping else "/baotin")
    chats.says(precinct.resident, "mùi khét ở nhà bên")
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    chats.taps(precinct.resident, f"f:{row.id}:kind:FIRE")
    shown = precinct.notices(precinct.resident_home)[-1]
    assert labels(shown)[:2] == ["1. Báo công an ngay", "2. Viết nốt đã"]
    chats.says(precinct.resident, "1")
    (incident,) = all_of(precinct.db)
    assert (incident.kind, incident.urgency) == ("FIRE", 1)
    assert incident.words == "mùi khét ở nhà bên"
    assert incident.source == ("helper" if helping else "resident")
    assert bool(incident.helped) is helping
    assert flow(precinct) == "whereabouts"


def test_whoever_goes_on_writing_is_asked_the_next_question(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    for typed in ("/baotin", "mùi khét ở nhà bên"):
        chats.says(precinct.resident, typed)
    row = find_open_draft(precinct.db, precinct.resident_home.id)
    assert row is not None
    chats.taps(precinct.resident, f"f:{row.id}:kind:FIRE")
    chats.says(precinct.resident, "2")
    assert flow(precinct) == "report"
    assert all_of(precinct.db) == []


def test_where_the_ward_is_unknown_it_is_asked_first(ward: Street) -> None:
    ward.ward("Khu 9", code="06690", name="Phường Bãi Cháy")
    ward.says(LAN, "/baotin")
    said = ward.says(LAN, "mùi khét ở nhà bên")
    row = list_by(ward.db, Draft)[0]
    ward.taps(LAN, f"f:{row.id}:kind:FIRE")
    said = ward.says(LAN, "1")
    assert "danger.ward.ask" in said.keys
    assert all_of(ward.db) == []
    ward.says(LAN, "bai chay")
    assert [each.ward_code for each in all_of(ward.db)] == ["06690"]
