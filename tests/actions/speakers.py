"""An invented ward in which people announce: two neighbourhoods with chats, their leaders, the
police and an administrator. What the tests of announcements stand on; `now` moves by hand.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from actions.announcing import Planned, schedule_announcement
from actions.occurrences import send_due
from actions.releasing import release_held
from actions.standings import revoke
from domain.errors import Refused
from domain.notices import Lane, Text
from domain.recurrence import Rule
from domain.roles import Purpose, Role
from storage import announcements, outbox, posts, wards
from storage.announcement_tables import Announcement, Occurrence, Post
from storage.rows import rows
from storage.tables import Address, Outbox, Person
from tests.precinct import BOT, WARD, Precinct, say

WORDS = "Chiều mai họp khu ở nhà văn hóa (bịa)"


class Speakers:
    """`lan` leads Khu 2 (`khu2`, whose chat is `chat2`), `minh` leads Khu 3; `an` and `binh` are
    officers, `quan` administers. It begins at 09:00 on 22/11/2026."""

    def __init__(self, precinct: Precinct) -> None:
        self.precinct = precinct
        self.db = precinct.db
        self.now = precinct.now
        self.khu2 = precinct.khu_id
        self.khu3 = wards.add_neighbourhood(self.db, WARD, "Khu 3", "khu 3").id
        self.khu4 = wards.add_neighbourhood(self.db, WARD, "Khu 4", "khu 4").id
        self.chat2 = precinct.room("-200", Purpose.NEIGHBOURHOOD, at=self.khu2)
        self.chat3 = precinct.room("-300", Purpose.NEIGHBOURHOOD, at=self.khu3)
        self.lan = precinct.holder(Role.LEADER, "Lê Thị Lan", "401", at=self.khu2)
        self.minh = precinct.holder(Role.LEADER, "Vũ Văn Minh", "402", at=self.khu3)
        self.quan = precinct.holder(Role.ADMINISTRATOR, "Ngô Thị Quản", "403")
        self.an, self.binh = precinct.an, precinct.binh

    def planned(self, **more: Any) -> Planned:
        """What the leader of Khu 2 wants said to it now."""
        planned = Planned(WORDS, WARD, (self.khu2,))
        return replace(planned, **more)

    def announce(self, author: Person | None = None, **more: Any) -> Announcement:
        """Plan it; by default the leader of Khu 2, to that neighbourhood, now."""
        return schedule_announcement(
            self.db,
            author or self.lan,
            self.planned(**more),
            None,
            BOT,
            self.now,
            self.precinct.random_below,
        )

    def weekly(self, rule: Rule, author: Person | None = None, **more: Any) -> Announcement:
        """One that repeats."""
        return self.announce(author, rule=rule, **more)

    def tick(self, at: datetime | None = None, **span: float) -> None:
        """The scheduler looks, at this instant or so much later."""
        self.now = (at or self.now) + timedelta(**span)
        send_due(self.db, self.now)
        release_held(self.db, self.now)

    def again(self, announcement: Announcement) -> Announcement:
        """As it stands now."""
        return announcements.get(self.db, announcement.id)

    def times(self, announcement: Announcement) -> list[Occurrence]:
        """Its occurrences."""
        return announcements.list_occurrences(self.db, announcement.id)

    def states(self, announcement: Announcement) -> list[str]:
        """What became of them."""
        return [each.state for each in self.times(announcement)]

    def posts(self) -> list[Post]:
        """All copies."""
        return rows(self.db, Post, select(Post).order_by(col(Post.id)))

    def copies(self, occurrence: Occurrence) -> list[Post]:
        """Those of one time of an announcement, in the order in which they were made."""
        return [each for each in self.posts() if each.occurrence_id == occurrence.id]

    def leaving(self, address: Address) -> list[Outbox]:
        """What delivery may send to this chat now."""
        return [
            row
            for row in self.precinct.outbox(address)
            if row.state == "due" and (row.not_before is None or row.not_before <= self.now)
        ]

    def seen(self, address: Address) -> list[str]:
        """The words of that."""
        notices = [outbox.load_notice(row.notice) for row in self.leaving(address)]
        return [say(notice.text) for notice in notices if notice.text]

    def told(self, person: Person) -> list[str]:
        """What this person was told in private."""
        return self.precinct.texts(self.precinct.home(person))

    def removes(self, person: Person, role: Role) -> None:
        """Somebody loses a role."""
        revoke(self.db, person.id, role, WARD, self.now)

    def refusal(self, deed: Callable[[], object]) -> str:
        """The key of what it refuses, for which both languages have words; "" for nothing."""
        text = refused_by(deed)
        if text is None:
            return ""
        assert say(text)
        assert say(text, "en")
        return text.key

    def lanes(self, address: Address) -> list[Lane]:
        """In which lane its messages leave."""
        return [Lane(row.lane) for row in self.precinct.outbox(address)]

    def rhythm(self, neighbourhood_id: int, **values: object) -> None:
        """How it is spoken to."""
        posts.set_rhythm(self.db, neighbourhood_id, **values)


def refused_by(deed: Callable[[], object]) -> Text | None:
    """What it refuses; None for nothing."""
    try:
        deed()
    except Refused as refused:
        return refused.text
    return None
