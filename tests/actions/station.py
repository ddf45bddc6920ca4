"""Police with seats that they have held for long, or were given lately and by whom: what the
tests of reveals stand on. All names are invented.
"""

from datetime import timedelta

from sqlmodel import col, select

from actions.reveals import Decision, ask_reveal, decide_reveal
from actions.standings import grant
from domain.errors import Refused
from domain.notices import Text
from domain.reveals import Verdict
from domain.roles import Role
from storage import outbox
from storage.addresses import list_addresses_of
from storage.cards import find_once
from storage.rows import rows
from storage.tables import Address, Incident, Person, Reveal
from tests.precinct import BOT, WARD, Precinct, say

LONG = timedelta(days=30)
REASON = "Cần gặp người báo để lấy lời khai về vụ này"


def link(reporter: Address) -> str | None:
    """As Telegram's."""
    return f"tg://user?id={reporter.chat}"


class Station:
    """`asker` is an officer and `chief` the chief, both long in office; `overseer` is the
    ward's administrator."""

    def __init__(self, precinct: Precinct) -> None:
        self.precinct = precinct
        self.db = precinct.db
        self.overseer = self.seat(Role.ADMINISTRATOR, "Ngô Thị Quản", "301")
        self.chief = self.seat(Role.CHIEF, "Lê Văn Trưởng", "302")
        self.asker = self.seat(Role.OFFICER, "Bùi Văn Hỏi", "303")
        self.other = self.seat(Role.OFFICER, "Đỗ Thị Khác", "304")

    def seat(
        self,
        role: Role,
        name: str,
        chat: str,
        ago: timedelta = LONG,
        by: Person | None = None,
        ward: str = WARD,
    ) -> Person:
        """Somebody who was given this role so long ago."""
        person = self.precinct.owner(self.precinct.person(name, chat))
        self.give(person, role, ago, by, ward)
        return person

    def give(
        self,
        person: Person,
        role: Role,
        ago: timedelta = LONG,
        by: Person | None = None,
        ward: str = WARD,
    ) -> None:
        """One more role."""
        at = self.precinct.now - ago
        grant(self.db, person.id, role, ward, None, by.id if by else None, at)

    def asks(self, incident: Incident, by: Person | None = None, reason: str = REASON) -> Reveal:
        """The newest request."""
        now = self.precinct.now
        ask_reveal(self.db, by or self.asker, BOT, incident.code, reason, now)
        return self.requests()[-1]

    def requests(self) -> list[Reveal]:
        """All requests."""
        return rows(self.db, Reveal, select(Reveal).order_by(col(Reveal.id)))

    def decides(
        self,
        reveal: Reveal,
        by: Person | None = None,
        verdict: Verdict = Verdict.YES,
        basis: str = "",
    ) -> None:
        """The second person's answer."""
        said = Decision(reveal.id, verdict, by or self.chief, BOT, basis)
        decide_reveal(self.db, said, link, self.precinct.now)

    def refusal(
        self, reveal: Reveal, by: Person | None = None, verdict: Verdict = Verdict.YES
    ) -> str:
        """The key of the refusal of an answer; "" where it was taken."""
        words = self._refused(reveal, by, verdict)
        if words is None:
            return ""
        assert say(words)
        assert say(words, "en")
        return words.key

    def _refused(self, reveal: Reveal, by: Person | None, verdict: Verdict) -> Text | None:
        try:
            self.decides(reveal, by, verdict)
        except Refused as refused:
            return refused.text
        return None

    def shown(self, reveal: Reveal) -> str:
        """What the asker was shown; "" where nothing was."""
        row = find_once(self.db, f"identity:{reveal.id}")
        return say(outbox.load_notice(row.notice).text) if row else ""

    def texts(self, person: Person) -> str:
        """All that a person reads in private."""
        chat = list_addresses_of(self.db, person.id)[0]
        return "\n".join(self.precinct.texts(chat))
