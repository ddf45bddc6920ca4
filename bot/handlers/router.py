"""What an update means here: an event of a group, a press, a command, a reply, an answer to
the open question, or something new. The one place where refusals are answered.
"""

from collections.abc import Callable
from typing import Final

from actions import conversations
from bot.flows.draft import Reply
from bot.handlers import (
    admin,
    beginning,
    binding,
    calling,
    commands,
    conversation,
    groups,
    mediator,
    menu,
    officer,
    reporter,
)
from bot.handlers.turn import Turn
from domain.codes import WrongCheckDigit, parse_code, parse_invite
from domain.danger import danger_in
from domain.errors import Refused
from domain.notices import Notice, Text
from domain.text import fold
from storage import tables

_TAPS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "f": conversation.on_tap,
    "i": officer.on_tap,
    "r": reporter.on_tap,
    "m": mediator.on_tap,
    "c": commands.on_tap,
    "g": binding.on_tap,
    "l": menu.set_language,
}
_CODE_LETTERS: Final = 8


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
        _on_tap(turn, incoming.tap.data)
    elif incoming.edited:
        _on_edited(turn)
    elif incoming.private:
        _on_private(turn)
    else:
        _on_group(turn)


def _refuse(turn: Turn, refused: Refused) -> None:
    """A press in a group is answered to who pressed, everything else where it was said."""
    if turn.incoming.tap is not None:
        turn.tap_answer, turn.tap_alert = refused.text, True
        if not turn.incoming.private:
            return
    turn.say(Notice(refused.text))


def _on_tap(turn: Turn, data: str) -> None:
    prefix, _, rest = data.partition(":")
    act = _TAPS.get(prefix)
    if act is not None:
        act(turn, rest)
    elif turn.incoming.private:
        menu.show(turn, Text("command.old_button"))


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
    if row is not None and not officer.on_reply(turn, row):
        mediator.on_reply(turn, row)


def _on_private(turn: Turn) -> None:
    called = calling.find_called(turn)
    if called is not None and called.slash:
        called.command.run(turn, called.rest)
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
        _on_something_new(turn)


def _on_answer(turn: Turn, draft: tables.Draft, called: calling.Called | None) -> None:
    """Words over an open question: a few commands, else an answer."""
    if called is not None and called.command.over_draft:
        called.command.run(turn, called.rest)
    elif turn.incoming.sticker:
        conversation.ask_again(turn, draft, Text("command.sticker"))
    elif conversation.ASKED in draft.state:
        commands.answer_asked(turn, draft, reply_of(turn))
    else:
        conversation.go_on(turn, draft, reply_of(turn))


def _on_something_new(turn: Turn) -> None:
    """Nothing is open: a number of the menu, a code, a greeting; all else is a report, so
    that nobody has to learn a command and nothing that was typed is lost."""
    incoming = turn.incoming
    if incoming.media or incoming.pin:
        beginning.begin_report(turn, reply_of(turn))
    elif entry := calling.find_entry(incoming.text):
        entry.run(turn, "")
    elif _on_code(turn):
        return
    elif danger_in(incoming.text) or not menu.is_courtesy(incoming.text):
        beginning.begin_report(turn, reply_of(turn))
    else:
        menu.greet(turn)


def _on_code(turn: Turn) -> bool:
    """Whether the message is nothing but an invitation's or a receipt's code."""
    typed = turn.incoming.text
    if len(fold(typed).replace(" ", "")) != _CODE_LETTERS:
        return False
    if parse_invite(typed) is not None:
        admin.redeem(turn, typed)
        return True
    try:
        code = parse_code(typed)
    except WrongCheckDigit:
        turn.say(menu.menu_notice(Text("command.receipt_mistyped")))
        return True
    if code is not None:
        reporter.list_incidents(turn, code)
    return code is not None


def reply_of(turn: Turn) -> Reply:
    """What was sent, as an answer."""
    incoming = turn.incoming
    return Reply(incoming.text, incoming.media, incoming.album, incoming.pin)


def _replied_to(turn: Turn) -> tables.Outbox | None:
    """Our message that this one replies to."""
    message_id = turn.incoming.reply_to
    if message_id is None:
        return None
    return conversations.find_replied_to(turn.db, turn.address.id, message_id)
