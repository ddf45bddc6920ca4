"""What was taken back stays taken back: names that were shown, reports that were erased, and
what still waited to be sent at that moment.
"""

from datetime import timedelta

from sqlalchemy import select as select_columns
from sqlmodel import select

from actions import erasure, handling, mediations, my_data
from actions.consents import withdraw
from actions.reveals import Decision, ask_reveal, decide_reveal, hide_shown
from domain.consent import ConsentPurpose
from domain.incidents import Outcome
from domain.notices import Media
from domain.reveals import SEATED_FOR, SHOWN_FOR, Verdict
from domain.roles import Role
from storage import outbox, owed
from storage.rows import list_by, rows, table
from storage.tables import Address, Mediation, Membership, Outbox, Reveal
from tests.handlers.chats import Chats
from tests.precinct import BOT, WARD, Precinct, say

_MEMBERSHIP = table(Membership)


def shown(precinct: Precinct) -> Outbox:
    """The message with the identity, after both have agreed."""
    db, incident = precinct.db, precinct.report("NOISE", "ồn ào")
    chief = precinct.holder(Role.CHIEF, "Trưởng (bịa)", "400")
    long_ago = precinct.now - 30 * SEATED_FOR
    db.execute(_MEMBERSHIP.update().values(granted_at=long_ago))
    reason = "cần gặp người báo để lấy lời khai"
    ask_reveal(db, precinct.an, BOT, incident.code, reason, precinct.now)
    (reveal,) = list_by(db, Reveal)
    decision = Decision(reveal.id, Verdict.YES, chief, BOT)
    decide_reveal(db, decision, lambda _address: None, precinct.now)
    return identity(precinct)


def identity(precinct: Precinct) -> Outbox:
    (row,) = rows(
        precinct.db,
        Outbox,
        select(Outbox).where(Outbox.concerns.startswith("identity:")),  # type: ignore[union-attr]
    )
    return row


def deletions(precinct: Precinct, message_id: str | None) -> int:
    wanted = select_columns(table(Outbox).c.id).where(table(Outbox).c.deletes == message_id)
    return len(precinct.db.execute(wanted).all())


def test_a_name_that_could_not_be_shown_in_time_is_never_shown(
    precinct: Precinct, duty: Address
) -> None:
    assert shown(precinct).state == "due"
    hide_shown(precinct.db, precinct.now + timedelta(days=2) + 2 * SHOWN_FOR)
    row = identity(precinct)
    assert (row.state, row.erased, row.notice) == ("dropped", True, {})


def test_a_shown_name_is_deleted_though_its_reader_erased_their_own_data(
    precinct: Precinct, duty: Address, chats: Chats
) -> None:
    shown(precinct)
    precinct.deliver()
    message_id = identity(precinct).message_id
    chats.taps(precinct.an, "d:erase:yes")
    for _ in range(2):
        hide_shown(precinct.db, precinct.now + SHOWN_FOR)
    assert message_id is not None
    assert deletions(precinct, message_id) == 1


def test_a_photo_that_waits_for_the_desk_goes_with_the_erased_report(
    precinct: Precinct, duty: Address, chats: Chats
) -> None:
    incident = precinct.report("NOISE", "ồn ào", media=(Media("photo", "invented-1"),))
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)
    handling.deal_with(precinct.db, incident.id, Outcome.SETTLED, precinct.an, precinct.now)
    chats.taps(precinct.resident, "d:erase:yes")
    due = [row for row in precinct.outbox(duty) if row.state == "due"]
    assert not [row.id for row in due if outbox.load_notice(row.notice).media]


def test_the_card_that_waits_leaves_without_the_name_that_was_withdrawn(
    precinct: Precinct, duty: Address
) -> None:
    precinct.report("NOISE", "ồn ào", name="Hoàng Bí Mật (bịa)")
    withdraw(precinct.db, precinct.resident, ConsentPurpose.NAME, precinct.now)
    due = owed.list_due(precinct.db, BOT, precinct.now, owed.Closed(), 50)
    said = [say(each.notice.text) for each in due if not each.private and each.notice.text]
    assert said
    assert not [words for words in said if "Bí Mật" in words]


def test_an_old_request_to_erase_leaves_what_was_asked_for_later(
    precinct: Precinct, duty: Address, chats: Chats
) -> None:
    precinct.report("NOISE", "ồn ào")
    chats.taps(precinct.resident, "d:erase:yes")
    precinct.now += timedelta(days=1)
    request = mediations.RequestedMediation(
        draft_id=precinct.draft_id("mediation"),
        asker=precinct.resident_home,
        ward_code=WARD,
        neighbourhood_id=precinct.khu_id,
        subject="Tranh chấp lối đi",
        other_side="hàng xóm",
        meeting="thứ 7",
        files=(),
        pin=None,
    )
    asked = mediations.request_mediation(precinct.db, request, precinct.now, precinct.random_below)
    mediator = precinct.holder(Role.MEDIATOR, "Hòa Giải (bịa)", "301")
    mediations.take_mediation(
        precinct.db, asked.id, mediator, precinct.home(mediator), precinct.now
    )
    erasure.finish_erasures(precinct.db, precinct.now + timedelta(hours=1))
    (kept,) = list_by(precinct.db, Mediation)
    assert kept.subject == "Tranh chấp lối đi"


def test_one_s_own_data_do_not_count_a_quiet_matter_that_is_being_written(
    precinct: Precinct, duty: Address, chats: Chats
) -> None:
    chats.says(precinct.resident, "chồng đánh tôi")
    assert my_data.holdings_of(precinct.db, precinct.resident, precinct.now).drafts == 0
