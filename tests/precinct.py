"""An invented ward with its police, mediators and residents, and a messenger that accepts
everything: what the tests of incidents stand on. All names are invented.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from random import Random

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from actions.incidents import ReportedIncident, report_incident
from actions.receipts import card_was_sent
from actions.standings import grant
from bot.wording import Wording
from domain.incidents import Place
from domain.notices import Button, Notice, Text
from domain.roles import Purpose, Role
from storage import deliveries, incidents, outbox, rooms, wards
from storage.addresses import add_address, add_person, get_person, list_addresses_of
from storage.drafts import add_draft, change_draft
from storage.rows import rows
from storage.tables import Address, Incident, Outbox, Person, Room
from tests.house import HOUSE

BOT = "invented-bot"
WARD = "99901"
OTHER_WARD = "99902"
# What must never stand in a group: the reporter's name and chat.
CANARY_NAME = "Hoàng Bí Mật Kimyến"
CANARY_CHAT = "771177117711"


@cache
def wording() -> Wording:
    """The real catalogues, read once, in a ward where somebody answers for the bot."""
    return Wording(house=HOUSE)


class Precinct:
    """`duty` is the first duty chat, `an` and `binh` are officers, `resident` reports."""

    def __init__(self, db: Connection, now: datetime) -> None:
        self.db = db
        self.now = now
        self.random_below: Callable[[int], int] = Random(7).randrange
        wards.add_ward(db, WARD, "Phường Bịa Đặt")
        wards.add_ward(db, OTHER_WARD, "Phường Khác Hẳn")
        khu = wards.add_neighbourhood(db, WARD, "Khu 2", "khu 2", ["cổng chợ", "nhà văn hóa"])
        self.khu_id = khu.id
        self.resident_home = self.person(CANARY_NAME, CANARY_CHAT)
        self.resident = self.owner(self.resident_home)
        self.an = self.officer("Phạm Văn An", "201")
        self.binh = self.officer("Trần Thị Bình", "202")
        self.stranger = self.officer("Vũ Văn Lạ", "203", OTHER_WARD)

    def person(self, name: str, chat: str) -> Address:
        """Somebody with a private chat."""
        person = add_person(self.db, name, "vi", self.now)
        return add_address(self.db, BOT, chat, self.now, person_id=person.id)

    def owner(self, address: Address) -> Person:
        """Whose private chat it is."""
        return get_person(self.db, address.person_id or 0)

    def officer(self, name: str, chat: str, ward: str = WARD) -> Person:
        """An officer of a ward."""
        return self.holder(Role.OFFICER, name, chat, ward)

    def holder(
        self, role: Role, name: str, chat: str, ward: str = WARD, at: int | None = None
    ) -> Person:
        """Somebody with a role in a ward, or in one neighbourhood of it."""
        person = self.owner(self.person(name, chat))
        grant(self.db, person.id, role, ward, at, None, self.now)
        return person

    def room(
        self,
        chat: str,
        purpose: Purpose = Purpose.DUTY,
        ward: str = WARD,
        at: int | None = None,
    ) -> Address:
        """A group bound to a purpose, a neighbourhood's with its id."""
        address = add_address(self.db, BOT, chat, self.now, title="Nhóm bịa")
        bound = Room(
            address_id=address.id,
            purpose=purpose.value,
            ward_code=ward,
            neighbourhood_id=at,
            bound_at=self.now,
        )
        rooms.add_room(self.db, bound)
        return address

    def draft_id(self, flow: str = "report") -> int:
        """A draft that was answered to its end."""
        number = add_draft(self.db, self.resident_home.id, flow, {}, self.now)
        change_draft(self.db, number, status="done")
        return number

    def said(
        self, kind: str = "FIRE", words: str = "Cháy nhà ở ngõ 5", **more: object
    ) -> ReportedIncident:
        """A report in the resident's words."""
        values: dict[str, object] = {
            "draft_id": self.draft_id(),
            "reporter": self.resident_home,
            "kind": kind,
            "words": words,
            "ward_code": WARD,
            "neighbourhood_id": self.khu_id,
            "place": Place(landmark="cổng chợ"),
        }
        return ReportedIncident(**{**values, **more})  # type: ignore[arg-type]

    def report(
        self, kind: str = "FIRE", words: str = "Cháy nhà ở ngõ 5", **more: object
    ) -> Incident:
        """A filed report."""
        said = self.said(kind, words, **more)
        return report_incident(self.db, said, self.now, self.random_below)

    def again(self, incident: Incident) -> Incident:
        """The incident as it stands now."""
        return incidents.get(self.db, incident.id)

    def deliver(self, at: datetime | None = None) -> None:
        """The messenger accepts all that is due."""
        for row in self.outbox():
            if row.state == "due":
                message = outbox.get(self.db, row.edits).message_id if row.edits else f"m{row.id}"
                if deliveries.mark_sent(self.db, row.id, message, at or self.now).matters:
                    card_was_sent(self.db, outbox.get(self.db, row.id), at or self.now)

    def outbox(self, address: Address | None = None) -> list[Outbox]:
        """All rows, or one chat's, in order."""
        wanted = select(Outbox).order_by(col(Outbox.id))
        if address is not None:
            wanted = wanted.where(Outbox.address_id == address.id)
        return rows(self.db, Outbox, wanted)

    def notices(self, address: Address) -> list[Notice]:
        """The chat as it looks once everything is delivered: edits in their places."""
        shown: dict[int, Notice] = {}
        for row in self.outbox(address):
            if row.state != "dropped":
                shown[row.edits or row.id] = outbox.load_notice(row.notice)
        return list(shown.values())

    def texts(self, address: Address, locale: str = "vi") -> list[str]:
        """The words of that chat; numbers to tap have none."""
        spoken = (notice for notice in self.notices(address) if notice.contact is None)
        return [say(notice.text, locale) for notice in spoken]

    def last(self, address: Address) -> str:
        """Its last words."""
        return self.texts(address)[-1]

    def home(self, person: Person) -> Address:
        """A person's private chat."""
        return list_addresses_of(self.db, person.id)[0]


def say(text: Text | None, locale: str = "vi") -> str:
    """As it will be sent."""
    return wording().say(text, locale) if text else ""


def labels(notice: Notice, locale: str = "vi") -> list[str]:
    """The labels of its buttons."""
    return [wording().label(button.label, locale) for button in buttons(notice)]


def buttons(notice: Notice) -> list[Button]:
    """All buttons, row by row."""
    return [button for row in notice.buttons for button in row]


def taps(notice: Notice) -> list[str]:
    """What its buttons send back."""
    return [button.tap or "" for button in buttons(notice)]
