"""An officer warns neighbourhoods of what an incident is about; nothing of it shows through."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.announcing import approve
from actions.card_face import card_of
from actions.codes import unused_code
from actions.handling import acknowledge
from actions.warnings import (
    Warned,
    find_reported,
    planned_warning,
    require_warn,
    send_prevention,
    send_warning,
)
from domain.announcing import Sort, State
from domain.codes import new_code
from domain.errors import Refused
from domain.incidents import Place
from domain.notices import Media
from domain.roles import Role
from domain.warnings import Reach
from storage import announcements, incidents
from storage.announcement_tables import Announcement
from storage.rows import change
from storage.tables import Address, Incident, Person
from tests.actions.speakers import Speakers, refused_by
from tests.precinct import BOT, CANARY_CHAT, CANARY_NAME, Precinct, labels, say

CANARY_WORDS = "Thấy khói bốc ra từ mái tôn xanh nhà đối diện quán phở Bịa Kimyến"
CANARY_PLACE = "hẻm cụt sau kho gạo Bịa Kimyến"
SAFE = "Đang có cháy. Bà con tránh xa, nhường đường cho xe chữa cháy. Gọi 114."


@pytest.fixture
def speakers(precinct: Precinct) -> Speakers:
    """Chats of neighbourhoods, leaders, officers."""
    return Speakers(precinct)


@pytest.fixture
def fire(precinct: Precinct, duty: Address) -> Incident:
    """A fire, told by a canary."""
    filed = precinct.report(
        "FIRE", CANARY_WORDS, place=Place(words=CANARY_PLACE), name=CANARY_NAME,
        media=(Media("photo", "canary-photo", 10),),
    )  # fmt: skip
    precinct.deliver()
    return filed


def warned(speakers: Speakers, incident: Incident, **more: object) -> Warned:
    made = Warned(
        incident_id=incident.id,
        words=SAFE,
        neighbourhoods=(speakers.khu2,),
        expires_at=speakers.now + timedelta(hours=6),
        emergency=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def send(
    speakers: Speakers, incident: Incident, by: Person | None = None, **more: object
) -> Announcement:
    draft_id = speakers.precinct.draft_id("warning")
    return send_warning(
        speakers.db, by or speakers.an, warned(speakers, incident, **more), draft_id, BOT,
        speakers.now, speakers.precinct.random_below,
    )  # fmt: skip


def refusal(speakers: Speakers, deed: Callable[[], object]) -> str:
    text = refused_by(deed)
    assert text is not None
    assert say(text)
    assert say(text, "en")
    return text.key


def test_it_goes_to_the_chosen_neighbourhoods_at_once(speakers: Speakers, fire: Incident) -> None:
    made = send(speakers, fire, neighbourhoods=(speakers.khu2, speakers.khu3))
    assert made.state != State.WAITING.value
    for chat in (speakers.chat2, speakers.chat3):
        (post,) = speakers.seen(chat)
        assert SAFE in post
        assert "15:00" in post
    assert (made.sort, made.incident_id) == (Sort.EMERGENCY.value, fire.id)


def test_no_trace_of_the_reporter_is_in_anything_that_is_said(
    speakers: Speakers, precinct: Precinct, fire: Incident
) -> None:
    before = len(precinct.outbox())
    made = send(speakers, fire)
    for row in precinct.outbox()[before:]:
        if row.address_id in (speakers.chat2.id, speakers.chat3.id):
            for trace in (CANARY_NAME, CANARY_CHAT, "Kimyến", "canary-photo", fire.code):
                assert trace not in str(row.notice)
    stored = announcements.get(precinct.db, made.id)
    assert stored.words == SAFE
    assert not stored.media


@pytest.mark.parametrize("kind", ["FIRE", "THEFT"])
def test_words_that_show_the_reporter_are_refused(
    speakers: Speakers, precinct: Precinct, duty: Address, kind: str
) -> None:
    incident = precinct.report(
        kind, CANARY_WORDS, place=Place(words=CANARY_PLACE), name=CANARY_NAME
    )
    change(precinct.db, Incident, incident.id, callback="0912345678", helped={"who": "Bà Tư Bịa"})
    shows = [
        f"Bà con chú ý: {CANARY_WORDS}", f"Theo tin của {CANARY_NAME.lower()}",
        f"Gọi 0912 345 678. {SAFE}", f"Tin {incident.code}: {SAFE}", f"Nhà bà tư bịa. {SAFE}",
    ]  # fmt: skip
    if kind == "THEFT":
        shows.append(f"Ở {CANARY_PLACE}. {SAFE}")
    for words in shows:
        deed = lambda words=words: send(speakers, incident, words=words)  # noqa: E731
        assert refusal(speakers, deed) == "warning.shows_reporter", words
    assert speakers.posts() == []


def test_where_everybody_sees_it_burn_the_place_may_be_said(
    speakers: Speakers, fire: Incident
) -> None:
    send(speakers, fire, words=f"Cháy ở {CANARY_PLACE}. {SAFE}")
    assert CANARY_PLACE in speakers.seen(speakers.chat2)[0]


@pytest.mark.parametrize(
    "more",
    [
        {"shows_person": True}, {"words": f"Xe 14A-123.45. {SAFE}"},
        {"words": f"Số 0987 654 321 lừa đảo. {SAFE}"},
        {"words": f"Căn cước 022099001234. {SAFE}"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("emergency", [True, False])
def test_a_person_a_face_or_a_plate_needs_a_second_officer_urgent_or_not(
    speakers: Speakers, fire: Incident, more: dict[str, object], emergency: bool
) -> None:
    made = send(speakers, fire, None, emergency=emergency, **more)
    assert made.state == State.WAITING.value
    assert speakers.posts() == []
    for outsider in (speakers.lan, speakers.an):
        with pytest.raises(Refused):
            approve(speakers.db, made.id, outsider, speakers.now)
    assert speakers.posts() == []
    approve(speakers.db, made.id, speakers.binh, speakers.now)
    speakers.tick(minutes=3)
    assert len(speakers.posts()) == 1


def test_the_numbers_of_offices_need_nobody(speakers: Speakers, fire: Incident) -> None:
    made = send(speakers, fire, words=f"{SAFE} Trên biển gọi 02253759508.")
    assert made.state != State.WAITING.value


@pytest.mark.parametrize("hours", [0, -1, 24 * 7 + 1])
def test_it_must_expire_within_a_week(speakers: Speakers, fire: Incident, hours: int) -> None:
    expires = speakers.now + timedelta(hours=hours)
    deed = lambda: send(speakers, fire, expires_at=expires)  # noqa: E731
    assert refusal(speakers, deed) == "warning.until_past"


@pytest.mark.parametrize("kind", ["DV", "CHILD_ABUSE", "SEXUAL", "SUICIDE_RISK", "MEDICAL"])
def test_what_would_hurt_somebody_is_not_warned_of(
    speakers: Speakers, precinct: Precinct, duty: Address, kind: str
) -> None:
    incident = precinct.report(kind, "lời bịa cho kiểm thử")
    deed = lambda: send(speakers, incident)  # noqa: E731
    assert refusal(speakers, deed) == "warning.never"
    deed = lambda: prevent(speakers, incident)  # noqa: E731
    assert refusal(speakers, deed) == "warning.never"
    assert not any("Cảnh báo bà con" in label for label in labels_of(precinct, incident))


def test_a_quiet_incident_of_another_kind_is_not_warned_of(
    speakers: Speakers, precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report("NOISE", "chồng đánh vợ suốt đêm (bịa)")
    change(precinct.db, Incident, incident.id, quiet=True)
    deed = lambda: prevent(speakers, incident)  # noqa: E731
    assert refusal(speakers, deed) == "warning.never"


def test_of_drugs_only_words_of_prevention_go_to_the_whole_ward(
    speakers: Speakers, precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report("DRUG", "bán ma túy ở nhà ông Bịa")
    deed = lambda: send(speakers, incident)  # noqa: E731
    assert refusal(speakers, deed) == "warning.generally_only"
    made = prevent(speakers, incident)
    assert made.incident_id is None
    assert (made.sort, made.state) == (Sort.ORDINARY.value, State.WAITING.value)
    targets = {each.neighbourhood_id for each in announcements.list_targets(speakers.db, made.id)}
    assert targets == {speakers.khu2, speakers.khu3, speakers.khu4}
    happened = [each.what for each in incidents.list_events(precinct.db, incident.id)]
    assert "warned" not in happened


def prevent(speakers: Speakers, incident: Incident) -> Announcement:
    return send_prevention(
        speakers.db, speakers.an, incident.id, "Lời phòng ngừa chung (bịa)",
        speakers.precinct.draft_id("prevention"), BOT, speakers.now,
        random_below=speakers.precinct.random_below,
    )  # fmt: skip


def test_only_the_police_of_the_ward_warn(
    speakers: Speakers, precinct: Precinct, fire: Incident
) -> None:
    for outsider in (precinct.resident, precinct.stranger, speakers.lan, speakers.quan):
        deed = lambda by=outsider: send(speakers, fire, by)  # noqa: E731
        assert refusal(speakers, deed) == "access.officers_only"
    assert speakers.posts() == []
    chief = precinct.holder(Role.CHIEF, "Đỗ Thị Trưởng", "909")
    assert send(speakers, fire, chief).author_role == Role.CHIEF.value


def test_what_was_taken_back_or_erased_is_not_warned_of(
    speakers: Speakers, precinct: Precinct, fire: Incident
) -> None:
    change(precinct.db, Incident, fire.id, withdrawn_at=precinct.now)
    assert refusal(speakers, lambda: send(speakers, fire)) == "warning.withdrawn"
    change(precinct.db, Incident, fire.id, erased_at=precinct.now)
    assert refusal(speakers, lambda: send(speakers, fire)) == "incident.unknown"


def test_the_card_tells_that_neighbours_were_warned(
    speakers: Speakers, precinct: Precinct, fire: Incident, duty: Address
) -> None:
    send(speakers, fire)
    assert "09:00 đ/c An soạn cảnh báo cho bà con" in precinct.texts(duty)[0]
    assert "cảnh báo" not in precinct.texts(precinct.resident_home)[0].lower()


def test_one_draft_is_one_warning(speakers: Speakers, fire: Incident) -> None:
    draft_id = speakers.precinct.draft_id("warning")
    for _ in range(2):
        send_warning(
            speakers.db, speakers.an, warned(speakers, fire), draft_id, BOT, speakers.now,
            speakers.precinct.random_below,
        )  # fmt: skip
    assert len(speakers.posts()) == 1


def test_its_files_are_the_officers_own(speakers: Speakers, fire: Incident) -> None:
    mine = Media("photo", "officers-photo", 10)
    planned = planned_warning(
        speakers.db, speakers.an, warned(speakers, fire, media=(mine,)), speakers.now
    )
    assert planned.media == (mine,)


def test_an_incident_is_found_by_its_code_by_its_own_police_alone(
    speakers: Speakers, precinct: Precinct, fire: Incident
) -> None:
    assert find_reported(speakers.db, speakers.an, f"{fire.code} khu 1").id == fire.id
    assert require_warn(speakers.db, fire.id, speakers.an)[1] is Reach.FREELY
    by = {
        "incident.unknown": (precinct.stranger, fire.code),
        "access.officers_only": (speakers.lan, fire.code),
        "warning.how": (speakers.an, "khu 1"),
        "incident.code.mistyped": (
            speakers.an, fire.code[:-1] + str((int(fire.code[-1]) + 1) % 10)
        ),
    }  # fmt: skip
    for key, (who, text) in by.items():
        deed = lambda who=who, text=text: find_reported(speakers.db, who, text)  # noqa: E731
        assert refusal(speakers, deed) == key


def labels_of(precinct: Precinct, incident: Incident) -> list[str]:
    taken = acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    return labels(card_of(precinct.db, taken))


def test_a_code_is_unused_among_everything_that_has_one(
    speakers: Speakers, precinct: Precinct, fire: Incident
) -> None:
    made = send(speakers, fire)
    taken = [int(each.code[:7]) - 1_000_000 for each in (fire, made)]
    drawn = iter([*taken, *taken, 5])
    code = unused_code(precinct.db, lambda below: next(drawn))
    assert code == new_code(lambda below: 5)
