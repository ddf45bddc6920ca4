"""Is it really ours? /xacminh with a code, the whole post after it, or the post passed on to the
bot: answered with the original, so that whoever asks sees every word that was changed.
"""

from typing import Final

from actions.attachments import albums
from actions.proving import Proof
from actions.recording import may_record
from bot.channels.base import Incoming
from bot.flows.draft import Reply
from bot.handlers import asked, conversation, menu, recording, which_way
from bot.handlers.comparing import Compared, find_compared
from bot.handlers.turn import Turn
from domain.choices import Choice
from domain.codes import WrongCheckDigit, codes_in, parse_code, spoken
from domain.notices import Button, Notice, Param, Text
from domain.proving import only_asks
from domain.text import fold
from storage import tables

# What whoever pastes a post writes before it.
_HEADS: Final = ("xac minh", "xacminh", "verify")
_PROVE: Final = Choice(("xac minh bai nay", "check this post"), ("xac minh", "check", "verify"))
_RECORD: Final = Choice(
    ("ghi thanh tin bao", "record it as a report"), ("ghi tin", "ghi", "record")
)
# While one of these is being written, what is passed on belongs to it.
_WRITTEN: Final = ("recording", "announcement", "warning", "correction", "all_clear")


def show(turn: Turn, rest: str = "") -> None:
    """/xacminh in private; an open question is asked again below. Where it was asked whether to
    check a post, the words alone are the answer."""
    row = conversation.find(turn)
    held = row is not None and asked.is_prove(row.state.get(asked.ASKED, ""))
    if held and not codes_in(rest):
        prove_held(turn)
    else:
        _show(turn, rest.strip())
        menu.go_on_asking(turn)


def show_in_group(turn: Turn, rest: str = "") -> None:
    """The short answer; the original is read in private."""
    told = rest.strip()
    found = find_compared(turn, told, turn.incoming.media)
    if found is None:
        name = _missing(told) if told else "how"
        turn.say(Notice(Text(f"proving.group.{name}")))
        return
    link = turn.bot.start_link(f"xm_{found.proof.announcement.code}")
    button = Button(Text("proving.button.original"), link=link)
    turn.say(Notice(Text("proving.group.answer", _head(found)), ((button,),)))


def on_passed(turn: Turn) -> bool:
    """Whether it was a post of ours that somebody passed on, pasted after "xác minh", or shows in
    a picture with its code below; an officer who passes one on is asked what for."""
    incoming = turn.incoming
    headed = fold(incoming.text).startswith(_HEADS)
    if not (incoming.forwarded or headed or _is_caption(incoming)):
        return False
    said = _without_head(incoming.text) if headed and not incoming.forwarded else incoming.text
    found = find_compared(turn, said, incoming.media)
    if found is None:
        return False
    if incoming.forwarded and may_record(turn.db, turn.person.id, turn.bot.wards):
        row = conversation.find(turn)
        if row is not None and row.flow in _WRITTEN:
            return False
        recording.hold(turn, asked.prove(found.proof.announcement.code))
        return True
    _answer(turn, found)
    menu.go_on_asking(turn)
    return True


def on_code(turn: Turn) -> bool:
    """Whether a message that is nothing but a code is the code of a post."""
    found = find_compared(turn, turn.incoming.text, turn.incoming.media)
    if found is not None:
        _answer(turn, found)
    return found is not None


def prove_held(turn: Turn, rest: str = "") -> None:
    """The officer wants the post checked and no record made."""
    row = conversation.find(turn)
    if row is None or not asked.is_prove(row.state.get(asked.ASKED, "")):
        turn.pop_up(Text("command.old_button"))
        return
    told = conversation.read(row).get("what")
    code = asked.code_in(row.state[asked.ASKED])
    conversation.leave(turn, row)
    # What they passed on may have been forgotten since: then the code alone is asked about.
    found = find_compared(turn, told.words or code, told.media)
    if found is not None:
        _answer(turn, found)


def answer_which(turn: Turn, row: tables.Draft, reply: Reply) -> None:
    """The officer's typed answer; all else that comes belongs to what was passed on."""
    which_way.answer_which(turn, row, reply, (_PROVE, _RECORD), prove_held)


def _show(turn: Turn, told: str) -> None:
    if not (told or turn.incoming.media):
        turn.say(Notice(Text("proving.how")))
        return
    found = find_compared(turn, told, turn.incoming.media)
    if found is None:
        turn.say(Notice(Text(f"proving.{_missing(told)}")))
    else:
        _answer(turn, found)


def _missing(told: str) -> str:
    """Why there is nothing to show. A code that was never public, or is a report's, is as
    unknown as one that was never given."""
    try:
        return "unknown" if parse_code(told) else "no_code"
    except WrongCheckDigit:
        return "mistyped"


def _answer(turn: Turn, found: Compared) -> None:
    """The verdict and, as far as they may be seen, the original and what is valid now."""
    proof = found.proof
    over = ".over" if proof.over else ""
    turn.say(Notice(Text(f"proving.answer{over}", _head(found))))
    if proof.words:
        turn.say(Notice(Text(f"proving.original{over}", {"words": proof.words})))
    if proof.valid is not None:
        now_said: dict[str, Param] = {"code": spoken(proof.valid.code)}
        now_said["words"] = proof.valid.words
        turn.say(Notice(Text("proving.valid_words", now_said)))
    media = proof.media_for(turn.bot.name)
    for album in albums(media):
        turn.say(Notice(media=album))
    if proof.has_media and not media:
        turn.say(Notice(Text("proving.files_elsewhere")))


def _head(found: Compared) -> dict[str, Param]:
    """What is said first, and what is known of the post."""
    head = Text(f"proving.{found.verdict}", _code(found.proof))
    return {"head": head, "lines": found.proof.lines}


def _code(proof: Proof) -> dict[str, Param]:
    return {"code": spoken(proof.announcement.code)}


def _is_caption(incoming: Incoming) -> bool:
    """Whether a picture has a code below it, and nothing but questions about that."""
    codes = codes_in(incoming.text) if incoming.media else []
    return bool(codes) and only_asks(incoming.text, codes[0])


def _without_head(text: str) -> str:
    """Without the words before a pasted post."""
    count = 2 if fold(" ".join(text.split()[:2])) == _HEADS[0] else 1
    return "".join(text.split(maxsplit=count)[count:])
