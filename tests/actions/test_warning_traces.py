"""Nothing of a report shows through a warning, whenever the warning or the report changes. All
names and numbers are invented.
"""

from dataclasses import replace

import pytest

from actions.announcing import approve, change, planned_of
from domain.incidents import Happening
from storage import incidents
from storage.rows import change as change_row
from storage.tables import Address, Incident
from tests.actions.speakers import Speakers
from tests.actions.test_warnings import send
from tests.precinct import Precinct

TOLD = "Thấy khói bốc ra từ mái tôn xanh nhà đối diện quán phở Bịa Kimyến"
MORE = "Tôi đứng trên ban công tầng ba nhà số chín nhìn sang thấy rõ"
SHOWS = "warning.shows_reporter"


@pytest.fixture
def speakers(precinct: Precinct, duty: Address) -> Speakers:
    return Speakers(precinct)


@pytest.fixture
def fire(precinct: Precinct, speakers: Speakers) -> Incident:
    filed = precinct.report("FIRE", TOLD, name="Hoàng Bí Mật Kimyến")
    precinct.deliver()
    return filed


def test_changed_into_the_reporters_own_words(speakers: Speakers, fire: Incident) -> None:
    made = send(speakers, fire, shows_person=True)
    other = replace(planned_of(speakers.db, made), words=f"{TOLD} do Hoàng Bí Mật Kimyến báo")
    deed = lambda: change(speakers.db, made.id, speakers.an, other, speakers.now)  # noqa: E731
    assert speakers.refusal(deed) == SHOWS
    assert speakers.again(made).words == made.words


def test_agreed_to_after_the_reporter_wrote_the_same(speakers: Speakers, fire: Incident) -> None:
    made = send(speakers, fire, words=MORE, shows_person=True)
    detail = {"words": MORE}
    incidents.add_event(speakers.db, fire.id, Happening.ANSWERED, speakers.now, detail=detail)
    deed = lambda: approve(speakers.db, made.id, speakers.binh, speakers.now)  # noqa: E731
    assert speakers.refusal(deed) == SHOWS
    assert speakers.again(made).state == "waiting"


@pytest.mark.parametrize("what", [Happening.ADDED, Happening.ANSWERED])
def test_what_the_reporter_wrote_later(
    speakers: Speakers, fire: Incident, what: Happening
) -> None:
    incidents.add_event(speakers.db, fire.id, what, speakers.now, detail={"words": MORE})
    assert speakers.refusal(lambda: send(speakers, fire, words=MORE)) == SHOWS


@pytest.mark.parametrize("callback", ["0912345678", "+84912345678"])
@pytest.mark.parametrize("typed", ["0912 345 678", "+84 912 345 678", "84.912.345.678"])
def test_the_number_to_call_back_however_it_is_written(
    speakers: Speakers, fire: Incident, callback: str, typed: str
) -> None:
    change_row(speakers.db, Incident, fire.id, callback=callback)
    words = f"Đang cháy, gọi {typed}"
    assert speakers.refusal(lambda: send(speakers, fire, words=words)) == SHOWS
    assert speakers.refusal(lambda: send(speakers, fire, words="Đang cháy, gọi 114")) == ""


def test_the_same_draft_twice_warns_once(speakers: Speakers, fire: Incident) -> None:
    from actions.warnings import send_warning
    from tests.actions.test_warnings import warned
    from tests.precinct import BOT

    draft_id = speakers.precinct.draft_id("warning")
    made = [
        send_warning(
            speakers.db, speakers.an, warned(speakers, fire), draft_id, BOT, speakers.now,
            speakers.precinct.random_below,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert made[0].id == made[1].id
    events = incidents.list_events(speakers.db, fire.id)
    assert [each.what for each in events].count(Happening.WARNED) == 1
