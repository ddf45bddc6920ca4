"""A leader writes "thông báo…" without the command, or passes on a notice: for the neighbours, or
a report to the police? It is asked, and what was said is kept meanwhile.
"""

import re
from collections.abc import Callable
from typing import Final

from actions import conversations
from actions.announcement_reach import reach_of
from bot.flows.draft import Reply
from bot.handlers import announcing, asked, beginning, conversation
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.errors import Refused
from domain.notices import Text
from domain.text import fold, nfc
from storage import tables

_POST: Final = Choice(("dang", "post"), ("dang bai", "dang thong bao", "thong bao", "post it"))
_REPORT: Final = Choice(
    ("bao", "report"), ("bao tin", "bao cong an", "bao viec", "report it", "tell the police")
)
_HEAD: Final = "thong bao"
# Said to the bot, not to the neighbours.
_WISH: Final = re.compile(
    r"(?:(?:toi|em|minh|chau) )?(?:muon|can|xin|nho|cho (?:toi|em|minh)) "
    r"(?:dang |gui |viet |soan )?(?:1 |mot )?thong bao"
)
_TIME: Final = re.compile(
    r"\d\s?(?:h|g|giờ|gio)\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}[/.-]\d{1,2}\b"
    r"|\b(?:sáng|trưa|chiều|tối|đêm|ngày|hôm) (?:mai|nay|kia)\b"
    r"|\b(?:thứ|thu) (?:hai|ba|tư|[2-7])\b"
)


def asks(turn: Turn) -> bool:
    """Whether what came without a command may be meant for the neighbours: then that is asked.
    Only of whoever may speak to them."""
    if not _may_be_post(turn) or not _may_announce(turn):
        return False
    incoming = turn.incoming
    told = Reply(incoming.text, incoming.media, incoming.album, incoming.pin)
    beginning.hold_report(turn, told, asked.WAY)
    return True


def answer(turn: Turn, row: tables.Draft, reply: Reply) -> None:
    """The typed answer; all else that comes belongs to what was said. Raises Refused."""
    answer_which(turn, row, reply, (_POST, _REPORT), post)


def answer_which(
    turn: Turn,
    row: tables.Draft,
    reply: Reply,
    ways: tuple[Choice, Choice],
    other: Callable[[Turn], None],
) -> None:
    """The typed answer to which of two `ways` what came was meant: the `other` one, or this
    conversation; all else that comes belongs to it. Raises Refused."""
    alone = reply.text if not (reply.media or reply.pin) else ""
    chosen = recognise(alone, ways) if alone else None
    if chosen == 0:
        other(turn)
    elif chosen == 1:
        conversation.take_up(turn)
    else:
        draft = conversation.read(row)
        more = draft.get("what").with_more(reply.text, reply.media)
        conversation.keep(turn, row, draft.put("what", more))
        conversation.ask_again(turn, row)


def post(turn: Turn, rest: str = "") -> None:
    """It is for the neighbours. Raises Refused."""
    row = conversation.find(turn)
    if row is None or row.state.get(asked.ASKED) != asked.WAY:
        turn.pop_up(Text("command.old_button"))
        return
    told = conversation.read(row).get("what")
    conversations.end_draft(turn.db, row.id, "done", turn.now)
    announcing.begin_with(turn, Reply(_for_neighbours(told.words), told.media))


def _may_be_post(turn: Turn) -> bool:
    incoming = turn.incoming
    said = fold(incoming.text)
    if said.startswith(f"{_HEAD} ") or _WISH.match(said):
        return True
    seen = bool(incoming.media) and incoming.forwarded
    return seen and _TIME.search(nfc(incoming.text).casefold()) is not None


def _may_announce(turn: Turn) -> bool:
    try:
        reach_of(turn.db, turn.person.id, turn.bot.wards)
    except Refused:
        return False
    return True


def _for_neighbours(words: str) -> str:
    """Without the wish before it; a mere wish says nothing to them yet."""
    count = len(found[0].split()) if (found := _WISH.match(fold(words))) else 0
    rest = "".join(words.split(maxsplit=count)[count:]) if count else words
    return rest.strip(" :,.-–\n")
