"""What an update means here: an event of a group, a press, a command, a reply, an answer to
the open question, or something new. The one place where refusals are answered.
"""

from typing import Final

from actions import conversations
from actions.expected import find_newest
from actions.rooms import find_room
from bot.handlers import (
    calling,
    commands,
    conversation,
    groups,
    mediator,
    officer,
    pressing,
    reporter,
    unprompted,
)
from bot.handlers.asked import ASKED
from bot.handlers.turn import Turn
from domain.errors import Refused
from domain.notices import Notice, Text
from domain.roles import Purpose
from storage import tables

# Said on the pressed button alone: there is nothing to do about them.
_POPUPS: Final = ("incident.old_button", "incident.reopening")


def handle(turn: Turn) -> None:
    """Take this turn. What an action refuses is said; it has written nothing but what it
    means to keep."""
    try:
        _route(turn)
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
        _on_private(turn)
    else:
        _on_group(turn)


def _refuse(turn: Turn, refused: Refused) -> None:
    """A press in a group, or one that changes nothing, is answered to who pressed; everything
    else where it was said."""
    if turn.incoming.tap is not None:
        turn.pop_up(refused.text)
        if not turn.incoming.private or refused.text.key in _POPUPS:
            return
    turn.say(Notice(refused.text))


def _on_edited(turn: Turn) -> None:
    """An edit changes nothing, and says how to; a moving pin is edited every few seconds."""
    if turn.incoming.private and turn.incoming.text:
        row = conversation.find(turn)
        name = "nothing_open" if row is None else "open"
        turn.say(Notice(Text(f"command.edited.{name}")))


def _on_group(turn: Turn) -> None:
    """Only commands and replies; what neighbours say to each other is not ours."""
    called = calling.find_called(turn)
    if called is not None:
        called.command.in_group(turn, called.rest)
        return
    row = _replied_to(turn)
    if row is None:
        _on_unknown_copy(turn)
    elif not officer.on_reply(turn, row) and not mediator.on_reply(turn, row):
        pressing.on_number(turn, row)


def _on_unknown_copy(turn: Turn) -> None:
    """A message of ours that we cannot place: one that was sent again after we were stopped
    before its number was written, or one that gathers many. Whoever works in this chat must
    not wait for an answer in vain."""
    room = find_room(turn.db, turn.address.id) if turn.incoming.reply_to_bot else None
    if room is not None and room.purpose != Purpose.NEIGHBOURHOOD:
        turn.say(Notice(Text("command.reply_unclear")))


def _on_private(turn: Turn) -> None:
    called = calling.find_called(turn)
    if called is not None and called.slash:
        called.command.run(turn, called.rest)
        return
    if unprompted.on_invite(turn):
        return
    row = _replied_to(turn)
    if row is not None and reporter.on_reply(turn, row):
        return
    if reporter.on_later_photo(turn):
        return
    draft = conversation.find(turn)
    if draft is not None:
        _on_answer(turn, draft, called)
    elif called is not None:
        called.command.run(turn, "")
    else:
        unprompted.understand(turn, row or find_newest(turn.db, turn.address.id))


def _on_answer(turn: Turn, draft: tables.Draft, called: calling.Called | None) -> None:
    """Words over an open question: a few commands, else an answer."""
    asked = ASKED in draft.state
    if called is not None and (called.command.over_draft or (asked and _cancels(called))):
        called.command.run(turn, called.rest)
    elif turn.incoming.sticker:
        conversation.ask_again(turn, draft, Text("command.sticker"))
    elif asked:
        commands.answer_asked(turn, draft, unprompted.reply_of(turn))
    else:
        conversation.go_on(turn, draft, unprompted.reply_of(turn))


def _cancels(called: calling.Called) -> bool:
    """What is asked about a draft as a whole has no name that could be "Huy"."""
    return called.command.name == "huy"


def _replied_to(turn: Turn) -> tables.Outbox | None:
    """Our message that this one replies to."""
    message_id = turn.incoming.reply_to
    if message_id is None:
        return None
    return conversations.find_replied_to(turn.db, turn.address.id, message_id)
