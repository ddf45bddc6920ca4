"""The photos of an album that is added reach the desk in as few messages as possible."""

from collections.abc import Iterable

import pytest

from actions.additions import Addition, add_to_album, add_to_incident
from domain.notices import Media
from storage import deliveries, incidents
from storage.tables import Address, Incident, Outbox
from tests.precinct import BOT, Precinct

ALBUM = "13579246801357924"


@pytest.fixture
def incident(precinct: Precinct, duty: Address) -> Incident:
    filed = precinct.report("FIRE")
    precinct.deliver()
    return filed


def photos(*numbers: int) -> tuple[Media, ...]:
    return tuple(Media("photo", f"p{number}") for number in numbers)


def send(precinct: Precinct, incident: Incident, numbers: Iterable[int]) -> None:
    """Each photo is an update of its own; the first begins the album."""
    for number in numbers:
        deed = add_to_album if number else add_to_incident
        said = Addition(BOT, media=photos(number), album=ALBUM)
        deed(precinct.db, incident, said, precinct.now)


def followers(precinct: Precinct, chat: Address) -> list[Outbox]:
    """What is due besides cards and their edits."""
    return [row for row in precinct.outbox(chat) if row.state == "due" and row.edits is None]


def test_an_album_in_one_batch_is_one_text_and_one_album(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    send(precinct, incident, range(10))
    words, album = followers(precinct, duty)
    assert album.answers == words.id
    assert precinct.notices(duty)[-1].media == photos(*range(10))
    assert len(incidents.list_media(precinct.db, incident.id)) == 10
    assert [e.what for e in incidents.list_events(precinct.db, incident.id)].count("added") == 1


def test_photos_that_come_after_the_first_were_sent_are_one_album_more(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    send(precinct, incident, range(2))
    precinct.deliver()
    send(precinct, incident, range(2, 5))
    (album,) = followers(precinct, duty)
    assert precinct.notices(duty)[-1].media == photos(2, 3, 4)
    assert album.answers == next(r.id for r in precinct.outbox(duty) if r.concerns and r.answers)


def test_a_messenger_takes_ten_at_once(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    send(precinct, incident, range(13))
    _, first, second = followers(precinct, duty)
    assert [len(n.media) for n in precinct.notices(duty)[-2:]] == [10, 3]
    assert first.answers == second.answers


def test_a_photo_on_the_wire_when_another_comes_is_never_lost(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    send(precinct, incident, range(1))
    on_the_wire = followers(precinct, duty)[-1]
    send(precinct, incident, (1,))
    deliveries.mark_sent(precinct.db, on_the_wire.id, "m77", precinct.now)
    assert precinct.notices(duty)[-1].media == photos(0, 1)


def test_words_under_a_later_photo_are_told(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    send(precinct, incident, range(1))
    said = Addition(BOT, "Đây là mặt nó", photos(1), album=ALBUM)
    add_to_album(precinct.db, incident, said, precinct.now)
    assert any("Đây là mặt nó" in text for text in precinct.texts(duty))
    assert precinct.notices(duty)[-1].media == photos(0, 1)


def test_a_sound_among_the_photos_comes_alone(
    precinct: Precinct, duty: Address, incident: Incident
) -> None:
    send(precinct, incident, range(2))
    said = Addition(BOT, media=(Media("voice", "v"),), album=ALBUM)
    add_to_album(precinct.db, incident, said, precinct.now)
    assert [len(n.media) for n in precinct.notices(duty)[-2:]] == [2, 1]
    assert precinct.again(incident).card_sent_at is not None
