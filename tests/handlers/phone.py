"""One person's phone as whoever holds it can read it: what both sides wrote and what was not
taken back. The messenger takes everything that is due.
"""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from domain.notices import Button, Media
from storage import deliveries, inbox, outbox
from storage.addresses import find_address
from storage.keys import mark
from storage.rows import rows
from storage.tables import Address, Outbox
from tests.handlers.street import Said, Street

PHOTO = Media("photo", "invented-photo")


class Phone:
    """`shown` are the messages that stand in the chat, by their ids; `locale` is the person's."""

    def __init__(self, street: Street, chat: str, locale: str = "vi") -> None:
        self.street, self.chat, self.locale = street, chat, locale
        self.shown: dict[str, list[str]] = {}
        self._messages = 0

    def says(self, text: str = "", **more: Any) -> Said:
        """Write it; what the bot owes arrives."""
        self._messages += 1
        message_id = f"p{self._messages}"
        self.shown[message_id] = [text]
        street = self.street
        whose = mark(street.db, self.chat)
        inbox.record(
            street.db, street.bot.name, 10_000 + self._messages, whose, street.clock(),
            message_id=message_id,
        )  # fmt: skip
        said = street.says(self.chat, text, message_id=message_id, language=self.locale, **more)
        self.receives()
        return said

    def taps(self, part: str) -> Said:
        """Press the newest button whose data holds this."""
        found = [data for lines in self.shown.values() for data in lines if data.startswith("[")]
        data = next(data for data in reversed(found) if part in data)
        said = self.street.taps(self.chat, data.strip("[]"), language=self.locale)
        self.receives()
        return said

    def receives(self) -> None:
        """The messenger does what is due now, in the order in which it is owed."""
        for row in self._due():
            self._do(row)

    @property
    def words(self) -> str:
        """All that can be read."""
        return "\n".join(line for lines in self.shown.values() for line in lines)

    @property
    def ours(self) -> list[str]:
        """The bot's messages, each as one text."""
        mine = [lines for key, lines in self.shown.items() if not key.startswith("p")]
        return ["\n".join(lines) for lines in mine]

    @property
    def address(self) -> Address:
        """The chat."""
        found = find_address(self.street.db, self.street.bot.name, self.chat)
        assert found is not None
        return found

    def rows(self) -> Sequence[Outbox]:
        """All that was ever owed to it."""
        wanted = select(Outbox).where(Outbox.address_id == self.address.id)
        return rows(self.street.db, Outbox, wanted.order_by(col(Outbox.id)))

    def _due(self) -> list[Outbox]:
        now = self.street.clock()
        return [
            row
            for row in self.rows()
            if row.state == "due" and (row.not_before is None or row.not_before <= now)
        ]

    def _do(self, row: Outbox) -> None:
        db, now = self.street.db, self.street.clock()
        if row.deletes is not None:
            self.shown.pop(row.deletes, None)
            deliveries.mark_sent(db, row.id, None, now)
            return
        message_id = outbox.get(db, row.edits).message_id if row.edits else f"b{row.id}"
        if message_id in self.shown or row.edits is None:
            self.shown[str(message_id)] = self._worded(row)
        deliveries.mark_sent(db, row.id, message_id, now)

    def _worded(self, row: Outbox) -> list[str]:
        notice = outbox.load_notice(row.notice)
        wording, locale = self.street.wording, self.locale
        buttons: list[Button] = [button for line in notice.buttons for button in line]
        labels = [wording.label(button.label, locale) for button in buttons]
        taps = [f"[{button.tap}]" for button in buttons if button.tap]
        return [wording.say(notice.text, locale) if notice.text else "", *labels, *taps]
