"""Who says, presses or replies what, where: turns as the router gets them."""

from actions.expected import report_in
from bot.channels.base import Incoming, Sender, Tap
from bot.handlers import router
from bot.handlers.turn import BotFacts, Turn
from domain.notices import Media, Pin
from storage.addresses import list_addresses_of
from storage.tables import Address, Outbox, Person
from tests.precinct import BOT, WARD, Precinct, say, wording


class Chats:
    """Everything goes through the router, as it does in the running bot."""

    def __init__(self, precinct: Precinct) -> None:
        self.precinct = precinct
        self.wards: tuple[str, ...] = (WARD,)

    def says(self, person: Person, text: str, at: Address | None = None) -> Turn:
        """Words, in `at` or in private."""
        return self._handle(person, at, text=text)

    def taps(self, person: Person, data: str, at: Address | None = None, on: str = "") -> Turn:
        """A press; `on` is the id of the message that carries the button."""
        return self._handle(person, at, tap=Tap(data, "a1"), message_id=on)

    def replies(
        self,
        person: Person,
        row: Outbox,
        text: str = "",
        at: Address | None = None,
        **content: Media | Pin | str | tuple[Media, ...] | None,
    ) -> Turn:
        """A reply to one of the bot's messages that was delivered."""
        return self._handle(person, at, text=text, reply_to=row.message_id, **content)

    def replies_to_unknown(self, person: Person, text: str, at: Address) -> Turn:
        """A reply to a message of the bot whose number was never written down."""
        return self._handle(person, at, text=text, reply_to="999999", reply_to_bot=True)

    def sends(self, person: Person, media: Media, album: str | None = None) -> Turn:
        """A file in private."""
        return self._handle(person, None, media=(media,), album=album)

    def forwards(self, person: Person, text: str = "", *media: Media) -> Turn:
        """What somebody else wrote elsewhere, passed on in private."""
        return self._handle(person, None, text=text, media=media, forwarded=True)

    def sends_with(self, person: Person, text: str, *media: Media) -> Turn:
        """Words, with files or without, in private."""
        return self._handle(person, None, text=text, media=media)

    def captions(self, person: Person, text: str, media: Media, at: Address) -> Turn:
        """A file with words below it, in a group."""
        return self._handle(person, at, text=text, media=(media,))

    def _handle(self, person: Person, at: Address | None, **content: object) -> Turn:
        turn = self.arrives(person, at, **content)
        router.handle(turn)
        return turn

    def arrives(self, person: Person, at: Address | None = None, **content: object) -> Turn:
        """A turn that nobody has handled yet."""
        db = self.precinct.db
        home = list_addresses_of(db, person.id)[0]
        address = at or home
        incoming = Incoming(
            bot=BOT,
            update_id=1,
            chat=address.chat,
            private=at is None,
            sender=Sender(home.chat, person.name),
            **content,  # type: ignore[arg-type]
        )
        return Turn(
            db,
            BotFacts(
                BOT,
                "invented_bot",
                self.wards,
                wording().say,
                wording().label,
                wording().labels_ever,
            ),
            incoming,
            self.precinct.now,
            self.precinct.random_below,
            address,
            person,
            home,
        )

    def find(self, about: str, at: Address) -> Outbox:
        """The last message of a chat about this ("receipt:7", "incident:7")."""
        found = [row for row in self.precinct.outbox(at) if about in self._about(row)]
        return [row for row in found if row.edits is None][-1]

    def _about(self, row: Outbox) -> tuple[str | None, str]:
        subject, incident_id = report_in(self.precinct.db, row)
        return row.concerns, f"{subject}:{incident_id}"

    def card(self, incident_id: int, at: Address) -> Outbox:
        """The present card in a duty chat."""
        start = f"incident:{incident_id}:card:"
        return [row for row in self.precinct.outbox(at) if (row.once or "").startswith(start)][-1]


def answered(turn: Turn) -> str:
    """What the pressed button shows."""
    return say(turn.tap_answer)
