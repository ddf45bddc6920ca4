"""What a message in private means: a command, a code, danger, a reply, the answer to the open
question, or something new. Danger comes before all that somebody might have been doing.
"""

from typing import Final

from actions import conversations
from actions.board_shown import as_shown
from actions.expected import find_newest
from bot.handlers import (
    adding,
    alerting,
    calling,
    confirmations,
    conversation,
    follow_ups,
    following,
    ladder,
    pressing,
    proving,
    quiet,
    recording,
    reporter,
    subjects,
    taking_up,
    unprompted,
)
from bot.handlers.asked import ASKED
from bot.handlers.turn import Turn
from domain.notices import Text
from domain.text import nfc
from storage import tables

# Commands after which residents tell what happens; after any other it is not theirs to tell.
_TOLD_AFTER: Final = frozenset({"baotin", "hoagiai", "baoho"})
# A flow knows its own words for these; of the last, residents tell as of anything else.
_THE_FLOWS_OWN: Final = frozenset({"huy", "ngungnhan", "canhbao"})


def take(turn: Turn, *, newest: tables.Outbox | None = None, heard: bool = False) -> None:
    """Take it. `heard`: that it names a danger was asked about already, and denied; `newest` is
    what had been said last before that. Raises Refused."""
    called = calling.find_called(turn)
    slash = called is not None and (called.slash or called.command.over_all)
    if called is not None and slash:
        if heard or not _hears(turn, called):
            called.command.run(turn, called.rest)
        return
    if unprompted.on_invite(turn) or quiet.on_code(turn):
        return
    # Before danger is heard: our own warnings are full of it.
    if proving.on_passed(turn) or recording.on_forwarded(turn):
        return
    row = replied_to(turn)
    if not heard and _hears(turn, called, row):
        return
    if row is not None and _is_reply(turn, row):
        return
    if adding.on_later_photo(turn):
        return
    draft = subjects.find_draft(turn)
    if draft is not None:
        _on_answer(turn, draft, called)
    elif called is not None:
        _on_words_of_command(turn, called, row)
    else:
        newest = row or newest or find_newest(turn.db, turn.address.id)
        unprompted.understand(turn, newest)


def _on_words_of_command(turn: Turn, called: calling.Called, row: tables.Outbox | None) -> None:
    """Without a slash: "nhận tin" below the call that woke an officer is no wish to get news, and
    "tiếp tục" below the button that posts again presses that."""
    if ladder.on_waiting_call(turn):
        return
    newest = row or find_newest(turn.db, turn.address.id)
    if called.rest or not pressing.on_words(turn, as_shown(turn.db, newest)):
        called.command.run(turn, called.rest)


def replied_to(turn: Turn) -> tables.Outbox | None:
    """Our message that this one replies to."""
    message_id = turn.incoming.reply_to
    if message_id is None:
        return None
    return conversations.find_replied_to(turn.db, turn.address.id, message_id)


def _hears(turn: Turn, called: calling.Called | None, row: tables.Outbox | None = None) -> bool:
    if called is None:
        return alerting.hear(turn, row)
    if called.command.name not in _TOLD_AFTER or not called.rest:
        return False
    typed = nfc(turn.incoming.text).strip()
    return alerting.hear(turn, row, command=typed.removesuffix(called.rest))


def _is_reply(turn: Turn, row: tables.Outbox) -> bool:
    """Whether what was replied to knows what to do with it, whatever is open."""
    told = quiet.on_reply(turn, row) or reporter.on_reply(turn, row)
    return told or confirmations.on_reply(turn, row) or ladder.on_reply(turn, row)


def _on_answer(turn: Turn, draft: tables.Draft, called: calling.Called | None) -> None:
    """Words over an open question: a few commands, a number or a label of what was listed since,
    else an answer."""
    asked = ASKED in draft.state
    if called is not None and _wins(draft, called):
        called.command.run(turn, called.rest)
    elif unprompted.on_list(turn, draft):
        return
    elif turn.incoming.sticker:
        conversation.ask_again(turn, draft, Text("command.sticker"))
    elif asked:
        taking_up.answer_asked(turn, draft, unprompted.reply_of(turn))
    elif draft.flow in conversations.FOLLOW_UPS and (
        following.answers_officer(turn, draft) or follow_ups.on_message(turn, draft)
    ):
        return
    else:
        conversation.go_on(turn, draft, unprompted.reply_of(turn))


def _wins(draft: tables.Draft, called: calling.Called) -> bool:
    """Over the open question. What is asked about a draft as a whole has no name that could be
    "Huy"; where a kind is asked for, the whole name of a command means the command."""
    if called.command.over_draft:
        return True
    if ASKED in draft.state:
        return called.command.name == "huy"
    at_kind = (draft.flow, draft.state.get("step")) == ("report", "kind")
    return at_kind and not called.rest and called.command.name not in _THE_FLOWS_OWN
