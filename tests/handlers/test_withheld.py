"""A report without a name: what may show who sent it is asked about, and the name can follow."""

from datetime import datetime

import pytest

from actions.consents import is_given
from domain.consent import ConsentPurpose
from domain.incidents import Happening
from domain.notices import Media, Pin
from storage import incidents
from storage.tables import Address, Incident
from tests.handlers.chats import Chats
from tests.precinct import CANARY_NAME, Precinct, labels, taps

VOICE = Media("voice", "voice-1", 1000)
VIDEO = Media("video", "video-1", 1000)
PHOTO = Media("photo", "photo-1", 1000)
PIN = Pin(20.95, 107.08)


def files(precinct: Precinct, incident: Incident) -> list[str]:
    return [media.file for media in incidents.list_media(precinct.db, incident.id)]


def reply(chats: Chats, incident: Incident, **content: object) -> None:
    """The reporter replies to the receipt."""
    precinct = chats.precinct
    row = chats.find(f"receipt:{incident.id}", precinct.resident_home)
    chats.replies(precinct.resident, row, **content)  # type: ignore[arg-type]
    precinct.deliver()


@pytest.mark.parametrize(
    ("content", "asks"),
    [
        ({"media": (VOICE,)}, "giọng nói"),
        ({"pin": PIN}, "định vị"),
        ({"media": (VIDEO,)}, "giọng"),
    ],
)
def test_a_pin_or_a_voice_waits_for_an_answer(
    chats: Chats, incident: Incident, duty: Address, content: dict[str, object], asks: str
) -> None:
    precinct = chats.precinct
    before = len(precinct.outbox(duty))
    reply(chats, incident, **content)
    assert asks in precinct.last(precinct.resident_home)
    assert len(precinct.outbox(duty)) == before
    assert files(precinct, incident) == []
    chats.says(precinct.resident, "vẫn gửi")
    assert "Đã ghi thêm" in precinct.last(precinct.resident_home)
    assert len(precinct.outbox(duty)) > before
    assert precinct.again(incident).warned


def test_it_is_asked_once_for_a_report(chats: Chats, incident: Incident) -> None:
    precinct = chats.precinct
    reply(chats, incident, media=(VOICE,))
    chats.says(precinct.resident, "1")
    precinct.deliver()
    reply(chats, incident, media=(VIDEO,))
    assert "Đã ghi thêm" in precinct.last(precinct.resident_home)
    assert files(precinct, incident) == ["voice-1", "video-1"]


def test_what_is_left_out_is_not_kept(chats: Chats, incident: Incident) -> None:
    precinct = chats.precinct
    reply(chats, incident, text="Nó chạy về phía chợ", media=(VOICE,))
    chats.says(precinct.resident, "bỏ ghi âm")
    assert "Đã ghi thêm" in precinct.last(precinct.resident_home)
    assert files(precinct, incident) == []
    events = incidents.list_events(precinct.db, incident.id)
    assert events[-1].detail["words"] == "Nó chạy về phía chợ"


def test_a_photo_and_words_go_at_once(chats: Chats, incident: Incident) -> None:
    reply(chats, incident, media=(PHOTO,))
    assert files(chats.precinct, incident) == ["photo-1"]
    assert not chats.precinct.again(incident).warned


def test_where_life_is_in_danger_it_goes_at_once_with_the_warning(
    chats: Chats, duty: Address
) -> None:
    precinct = chats.precinct
    fire = precinct.report("FIRE")
    precinct.deliver()
    reply(chats, fire, media=(VOICE,))
    said = precinct.last(precinct.resident_home)
    assert "114" in said.split("\n")[0]
    assert "giọng nói có thể bị nhận ra" in said
    assert files(precinct, fire) == ["voice-1"]
    reply(chats, fire, pin=PIN)
    assert "nhận ra" not in precinct.last(precinct.resident_home)


def test_with_the_name_nothing_is_asked(chats: Chats, duty: Address) -> None:
    precinct = chats.precinct
    theft = precinct.report("THEFT", "Mất xe", name=CANARY_NAME)
    precinct.deliver()
    reply(chats, theft, media=(VOICE,))
    assert files(precinct, theft) == ["voice-1"]


def test_the_answer_to_an_officer_waits_too_and_stays_an_answer(
    chats: Chats, incident: Incident, now: datetime
) -> None:
    from actions.handling import acknowledge, ask_reporter

    precinct = chats.precinct
    acknowledge(precinct.db, incident.id, precinct.an, now)
    ask_reporter(precinct.db, incident.id, "Xe màu gì?", precinct.an, now)
    precinct.deliver()
    chats.sends(precinct.resident, VOICE)
    assert "giọng nói" in precinct.last(precinct.resident_home)
    chats.says(precinct.resident, "vẫn gửi")
    events = incidents.list_events(precinct.db, incident.id)
    assert events[-1].what == Happening.ANSWERED


def test_the_name_can_follow_and_stays(chats: Chats, incident: Incident, duty: Address) -> None:
    precinct = chats.precinct
    assert CANARY_NAME not in precinct.last(duty)
    reply(chats, incident, text="cho biết tên")
    asked = precinct.notices(precinct.resident_home)[-1]
    assert "tài khoản" in precinct.last(precinct.resident_home)
    assert taps(asked) == [f"r:{incident.id}:named"]
    assert not precinct.again(incident).named
    chats.taps(precinct.resident, f"r:{incident.id}:named")
    assert "đã thấy tên" in precinct.last(precinct.resident_home)
    assert CANARY_NAME in precinct.last(duty)
    assert precinct.again(incident).reporter_name == CANARY_NAME
    assert incidents.list_events(precinct.db, incident.id)[-1].what == Happening.NAMED
    assert is_given(precinct.db, precinct.resident.id, ConsentPurpose.NAME)
    chats.taps(precinct.resident, f"r:{incident.id}:named")
    assert "Không cần nữa" in precinct.last(precinct.resident_home)


def test_the_receipt_says_what_each_side_knows_until_the_name_is_given(
    chats: Chats, incident: Incident
) -> None:
    precinct = chats.precinct
    receipt = precinct.notices(precinct.resident_home)[0]
    assert "Cho biết tên" in labels(receipt)
    assert precinct.texts(precinct.resident_home)[0].count("Không nêu tên:") == 1
    chats.taps(precinct.resident, f"r:{incident.id}:name")
    chats.taps(precinct.resident, f"r:{incident.id}:named")
    receipt = precinct.notices(precinct.resident_home)[0]
    assert "Cho biết tên" not in labels(receipt)
    assert "Không nêu tên:" not in precinct.texts(precinct.resident_home)[0]


def test_somebody_elses_report_is_not_named(chats: Chats, incident: Incident) -> None:
    stranger = chats.precinct.owner(chats.precinct.person("Người lạ (bịa)", "4242"))
    chats.taps(stranger, f"r:{incident.id}:named")
    assert not chats.precinct.again(incident).named


@pytest.mark.parametrize("words", ["1", "2", "Tên nó là Tèo (bịa)", "không nêu tên"])
def test_other_words_do_not_give_the_name(chats: Chats, incident: Incident, words: str) -> None:
    reply(chats, incident, text=words)
    assert "Đã ghi thêm" in chats.precinct.last(chats.precinct.resident_home)
    assert not chats.precinct.again(incident).named
