"""News for groups of people: chosen by themselves, each copy once and in private, left at once;
and nobody learns who is in a group.
"""

from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from actions import audiences, consents
from actions.my_data import ask_erasure
from domain.announcing import Sort
from domain.audiences import Audience
from domain.consent import ConsentPurpose
from domain.wall_clock import day_of, instant_of
from storage import wards
from storage.addresses import add_address, set_unreachable
from storage.announcement_tables import AudienceTag
from storage.audiences import list_tags
from storage.outbox import load_notice
from storage.people import change_person
from storage.rows import list_by
from storage.tables import Address, Person
from tests.actions.speakers import WORDS, Speakers, refused_by
from tests.precinct import BOT, OTHER_WARD, Precinct, buttons

LANDLORDS, TRADERS, BOATS = Audience.LANDLORDS, Audience.TRADERS, Audience.BOATS
SHOWN_WORDS = "Lời đã hiện (bịa)"


@pytest.fixture
def town(precinct: Precinct) -> Speakers:
    return Speakers(precinct)


def shown(at: datetime) -> consents.Shown:
    return consents.Shown("tags.ask", SHOWN_WORDS, "vi", BOT, at)


def resident(town: Speakers, chat: str, *tags: Audience, at: int | None = None) -> Person:
    """Somebody of Khu 2, or of `at`, who chose these groups."""
    person = town.precinct.owner(town.precinct.person(f"Người bịa {chat}", chat))
    change_person(town.db, person.id, neighbourhood_id=at or town.khu2)
    person.neighbourhood_id = at or town.khu2
    for tag in tags:
        audiences.choose(town.db, person, tag, shown(town.now), town.now)
    return person


def home(town: Speakers, person: Person) -> Address:
    return town.precinct.home(person)


def test_a_choice_needs_a_neighbourhood_and_is_a_consent(town: Speakers) -> None:
    stranger = town.precinct.owner(town.precinct.person("Người bịa", "810"))
    deed = partial(audiences.choose, town.db, stranger, LANDLORDS, shown(town.now), town.now)
    refused = refused_by(deed)
    assert refused is not None
    assert refused.key == "tags.place_first"
    assert list_tags(town.db, stranger.id) == []
    person = resident(town, "811", LANDLORDS, TRADERS)
    assert audiences.tags_of(town.db, person) == (LANDLORDS, TRADERS)
    assert consents.is_given(town.db, person.id, ConsentPurpose.TOPICS)
    assert not audiences.choose(town.db, person, TRADERS, shown(town.now), town.now)


def test_the_last_group_takes_the_consent_with_it(town: Speakers) -> None:
    person = resident(town, "811", LANDLORDS, TRADERS)
    assert audiences.leave(town.db, person, [LANDLORDS, BOATS], town.now) == (LANDLORDS,)
    assert consents.is_given(town.db, person.id, ConsentPurpose.TOPICS)
    assert audiences.leave(town.db, person, None, town.now) == (TRADERS,)
    assert not consents.is_given(town.db, person.id, ConsentPurpose.TOPICS)
    assert audiences.leave(town.db, person, None, town.now) == ()


def test_what_is_erased_takes_the_groups_along(town: Speakers) -> None:
    person = resident(town, "811", LANDLORDS)
    other = resident(town, "812", LANDLORDS)
    ask_erasure(town.db, person, shown(town.now), town.now)
    assert [each.person_id for each in list_by(town.db, AudienceTag)] == [other.id]


def test_one_copy_in_private_with_the_reason_however_many_groups(town: Speakers) -> None:
    both = resident(town, "811", LANDLORDS, TRADERS)
    landlord = resident(town, "812", LANDLORDS)
    sailor = resident(town, "813", BOATS)
    elsewhere = resident(town, "814", LANDLORDS, at=town.khu3)
    town.announce(tags=("landlords", "traders"))
    town.tick()
    assert len(town.seen(home(town, both))) == 1
    (words,) = town.seen(home(town, landlord))
    assert WORDS in words
    assert "Ông/bà nhận tin này vì đã chọn nhóm: Chủ trọ. Muốn thôi, gõ: <b>dừng nhận" in words
    row = town.leaving(home(town, both))[0]
    taps = [each.tap for each in buttons(load_notice(row.notice))]
    assert taps == ["s:off:landlords", "s:off:traders"]
    for somebody in (sailor, elsewhere):
        assert town.seen(home(town, somebody)) == []
    assert town.seen(town.chat2) == []
    town.tick(seconds=5)
    assert len(town.posts()) == 2


def test_the_whole_ward_and_no_other(town: Speakers) -> None:
    far = wards.add_neighbourhood(town.db, OTHER_WARD, "Khu 9", "khu 9").id
    people = [resident(town, "811", BOATS), resident(town, "812", BOATS, at=town.khu3)]
    stranger = resident(town, "813", BOATS, at=far)
    announcement = town.announce(town.an, neighbourhoods=(), tags=("boats",), sort=Sort.HAZARD,
                                 template="bia")  # fmt: skip
    town.tick()
    assert announcement.state in {"planned", "ended"}
    assert all(town.seen(home(town, each)) for each in people)
    assert town.seen(home(town, stranger)) == []


def test_a_leader_speaks_to_the_groups_of_the_own_neighbourhood_alone(town: Speakers) -> None:
    for places in ((town.khu3,), ()):
        deed = partial(town.announce, neighbourhoods=places, tags=("boats",))
        assert town.refusal(deed) == "access.may_not_announce"


def test_many_go_out_in_pieces_and_each_once(town: Speakers) -> None:
    people = [resident(town, str(900 + n), LANDLORDS) for n in range(45)]
    town.announce(tags=("landlords",))
    assert len(town.posts()) == 40
    town.tick()
    town.tick()
    assert [len(town.seen(home(town, each))) for each in people] == [1] * 45


def test_two_chats_of_one_person_get_one_copy(town: Speakers) -> None:
    person = resident(town, "811", LANDLORDS)
    second = add_address(town.db, "other-bot", "811", town.now, person_id=person.id)
    town.announce(tags=("landlords",))
    town.tick()
    assert len(town.posts()) == 1
    assert town.seen(second) == []


def test_quiet_hours_hold_and_leaving_takes_back_what_waits(town: Speakers) -> None:
    leaver, stayer = resident(town, "811", LANDLORDS), resident(town, "812", LANDLORDS)
    both = resident(town, "813", LANDLORDS, TRADERS)
    night = instant_of(day_of(town.now), time(22))
    town.now = night
    town.announce(tags=("landlords", "traders"))
    town.tick()
    assert town.seen(home(town, stayer)) == []
    audiences.leave(town.db, leaver, None, town.now)
    audiences.leave(town.db, both, [LANDLORDS], town.now)
    town.tick(instant_of(day_of(night) + timedelta(days=1), time(6, 30)))
    assert town.seen(home(town, leaver)) == []
    assert len(town.seen(home(town, stayer))) == 1
    assert len(town.seen(home(town, both))) == 1


def test_who_reported_something_quiet_gets_nothing(town: Speakers) -> None:
    reporter = town.precinct.resident
    change_person(town.db, reporter.id, neighbourhood_id=town.khu2)
    reporter.neighbourhood_id = town.khu2
    audiences.choose(town.db, reporter, LANDLORDS, shown(town.now), town.now)
    town.precinct.report("DV", "Bị đánh ở nhà (bịa)", contact="none")
    before = len(town.seen(town.precinct.resident_home))
    town.announce(tags=("landlords",))
    town.tick()
    assert len(town.seen(town.precinct.resident_home)) == before


@pytest.mark.parametrize("people", [0, 1, 4])
def test_few_or_none_is_the_same_to_the_author(town: Speakers, people: int) -> None:
    for n in range(people):
        resident(town, str(820 + n), LANDLORDS)
    announcement = town.announce(tags=("landlords",))
    town.tick()
    assert town.states(announcement) == ["sent"]
    (told,) = town.told(town.lan)
    assert "ít hơn 5 người, có khi chưa có ai" in told
    assert audiences.count_reached(town.db, "99901", (town.khu2,), ["landlords"]) is None


@pytest.mark.parametrize("people", [0, 1])
def test_nor_does_the_night_tell_whether_there_is_anybody(town: Speakers, people: int) -> None:
    for n in range(people):
        resident(town, str(820 + n), LANDLORDS)
    town.now = instant_of(day_of(town.now), time(22))
    town.announce(tags=("landlords",))
    town.tick()
    (told,) = town.told(town.lan)
    assert "ít hơn 5 người" in told


def test_five_are_counted(town: Speakers) -> None:
    for n in range(5):
        resident(town, str(820 + n), LANDLORDS, TRADERS)
    assert audiences.count_reached(town.db, "99901", (), ["landlords", "traders"]) == 5
    unreachable = town.precinct.home(resident(town, "830", LANDLORDS))
    set_unreachable(town.db, unreachable.id, town.now)
    assert audiences.count_reached(town.db, "99901", (town.khu2,), ["landlords"]) == 5


@pytest.mark.parametrize("people", [0, 1])
def test_on_the_days_of_tet_its_author_is_told(town: Speakers, people: int) -> None:
    for n in range(people):
        resident(town, str(820 + n), LANDLORDS)
    town.now = instant_of(date(2027, 2, 6), time(9))
    announcement = town.announce(tags=("landlords",))
    town.tick()
    assert town.states(announcement) == ["dropped"]
    assert town.posts() == []
    assert "được nghỉ" in town.told(town.lan)[-1]
