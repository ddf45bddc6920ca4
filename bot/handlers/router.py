"""What an update means here: an event of a group, a press, a command, a reply, an answer to
the open question, or something new. The one place where refusals are answered.
"""

from dataclasses import replace
from typing import Final

from actions.expected import find_message
from actions.rooms import find_room
from bot.flows.dangers import danger_told
from bot.handlers import (
    alerting,
    calling,
    conversation,
    corrections,
    groups,
    mediator,
    officer,
    overheard,
    pressing,
    private,
    set_apart,
    warning,
)
from bot.handlers.first_line import with_numbers
from bot.handlers.turn import Again, Turn
from domain.errors import Refused
from domain.notices import Notice, Text
from domain.roles import Purpose

# Said on the pressed button alone: there is nothing to do about them.
_POPUPS: Final = ("incident.old_button", "incident.reopening")


def handle(turn: Turn) -> None:
    """Take this turn. What an action refuses is said; it has written nothing but what it
    means to keep."""
    try:
        _route(turn)
        if turn.again is not None:
            _take_again(turn, turn.again)
        if turn.incoming.private:
            set_apart.say_that_it_waits(turn)
    except Refused as refused:
        _refuse(turn, refused)


def _route(turn: Turn) -> None:
    incoming = turn.incoming
    if incoming.sender is not None and incoming.sender.is_bot:
        return
    if incoming.event is not None:
        groups.on_event(turn)
    elif incoming.tap is not None:
        pressing.on_tap(turn, incoming.tap.data)
    elif incoming.edited:
        _on_edited(turn)
    elif incoming.private:
        private.take(turn)
    else:
        _on_group(turn)


def _take_again(turn: Turn, again: Again) -> None:
    """In the same transaction: nothing is lost between the two."""
    calm = replace(turn, incoming=again.incoming, again=None)
    private.take(calm, newest=find_message(turn.db, again.newest), heard=True)
    alerting.note_denied(calm)


def _refuse(turn: Turn, refused: Refused) -> None:
    """A press in a group, or one that changes nothing, is answered to who pressed; everything
    else where it was said."""
    if turn.incoming.tap is not None:
        turn.pop_up(refused.text)
        if not turn.incoming.private or refused.text.key in _POPUPS:
            return
    turn.say(Notice(refused.text))


def _on_edited(turn: Turn) -> None:
    """An edit changes nothing, and says how to; a moving pin is edited every few seconds. But
    a danger that only the edit names is heard."""
    if not turn.incoming.private or not turn.incoming.text or alerting.hear_edited(turn):
        return
    row = conversation.find(turn)
    name = "nothing_open" if row is None else "open"
    notice = Notice(Text(f"command.edited.{name}"))
    turn.say(with_numbers(notice) if danger_told(turn.incoming.text) else notice)


def _on_group(turn: Turn) -> None:
    """Commands and replies. Of what neighbours say to each other, only a cry for help and an
    accusation are ours."""
    called = calling.find_called(turn)
    if called is not None:
        called.command.in_group(turn, called.rest)
        return
    row = private.replied_to(turn)
    if row is None:
        _on_unknown_copy(turn)
    elif (
        warning.on_reply(turn, row)
        or officer.on_reply(turn, row)
        or mediator.on_reply(turn, row)
        or pressing.on_number(turn, row)
        or pressing.on_words(turn, row)
        or corrections.on_unclear_reply(turn, row)
    ):
        return
    overheard.hear(turn)


def _on_unknown_copy(turn: Turn) -> None:
    """A message of ours that we cannot place: one that was sent again after we were stopped
    before its number was written, or one that gathers many. Whoever works in this chat must
    not wait for an answer in vain."""
    room = find_room(turn.db, turn.address.id) if turn.incoming.reply_to_bot else None
    if room is not None and room.purpose != Purpose.NEIGHBOURHOOD:
        turn.say(Notice(Text("command.reply_unclear")))
