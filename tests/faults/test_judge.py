"""The judge is no good if it always acquits: each record here has one thing wrong, and it must
be found; the honest one has nothing wrong.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.faults.judge import find_repeats, judge
from tests.faults.record import (
    Announced,
    Kill,
    Record,
    Report,
    Row,
    Sent,
    Told,
    read_calls,
    read_handed,
)

DESK, RESIDENT, GROUP = "-1", "5", "-2"
CARD = "Trộm cắp\nCHƯA AI NHẬN\nMã: 1111 2222\nDiễn biến:"


def row(key: int, chat: str, message: str | None, **changed: object) -> Row:
    """A row that was sent as this message."""
    sent = Row(key, chat, 1, "sent", message, True, False, False, False, None)
    return replace(sent, **changed)  # type: ignore[arg-type]


def honest() -> Record:
    """One report, taken by an officer, and one announcement, with nothing wrong."""
    taken = CARD.replace("CHƯA AI NHẬN", "Đ/c Đức đã nhận lúc 09:00")
    record = Record(DESK)
    record.told = [Told("Qzawe", "1111 2222", RESIDENT)]
    record.promised = [Told("Xfoju", "3333 4444", "6")]
    record.reports = [
        Report(1, "1111 2222", "Mất Qzawe", "taken", 3, ("reported", "taken"), RESIDENT)
    ]
    record.announced = [Announced("3333 4444", "Nhắc Xfoju", ("sent",), (4,))]
    record.rows = [
        row(1, DESK, "7", concerns="incident:1"),
        row(2, RESIDENT, "8"),
        row(3, RESIDENT, "9"),
        row(4, GROUP, "3", lane=3),
        row(5, DESK, "7", plain=False),
    ]
    record.sent = [
        Sent(10, 1.0, (DESK, "7"), CARD),
        Sent(11, 1.1, (RESIDENT, "8"), "Đã ghi tin. Mã 1111 2222."),
        Sent(12, 2.0, (RESIDENT, "9"), "Công an đã nhận tin lúc 09:00. Mã: 1111 2222."),
        Sent(13, 2.1, (DESK, "7"), taken, is_edit=True),
        Sent(14, 3.0, (GROUP, "3"), "Nhắc Xfoju"),
    ]
    record.handed, record.kept = {1, 2}, {1: "done", 2: "done"}
    return record


def kinds(record: Record) -> list[str]:
    """What the judge finds."""
    return sorted({finding.kind for finding in judge(record)})


def test_an_honest_record_is_acquitted() -> None:
    assert judge(honest()) == []


def a_report_is_gone(record: Record) -> None:
    record.reports.clear()


def a_report_has_other_words(record: Record) -> None:
    record.reports[0] = replace(record.reports[0], words="Mất Qfoju")


def a_report_is_doubled(record: Record) -> None:
    record.reports.append(replace(record.reports[0], id=2, code="5555 6666"))


def nobody_was_told(record: Record) -> None:
    record.told.clear()


def an_announcement_has_other_words(record: Record) -> None:
    record.announced[0] = replace(record.announced[0], words="Nhắc Xwafe")


def an_announcement_never_left(record: Record) -> None:
    record.announced[0] = replace(record.announced[0], fates=("sending",))


def a_notice_was_dropped(record: Record) -> None:
    record.rows.append(row(6, RESIDENT, None, state="dropped"))


def a_notice_has_no_message_and_no_doubt(record: Record) -> None:
    record.rows.append(row(6, RESIDENT, None))
    record.cuts = 1


def an_update_is_lost(record: Record) -> None:
    del record.kept[2]


def an_update_is_parked(record: Record) -> None:
    record.kept[2] = "parked"


def updates_wait(record: Record) -> None:
    record.waiting = 1


def something_is_late(record: Record) -> None:
    record.late = "0 updates; due, spreading, held: [1, 0]"


def somebody_is_stuck(record: Record) -> None:
    record.stuck.append(RESIDENT)


def a_card_is_doubled(record: Record) -> None:
    record.sent.append(replace(record.sent[0], number=20, place=(DESK, "8")))


def a_card_is_doubled_by_two_rows(record: Record) -> None:
    a_card_is_doubled(record)
    record.rows.append(row(6, DESK, "8", concerns="incident:1"))


def a_card_was_never_sent(record: Record) -> None:
    del record.sent[0], record.sent[2]


def a_card_is_old(record: Record) -> None:
    del record.sent[3]


def a_notice_is_missing(record: Record) -> None:
    del record.sent[2], record.rows[2]


def a_notice_is_marked_but_was_never_taken(record: Record) -> None:
    record.rows.append(row(6, RESIDENT, "10"))


def a_notice_is_still_due(record: Record) -> None:
    record.rows.append(row(6, RESIDENT, None, state="due"))


def a_notice_was_given_up(record: Record) -> None:
    record.rows.append(row(6, RESIDENT, None, state="dead"))


def a_notice_is_given_up_as_unsure_though_nothing_was_cut(record: Record) -> None:
    record.rows.append(row(6, GROUP, "", lane=3, unsure=True))


def a_post_is_missing(record: Record) -> None:
    record.announced[0] = replace(record.announced[0], rows=())


def a_post_is_doubled(record: Record) -> None:
    record.rows.append(row(6, GROUP, "4", lane=3))
    record.sent.append(Sent(20, 4.0, (GROUP, "4"), "Nhắc Xfoju"))
    record.announced[0] = replace(record.announced[0], rows=(4, 6))


def an_announcement_is_gone(record: Record) -> None:
    record.announced.clear()


def the_order_is_swapped(record: Record) -> None:
    record.rows[1], record.rows[2] = (
        replace(record.rows[1], message_id="9"),
        replace(record.rows[2], message_id="8"),
    )


def two_were_in_flight_for_a_chat(record: Record) -> None:
    both = frozenset({(RESIDENT, "8"), (RESIDENT, "9")})
    record.kills.append(Kill(3, "first process", 2.0, both))


@pytest.mark.parametrize(
    ("falsify", "found"),
    [
        (a_report_is_gone, "missing report"),
        (a_report_has_other_words, "wrong report"),
        (a_report_is_doubled, "doubled report"),
        (nobody_was_told, "untold report"),
        (an_announcement_has_other_words, "wrong announcement"),
        (an_announcement_never_left, "missing notice"),
        (a_notice_was_dropped, "missing notice"),
        (a_notice_has_no_message_and_no_doubt, "missing notice"),
        (an_update_is_lost, "lost update"),
        (an_update_is_parked, "undone update"),
        (updates_wait, "unconfirmed updates"),
        (something_is_late, "late"),
        (somebody_is_stuck, "stuck"),
        (a_card_is_doubled, "doubled card"),
        (a_card_is_doubled_by_two_rows, "cards"),
        (a_card_was_never_sent, "missing card"),
        (a_card_is_old, "old card"),
        (a_notice_is_missing, "missing notice"),
        (a_notice_is_marked_but_was_never_taken, "missing notice"),
        (a_notice_is_still_due, "missing notice"),
        (a_notice_was_given_up, "missing notice"),
        (a_notice_is_given_up_as_unsure_though_nothing_was_cut, "missing notice"),
        (a_post_is_missing, "missing notice"),
        (a_post_is_doubled, "doubled post"),
        (an_announcement_is_gone, "missing announcement"),
        (the_order_is_swapped, "order"),
        (two_were_in_flight_for_a_chat, "several in flight"),
    ],
)
def test_what_is_wrong_is_found(falsify: Callable[[Record], None], found: str) -> None:
    record = honest()
    falsify(record)
    assert found in kinds(record)


def again(record: Record) -> Sent:
    """The receipt is sent a second time, and the row knows only of that."""
    first = record.sent[1]
    record.rows[1] = replace(record.rows[1], message_id="8")
    repeated = replace(first, number=9, at=0.9, place=(RESIDENT, "6"))
    record.sent.insert(0, repeated)
    return repeated


def test_a_message_sent_again_for_no_reason_is_found() -> None:
    record = honest()
    again(record)
    assert kinds(record) == ["doubled message"]


def test_what_was_in_flight_at_a_kill_may_be_sent_again_once() -> None:
    record = honest()
    record.kills.append(Kill(3, "first process", 1.0, frozenset({again(record).place})))
    assert judge(record) == []
    assert len(find_repeats(record).extra) == 1
    record.sent.append(Sent(21, 1.05, (RESIDENT, "5"), "Đã ghi tin. Mã 1111 2222."))
    assert kinds(record) == ["doubled message"]


def test_what_was_cut_after_it_had_been_taken_may_be_sent_again() -> None:
    record = honest()
    repeated = again(record)
    record.sent[0] = replace(repeated, fault="drop_after")
    assert judge(record) == []


def test_what_a_slow_messenger_took_after_the_kill_may_be_sent_again() -> None:
    record = honest()
    repeated = again(record)
    record.sent[0] = replace(repeated, fault="slow")
    assert kinds(record) == ["doubled message"]
    record.kills.append(Kill(3, "first process", repeated.at - 1.0))
    assert judge(record) == []


def test_a_broadcast_whose_line_was_cut_is_not_repeated() -> None:
    record = honest()
    record.rows.append(row(6, GROUP, "", lane=3, unsure=True))
    record.cuts = 1
    assert judge(record) == []


def test_an_answer_that_came_too_late_is_a_report_of_the_same_person() -> None:
    record = honest()
    a_report_has_other_words(record)
    record.said = {RESIDENT: {"Mất Qfoju", "Ngõ 3"}}
    assert judge(record) == []
    record.reports[0] = replace(record.reports[0], words="Mất Qfoju\nNgõ 3")
    assert judge(record) == []
    record.reports[0] = replace(record.reports[0], words="Mất Qfoju\nNgõ 4")
    assert "wrong report" in kinds(record)
    record.reports[0] = replace(record.reports[0], words="Mất Qfoju")
    record.told[0] = replace(record.told[0], chat="77")
    assert "wrong report" in kinds(record)


def test_what_waited_for_its_time_may_be_passed() -> None:
    record = honest()
    the_order_is_swapped(record)
    record.rows[1] = replace(record.rows[1], waited=True)
    assert judge(record) == []


def test_several_processes_may_swap_only_what_leaves_together() -> None:
    record = honest()
    the_order_is_swapped(record)
    assert [f.kind for f in judge(record, overlap=0.5)] == ["order"]
    assert judge(record, overlap=1.5) == []


def test_the_messengers_record_is_read() -> None:
    message = {"chat": {"id": 5}, "message_id": 8, "text": "Chào"}
    calls = [
        {"n": 1, "at": 1.0, "method": "getUpdates", "status": 200, "answer": {"result": [
            {"update_id": 70}, {"update_id": 71}]}},
        {"n": 2, "at": 2.0, "method": "sendMessage", "status": 200,
         "answer": {"result": message}, "fault": "slow"},
        {"n": 3, "at": 3.0, "method": "sendMessage", "status": 429, "answer": {}},
        {"n": 4, "at": 4.0, "method": "sendMediaGroup", "status": 200,
         "answer": {"result": [message, {**message, "message_id": 9, "caption": "Ảnh"}]}},
        {"n": 5, "at": 5.0, "method": "editMessageText", "status": 200,
         "answer": {"result": message}},
        {"n": 6, "at": 6.0, "method": "sendMessage", "status": None, "answer": None},
    ]  # fmt: skip
    sent = list(read_calls(calls))
    assert [(each.number, each.place[1], each.is_edit) for each in sent] == [
        (2, "8", False),
        (4, "8", False),
        (4, "9", False),
        (5, "8", True),
    ]
    assert sent[0].fault == "slow"
    assert read_handed(calls) == {70, 71}
