"""What a play-through found: words on buttons, the desk's list, words of a quiet case."""

from datetime import timedelta

from actions import alerts, handling
from storage.tables import Address
from tests.handlers.chats import Chats, answered
from tests.precinct import Precinct


def test_the_words_of_a_numbered_button_press_it(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "/dulieu")
    chats.says(precinct.resident, "sửa")
    assert "giữ số nhà" in precinct.texts(precinct.resident_home)[-1]


def test_a_lone_yes_or_no_begins_no_report(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    for words in ("không", "có"):
        chats.says(precinct.resident, words)
        assert "việc gì" not in precinct.texts(precinct.resident_home)[-1]


def test_the_desk_s_list_puts_mistakes_last_and_the_untaken_first(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    mistaken = precinct.report("FIRE", "cháy bếp")
    alerts.withdraw(precinct.db, mistaken, precinct.now)
    taken = precinct.report("FIRE", "cháy kho")
    handling.acknowledge(precinct.db, taken.id, precinct.an, precinct.now)
    precinct.now += timedelta(minutes=1)
    waiting = precinct.report("FIRE", "cháy chợ")
    chats.says(precinct.an, "/vuviec", at=duty)
    said = precinct.texts(duty)[-1]
    codes = [f"{i.code[:4]} {i.code[4:]}" for i in (waiting, taken, mistaken)]
    places = [said.index(code) for code in codes]
    assert places == sorted(places)
    assert "BÁO NHẦM" in said[places[1] :]
    assert "BÁO NHẦM" not in said[: places[1]]


def test_an_officer_hears_that_a_quiet_reporter_is_not_told(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    incident = precinct.report("DV", "chồng đánh")
    precinct.deliver()
    turn = chats.taps(precinct.an, f"i:{incident.id}:take", at=duty)
    assert "KÍN" in answered(turn)
