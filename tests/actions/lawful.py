"""An invented ward that speaks about the law: a chief, two neighbourhoods with chats, a resident,
and a clock that the tests move. What the tests of law items stand on.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from actions.law_approval import approve, list_waiting, watch_approvals
from actions.law_quiz import close_quizzes
from actions.law_rotation import send_law
from actions.releasing import release_held
from content.law import FOLDER
from domain.notices import Notice
from domain.roles import Purpose, Role
from domain.wall_clock import wall_of
from storage import deliveries, outbox, wards
from storage.announcement_tables import Post
from storage.rows import rows
from storage.tables import Address, Outbox, Person
from tests.precinct import WARD, Precinct, say


class Lawful:
    """`chief` approves; `chat2` and `chat3` are those of two neighbourhoods. It begins at 09:00
    on Sunday, 22/11/2026, and the first slot is on Friday, 27/11, at 17:45."""

    def __init__(self, precinct: Precinct) -> None:
        self.precinct = precinct
        self.db = precinct.db
        self.now = precinct.now
        self.khu2 = precinct.khu_id
        self.khu3 = wards.add_neighbourhood(self.db, WARD, "Khu 3", "khu 3").id
        self.chat2 = precinct.room("-200", Purpose.NEIGHBOURHOOD, at=self.khu2)
        self.chat3 = precinct.room("-300", Purpose.NEIGHBOURHOOD, at=self.khu3)
        self.chief = precinct.holder(Role.CHIEF, "Lê Văn Trưởng", "501")

    def approve(
        self, items: Iterable[str] = (), person: Person | None = None, folder: Path = FOLDER
    ) -> None:
        """Approve these items, or all that can be."""
        wanted = set(items)
        for each in list_waiting(self.db, WARD, self.now, folder):
            if not wanted or each.item in wanted:
                approve(self.db, person or self.chief, WARD, each, self.now, folder)

    def tick(self, at: datetime | None = None, folder: Path = FOLDER, **span: float) -> None:
        """The scheduler looks, at this instant or so much later, and the messenger takes what
        may leave."""
        self.now = (at or self.now) + timedelta(**span)
        send_law(self.db, self.now, folder)
        release_held(self.db, self.now)
        close_quizzes(self.db, self.now)
        watch_approvals(self.db, self.now, folder)
        self.deliver()

    def deliver(self) -> None:
        """Everything that is not held arrives now."""
        due = select(Outbox).where(Outbox.state == "due").order_by(col(Outbox.id))
        for row in rows(self.db, Outbox, due):
            if row.not_before is None or row.not_before <= self.now:
                message = outbox.get(self.db, row.edits).message_id if row.edits else f"m{row.id}"
                deliveries.mark_sent(self.db, row.id, message, self.now)

    def through(self, days: float, hours: float = 6) -> None:
        """Tick again and again for so many days."""
        until = self.now + timedelta(days=days)
        while self.now < until:
            self.tick(hours=hours)

    def posts(self, neighbourhood_id: int | None = None) -> list[Post]:
        """The law items of a neighbourhood (by default Khu 2), in order."""
        key = neighbourhood_id or self.khu2
        wanted = (col(Post.neighbourhood_id) == key) & col(Post.law_item).is_not(None)
        return rows(self.db, Post, select(Post).where(wanted).order_by(col(Post.id)))

    def items(self) -> list[str]:
        """What Khu 2 got."""
        return [each.law_item or "" for each in self.posts()]

    def arrived(self, chat: Address | None = None) -> list[Outbox]:
        """The messages that a chat (by default that of Khu 2) took, without edits."""
        found = self.precinct.outbox(chat or self.chat2)
        return [row for row in found if row.state == "sent" and row.edits is None]

    def told(self, person: Person | None = None) -> list[str]:
        """What somebody (by default the chief) read in private."""
        return self.precinct.texts(self.precinct.home(person or self.chief))


def friday(week: int = 0, hour: int = 17, minute: int = 45) -> datetime:
    """The instant at which a slot comes, so many weeks after the first one."""
    wall = wall_of(datetime.fromisoformat("2026-11-27T00:00:00+07:00"))
    return wall + timedelta(weeks=week, hours=hour, minutes=minute)


def notice(row: Outbox) -> Notice:
    """As it was owed."""
    return outbox.load_notice(row.notice)


def words(row: Outbox, locale: str = "vi") -> str:
    """As it is read."""
    return say(notice(row).text, locale)
