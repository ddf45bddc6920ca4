"""What somebody sends in private while nothing is open, and what is understood of a code in
any state.
"""

from typing import Final

from actions.board_shown import as_shown
from bot.flows.draft import Reply
from bot.handlers import (
    admin,
    audience_tags,
    beginning,
    calling,
    confirmations,
    following,
    ladder,
    menu,
    pasting,
    pressing,
    proving,
    reporter,
    schedule,
    set_apart,
    which_way,
)
from bot.handlers.turn import Turn
from domain.choices import nod, number_in
from domain.codes import WrongCheckDigit, is_bare_invite, parse_code
from domain.danger import danger_in
from domain.errors import Refused
from domain.notices import Notice, Text
from domain.text import fold
from storage.tables import Draft, Outbox

_CODE_LETTERS: Final = 8


def understand(turn: Turn, newest: Outbox | None) -> None:
    """What follows from `newest`, the message that was read last; a number of the menu, a code,
    a greeting. All else is a report, so that nobody has to learn a command and nothing that was
    typed is lost. Raises Refused."""
    incoming = turn.incoming
    if incoming.media or incoming.pin:
        if not (following.goes_on(turn, newest) or which_way.asks(turn)):
            beginning.begin_report(turn, reply_of(turn))
    elif not (
        audience_tags.on_words(turn, newest)
        or pressing.on_number(turn, as_shown(turn.db, newest))
        or pressing.on_words(turn, as_shown(turn.db, newest))
        or schedule.on_words(turn, newest)
        or confirmations.on_words(turn, newest)
        or pasting.on_words(turn, newest)
        or ladder.on_words(turn, newest)
        or _on_receipt(turn)
        or following.goes_on(turn, newest)
    ):
        _on_words(turn, newest)


def on_list(turn: Turn, draft: Draft) -> bool:
    """Whether it is a number or a label of the list that was asked for over an open draft: that
    was shown last, and the draft waits. Raises Refused."""
    incoming = turn.incoming
    row = set_apart.find_listed(turn, draft)
    if row is None or incoming.media or incoming.pin or not incoming.text:
        return False
    row = as_shown(turn.db, row)
    return (
        audience_tags.on_words(turn, row)
        or pressing.on_number(turn, row)
        or pressing.on_words(turn, row)
    )


def on_invite(turn: Turn) -> bool:
    """A one-time code, in any state: it must never be kept as somebody's words. The open
    question is asked again below."""
    typed = turn.incoming.text
    code = calling.code_after_word(typed) if typed else None
    bare = code is None and is_bare_invite(typed) and not danger_in(typed)
    if bare and admin.is_invite(turn, typed):
        code = typed
    if code is None:
        return False
    try:
        admin.redeem(turn, code)
    except Refused as refused:
        turn.say(Notice(refused.text))
    menu.go_on_asking(turn)
    return True


def reply_of(turn: Turn) -> Reply:
    """What was sent, as an answer."""
    incoming = turn.incoming
    return Reply(incoming.text, incoming.media, incoming.album, incoming.pin)


def _on_words(turn: Turn, newest: Outbox | None) -> None:
    text = turn.incoming.text
    number = number_in(text)
    if number is not None and newest is not None:
        menu.say_no_such_number(turn, number)
    elif _is_bare_code(text):
        turn.say(menu.notice_for(turn, Text("command.receipt_mistyped")))
    elif following.says_nothing(turn) or nod(text) is not None:
        menu.show(turn, Text("menu.not_understood"))
    elif menu.is_courtesy(text):
        menu.greet(turn)
    elif not which_way.asks(turn):
        beginning.begin_report(turn, reply_of(turn))


def _on_receipt(turn: Turn) -> bool:
    """Whether the message is nothing but a receipt's code, without a slip in it."""
    try:
        code = parse_code(turn.incoming.text) if _is_bare(turn.incoming.text) else None
    except WrongCheckDigit:
        return False
    if code is not None and not proving.on_code(turn):
        reporter.list_incidents(turn, code)
    return code is not None


def _is_bare_code(text: str) -> bool:
    """A receipt's code, with a slip in it."""
    try:
        return _is_bare(text) and parse_code(text) is not None
    except WrongCheckDigit:
        return True


def _is_bare(text: str) -> bool:
    return len(fold(text).replace(" ", "")) == _CODE_LETTERS
