"""`outbox`: what waits and what was given up, without anybody's words; sent again once, and only
where that is meant. On both databases.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from cli.database import opened
from cli.letter_reasons import reason_of, said
from cli.outbox import Wishes, show_outbox
from domain.notices import Lane, Notice, plain
from settings import Settings
from storage import deliveries, letters, outbox
from storage.addresses import get_address, set_unreachable
from storage.engine import writer_engine
from storage.keys import new_keyring, write_keyring
from storage.letters import Letter
from storage.posts import HELD, subject_of
from storage.subjects import subject_for
from storage.tables import Address, Outbox
from tests.cli.conftest import Run
from tests.databases import KINDS, Databases
from tests.precinct import CANARY_CHAT, CANARY_NAME, Precinct

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
WORDS = "Kimyến ở số nhà bịa 77 bị đánh"
NO_RIGHTS = "Bad Request: not enough rights to send text messages to the chat"
BLOCKED = "Forbidden: bot was blocked by the user"


@pytest.fixture(params=KINDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path, databases: Databases) -> Settings:
    """A migrated database of each kind, with a key of its own."""
    url = databases.copied(request.param, tmp_path).render_as_string(hide_password=False)
    made = Settings.model_validate({"data_dir": tmp_path, "database_url": url})
    write_keyring(made.key_file, new_keyring())
    return made


class Office:
    """A ward whose letters went astray, and the operator's terminal."""

    def __init__(self, db: Connection, settings: Settings) -> None:
        self.db = db
        self.precinct = Precinct(db, NOON)
        self.duty = self.precinct.room("-5")
        self.home = self.precinct.resident_home
        self.settings = settings
        self.now = NOON + timedelta(minutes=5)

    def put(
        self,
        fault: str | None = None,
        address: Address | None = None,
        lane: Lane = Lane.CONVERSATION,
        **more: Any,
    ) -> int:
        """A message, given up for `fault`."""
        key = outbox.put(self.db, address or self.home, Notice(plain(WORDS)), lane, NOON, **more)
        if fault is not None:
            deliveries.mark_dead(self.db, key, fault, tried=True)
        self.db.commit()
        return key

    def row(self, key: int) -> Outbox:
        return outbox.get(self.db, key)

    def call(self, **wishes: Any) -> int:
        self.db.commit()
        return show_outbox(self.settings, lambda: self.now, Wishes(**wishes))


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    with opened(settings) as engine, engine.connect() as db:
        made = Office(db, settings)
        db.commit()
        yield made


Read = Callable[[], str]


@pytest.fixture
def people(capsys: pytest.CaptureFixture[str]) -> Read:
    """What was said to people since the last look."""
    return lambda: capsys.readouterr().err


@pytest.fixture
def scripts(capsys: pytest.CaptureFixture[str]) -> Callable[[], Any]:
    """What scripts got since the last look."""
    return lambda: json.loads(capsys.readouterr().out)


def test_an_empty_outbox(office: Office, people: Read) -> None:
    assert office.call() == 0
    assert "đang trống" in people()


def test_what_waits_and_what_was_given_up(office: Office, people: Read) -> None:
    office.put(lane=Lane.EMERGENCY, address=office.duty)
    office.put(lane=Lane.EMERGENCY, address=office.duty)
    office.put(lane=Lane.BROADCAST, address=office.duty, not_before=HELD)
    dead = office.put(NO_RIGHTS, office.duty)
    blocked = office.put(BLOCKED)
    assert office.call() == 0
    shown = people()
    assert "khẩn cấp, đang chờ gửi: 2" in shown
    assert "thông báo chung, giữ lại, chưa tới lúc: 1" in shown
    assert "Chờ lâu nhất, khẩn cấp: tin 1 (nhóm trực ban)" in shown
    assert "đã chờ 5 phút" in shown
    assert "thông báo chung: tin" not in shown, "what is held does not wait"
    assert f"  {dead}  nhóm trực ban, viết lúc 12:00 22/11/2026 (5 phút trước), đã thử 1" in shown
    assert "bot không có quyền nhắn ở đó" in shown
    assert f"Cho bot quyền gửi tin trong nhóm, rồi: python main.py outbox --resend {dead}" in shown
    assert f"  {blocked}  tin riêng" in shown
    for secret in (WORDS, CANARY_NAME, CANARY_CHAT, "-5", "Nhóm bịa"):
        assert secret not in shown


def test_no_more_than_asked_for(office: Office, people: Read) -> None:
    for _ in range(3):
        office.put(NO_RIGHTS, office.duty)
    office.call(number=1)
    assert "còn 2 tin nữa" in people()


def test_for_scripts(office: Office, scripts: Callable[[], Any]) -> None:
    office.put(lane=Lane.EMERGENCY)
    dead = office.put("unsure: network")
    office.call(as_json=True)
    found = scripts()
    assert {"lane": "emergency", "state": "due", "number": 1, "unsure": 0} in found["counts"]
    assert {"lane": "conversation", "state": "dead", "number": 1, "unsure": 1} in found["counts"]
    assert found["oldest"] == [
        {"lane": "emergency", "id": 1, "at": NOON.isoformat(), "seconds": 300}
    ]
    (letter,) = found["dead"]
    assert (letter["id"], letter["chat"], letter["reason"]) == (dead, "private", "network")
    assert letter["unsure"]
    assert WORDS not in json.dumps(found, ensure_ascii=False)


def test_one_explained(office: Office, people: Read) -> None:
    key = office.put("unsure: Bad Request: button 'tg://user?id=771177117711' of @bi_mat no")
    set_unreachable(office.db, office.home.id, NOON)
    assert office.call(explain=key) == 0
    shown = people()
    assert "Từ 12:00 22/11/2026, chỗ này không nhận được tin" in shown
    assert "tin có thể đã tới" in shown
    assert "Bad Request: button … of … no" in shown
    assert CANARY_CHAT not in shown
    assert office.call(explain=999) == 1
    assert "999" in people()


def test_sent_again_exactly_once(office: Office, people: Read) -> None:
    key = office.put(NO_RIGHTS, office.duty)
    assert office.call(resend=key) == 0
    assert "5 giây" in people()
    row = office.row(key)
    assert (row.state, row.attempts, row.fault, row.not_before) == ("due", 0, None, None)
    assert office.call(resend=key) == 1
    assert "không nằm trong số đã dừng gửi" in people()
    assert office.call(resend=999) == 1


@pytest.mark.parametrize(
    ("fault", "unreachable", "minutes", "said"),
    [
        ("unsure: network", False, 5, "có thể hiện hai lần"),
        (BLOCKED, True, 5, "không nhận được tin, đến khi có người nhắn"),
        (NO_RIGHTS, False, 24 * 60 + 1, "Tin đã cũ"),
    ],
)
def test_a_doubt_needs_a_yes(
    office: Office, people: Read, fault: str, unreachable: bool, minutes: int, said: str
) -> None:
    key = office.put(fault)
    if unreachable:
        set_unreachable(office.db, office.home.id, NOON)
    office.now = NOON + timedelta(minutes=minutes)
    assert office.call(resend=key) == 1
    assert said in people()
    assert office.row(key).state == "dead"
    assert office.call(resend=key, sure=True) == 0
    assert office.row(key).state == "due"
    assert office.row(key).fault == (fault if fault.startswith("unsure") else None)
    assert get_address(office.db, office.home.id).unreachable_at is None


def test_all_at_once_but_those_in_doubt(office: Office, scripts: Callable[[], Any]) -> None:
    fine = [office.put(NO_RIGHTS, office.duty) for _ in range(3)]
    unsure = office.put("unsure: network")
    waiting = office.put()
    assert office.call(resend_all=True, as_json=True) == 0
    assert scripts() == {
        "resent": fine,
        "left": [{"id": unsure, "why": "terminal.outbox.doubt.unsure"}],
    }
    assert office.row(waiting).attempts == 0
    assert office.call(resend_all=True, as_json=True, sure=True) == 0
    assert scripts()["resent"] == [unsure]
    assert office.call(resend_all=True, as_json=True) == 0
    assert scripts() == {"resent": [], "left": []}


def refused(office: Office, scripts: Callable[[], Any], key: int) -> str:
    """Why it is not sent again, whatever the operator is sure of."""
    assert office.call(resend=key, sure=True, as_json=True) == 1
    assert office.row(key).state == "dead"
    return str(scripts()["left"][0]["why"]).rpartition(".")[2]


def test_what_is_never_sent_again(office: Office, scripts: Callable[[], Any]) -> None:
    copy = office.put(NO_RIGHTS, office.duty, Lane.BROADCAST, concerns=subject_of(7))
    assert refused(office, scripts, copy) == "board"
    identity = office.put(BLOCKED, concerns="identity:3")
    assert refused(office, scripts, identity) == "over"
    elsewhere = office.precinct.room("-6")
    office.db.execute(text("UPDATE room SET ended_at = bound_at WHERE id = 2"))
    assert refused(office, scripts, office.put(NO_RIGHTS, elsewhere)) == "unbound"
    quiet = office.precinct.report("DV", "Chồng đánh", quiet=True)
    about = subject_for(office.db, "receipt", quiet.id)
    assert refused(office, scripts, office.put(BLOCKED, concerns=about)) == "over"
    erased = office.put(NO_RIGHTS)
    office.db.execute(
        text("UPDATE outbox SET erased = :yes WHERE id = :id"), {"yes": True, "id": erased}
    )
    assert refused(office, scripts, erased) == "erased"


def test_a_leader_of_yesterday_does_not_hear_it_today(
    office: Office, scripts: Callable[[], Any]
) -> None:
    fire = office.precinct.report("FIRE")
    told = office.put(BLOCKED, lane=Lane.EMERGENCY, concerns=f"told:{fire.id}")
    assert refused(office, scripts, told) == "over"


def test_an_older_state_of_a_card_is_not_sent_again(
    office: Office, scripts: Callable[[], Any]
) -> None:
    card = office.put()
    deliveries.mark_sent(office.db, card, "m1", NOON)
    old = outbox.edit(office.db, card, Notice(plain("cũ")), NOON)
    deliveries.mark_dead(office.db, old, "Bad Request: x")
    outbox.edit(office.db, card, Notice(plain("mới")), NOON)
    assert refused(office, scripts, old) == "overtaken"


def test_a_card_comes_with_what_is_true_by_now(office: Office) -> None:
    fire = office.precinct.report("FIRE")
    (card,) = [row for row in office.precinct.outbox(office.duty) if ":card:" in (row.once or "")]
    deliveries.mark_dead(office.db, card.id, NO_RIGHTS)
    office.call(resend=card.id)
    rows = office.precinct.outbox(office.duty)
    edits = [row for row in rows if row.edits == card.id and row.state == "due"]
    assert office.row(card.id).state == "due"
    assert len(edits) == 1
    assert fire.id


def test_what_died_with_a_message_comes_back_with_it(office: Office) -> None:
    receipt = office.put(BLOCKED)
    edits = [outbox.edit(office.db, receipt, Notice(plain(word)), NOON) for word in ("a", "b")]
    deliveries.mark_dropped(office.db, edits[1])
    office.call(resend=receipt)
    assert [office.row(key).state for key in edits] == ["dropped", "due"]


def test_a_change_waits_for_what_it_changes(office: Office, scripts: Callable[[], Any]) -> None:
    receipt = office.put(BLOCKED)
    change = outbox.edit(office.db, receipt, Notice(plain("mới")), NOON)
    deliveries.mark_dead(office.db, change, BLOCKED)
    assert refused(office, scripts, change) == "original"
    assert office.call(resend_all=True, as_json=True) == 0
    assert scripts() == {"resent": [receipt], "left": []}
    assert office.row(change).state == "due"


def test_one_thing_at_a_time(office: Office) -> None:
    assert office.call(explain=1, resend=1) == 2
    assert office.call(resend=1, resend_all=True) == 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (None, "waiting"),
        (BLOCKED, "blocked"),
        (NO_RIGHTS, "silenced"),
        ("Forbidden: bot was kicked from the supergroup chat", "removed"),
        ("Forbidden: user is deactivated", "gone"),
        ("the address cannot be reached", "passed_over"),
        ("Bad Request: message to edit not found", "message_gone"),
        ("Bad Request: message is too long", "too_long"),
        ("LookupError", "ours"),
        ("unreadable: InvalidTag", "key"),
        ("unsure: network", "network"),
        ("Bad Request: WHATEVER", "refused"),
    ],
)
def test_every_reason_has_words(fault: str | None, reason: str, settings: Settings) -> None:
    with opened(settings) as engine, writer_engine(engine).begin() as db:
        key = outbox.put(
            db, Precinct(db, NOON).resident_home, Notice(plain("x")), Lane.NOTICE, NOON
        )
        letter = letters.find_letter(db, key)
    assert letter is not None
    faulty = replace(letter, fault=fault, state="due" if fault is None else "dead")
    assert reason_of(faulty) == reason
    assert "unsure" not in said(faulty)


def test_names_of_people_are_taken_out() -> None:
    faulty = Letter(
        1, "b", 1, 0, "dead", True, None, "", None, None, None, False, None, None, False, 0,
        "Bad Request: 'Bà Hoa' at https://t.me/x, @hoa 0987654321", NOON,
    )  # fmt: skip
    for secret in ("Bà Hoa", "t.me", "@hoa", "0987654321"):
        assert secret not in said(faulty)


def test_the_command(run: Run, settled: Path) -> None:
    assert "đang trống" in run("outbox").stderr
    assert json.loads(run("outbox", "--json").stdout) == {"counts": [], "oldest": [], "dead": []}
    assert run("outbox", "--resend", "7").exit_code == 1
    assert run("outbox", "--resend", "7", "--resend-all").exit_code == 2
    assert settled.exists()
