"""What officers and mediators read in their chats: lists, gathered lines, what was added."""

import pytest

from actions import handling
from actions.card_face import digest_of
from actions.mediations import RequestedMediation, request_mediation
from bot.handlers.turn import Turn
from domain.incidents import Place
from domain.notices import Media, Pin
from domain.roles import Purpose, Role
from storage.tables import Address, Incident, Mediation
from tests.handlers.chats import Chats
from tests.precinct import WARD, Precinct, labels, say, taps

PHOTO = Media("photo", "invented-answer")


def test_the_list_says_how_many_there_are_and_has_pages_of_five(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    for n in range(12):
        neighbour = precinct.person("Hàng Xóm Bịa", f"9{n:02}")
        precinct.report("IDEA", "Ghế đá", reporter=neighbour)
    chats.says(precinct.an, "/vuviec", duty)
    seen: list[str] = []
    for numbers in (range(1, 6), range(6, 11), range(11, 13)):
        shown = precinct.notices(duty)[-1]
        assert "12 tin chưa đóng, gấp trước:" in say(shown.text)
        cards = [tap for tap in taps(shown) if tap.endswith(":open")]
        assert [label.split(".")[0] for label in labels(shown)[: len(cards)]] == [
            str(number) for number in numbers
        ]
        assert all(f"\n{number}. " in say(shown.text) for number in numbers)
        seen += cards
        if labels(shown)[-1] == "Xem thêm":
            chats.taps(precinct.binh, taps(shown)[-1], duty)
    assert len(set(seen)) == 12
    assert labels(precinct.notices(duty)[-1])[-1] != "Xem thêm"


def test_more_of_the_list_is_for_officers_in_their_chat(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    before = len(precinct.outbox())
    assert "Chỉ công an" in say(chats.taps(precinct.resident, "i:list:2", duty).tap_answer)
    chats.taps(precinct.an, "i:list:2")
    assert len(precinct.outbox()) == before


def test_a_reply_with_its_number_opens_one(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident
) -> None:
    fire = precinct.report("FIRE")
    chats.says(precinct.an, "/vuviec", duty)
    precinct.deliver()
    listed = precinct.outbox(duty)[-1]
    chats.replies(precinct.an, listed, "1", duty)
    assert chats.card(fire.id, duty).id > listed.id
    before = len(precinct.outbox())
    chats.replies(precinct.an, listed, "9", duty)
    chats.says(precinct.an, "1", duty)
    assert len(precinct.outbox()) == before


def test_a_gathered_line_tells_where_and_begins_the_story(
    precinct: Precinct, duty: Address
) -> None:
    words = "Nhà bên hát karaoke to từ chiều đến giờ, cả xóm không ngủ được"
    place = Place("cổng chợ", "ngõ 5")
    filed = precinct.report("NOISE", words, place=place, name="Tên Bịa")
    line = say(digest_of(precinct.db, filed))
    assert "cổng chợ, ngõ 5, Khu 2 · “Nhà bên hát karaoke to từ chiều" in line
    assert "không ngủ được" not in line
    silent = precinct.report("NOISE", "", place=Place(), name="Tên Bịa")
    assert "“" not in say(digest_of(precinct.db, silent))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"media": (PHOTO,)}, "Người báo gửi ghi âm, ảnh hoặc tệp, xem bên dưới."),
        ({"pin": Pin(20.9, 107.0)}, "Người báo gửi định vị, xem bên dưới."),
    ],
)
def test_what_came_without_words_is_not_quoted(
    precinct: Precinct,
    chats: Chats,
    duty: Address,
    incident: Incident,
    content: dict[str, object],
    told: str,
) -> None:
    receipt = chats.find(f"receipt:{incident.id}", precinct.resident_home)
    chats.replies(precinct.resident, receipt, **content)  # type: ignore[arg-type]
    if "pin" in content:
        chats.says(precinct.resident, "vẫn gửi")
    relayed = next(text for text in precinct.texts(duty) if "bổ sung" in text and told in text)
    assert "“" not in relayed


@pytest.mark.parametrize("typed", ["4", "xong rồi", "5", "3"])
def test_on_the_text_path_the_list_alone_is_sent(
    precinct: Precinct, chats: Chats, duty: Address, incident: Incident, typed: str
) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    before = len(precinct.texts(duty))
    chats.replies(precinct.an, chats.card(incident.id, duty), typed, duty)
    assert len(precinct.texts(duty)) == before + 1


def ask(precinct: Precinct) -> Mediation:
    request = RequestedMediation(
        precinct.draft_id("mediation"),
        precinct.resident_home,
        WARD,
        precinct.khu_id,
        "Chuyện lối đi",
        "nhà bên",
    )
    return request_mediation(precinct.db, request, precinct.now, precinct.random_below)


@pytest.fixture
def table(precinct: Precinct) -> Address:
    return precinct.room("-9", Purpose.MEDIATION)


def show(chats: Chats, text: str, at: Address) -> Turn:
    return chats.says(chats.precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301"), text, at)


def test_the_mediators_list_shows_what_waits(
    precinct: Precinct, chats: Chats, table: Address
) -> None:
    first, second = ask(precinct), ask(precinct)
    turn = show(chats, "/vuviec", table)
    listed = precinct.notices(table)[-1]
    assert "2 lời nhờ chưa có người nhận" in say(listed.text)
    assert taps(listed) == [f"m:{first.id}:take", f"m:{second.id}:take"]
    assert "Chuyện lối đi" not in say(listed.text)
    chats.taps(turn.person, f"m:{first.id}:take", table)
    chats.says(turn.person, "/vuviec", table)
    assert taps(precinct.notices(table)[-1]) == [f"m:{second.id}:take"]
    chats.taps(turn.person, f"m:{second.id}:take", table)
    chats.says(turn.person, "/vuviec", table)
    assert "Không còn lời nhờ nào" in precinct.last(table)


def test_the_mediators_list_is_for_mediators(
    precinct: Precinct, chats: Chats, table: Address
) -> None:
    ask(precinct)
    chats.says(precinct.resident, "/vuviec", table)
    assert "Chỉ hòa giải viên" in precinct.last(table)


def test_the_askers_receipt_no_longer_says_that_nobody_took_it(
    precinct: Precinct, chats: Chats, table: Address
) -> None:
    asked = ask(precinct)
    assert "CHƯA có hòa giải viên nhận" in precinct.last(precinct.resident_home)
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    chats.taps(hoa, f"m:{asked.id}:take", table)
    texts = precinct.texts(precinct.resident_home)
    assert not any("CHƯA" in text for text in texts)
    assert "Hòa giải viên Hòa đã nhận" in texts[0]


def test_a_request_that_waited_for_a_chat_is_brought_up_to_date_too(
    precinct: Precinct, chats: Chats
) -> None:
    from actions.mediations import put_waiting_requests

    asked = ask(precinct)
    table = precinct.room("-9", Purpose.MEDIATION)
    put_waiting_requests(precinct.db, WARD, precinct.now)
    assert "nay đang gửi" in precinct.last(precinct.resident_home)
    hoa = precinct.holder(Role.MEDIATOR, "Lê Thị Hòa", "301")
    chats.taps(hoa, f"m:{asked.id}:take", table)
    assert not any("CHƯA" in text for text in precinct.texts(precinct.resident_home))
