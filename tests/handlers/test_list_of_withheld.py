"""A list and a gathered line are read by the whole duty chat, and nobody opened anything: of a
report without a name, or a quiet one, they say what and where roughly, and none of its words.
"""

import pytest

from actions.card_face import card_of, digest_of
from domain.incidents import Happening, Place
from storage import incidents
from storage.tables import Address, Incident
from tests.handlers.chats import Chats
from tests.precinct import CANARY_NAME, Precinct, say

STORY = "Nhà Canary bên cạnh"
PLACE = Place("cổng chợ", "ngõ Canary 5")


def readings(precinct: Precinct, incident: Incident) -> int:
    events = incidents.list_events(precinct.db, incident.id)
    return sum(event.what == Happening.READ for event in events)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("NOISE", None), ("THEFT", None), ("DV", None), ("DV", CANARY_NAME), ("FIRE", None)],
)
def test_the_list_shows_no_word_of_what_was_never_opened(
    precinct: Precinct, chats: Chats, duty: Address, kind: str, name: str | None
) -> None:
    incident = precinct.report(kind, STORY, place=PLACE, name=name)
    precinct.deliver()
    chats.says(precinct.an, "/vuviec", at=duty)
    (line,) = [said for said in precinct.last(duty).splitlines() if said.startswith("1. ")]
    assert "Canary" not in line
    assert "cổng chợ" not in line
    assert "Khu 2 · <code>" in line
    assert line.endswith("chưa có cán bộ nhận")
    assert readings(precinct, incident) == 0
    chats.taps(precinct.an, f"i:{incident.id}:open", at=duty)
    assert "Canary" in precinct.last(duty)
    assert readings(precinct, incident) == 1


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_a_gathered_line_of_one_shows_no_word_either(precinct: Precinct, locale: str) -> None:
    incident = precinct.report("NOISE", STORY, place=PLACE)
    gathered = card_of(precinct.db, incident).digest
    assert gathered == digest_of(precinct.db, incident)
    said = say(gathered, locale)
    assert "Canary" not in said
    assert "Khu 2" in said


def test_with_its_name_it_begins_as_before(precinct: Precinct) -> None:
    incident = precinct.report("NOISE", STORY, place=PLACE, name=CANARY_NAME)
    said = say(digest_of(precinct.db, incident))
    assert "cổng chợ, ngõ Canary 5, Khu 2 · “Nhà Canary" in said
    assert CANARY_NAME not in said
