"""What is said in a neighbourhood's chat, to nobody in particular: a cry for help is answered
there with the number, an accusation with one neutral line; everything else is not ours.
"""

from datetime import datetime

from sqlalchemy.engine import Connection

from actions import rooms, shouts
from bot.channels.base import Incoming
from bot.handlers.groups import report_button
from bot.handlers.tap_data import find_id
from bot.handlers.turn import BotFacts, Turn
from domain.choices import Choice, nod, recognise
from domain.errors import Refused
from domain.notices import Text
from domain.overheard import is_accusation, shouted_danger
from domain.roles import Purpose
from storage.tables import Address, Draft, Room

_ANSWERS = (Choice(("phải", "yes")), Choice(("không phải", "no")))


def hear(turn: Turn) -> None:
    """A text that is no command and answers nothing of ours."""
    room = rooms.find_room(turn.db, turn.address.id)
    words = turn.incoming.text.strip()
    if room is None or room.purpose != Purpose.NEIGHBOURHOOD.value or not words:
        return
    if words.startswith("/") or _on_answer(turn, room, words):
        return
    danger = shouted_danger(words)
    if danger is not None and (danger.certain or not turn.incoming.forwarded):
        author = shouts.author_of(turn.db, turn.person, turn.bot.name)
        message = (turn.incoming.message_id, words)
        shouts.hear(turn.db, room, author, message, danger.kind_code, turn.now)
    elif not turn.incoming.forwarded and is_accusation(words):
        shouts.hush(turn.db, room, report_button(turn.bot, room), turn.now)


def hear_nobody(
    db: Connection, bot: BotFacts, address: Address, incoming: Incoming, now: datetime
) -> None:
    """The same from somebody who remains anonymous: no yes can be asked of them, the number
    stands there all the same."""
    room = rooms.find_room(db, address.id)
    words = incoming.text.strip()
    if room is None or room.purpose != Purpose.NEIGHBOURHOOD.value or words.startswith("/"):
        return
    danger = shouted_danger(words)
    if danger is not None:
        notice = shouts.numbers_only(danger.kind_code, words, report_button(bot, room))
        rooms.tell_chat(db, address, notice, now)
    elif is_accusation(words):
        shouts.hush(db, room, report_button(bot, room), now)


def on_tap(turn: Turn, rest: str) -> None:
    """A press below the question to who shouted: `<shout id>:yes` or `<shout id>:no`; nobody
    else's counts. Raises Refused."""
    number, _, answer = rest.partition(":")
    shout_id = find_id(number)
    room = rooms.find_room(turn.db, turn.address.id)
    if shout_id is None or answer not in ("yes", "no") or room is None:
        raise Refused("command.old_button")
    shout = shouts.require_author(turn.db, shout_id, turn.person)
    if shout.state["room"] != room.address_id or room.purpose != Purpose.NEIGHBOURHOOD.value:
        raise Refused("command.old_button")
    _take(turn, room, shout, said=answer == "yes")


def _take(turn: Turn, room: Room, shout: Draft, *, said: bool) -> None:
    if shouts.is_over(shout, turn.now):
        turn.tap_answer = shouts.let_go(turn.db, shout, turn.now)
    elif said:
        shouts.confirm(turn.db, shout, room, turn.now, turn.random_below)
        turn.tap_answer = Text("overheard.done")
    else:
        shouts.deny(turn.db, shout, turn.now)


def _on_answer(turn: Turn, room: Room, words: str) -> bool:
    """A bare 1, 2, yes or no of somebody who was asked just now; without a reply to the
    question, as one types in a hurry."""
    said = nod(words)
    at = recognise(words, _ANSWERS) if said is None else 1 - int(said)
    if at is None:
        return False
    author = shouts.author_of(turn.db, turn.person, turn.bot.name)
    shout = shouts.find_asked(turn.db, room, author, turn.now)
    if shout is not None:
        _take(turn, room, shout, said=at == 0)
    return shout is not None
