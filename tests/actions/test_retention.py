"""The table of what is kept how long, row by row: there an instant before its time, gone at it.
All names and numbers are invented.
"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Connection
from sqlmodel import col, select

from actions import consents, people, retention
from actions.additions import Addition, add_to_incident
from actions.cards import open_card
from actions.handling import acknowledge, deal_with
from actions.my_matters import list_mine
from actions.retention import forget_people, forget_reports
from actions.standings import revoke
from domain.consent import ConsentPurpose
from domain.incidents import Outcome
from domain.notices import Media
from domain.retention import KEPT_FOR, Kept
from domain.roles import Role
from storage import inbox, incidents, mediations
from storage.addresses import get_person
from storage.rows import list_by, rows
from storage.tables import Address, Inbox, Incident, Mediation, Person
from tests.precinct import BOT, CANARY_NAME, WARD, Precinct

MOMENT = timedelta(seconds=1)
HOUSE = ConsentPurpose.HOUSE
SHOWN = consents.Shown(
    "enrolment.keep_house.ask", "invented", "vi", BOT, datetime.fromisoformat("2026-11-22T02:00Z")
)


def closed(precinct: Precinct, kind: str, **more: object) -> Incident:
    """Reported, added to, and closed now."""
    photo = (Media("photo", "invented-file"),)
    filed = precinct.report(kind, "Chuyện bịa", media=photo, callback="0912345678", **more)
    more_words = Addition(BOT, "thêm lời bịa", draft_id=precinct.draft_id("addition"))
    add_to_incident(precinct.db, filed, more_words, precinct.now)
    acknowledge(precinct.db, filed.id, precinct.an, precinct.now)
    deal_with(precinct.db, filed.id, Outcome.SETTLED, precinct.an, precinct.now)
    precinct.deliver()
    return precinct.again(filed)


def is_whole(precinct: Precinct, incident: Incident) -> bool:
    return precinct.again(incident).words == "Chuyện bịa"


@pytest.mark.parametrize(("kind", "kept"), [("NOISE", Kept.CALM_REPORT), ("FIRE", Kept.REPORT)])
def test_a_report_becomes_a_count_when_its_time_is_over(
    precinct: Precinct, duty: Address, kind: str, kept: Kept
) -> None:
    incident = closed(precinct, kind, name=CANARY_NAME)
    over = precinct.now + KEPT_FOR[kept]
    forget_reports(precinct.db, over - MOMENT)
    assert is_whole(precinct, incident)
    forget_reports(precinct.db, over)
    left = precinct.again(incident)
    assert (left.words, left.place, left.callback, left.reporter_name) == ("", None, None, None)
    assert (left.named, left.helped, left.filed, left.occurred) == (
        False, None, None, {"choice": "now"},
    )  # fmt: skip
    assert left.erased_at == over
    assert incidents.list_media(precinct.db, incident.id) == []
    assert incidents.find_reporter(precinct.db, incident.id) is None
    for counted in ("kind", "urgency", "ward_code", "neighbourhood_id", "state", "outcome",
                    "created_at", "taken_at", "closed_at"):  # fmt: skip
        assert getattr(left, counted) == getattr(incident, counted)
    details = [event.detail for event in incidents.list_events(precinct.db, incident.id)]
    assert [each for each in details if each] == [{"outcome": "settled"}]
    assert list_mine(precinct.db, precinct.resident.id, 1).matters == ()


def test_its_card_says_so_and_can_still_be_opened(precinct: Precinct, duty: Address) -> None:
    incident = closed(precinct, "NOISE", name=CANARY_NAME)
    forget_reports(precinct.db, precinct.now + KEPT_FOR[Kept.CALM_REPORT])
    said = "\n".join(precinct.texts(duty))
    assert "đã được xóa" in said
    assert "Chuyện bịa" not in precinct.texts(duty)[0]
    open_card(precinct.db, precinct.again(incident), duty, precinct.now)
    assert "Chuyện bịa" not in precinct.last(duty)
    for row in precinct.outbox(duty):
        assert "Chuyện bịa" not in str(row.notice)


def test_an_open_report_is_never_erased(precinct: Precinct, duty: Address) -> None:
    filed = precinct.report("NOISE", "Chuyện bịa")
    forget_reports(precinct.db, precinct.now + timedelta(days=3650))
    assert is_whole(precinct, filed)
    assert incidents.find_reporter(precinct.db, filed.id) is not None


def test_nobody_can_tell_whose_a_withheld_report_is_after_its_time(
    precinct: Precinct, duty: Address
) -> None:
    withheld, named = closed(precinct, "FIRE"), closed(precinct, "FIRE", name=CANARY_NAME)
    over = precinct.now + KEPT_FOR[Kept.WITHHELD_LINK]
    forget_reports(precinct.db, over - MOMENT)
    assert incidents.find_reporter(precinct.db, withheld.id) is not None
    forget_reports(precinct.db, over)
    assert incidents.find_reporter(precinct.db, withheld.id) is None
    assert incidents.find_reporter(precinct.db, named.id) is not None
    again = precinct.again(withheld)
    assert (again.callback, again.filed, again.words) == (None, None, "Chuyện bịa")
    for event in incidents.list_events(precinct.db, withheld.id):
        assert "filed" not in (event.detail or {})
    mine = [row.concerns for row in precinct.outbox(precinct.resident_home)]
    assert mine.count(None) == len(mine) // 2 != 0


def test_actors_of_erased_reports_are_forgotten(precinct: Precinct, duty: Address) -> None:
    incident = closed(precinct, "NOISE")
    over = precinct.now + KEPT_FOR[Kept.ACTORS]
    forget_reports(precinct.db, over - MOMENT)
    assert precinct.again(incident).officer_id == precinct.an.id
    forget_reports(precinct.db, over)
    assert precinct.again(incident).officer_id is None
    assert {e.actor_id for e in incidents.list_events(precinct.db, incident.id)} == {None}


def test_a_mediation_is_a_bare_row_after_its_time(precinct: Precinct) -> None:
    asked = Mediation(
        code="12345678",
        ward_code=WARD,
        asker=str(precinct.resident_home.id),
        asker_mark=mediations.address_mark(precinct.db, precinct.resident_home.id),
        subject="Chuyện bịa",
        state="taken",
        taken_at=precinct.now,
        created_at=precinct.now,
    )
    asked = mediations.add_mediation(precinct.db, asked)
    over = precinct.now + KEPT_FOR[Kept.MEDIATION]
    forget_reports(precinct.db, over - MOMENT)
    assert mediations.get(precinct.db, asked.id).subject == "Chuyện bịa"
    forget_reports(precinct.db, over)
    left = mediations.get(precinct.db, asked.id)
    assert (left.subject, left.asker, left.asker_mark, left.state) == ("", "", "", "taken")


def test_more_than_one_look_can_take_are_taken_by_the_next(
    precinct: Precinct, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        closed(precinct, "NOISE")
    monkeypatch.setattr(retention, "BATCH", 2)
    over = precinct.now + KEPT_FOR[Kept.CALM_REPORT]
    whole = select(Incident).where(col(Incident.erased_at).is_(None))
    for left in (1, 0):
        forget_reports(precinct.db, over)
        assert len(rows(precinct.db, Incident, whole)) == left


def enrol(precinct: Precinct, person: Person) -> None:
    consents.keep(precinct.db, person, HOUSE, "số 12 ngõ 5", SHOWN, precinct.now)


def reread(precinct: Precinct, person: Person) -> Person:
    return get_person(precinct.db, person.id)


def test_an_idle_profile_loses_its_name(precinct: Precinct) -> None:
    idle, enrolled = precinct.resident, precinct.owner(precinct.person("Lê Thị Bịa", "301"))
    people.set_neighbourhood(precinct.db, idle, precinct.khu_id)
    enrol(precinct, enrolled)
    over = precinct.now + KEPT_FOR[Kept.PROFILE]
    forget_people(precinct.db, over - MOMENT)
    assert reread(precinct, idle).name == CANARY_NAME
    forget_people(precinct.db, over)
    assert (reread(precinct, idle).name, reread(precinct, idle).neighbourhood_id) == ("", None)
    assert reread(precinct, enrolled).name == "Lê Thị Bịa"


def test_who_has_a_matter_is_not_idle(precinct: Precinct) -> None:
    precinct.report("THEFT", "Mất xe")
    forget_people(precinct.db, precinct.now + KEPT_FOR[Kept.PROFILE])
    assert reread(precinct, precinct.resident).name == CANARY_NAME


def test_the_name_of_who_works_for_a_ward_stays(precinct: Precinct) -> None:
    end = precinct.now + timedelta(days=1)
    revoke(precinct.db, precinct.binh.id, Role.OFFICER, WARD, end)
    forget_people(precinct.db, precinct.now + timedelta(days=3650) - MOMENT)
    assert reread(precinct, precinct.an).name == "Phạm Văn An"
    assert reread(precinct, precinct.binh).name == ""


def test_a_former_officer_is_named_as_long_as_the_history_names_them(precinct: Precinct) -> None:
    revoke(precinct.db, precinct.binh.id, Role.OFFICER, WARD, precinct.now)
    over = precinct.now + KEPT_FOR[Kept.ACTORS]
    forget_people(precinct.db, over - MOMENT)
    assert reread(precinct, precinct.binh).name == "Trần Thị Bình"
    forget_people(precinct.db, over)
    assert reread(precinct, precinct.binh).name == ""


def asked(precinct: Precinct) -> int:
    said = precinct.outbox(precinct.resident_home)
    return sum("data.still_here" in str(row.notice) for row in said)


def test_who_was_silent_for_a_year_is_asked_once_then_erased(precinct: Precinct) -> None:
    resident = precinct.resident
    enrol(precinct, resident)
    silent = precinct.now + KEPT_FOR[Kept.ENROLLED]
    forget_people(precinct.db, silent - MOMENT)
    assert asked(precinct) == 0
    for hour in range(3):
        forget_people(precinct.db, silent + timedelta(hours=hour))
    assert asked(precinct) == 1
    over = silent + KEPT_FOR[Kept.UNANSWERED]
    forget_people(precinct.db, over - MOMENT)
    assert reread(precinct, resident).house == "số 12 ngõ 5"
    forget_people(precinct.db, over)
    left = reread(precinct, resident)
    assert (left.house, left.phone, left.name, left.asked_at) == (None, None, "", None)
    assert not consents.is_given(precinct.db, resident.id, HOUSE)


def test_whoever_writes_again_is_left_in_peace(precinct: Precinct) -> None:
    resident, chat = precinct.resident, precinct.resident_home.chat
    enrol(precinct, resident)
    silent = precinct.now + KEPT_FOR[Kept.ENROLLED]
    forget_people(precinct.db, silent)
    back = silent + timedelta(days=29)
    people.arrive(
        precinct.db, bot=BOT, chat=chat, private=True, title="", sender_id=chat,
        sender_name=CANARY_NAME, language="vi", now=back,
    )  # fmt: skip
    assert (reread(precinct, resident).seen_at, reread(precinct, resident).asked_at) == (
        back,
        None,
    )
    forget_people(precinct.db, silent + timedelta(days=60))
    assert reread(precinct, resident).house == "số 12 ngõ 5"
    assert asked(precinct) == 1


def test_a_parked_update_keeps_its_number_and_loses_its_words(
    db: Connection, now: datetime
) -> None:
    inbox.park(db, BOT, 7, now, {"update_id": 7, "text": "lời bịa"}, "ValueError")
    over = now + KEPT_FOR[Kept.PARKED_UPDATE]
    for at, payload in ((over - MOMENT, {"update_id": 7, "text": "lời bịa"}), (over, None)):
        forget_people(db, at)
        (row,) = list_by(db, Inbox)
        assert (row.state, row.payload) == ("parked", payload)


def test_every_row_of_the_table_has_its_span() -> None:
    assert set(KEPT_FOR) == set(Kept)
    assert all(span > timedelta(0) for span in KEPT_FOR.values())
