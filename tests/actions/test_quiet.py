"""About a quiet report nothing is ever sent unasked but that there is news, when that is safe."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from actions import conversations, handling, quiet, traces
from actions.additions import Addition, add_to_incident, answer_officer
from actions.cards import card_of
from actions.my_matters import find_mine, list_mine
from actions.receipts import (
    card_was_sent,
    put_waiting_cards,
    refresh_receipt,
    step,
    tell_reporter,
)
from actions.unheard import tell_unheard
from domain.errors import Refused
from domain.incidents import Destination, Outcome
from domain.kinds import KINDS
from domain.notices import Lane, Notice, Text
from domain.quiet import ANY, CONTACTS, DAY, NONE, QUIET
from storage import deliveries, drafts, incidents, outbox, owed, reveals
from storage.tables import Address, Draft, Incident, Outbox
from tests.precinct import BOT, WARD, Precinct, buttons, labels, say

WORDS = "chồng đánh tôi"


def keys_of(text: Text | None) -> set[str]:
    """Every key of a text, nested ones too."""
    found = {text.key} if text else set()
    for value in text.params.values() if text else ():
        for each in value if isinstance(value, tuple) else (value,):
            found |= keys_of(each) if isinstance(each, Text) else set()
    return found


def all_keys(notice: Notice) -> set[str]:
    """Of its words and its buttons."""
    return keys_of(notice.text).union(*(keys_of(button.label) for button in buttons(notice)))


def sent_after(precinct: Precinct, row_id: int) -> list[Outbox]:
    """What was owed to the reporter's chat since then."""
    return [row for row in precinct.outbox(precinct.resident_home) if row.id > row_id]


def last_row(precinct: Precinct) -> int:
    return precinct.outbox()[-1].id


def ring(precinct: Precinct, incident: Incident) -> None:
    handling.acknowledge(precinct.db, incident.id, precinct.an, precinct.now)


def set_out(precinct: Precinct, incident: Incident) -> None:
    handling.set_on_the_way(precinct.db, incident.id, precinct.an, precinct.now)


def close(precinct: Precinct, incident: Incident) -> None:
    handling.deal_with(precinct.db, incident.id, Outcome.SETTLED, precinct.an, precinct.now)


def pass_on(precinct: Precinct, incident: Incident) -> None:
    to = Destination.PROVINCE_POLICE
    handling.pass_on(precinct.db, incident.id, to, precinct.an, precinct.now)


def ask(precinct: Precinct, incident: Incident) -> None:
    handling.ask_reporter(precinct.db, incident.id, WORDS, precinct.an, precinct.now)


def reopen(precinct: Precinct, incident: Incident) -> None:
    handling.reopen(precinct.db, precinct.again(incident), precinct.now)


def add(precinct: Precinct, incident: Incident) -> None:
    add_to_incident(precinct.db, incident, Addition(BOT, "anh ta cầm dao"), precinct.now)


def answer(precinct: Precinct, incident: Incident) -> None:
    answer_officer(precinct.db, incident, Addition(BOT, "vâng"), precinct.now)


def wait(precinct: Precinct, incident: Incident) -> None:
    precinct.now += timedelta(minutes=7)
    tell_unheard(precinct.db, precinct.now)


def lose_and_show(precinct: Precinct, incident: Incident) -> None:
    put_waiting_cards(precinct.db, WARD, precinct.now)
    refresh_receipt(precinct.db, precinct.again(incident), precinct.now)


def be_told_anything(precinct: Precinct, incident: Incident) -> None:
    notice = step(incident, "incident.taken", ward="x", at="y")
    tell_reporter(precinct.db, precinct.again(incident), notice, precinct.now, subject="closed")


def deliver(precinct: Precinct, incident: Incident) -> None:
    precinct.deliver()


DEEDS: tuple[Callable[[Precinct, Incident], None], ...] = (
    ring, set_out, close, pass_on, ask, reopen, add, answer, wait, lose_and_show,
    be_told_anything, deliver,
)  # fmt: skip


@pytest.mark.parametrize("contact", CONTACTS)
@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_only_news_is_sent(
    precinct: Precinct, duty: Address, contact: str, seed: int
) -> None:
    """Any order of deeds, possible or not."""
    random = Random(seed)
    incident = precinct.report(random.choice(sorted(QUIET)), WORDS, contact=contact)
    filed = last_row(precinct)
    for deed in random.choices(DEEDS, k=25):
        try:
            with precinct.db.begin_nested():
                deed(precinct, incident)
        except Refused:
            continue
    rows = sent_after(precinct, filed)
    notices = [outbox.load_notice(row.notice) for row in rows]
    assert {key for each in notices for key in all_keys(each)} <= {"quiet.news"}
    assert not any(each.buttons or each.media or each.pin for each in notices)
    assert all(row.edits is None for row in rows)
    assert bool(rows) is (contact != NONE)


@pytest.mark.parametrize("kind", sorted(QUIET))
@pytest.mark.parametrize("locale", ["vi", "en"])
def test_the_receipt_names_no_kind_and_is_never_changed(
    precinct: Precinct, duty: Address, kind: str, locale: str
) -> None:
    incident = precinct.report(kind, WORDS)
    (receipt,) = precinct.notices(precinct.resident_home)
    said = say(receipt.text, locale)
    assert said.split("\n")[0].count("<b>11") == 4
    assert f"{incident.code[:4]} {incident.code[4:]}" in said
    assert ("thoát" if locale == "vi" else "exit") in said
    assert say(Text(KINDS[kind].label_key), locale) not in said
    assert not receipt.buttons
    precinct.deliver()
    refresh_receipt(precinct.db, precinct.again(incident), precinct.now)
    assert precinct.notices(precinct.resident_home) == [receipt]


def test_its_receipt_says_so_when_nobody_can_read_it(precinct: Precinct) -> None:
    precinct.report("DV", WORDS)
    assert "CHƯA có ai đọc" in precinct.last(precinct.resident_home)


def test_unread_news_is_not_repeated_for_ten_minutes(precinct: Precinct, duty: Address) -> None:
    incident = precinct.report("DV", WORDS, contact=ANY)
    filed = last_row(precinct)
    ring(precinct, incident)
    precinct.deliver()
    set_out(precinct, incident)
    assert len(sent_after(precinct, filed)) == 1
    precinct.now += timedelta(minutes=10)
    close(precinct, incident)
    assert len(sent_after(precinct, filed)) == 2


def test_who_has_looked_hears_of_the_next_at_once(precinct: Precinct, duty: Address) -> None:
    incident = precinct.report("DV", WORDS, contact=ANY)
    ring(precinct, incident)
    precinct.deliver()
    shown = quiet.shown_of(precinct.db, precinct.again(incident))
    about = quiet.about(precinct.db, incident)
    home = precinct.resident_home
    looked = outbox.put(precinct.db, home, shown, Lane.CONVERSATION, precinct.now, concerns=about)
    set_out(precinct, incident)
    assert len(sent_after(precinct, looked)) == 1


def test_by_day_only_waits_for_the_morning_once(precinct: Precinct, duty: Address) -> None:
    incident = precinct.report("DV", WORDS, contact=DAY)
    filed = last_row(precinct)
    # 20:00 in Quảng Ninh.
    precinct.now += timedelta(hours=11)
    ring(precinct, incident)
    precinct.now += timedelta(hours=2)
    set_out(precinct, incident)
    (news,) = sent_after(precinct, filed)
    assert news.not_before is not None
    assert news.not_before - precinct.now == timedelta(hours=10)
    closed = owed.Closed()
    waiting = {due.id for due in owed.list_due(precinct.db, BOT, precinct.now, closed, 99)}
    assert news.id not in waiting
    # What is said meanwhile is not held up by it.
    later = tell(precinct, "quiet.by_code")
    due = owed.list_due(precinct.db, BOT, precinct.now, closed, 99)
    assert later in {row.id for row in due}
    morning = owed.list_due(precinct.db, BOT, news.not_before, closed, 99)
    assert news.id in {row.id for row in morning}


def tell(precinct: Precinct, key: str) -> int:
    home = precinct.resident_home
    return outbox.put(precinct.db, home, Notice(Text(key)), Lane.CONVERSATION, precinct.now)


def test_the_list_neither_shows_nor_counts_it(precinct: Precinct, duty: Address) -> None:
    hidden = precinct.report("SEXUAL", "bị sàm sỡ")
    shown = precinct.report("HAZARD", "đèn hỏng")
    page = list_mine(precinct.db, precinct.resident.id, 1)
    assert [matter.id for matter in page.matters] == [shown.id]
    found = find_mine(precinct.db, precinct.resident.id, hidden.code)
    assert isinstance(found, Incident)
    assert found.id == hidden.id


def test_what_is_told_later_makes_it_quiet_for_good(precinct: Precinct, duty: Address) -> None:
    incident = precinct.report("ASSAULT", "có đánh nhau ở nhà bên")
    assert not incident.quiet
    home = precinct.resident_home
    incident = add_to_incident(precinct.db, incident, Addition(BOT, WORDS), precinct.now)
    assert (incident.quiet, incident.contact) == (True, NONE)
    assert "KÍN" in precinct.last(duty) or any("KÍN" in text for text in precinct.texts(duty))
    incident = add_to_incident(precinct.db, incident, Addition(BOT, "hết rồi"), precinct.now)
    assert incident.quiet
    before = len(precinct.outbox(home))
    ring(precinct, incident)
    assert len(precinct.outbox(home)) == before


@pytest.mark.parametrize(
    ("contact", "said"),
    [(ANY, "lúc nào cũng được"), (DAY, "chỉ 8–17 giờ"), (NONE, "không nhắn"), ("", "không nhắn")],
)
def test_the_card_says_how_to_reach_the_reporter(
    precinct: Precinct, duty: Address, contact: str, said: str
) -> None:
    incident = precinct.report("DV", WORDS, contact=contact)
    card = say(card_of(precinct.db, incident).text)
    assert "KÍN: đừng gọi, đừng nhắn thẳng" in card
    assert said in card
    loud = precinct.report("FIRE")
    assert "KÍN" not in say(card_of(precinct.db, loud).text)


def test_the_answer_to_the_question_of_safety_changes_the_card(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report("DV", WORDS)
    assert quiet.set_contact(precinct.db, incident, DAY, precinct.now).contact == DAY
    assert any("chỉ 8–17 giờ" in text for text in precinct.texts(duty))


def test_nobody_is_reminded_of_a_quiet_draft_nor_told_that_it_is_gone(precinct: Precinct) -> None:
    state = {"flow": "report", "answers": {"what": {"words": WORDS}}}
    draft_id = drafts.add_draft(
        precinct.db, precinct.resident_home.id, "report", state, precinct.now
    )
    later = precinct.now + conversations.NUDGE_AFTER
    assert conversations.nudge_drafts(precinct.db, later) == 0
    gone = precinct.now + conversations.EXPIRES_AFTER
    assert conversations.expire_drafts(precinct.db, gone) == 1
    assert precinct.outbox(precinct.resident_home) == []
    assert drafts.find_open_draft(precinct.db, precinct.resident_home.id) is None
    assert draft_id


@pytest.mark.parametrize(
    ("state", "is_so"),
    [
        ({"answers": {"what": {"words": WORDS}}}, True),
        ({"answers": {"kind": {"choice": "DV"}}}, True),
        ({"answers": {}, "context": {"kind": "SEXUAL"}}, True),
        ({"answers": {}, "context": {"quiet": True}}, True),
        ({"answers": {"what": {"words": "đèn hỏng"}, "kind": {"choice": "HAZARD"}}}, False),
        ({"answers": {"what": {"words": "đèn hỏng"}}}, False),
        ({}, False),
        (None, False),
    ],
)
def test_a_draft_is_quiet_by_kind_context_or_words(state: object, is_so: bool) -> None:
    draft = Draft(id=1, address_id=1, flow="report", state=state)
    assert quiet.is_quiet_draft(draft) is is_so


def test_what_was_on_the_wire_while_it_was_erased_is_taken_back(
    precinct: Precinct, duty: Address
) -> None:
    incident = precinct.report("DV", WORDS, contact=ANY)
    home = precinct.resident_home
    since = traces.leave(precinct.db, home, precinct.now)
    assert since is not None
    (receipt,) = precinct.outbox(home)
    traces.take_all_back(precinct.db, home, since, precinct.now, but=0)
    assert outbox.get(precinct.db, receipt.id).state == "dropped"
    assert not [row for row in precinct.outbox(home) if row.deletes]
    deliveries.mark_sent(precinct.db, receipt.id, "77", precinct.now)
    card_was_sent(precinct.db, outbox.get(precinct.db, receipt.id), precinct.now)
    assert [row.deletes for row in precinct.outbox(home) if row.deletes] == ["77"]
    assert incidents.get(precinct.db, incident.id).quiet


def test_a_message_is_deleted_once(precinct: Precinct) -> None:
    home = precinct.resident_home
    first = outbox.delete(precinct.db, home, "5", precinct.now)
    assert outbox.delete(precinct.db, home, "5", precinct.now) == first


def test_labels_of_the_code_say_nothing(precinct: Precinct, duty: Address) -> None:
    incident = precinct.report("DV", WORDS)
    ring(precinct, incident)
    ask(precinct, incident)
    shown = quiet.shown_of(precinct.db, precinct.again(incident))
    assert labels(shown) == ["Trả lời", "Bổ sung"]
    assert WORDS in say(shown.text)


@pytest.mark.parametrize(("untold", "said"), [(None, True), ("Điều 9", False)])
def test_the_code_tells_that_the_name_was_shown(
    precinct: Precinct, duty: Address, untold: str | None, said: bool
) -> None:
    incident = precinct.report("DV", WORDS)
    asked = reveals.add_reveal(
        precinct.db, incident.id, "để xác minh", precinct.an.id, precinct.now
    )
    second = precinct.binh.id
    reveals.decide(precinct.db, asked.id, second, precinct.now, granted=True, untold=untold)
    shown = say(quiet.shown_of(precinct.db, incident).text)
    assert ("đã được xem tên" in shown) is said
