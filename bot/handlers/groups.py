"""What happens in group chats: the bot comes and goes, a chat is bound to what it serves, and
whoever wants to report is shown the way to the private chat, with no word about who or what.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions import people, rooms, waiting, ward_news
from bot.handlers.turn import BotFacts, Turn
from domain.notices import Button, Notice, Text
from domain.roles import Purpose
from storage.tables import Address, Room


def on_event(turn: Turn) -> None:
    """The bot was added, removed, blocked or let in again, or the group has a new id."""
    match turn.incoming.event:
        case "bot_added":
            waiting.come_back(turn.db, turn.address, turn.now)
            greet(turn)
        case "bot_removed":
            removed(turn.db, turn.address, turn.now)
        case "migrated" if turn.incoming.migrated_to:
            waiting.move(turn.db, turn.address, turn.incoming.migrated_to, turn.now)
        case "blocked":
            _blocked(turn)
        case "unblocked":
            people.set_reachable(turn.db, turn.address, True, turn.now)


def removed(db: Connection, address: Address, now: datetime) -> None:
    """The bot was taken out of a group, which serves nothing now; the ward hears who is without
    cover."""
    room = rooms.end_room(db, address.id, now)
    people.set_reachable(db, address, False, now)
    if room is not None:
        ward_news.room_removed(db, room, now)


def _blocked(turn: Turn) -> None:
    people.set_reachable(turn.db, turn.address, False, turn.now)
    ward_news.address_lost(turn.db, turn.address, turn.now)


def greet(turn: Turn, rest: str = "") -> None:
    """What the bot is for in this chat, and what to do next."""
    turn.say(greeting_of(turn.db, turn.bot, turn.address))


def greeting_of(db: Connection, bot: BotFacts, address: Address) -> Notice:
    """By what the chat serves. Residents are spoken to only where they are."""
    room = rooms.find_room(db, address.id)
    if room is None:
        return Notice(Text("group.greeting.new"))
    if room.purpose == Purpose.NEIGHBOURHOOD.value:
        return Notice(Text("group.greeting.bound"), (report_button(bot, room),))
    return Notice(Text(f"group.greeting.{room.purpose}"))


def point_to_report(turn: Turn, rest: str = "") -> None:
    """One neutral line: the report itself is made in private, with this neighbourhood known."""
    room = rooms.find_room(turn.db, turn.address.id)
    turn.say(Notice(Text("group.report_privately"), (report_button(turn.bot, room),)))


def point_to_private(turn: Turn, rest: str = "") -> None:
    """A command that belongs in the private chat."""
    button = Button(Text("group.button.private"), link=turn.bot.start_link("menu"))
    turn.say(Notice(Text("group.in_private"), ((button,),)))


def point_to_mediation(turn: Turn, rest: str = "") -> None:
    """A quarrel is told in private, too."""
    button = Button(Text("group.button.mediation"), link=turn.bot.start_link("hg"))
    turn.say(Notice(Text("group.mediate_privately"), ((button,),)))


def show_numbers(turn: Turn, rest: str = "") -> None:
    """Whom to call, and the way to report."""
    room = rooms.find_room(turn.db, turn.address.id)
    turn.say(Notice(Text("menu.emergency"), (report_button(turn.bot, room),)))


def report_button(bot: BotFacts, room: Room | None) -> tuple[Button]:
    """The way to report in private; from a neighbourhood's chat the link carries it along."""
    known = room is not None and room.purpose == Purpose.NEIGHBOURHOOD.value
    payload = f"bt_{room.neighbourhood_id}" if room and known else "bt"
    return (Button(Text("group.button.report"), link=bot.start_link(payload)),)
