"""After "thoát" whoever holds the phone reads nothing there but what everybody reads, and that
there is news for a code.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest

from actions import handling
from actions.quiet import SAID_AGAIN_AFTER
from actions.traces import DELETABLE_FOR
from domain.incidents import Outcome
from domain.kinds import KINDS
from domain.notices import Pin
from domain.quiet import ANY, DAY, NONE, QUIET
from domain.roles import Purpose, Role
from storage import incidents, outbox, rooms
from storage.addresses import add_address
from storage.drafts import find_cancelled_draft, find_open_draft
from storage.rows import list_by
from storage.tables import Draft, Incident, Outbox, Room
from tests.handlers.phone import PHOTO, Phone
from tests.handlers.street import WARD, Street

LAN, TU, AN = "1001", "1002", "2001"
NEWS = {
    "vi": re.compile(r"Có tin mới cho mã <code>\d{4} \d{4}</code>\."),
    "en": re.compile(r"News for code <code>\d{4} \d{4}</code>\."),
}
OUT = {"vi": "thoát", "en": "exit"}
BEGINNINGS = ("/baotin", "report")
# A word, or "[the data of a button]".
PATHS: dict[str, dict[str, tuple[str, ...]]] = {
    "an alert": {
        "vi": ("chồng đánh tôi", "[:yes]", "số 5 ngõ 3", "Khu 1", "lúc nào cũng được"),
        "en": ("my husband beats me now", "[:yes]", "5 Lane 3", "Khu 1", "any time"),
    },
    "a report": {
        "vi": ("/baotin", "em bị sàm sỡ trên xe buýt", "[:SEXUAL]", "[:later]",
               "số 5 ngõ 3", "[:no]", "[:any]", "[:send]"),
        "en": ("/baotin", "a man groped me on the bus", "[:SEXUAL]", "[:later]",
               "5 Lane 3", "[:no]", "[:any]", "[:send]"),
    },
    "a report with a name": {
        "vi": ("/baotin", "em bị sàm sỡ", "[:SEXUAL]", "[:later]", "ngõ 3", "[:yes]", "[:day]",
               "[:send]"),
        "en": ("report", "i was groped", "[:SEXUAL]", "[:later]", "5 Lane 3", "[:yes]", "[:day]",
               "[:send]"),
    },
    "a report with a change": {
        "vi": ("/baotin", "em bị sàm sỡ", "xem thêm", "[:others]", "[:danger]", "[:SEXUAL]",
               "[:later]", "[:_back]", "[:_back]", "[:_skip]", "chỗ làm",
               "[:yes]", "[:none]", "sửa loại việc"),
        "en": ("report", "i was groped", "[:others]", "[:danger]", "[:SEXUAL]", "[:later]",
               "at work", "[:yes]", "[:none]", "change kind"),
    },
}  # fmt: skip
WALKS = [(name, locale) for name, path in PATHS.items() for locale in path]
# What somebody might try who wants to know.
CURIOUS = ("/vuviec", "menu", "tiếp tục", "/dulieu", "trợ giúp", "hủy", "1", "menu")


@pytest.fixture
def ward(street: Street) -> Street:
    """Two neighbourhoods, a duty chat, an officer."""
    street.ward("Khu 1", "Khu 2")
    street.grant(AN, Role.OFFICER)
    desk = add_address(street.db, street.bot.name, "-77", street.clock(), title="Trực ban bịa")
    room = Room(
        address_id=desk.id, purpose=Purpose.DUTY.value, ward_code=WARD, bound_at=street.clock()
    )
    rooms.add_room(street.db, room)
    return street


def does(phone: Phone, steps: Sequence[str]) -> None:
    """One after the other, a while apart."""
    for step in steps:
        phone.street.clock.move(seconds=20)
        phone.taps(step.strip("[]")) if step.startswith("[") else phone.says(step)


def filed(street: Street) -> list[Incident]:
    return list_by(street.db, Incident)


def officers_work(street: Street, incident: Incident) -> None:
    """They take it, ask in words that betray, set out and close."""
    db, officer = street.db, street.person(AN)
    street.clock.move(minutes=20)
    handling.acknowledge(db, incident.id, officer, street.clock())
    handling.ask_reporter(db, incident.id, "chồng có nhà không?", officer, street.clock())
    handling.set_on_the_way(db, incident.id, officer, street.clock())
    street.clock.move(minutes=20)
    handling.deal_with(db, incident.id, Outcome.SETTLED, officer, street.clock())


@contextmanager
def tried(phone: Phone) -> Iterator[None]:
    """As if it had not happened."""
    shown, at = dict(phone.shown), phone.street.clock.at
    savepoint = phone.street.db.begin_nested()
    yield
    savepoint.rollback()
    phone.shown, phone.street.clock.at = shown, at


def everybodys(street: Street, locale: str) -> list[str]:
    """What the bot says to somebody who has never written a word."""
    phone = Phone(street, TU, locale)
    with tried(phone):
        for words in (OUT[locale], *CURIOUS):
            phone.says(words)
        return [without_ids(each) for each in phone.ours]


@pytest.mark.parametrize(("name", "locale"), WALKS)
def test_after_the_way_out_the_phone_says_what_every_phone_says(
    ward: Street, name: str, locale: str
) -> None:
    """At every step. Whoever holds it may try what they like: but for the news it is the phone
    of somebody who has never written a word."""
    said, hers = everybodys(ward, locale), Phone(ward, LAN, locale)
    for step in PATHS[name][locale]:
        does(hers, (step,))
        with tried(hers):
            if step not in BEGINNINGS:
                assert reads_after(hers) == said, step


def reads_after(phone: Phone) -> list[str]:
    """All that the bot has said once they have left, officers did their work, and somebody
    curious has the phone; without the news, which must be there where it was allowed."""
    street = phone.street
    phone.says(OUT[phone.locale])
    assert not any(key.startswith("p") for key in phone.shown), phone.words
    for incident in filed(street):
        officers_work(street, incident)
        phone.receives()
    for words in CURIOUS:
        phone.says(words)
    news = [said for said in phone.ours if NEWS[phone.locale].fullmatch(said)]
    assert bool(news) is any(each.contact != NONE for each in filed(street))
    return [without_ids(said) for said in phone.ours if said not in news]


def without_ids(said: str) -> str:
    """Data of buttons hold the numbers of drafts, and each person has a name."""
    return re.sub(r"\[f:\d+:", "[f:", said).replace(LAN, TU)


def test_the_paths_lead_where_they_should(ward: Street) -> None:
    """Or the test above would show nothing."""
    for at, path in enumerate(PATHS["an alert"].values(), start=1):
        phone = Phone(ward, f"30{at}", list(PATHS["an alert"])[at - 1])
        does(phone, path)
        assert filed(ward)[-1].contact == ANY
    for at, path in enumerate(PATHS["a report"].values(), start=1):
        phone = Phone(ward, f"40{at}", list(PATHS["a report"])[at - 1])
        does(phone, path)
    assert [each.kind for each in filed(ward)] == ["DV", "DV", "SEXUAL", "SEXUAL"]
    assert all(each.quiet for each in filed(ward))


@pytest.mark.parametrize("word", ["/thoat", "THOÁT!", "thoat", "thoats", "exit", "Quit", "ẩn đi"])
def test_it_is_understood_however_it_is_typed(ward: Street, word: str) -> None:
    phone = Phone(ward, LAN)
    does(phone, ("chồng đánh tôi",))
    assert "quiet.menu" in phone.says(word).keys
    assert len(phone.shown) == 1


def test_it_wins_as_a_reply_and_where_something_is_asked_back(ward: Street) -> None:
    phone = Phone(ward, LAN)
    does(phone, PATHS["a report"]["vi"])
    receipt = next(row for row in reversed(phone.rows()) if row.message_id)
    assert "quiet.menu" in phone.says("thoát", reply_to=receipt.message_id).keys
    does(phone, ("/baotin", "bị sàm sỡ", "/baotin"))
    assert "quiet.menu" in phone.says("thoát").keys
    does(phone, ("/baotin", "bị sàm sỡ", "thôi không gửi nữa"))
    assert "quiet.menu" in phone.says("thoát").keys
    assert len(phone.shown) == 1
    assert find_open_draft(ward.db, phone.address.id) is None


def test_in_a_group_nobody_answers(ward: Street) -> None:
    assert not ward.says(LAN, "/thoat", chat="-77").rows
    assert not ward.says(LAN, "thoát", chat="-77").rows


def test_photos_and_pins_are_taken_back_too(ward: Street) -> None:
    phone = Phone(ward, LAN)
    phone.says("/baotin")
    phone.says("em bị sàm sỡ", media=(PHOTO,))
    phone.says(pin=Pin(20.9, 107.0))
    phone.says("thoát")
    assert len(phone.shown) == 1


@pytest.mark.parametrize("stop", ["hủy", "/menu"])
def test_what_was_set_aside_before_is_not_taken_up_after(ward: Street, stop: str) -> None:
    phone = Phone(ward, LAN)
    does(phone, ("/baotin", "bị sàm sỡ", stop))
    phone.says("thoát")
    assert "command.nothing_to_continue" in phone.says("tiếp tục").keys
    drafts = list_by(ward.db, Draft)
    assert {(draft.status, draft.state) for draft in drafts} == {("expired", None)}


def test_anything_else_is_only_set_aside(ward: Street) -> None:
    phone = Phone(ward, LAN)
    does(phone, ("/baotin", "đèn đường hỏng"))
    before = len(phone.shown)
    said = phone.says("thoát")
    assert "quiet.menu" in said.keys
    assert "command.cancelled" not in said.keys
    assert len(phone.shown) == before + 2
    assert find_cancelled_draft(ward.db, phone.address.id, ward.clock() - timedelta(days=1))
    assert "đèn đường hỏng" not in phone.ours[-1]
    assert phone.says("tiếp tục").taps[0].startswith("f:")


def test_with_nothing_open_it_is_the_everyday_menu(ward: Street) -> None:
    phone = Phone(ward, LAN)
    phone.says("alo")
    said = phone.says("thoát")
    assert said.only.buttons
    assert len(phone.shown) == 4


def test_a_list_that_names_such_a_kind_is_taken_back(ward: Street) -> None:
    """Nothing was told and nothing chosen yet, but it can be read what was looked at."""
    phone = Phone(ward, LAN)
    does(phone, ("/baotin", "giúp tôi việc này với", "[:violence]"))
    assert ":kind:DV]" in phone.words
    phone.says("thoát")
    assert len(phone.shown) == 1
    assert "command.nothing_to_continue" in phone.says("tiếp tục").keys


def test_what_is_too_old_to_be_deleted_is_not_asked_for(ward: Street) -> None:
    phone = Phone(ward, LAN)
    does(phone, PATHS["a report"]["vi"])
    ward.clock.move(seconds=DELETABLE_FOR.total_seconds())
    does(phone, (f"/vuviec {filed(ward)[0].code}",))
    before = dict(phone.shown)
    phone.says("thoát")
    deleted = {row.deletes for row in phone.rows() if row.deletes}
    young = [key for key in before if key not in phone.shown]
    assert deleted >= set(young)
    assert 2 <= len(young) <= 4
    assert len(phone.shown) > 1


def test_what_was_not_sent_yet_is_dropped_and_every_word_erased(ward: Street) -> None:
    phone = Phone(ward, LAN)
    does(phone, ("/baotin", "bị sàm sỡ"))
    ward.says(LAN, "hôm qua", message_id="late")
    waiting = [row.id for row in phone.rows() if row.state == "due"]
    assert waiting
    phone.says("thoát")
    after = {row.id: row for row in phone.rows()}
    assert all(after[key].state == "dropped" for key in waiting)
    told = [row for row in after.values() if not row.deletes and row.edits is None]
    assert [row.erased for row in told] == [True] * (len(told) - 1) + [False]
    assert {str(row.notice) for row in told[:-1]} == {"{}"}


def test_news_that_waits_for_the_morning_still_comes(ward: Street) -> None:
    phone = Phone(ward, LAN)
    does(phone, (*PATHS["a report"]["vi"][:-2], "[:day]", "[:send]"))
    ward.clock.move(hours=11)
    handling.acknowledge(ward.db, filed(ward)[0].id, ward.person(AN), ward.clock())
    phone.receives()
    phone.says("thoát")
    assert not any(NEWS["vi"].fullmatch(said) for said in phone.ours)
    ward.clock.move(hours=12)
    phone.receives()
    assert NEWS["vi"].fullmatch(phone.ours[-1])


def test_another_report_stays(ward: Street) -> None:
    phone = Phone(ward, LAN)
    does(phone, PATHS["a report"]["vi"])
    does(phone, ("/baotin", "đèn đường hỏng", "1", "1", "ngõ 5", "[:no]", "[:send]"))
    loud = filed(ward)[-1]
    assert not loud.quiet
    phone.says("thoát")
    assert any(f"{loud.code[:4]} {loud.code[4:]}" in said for said in phone.ours)
    listed = phone.says("/vuviec")
    assert [tap for tap in listed.taps if tap.endswith(":show")] == [f"r:{loud.id}:show"]


@pytest.fixture
def phone(ward: Street) -> Phone:
    """A report was filed, and its traces removed."""
    phone = Phone(ward, LAN)
    does(phone, PATHS["a report"]["vi"])
    phone.says("thoát")
    return phone


def code_of(phone: Phone) -> str:
    code = filed(phone.street)[0].code
    return f"{code[:4]} {code[4:]}"


@pytest.mark.parametrize("form", ["{}", "mã {}", "/vuviec {}", "MA {}."])
def test_its_code_shows_where_it_stands(phone: Phone, form: str) -> None:
    said = phone.says(form.format(code_of(phone)))
    assert {"quiet.shown", "quiet.state.new", "quiet.more.how"} <= said.keys
    assert not said.keys & {KINDS[code].label_key for code in QUIET}
    officers_work(phone.street, filed(phone.street)[0])
    shown = phone.says(form.format(code_of(phone)))
    assert "quiet.state.closed" in shown.keys
    assert f"r:{filed(phone.street)[0].id}:reopen" in shown.taps


def test_its_code_wins_over_an_open_question(phone: Phone) -> None:
    does(phone, ("/baotin", "đèn đường hỏng"))
    assert "quiet.shown" in phone.says(code_of(phone)).keys


def test_the_question_is_answered_by_the_code(phone: Phone) -> None:
    street, incident = phone.street, filed(phone.street)[0]
    handling.acknowledge(street.db, incident.id, street.person(AN), street.clock())
    handling.ask_reporter(
        street.db, incident.id, "Mấy giờ gặp được?", street.person(AN), street.clock()
    )
    phone.receives()
    assert "Mấy giờ gặp được?" not in phone.words
    # Whoever holds the phone and writes on without the code answers nobody.
    phone.says("cái gì đây")
    assert asked(phone) == ["taken", "asked"]
    assert {"quiet.question", "quiet.answer.how"} <= phone.says(code_of(phone)).keys
    said = phone.says(f"{code_of(phone)} 7 giờ tối mai")
    assert "quiet.noted" in said.keys
    assert asked(phone)[-1] == "answered"
    desk = street.said_since(0)
    assert any("7 giờ tối mai" in words for words in desk.words)


def asked(phone: Phone) -> list[str]:
    events = incidents.list_events(phone.street.db, filed(phone.street)[0].id)
    return [event.what for event in events if event.what != "reported"]


def test_a_photo_under_the_code_is_added(phone: Phone) -> None:
    phone.says(f"{code_of(phone)} đây ạ", media=(PHOTO,))
    assert len(incidents.list_media(phone.street.db, filed(phone.street)[0].id)) == 1
    assert asked(phone) == ["added"]


def test_not_solved_is_said_by_the_code(phone: Phone) -> None:
    officers_work(phone.street, filed(phone.street)[0])
    said = phone.says(f"{code_of(phone)} chưa ổn")
    assert {"quiet.shown", "quiet.state.new"} <= said.keys
    assert asked(phone)[-1] == "reopened"


def test_a_reply_to_the_news_needs_the_code(phone: Phone) -> None:
    officers_work(phone.street, filed(phone.street)[0])
    phone.receives()
    news = next(row for row in reversed(phone.rows()) if (row.concerns or "")[:5] == "news:")
    assert news.message_id
    assert phone.says("ai đấy", reply_to=news.message_id).keys == {"quiet.by_code"}
    assert asked(phone)[-1] == "closed"


def test_somebody_elses_code_shows_nothing(phone: Phone) -> None:
    curious = Phone(phone.street, TU)
    said = curious.says(code_of(phone))
    assert not any(key.startswith("quiet.") for key in said.keys)


def test_the_question_of_safety_is_skipped_for_the_safest(ward: Street) -> None:
    phone = Phone(ward, LAN)
    does(phone, (*PATHS["a report"]["vi"][:-2], "bỏ qua", "[:send]"))
    assert [each.contact for each in filed(ward)] == [NONE]


def test_what_is_added_later_makes_it_quiet_and_asks_when_to_write(ward: Street) -> None:
    phone = Phone(ward, LAN)
    does(phone, ("/baotin", "nhà bên hát karaoke to quá", "[:NOISE]", "1", "ngõ 5", "[:no]"))
    does(phone, ("[:send]",))
    incident = filed(ward)[0]
    assert not incident.quiet
    said = phone.says(f"/vuviec {incident.code} chồng đánh vợ")
    assert {"quiet.noted", "quiet.contact.ask_after"} <= said.keys
    phone.says("chỉ ban ngày")
    after = filed(ward)[0]
    assert (after.quiet, after.contact) == (True, DAY)


def test_the_officer_is_told_what_the_reporter_sees(phone: Phone) -> None:
    street, incident = phone.street, filed(phone.street)[0]
    card = next(row for row in _desk_rows(street) if "KÍN" in _said(street, row))
    street.sent(card.id, "card")
    street.says(AN, "nhận", chat="-77", reply_to="card")
    proposed = street.says(AN, "hỏi có tiện gặp không", chat="-77", reply_to="card")
    assert "card.quiet.confirm" in proposed.keys
    street.sent(proposed.rows[-1].id, "shown")
    told = street.says(AN, "1", chat="-77", reply_to="shown")
    assert "card.quiet.asked" in told.keys
    assert incident.quiet


def _desk_rows(street: Street) -> list[Outbox]:
    about = f"incident:{filed(street)[0].id}"
    return [row for row in street.said_since(0).rows if row.concerns == about]


def _said(street: Street, row: Outbox) -> str:
    notice = outbox.load_notice(row.notice)
    return street.wording.say(notice.text, "vi") if notice.text else ""


def test_unread_news_is_told_again_after_a_while(phone: Phone) -> None:
    street, incident = phone.street, filed(phone.street)[0]
    handling.acknowledge(street.db, incident.id, street.person(AN), street.clock())
    phone.receives()
    handling.set_on_the_way(street.db, incident.id, street.person(AN), street.clock())
    phone.receives()
    assert len([said for said in phone.ours if NEWS["vi"].fullmatch(said)]) == 1
    street.clock.move(seconds=SAID_AGAIN_AFTER.total_seconds())
    done = Outcome.SETTLED
    handling.deal_with(street.db, incident.id, done, street.person(AN), street.clock())
    phone.receives()
    assert len([said for said in phone.ours if NEWS["vi"].fullmatch(said)]) == 2
