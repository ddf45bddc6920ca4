"""A finished report: filed once, shown to every duty chat of the ward, and truly receipted."""

from datetime import datetime, timedelta

import pytest

from actions.card_face import WORDS_LIMIT
from actions.cards import open_card
from actions.incidents import Occurred, report_incident, responsible_ward
from actions.receipts import card_was_refused, card_was_sent, put_waiting_cards
from domain.errors import Refused
from domain.incidents import Place
from domain.notices import Lane, Media, Pin
from storage import incidents
from storage.addresses import set_unreachable
from storage.cards import list_cards
from storage.wards import list_wards
from tests.precinct import (
    BOT,
    CANARY_CHAT,
    CANARY_NAME,
    OTHER_WARD,
    WARD,
    Precinct,
    labels,
    taps,
)

PHOTO = Media("photo", "invented-photo")
VOICE = Media("voice", "invented-voice")
PIN = Pin(20.95, 107.08)


def test_a_report_is_filed_once_however_often_it_is_sent(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    said = precinct.said(media=(PHOTO,))
    first = report_incident(precinct.db, said, precinct.now, precinct.random_below)
    before = len(precinct.outbox())
    second = report_incident(precinct.db, said, precinct.now, precinct.random_below)
    assert (second.id, second.code) == (first.id, first.code)
    assert len(precinct.outbox()) == before
    assert len(list_cards(precinct.db, f"incident:{first.id}", duty.id)) == 1
    assert len(incidents.list_media(precinct.db, first.id)) == 1


def test_two_reports_never_share_a_code(precinct: Precinct) -> None:
    precinct.random_below = lambda n: 0
    first = precinct.report()
    draws = iter([0, 0, 1])
    precinct.random_below = lambda n: next(draws)
    assert precinct.report().code != first.code
    assert list(draws) == []


def test_broken_chance_is_a_loud_fault(precinct: Precinct) -> None:
    precinct.random_below = lambda n: 0
    precinct.report()
    with pytest.raises(RuntimeError):
        precinct.report()


def test_the_card_says_urgency_first_then_what_where_and_that_nobody_has_it(
    precinct: Precinct,
) -> None:
    duty = precinct.room("-1")
    incident = precinct.report(place=Place("cổng chợ", "sau quán phở", PIN))
    card = precinct.texts(duty)[0].split("\n")
    assert "KHẨN CẤP · Cháy, nổ" in card[0]
    assert "CHƯA AI NHẬN" in card[1]
    whole = "\n".join(card)
    for part in ("cổng chợ, sau quán phở", "Khu 2", "Cháy nhà ở ngõ 5", "không nêu tên"):
        assert part in whole
    assert f"{incident.code[:4]} {incident.code[4:]}" in whole
    assert labels(precinct.notices(duty)[0]) == ["1. Tôi nhận"]


def test_media_and_pin_follow_the_card_as_its_answers(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    precinct.report(media=(PHOTO, VOICE, PHOTO), place=Place(pin=PIN))
    card, *followers = precinct.outbox(duty)
    assert {row.answers for row in followers} == {card.id}
    assert {row.lane for row in followers} == {int(Lane.EMERGENCY)}
    shown = precinct.notices(duty)[1:]
    assert [len(notice.media) for notice in shown] == [2, 1, 0]
    assert shown[-1].pin == PIN


def test_eleven_photos_become_two_albums(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    precinct.report(media=tuple(Media("photo", f"p{n}") for n in range(11)))
    assert [len(notice.media) for notice in precinct.notices(duty)[1:]] == [10, 1]


def test_every_duty_chat_of_the_ward_gets_the_card_and_no_other_ward_does(
    precinct: Precinct,
) -> None:
    first, second = precinct.room("-1"), precinct.room("-2")
    foreign = precinct.room("-3", ward=OTHER_WARD)
    precinct.report()
    assert len(precinct.notices(first)) == len(precinct.notices(second)) == 1
    assert precinct.notices(foreign) == []


@pytest.mark.parametrize(
    ("kind", "words", "lane", "calm"),
    [
        ("FIRE", "Cháy nhà", Lane.EMERGENCY, False),
        ("DRUG", "Có người bán ma túy", Lane.EMERGENCY, False),
        ("STRANGER", "Có người đi qua lại", Lane.NOTICE, True),
        ("IDEA", "Nên có thêm ghế đá", Lane.NOTICE, True),
        ("NOISE", "Hát to, giờ lại cầm dao đánh nhau, có người bị đâm", Lane.EMERGENCY, False),
    ],
)
def test_urgency_decides_lane_and_sound(
    precinct: Precinct, kind: str, words: str, lane: Lane, calm: bool
) -> None:
    duty = precinct.room("-1")
    incident = precinct.report(kind, words, media=(PHOTO,))
    card, photo = precinct.outbox(duty)
    assert (card.lane, photo.lane) == (int(lane), int(lane))
    assert (card.calm, photo.calm) == (calm, False)
    notice, album = precinct.notices(duty)
    assert (notice.silent, album.silent) == (calm, calm)
    assert (notice.digest is not None) is calm
    if notice.digest_button is not None:
        assert notice.digest_button.tap == f"i:{incident.id}:open"


def test_nothing_of_the_reporter_stands_in_a_group_without_leave(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    incident = precinct.report(media=(PHOTO,), place=Place(pin=PIN))
    stored = repr([row.notice for row in precinct.outbox(duty)])
    for secret in (CANARY_NAME, CANARY_NAME.split()[-1], CANARY_CHAT):
        assert secret not in stored
        assert secret not in repr(precinct.texts(duty))
    events = incidents.list_events(precinct.db, incident.id)
    assert [event.actor_id for event in events] == [None]
    assert incident.reporter_name is None


def test_the_name_stands_on_the_card_where_it_was_allowed(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    precinct.report(name=CANARY_NAME)
    assert f"Người báo: {CANARY_NAME}" in precinct.texts(duty)[0]
    assert CANARY_CHAT not in repr(precinct.texts(duty))


def test_an_unknown_neighbourhood_is_visible_and_reaches_the_desk(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    precinct.report("THEFT", "Mất xe", neighbourhood_id=None, place=Place())
    assert "chưa rõ khu" in precinct.last(duty)
    assert "người báo không nhớ rõ" in precinct.last(duty)
    precinct.report(neighbourhood_id=None, place=Place())
    assert "người báo chưa cho biết" in precinct.last(duty)


def test_a_long_story_goes_on_below_the_card_and_stays_whole(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    words = " ".join(f"chữ{n}" for n in range(700))
    incident = precinct.report("NOISE", words)
    card, rest = precinct.texts(duty)
    assert len(words) > WORDS_LIMIT
    assert "…" in card
    for n in range(700):
        assert f"chữ{n}" in card + rest
    assert precinct.again(incident).words == words


def test_a_story_without_spaces_is_cut_as_well(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    precinct.report("NOISE", "x" * 5_000)
    card, *rest = precinct.texts(duty)
    assert card.count("x") + sum(text.count("x") for text in rest) >= 5_000
    assert len(card) < 3_000
    assert len(rest) == 2


def test_peoples_words_cannot_break_the_markup(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    precinct.report(words="<b>a & {b}</i>", place=Place(words="<ngõ> {5}"), name="<An>")
    assert "&lt;b&gt;a &amp; {b}&lt;/i&gt;" in precinct.last(duty)
    assert "&lt;ngõ&gt; {5}" in precinct.last(duty)


@pytest.mark.parametrize(
    ("occurred", "shown"),
    [
        (Occurred(), "Báo lúc: 09:00 22/11/2026"),
        (Occurred("yesterday"), "Xảy ra hôm trước"),
        (Occurred("", "tối thứ bảy"), "Xảy ra: tối thứ bảy"),
        (Occurred("a choice of tomorrow"), "Báo lúc"),
    ],
)
def test_when_it_happened(precinct: Precinct, occurred: Occurred, shown: str) -> None:
    duty = precinct.room("-1")
    precinct.report(occurred=occurred)
    assert shown in precinct.last(duty)


def test_the_receipt_of_an_emergency_begins_with_the_number(precinct: Precinct) -> None:
    precinct.room("-1")
    incident = precinct.report("FIRE")
    assert "114" in precinct.last(precinct.resident_home).split("\n")[0]
    shown = taps(precinct.notices(precinct.resident_home)[0])
    assert shown == [f"r:{incident.id}:add", f"a:{incident.id}:wrong"]


@pytest.mark.parametrize(
    ("kind", "words", "numbers"),
    [
        ("MEDICAL", "Ông cụ bất tỉnh", "115"),
        ("MEDICAL", "Có người bị đâm, chảy nhiều máu", "115, 113"),
        ("MEDICAL", "Kẻ lạ cầm dao, bà cụ ngất rồi", "115, 113"),
        ("ANIMAL", "Chó cắn, có người bị thương nặng", "115, 113"),
        ("FIRE", "Cháy nhà", "114"),
        ("ASSAULT", "Đang đánh nhau", "113, 115"),
        ("NOISE", "Hát to, giờ cầm dao đánh nhau", "113"),
    ],
)
def test_the_police_are_named_where_somebody_attacks(
    precinct: Precinct, kind: str, words: str, numbers: str
) -> None:
    precinct.room("-1")
    precinct.report(kind, words)
    first = precinct.last(precinct.resident_home).split("\n")[0]
    assert first == f"<b>Đang nguy hiểm, hãy gọi ngay: {numbers}</b>"


def test_the_receipt_of_an_emergency_never_overtakes_the_questions_before_it(
    precinct: Precinct,
) -> None:
    precinct.room("-1")
    precinct.report("FIRE")
    assert precinct.outbox(precinct.resident_home)[0].lane == int(Lane.CONVERSATION)


def test_the_receipt_of_something_calm_does_not_shout(precinct: Precinct) -> None:
    precinct.room("-1")
    precinct.report("IDEA", "Nên có thêm ghế đá")
    assert precinct.last(precinct.resident_home).startswith("<b>Đã ghi tin.</b>")
    assert precinct.outbox(precinct.resident_home)[0].lane == int(Lane.CONVERSATION)


def test_the_receipt_says_what_is_true_before_and_after_the_desk_has_it(
    precinct: Precinct, now: datetime
) -> None:
    precinct.room("-1")
    incident = precinct.report()
    receipt = precinct.texts(precinct.resident_home)[0]
    assert f"{incident.code[:4]} {incident.code[4:]}" in receipt
    assert "Đang gửi tới trực ban Công an phường Bịa Đặt" in receipt
    assert "CHƯA có cán bộ nhận" in receipt
    assert "Đã gửi" not in receipt
    precinct.deliver(now + timedelta(minutes=11))
    (receipt,) = precinct.texts(precinct.resident_home)
    assert "Đã gửi tới trực ban Công an phường Bịa Đặt lúc 09:11" in receipt
    assert "CHƯA có cán bộ nhận" in receipt
    assert "Đang gửi" not in receipt


def test_only_the_card_makes_it_sent(precinct: Precinct) -> None:
    precinct.room("-1")
    incident = precinct.report()
    for row in precinct.outbox(precinct.resident_home):
        card_was_sent(precinct.db, row, precinct.now)
    assert precinct.again(incident).card_sent_at is None


def test_without_a_desk_the_receipt_says_that_nobody_reads_it(precinct: Precinct) -> None:
    incident = precinct.report()
    receipt = precinct.last(precinct.resident_home)
    assert "CHƯA có ai đọc" in receipt
    assert "gọi 113" in receipt
    assert "Đang gửi" not in receipt
    duty = precinct.room("-1")
    assert put_waiting_cards(precinct.db, WARD, precinct.now) == 1
    assert len(list_cards(precinct.db, f"incident:{incident.id}", duty.id)) == 1
    assert "Đang gửi tới trực ban" in precinct.last(precinct.resident_home)
    assert put_waiting_cards(precinct.db, WARD, precinct.now) == 0


def test_a_second_desk_does_not_get_what_the_first_has_seen(precinct: Precinct) -> None:
    precinct.room("-1")
    precinct.report()
    second = precinct.room("-2")
    assert put_waiting_cards(precinct.db, WARD, precinct.now) == 0
    assert precinct.notices(second) == []


def test_an_unreachable_desk_counts_as_none(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    set_unreachable(precinct.db, duty.id, precinct.now)
    precinct.report()
    assert "CHƯA có ai đọc" in precinct.last(precinct.resident_home)


def test_a_card_that_was_refused_takes_its_promise_back(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    precinct.report()
    set_unreachable(precinct.db, duty.id, precinct.now)
    card_was_refused(precinct.db, precinct.outbox(duty)[0], precinct.now)
    assert "CHƯA có ai đọc" in precinct.last(precinct.resident_home)


def test_files_of_another_bot_follow_the_card_too(precinct: Precinct) -> None:
    duty = precinct.room("-1")
    incident = precinct.report()
    incidents.add_media(precinct.db, incident.id, "another-bot", "photo", "p", precinct.now)
    incidents.add_media(precinct.db, incident.id, BOT, "photo", "q", precinct.now)
    open_card(precinct.db, precinct.again(incident), duty, precinct.now)
    assert "Tệp gửi kèm: 2" in precinct.texts(duty)[-2]
    assert [media.file for media in precinct.notices(duty)[-1].media] == ["p", "q"]


def test_the_responsible_ward(precinct: Precinct) -> None:
    db = precinct.db
    assert responsible_ward(db, precinct.khu_id, OTHER_WARD, ()) == WARD
    assert responsible_ward(db, None, OTHER_WARD, ()) == OTHER_WARD
    assert responsible_ward(db, None, "", (OTHER_WARD,)) == OTHER_WARD
    assert responsible_ward(db, None, "", ()) == list_wards(db)[0].code
    with pytest.raises(Refused):
        responsible_ward(db, None, "", ("00000",))
