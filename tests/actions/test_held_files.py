"""A file that is held back is told of at the desk that waits for it, and to its sender once."""

from actions.held_files import file_was_held
from storage import incidents
from storage.incident_media import hold, shared
from storage.tables import IncidentMedia, Outbox
from tests.precinct import BOT, CANARY_NAME, Precinct


def held(precinct: Precinct, row: Outbox, file: IncidentMedia) -> None:
    """What delivery does in its transaction."""
    first = hold(precinct.db, file.id, "unclean")
    file_was_held(precinct.db, row, file, "unclean", first, precinct.now)


def files(precinct: Precinct, incident_id: int) -> list[IncidentMedia]:
    """Two files of a report."""
    for name in ("a", "b"):
        incidents.add_media(precinct.db, incident_id, BOT, "document", name, precinct.now)
    return incidents.list_media(precinct.db, incident_id)


def test_the_desk_is_told_of_each_and_the_reporter_once(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    incident = precinct.report()
    row = precinct.outbox(duty)[-1]
    before = len(precinct.texts(precinct.resident_home))
    for file in files(precinct, incident.id):
        held(precinct, row, file)
    told = [text for text in precinct.texts(duty) if "chưa chuyển vào đây" in text]
    assert len(told) == 2
    assert not any(CANARY_NAME in text for text in told)
    assert len(precinct.texts(precinct.resident_home)) == before + 1
    assert "chưa chuyển đi" in precinct.last(precinct.resident_home)
    kept = incidents.list_media(precinct.db, incident.id)
    assert [shared(file).held for file in kept] == ["unclean", "unclean"]


def test_a_card_that_is_put_again_says_it_no_second_time(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    incident = precinct.report()
    row = precinct.outbox(duty)[-1]
    file = files(precinct, incident.id)[0]
    for _ in range(2):
        held(precinct, row, file)
    assert len([text for text in precinct.texts(duty) if "chưa chuyển vào đây" in text]) == 1


def test_a_quiet_reporter_is_not_told_what_it_is_about(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    incident = precinct.report("DV")
    held(precinct, precinct.outbox(duty)[-1], files(precinct, incident.id)[0])
    assert not any("tệp" in text for text in precinct.texts(precinct.resident_home))
    assert any("chưa chuyển vào đây" in text for text in precinct.texts(duty))
