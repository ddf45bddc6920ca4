"""The commands with which a person begins, goes on, and stops; other ones live where their
subject is. Where answers to another conversation stand open, it is asked first what is meant.
"""

from collections.abc import Callable
from typing import Final

from actions import conversations
from bot.flows.draft import Reply
from bot.handlers import (
    admin,
    asked,
    beginning,
    conversation,
    corrections,
    following,
    mediator,
    menu,
    officer,
    proving,
    reporter,
    which_way,
)
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.notices import Text
from storage import tables

_GO_ON: Final = Choice(("viết tiếp", "go on"), ("tiếp", "tiếp tục", "tieptuc", "continue"))
_ANEW: Final = Choice(("bắt đầu lại", "start again"), ("lại", "báo tin mới", "mới", "new"))
_BEGINNINGS: Final[dict[str, Callable[[Turn, Reply | None], None]]] = {
    "baotin": beginning.begin_report,
    "hoagiai": beginning.begin_mediation,
}


def start(turn: Turn, rest: str) -> None:
    """The Start press, with what its link carried: `bt`, `bt_<neighbourhood>`, `hg`,
    `i_<code>`, `xm_<code>`, `dc_<code>`."""
    payload = turn.incoming.start or rest
    name, _, value = payload.partition("_")
    if name == "i" and value:
        admin.redeem(turn, value)
    elif name == "xm":
        proving.show(turn, value)
    elif name == "dc":
        corrections.show(turn, value)
    elif name == "hg":
        mediation(turn, "")
    elif name == "bt":
        _report_from(turn, beginning.remember_place(turn, value))
    else:
        menu.greet(turn)


def report(turn: Turn, rest: str) -> None:
    """Report something; what was typed after the command is its beginning."""
    _begin_or_ask(turn, "baotin", rest)


def _report_from(turn: Turn, neighbourhood_id: int | None) -> None:
    row = conversation.find(turn)
    if row is None or not conversations.has_answers(row):
        beginning.begin_report(turn, at=neighbourhood_id)
    else:
        _ask_go_on_or_anew(turn, row, "baotin")


def mediation(turn: Turn, rest: str) -> None:
    """Ask for mediation."""
    _begin_or_ask(turn, "hoagiai", rest)


def cancel(turn: Turn, rest: str) -> None:
    """Set the open conversation aside."""
    row = conversation.find(turn)
    if row is None:
        turn.say(menu.notice_for(turn, Text("command.nothing_to_cancel")))
    else:
        conversation.cancel(turn, row)


def go_on(turn: Turn, rest: str) -> None:
    """Exactly where one stopped, up to a week after it was set aside."""
    if not conversation.take_up(turn):
        turn.say(menu.notice_for(turn, Text("command.nothing_to_continue")))


def _begin_or_ask(turn: Turn, name: str, rest: str) -> None:
    """Begin; but where answers to another conversation stand open, ask first."""
    incoming = turn.incoming
    told = Reply(rest, incoming.media, incoming.album, incoming.pin)
    row = conversation.find(turn)
    if told != Reply():
        begin_anew(turn, name, told)
    elif row is None or not conversations.has_answers(row):
        begin_anew(turn, name)
    else:
        _ask_go_on_or_anew(turn, row, name)


def _ask_go_on_or_anew(turn: Turn, row: tables.Draft, name: str) -> None:
    conversation.note_asked(turn, row, name)
    conversation.ask_again(turn, row)


def show_open(turn: Turn, rest: str) -> None:
    """/vuviec in a group: what waits there. Raises Refused."""
    if not mediator.show(turn, rest):
        officer.show(turn, rest)


def list_mine(turn: Turn, rest: str) -> None:
    """/vuviec in private; an open question is asked again below. Raises Refused."""
    reporter.list_incidents(turn, rest)
    menu.go_on_asking(turn)


def begin_anew(turn: Turn, name: str, reply: Reply | None = None) -> None:
    """Without asking: what stands open is set aside."""
    _BEGINNINGS[name](turn, reply)


def answer_asked(turn: Turn, row: tables.Draft, reply: Reply) -> None:
    """The answer to what was asked about the draft as a whole. "Go on, or anew?": anything
    else is what the person wants to tell now, so it begins the new conversation; the old one
    can be taken back."""
    name = row.state[asked.ASKED]
    if (incident_id := asked.incident_in(name)) is not None:
        following.answer_where(turn, row, incident_id, reply)
        return
    if asked.is_prove(name):
        proving.answer_which(turn, row, reply)
        return
    if name == asked.WAY:
        which_way.answer(turn, row, reply)
        return
    chosen = recognise(reply.text, (_GO_ON, _ANEW)) if reply.text else None
    if chosen == 0:
        conversation.take_up(turn)
    else:
        begin_anew(turn, name, None if chosen == 1 else reply)
