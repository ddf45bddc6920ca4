"""Is it really ours? /xacminh with a code, the whole post after it, or the post passed on to the
bot: answered with the original, so that whoever asks sees every word that was changed.
"""

import html
import re
from collections.abc import Sequence
from typing import Final

from actions.attachments import albums
from actions.people import LOCALES
from actions.proving import Proof, find_named, frames_of, shown_texts
from actions.recording import may_record
from bot.flows.draft import Reply
from bot.handlers import asked, conversation, menu, recording
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.codes import WrongCheckDigit, codes_in, parse_code, spoken
from domain.notices import Button, Media, Notice, Param, Text
from domain.proving import is_unaltered, normalised, only_asks
from domain.text import fold
from storage import tables

_TAGS: Final = re.compile(r"<[^>]+>")
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
    proof = find_named(turn.db, told, turn.now)
    if proof is None:
        name = _missing(told) if told else "how"
        turn.say(Notice(Text(f"proving.group.{name}")))
        return
    code = proof.announcement.code
    verdict = _verdict(turn, proof, None if only_asks(told, code) else told, ())
    params: dict[str, Param] = {"head": Text(f"proving.{verdict}", _code(proof))}
    params["lines"] = proof.lines
    button = Button(Text("proving.button.original"), link=turn.bot.start_link(f"xm_{code}"))
    turn.say(Notice(Text("proving.group.answer", params), ((button,),)))


def on_passed(turn: Turn) -> bool:
    """Whether it was a post of ours that somebody passed on, or pasted after "xác minh"; an
    officer who passes one on is asked what for."""
    incoming = turn.incoming
    if not (incoming.forwarded or fold(incoming.text).startswith(_HEADS)):
        return False
    proof = find_named(turn.db, incoming.text, turn.now)
    if proof is None:
        return False
    if incoming.forwarded and may_record(turn.db, turn.person.id, turn.bot.wards):
        row = conversation.find(turn)
        if row is not None and row.flow in _WRITTEN:
            return False
        recording.hold(turn, asked.prove(proof.announcement.code))
        return True
    said = incoming.text if incoming.forwarded else _without_head(incoming.text)
    asks = not incoming.forwarded and only_asks(said, proof.announcement.code)
    _answer(turn, proof, None if asks else said, incoming.media)
    menu.go_on_asking(turn)
    return True


def on_code(turn: Turn) -> bool:
    """Whether a message that is nothing but a code is the code of a post."""
    proof = find_named(turn.db, turn.incoming.text, turn.now)
    if proof is not None:
        _answer(turn, proof, None, ())
    return proof is not None


def prove_held(turn: Turn, rest: str = "") -> None:
    """The officer wants the post checked and no record made."""
    row = conversation.find(turn)
    if row is None or not asked.is_prove(row.state.get(asked.ASKED, "")):
        turn.pop_up(Text("command.old_button"))
        return
    told = conversation.read(row).get("what")
    code = asked.code_in(row.state[asked.ASKED])
    conversation.leave(turn, row)
    proof = find_named(turn.db, code, turn.now)
    if proof is not None:
        _answer(turn, proof, told.words, told.media)


def answer_which(turn: Turn, row: tables.Draft, reply: Reply) -> None:
    """The officer's typed answer; all else that comes belongs to what was passed on."""
    alone = reply.text if not (reply.media or reply.pin) else ""
    chosen = recognise(alone, (_PROVE, _RECORD)) if alone else None
    if chosen == 0:
        prove_held(turn)
    elif chosen == 1:
        conversation.take_up(turn)
    else:
        draft = conversation.read(row)
        more = draft.get("what").with_more(reply.text, reply.media)
        conversation.keep(turn, row, draft.put("what", more))
        conversation.ask_again(turn, row)


def _show(turn: Turn, told: str) -> None:
    if not (told or turn.incoming.media):
        turn.say(Notice(Text("proving.how")))
        return
    proof = find_named(turn.db, told, turn.now)
    if proof is None:
        turn.say(Notice(Text(f"proving.{_missing(told)}")))
        return
    said = None if only_asks(told, proof.announcement.code) else told
    _answer(turn, proof, said, turn.incoming.media)


def _missing(told: str) -> str:
    """Why there is nothing to show. A code that was never public, or is a report's, is as
    unknown as one that was never given."""
    try:
        return "unknown" if parse_code(told) else "no_code"
    except WrongCheckDigit:
        return "mistyped"


def _answer(turn: Turn, proof: Proof, said: str | None, files: Sequence[Media]) -> None:
    """`said` is what the person has in hand, None where only the code was asked about."""
    verdict = _verdict(turn, proof, said, files)
    params: dict[str, Param] = {"head": Text(f"proving.{verdict}", _code(proof))}
    params["lines"] = proof.lines
    turn.say(Notice(Text("proving.answer", params)))
    if proof.words:
        turn.say(Notice(Text("proving.original", {"words": proof.words})))
    if proof.valid is not None:
        now_said: dict[str, Param] = {"code": spoken(proof.valid.code)}
        now_said["words"] = proof.valid.words
        turn.say(Notice(Text("proving.valid_words", now_said)))
    media = proof.media_for(turn.bot.name)
    for album in albums(media):
        turn.say(Notice(media=album))
    if proof.announcement.media and not media:
        turn.say(Notice(Text("proving.files_elsewhere")))


def _verdict(turn: Turn, proof: Proof, said: str | None, files: Sequence[Media]) -> str:
    """The name of what is said first. Nothing is called genuine that was not compared."""
    code = proof.announcement.code
    if not said and not files:
        return "genuine.over" if proof.over else "genuine.code"
    shown = _shown(turn, proof)
    if said and not is_unaltered(said, proof.words, code, frames_of(shown, proof.words)):
        earlier = normalised(said) in map(normalised, shown)
        return "earlier" if earlier else "altered.words"
    if files:
        return "genuine.files" if proof.announcement.media else "altered.files"
    return "genuine.over" if proof.over else "genuine.words"


def _shown(turn: Turn, proof: Proof) -> list[str]:
    """The whole posts as people have seen them, without markup, in every language."""
    texts = shown_texts(turn.db, proof, turn.now)
    said = (turn.bot.words_of(text, locale) for text in texts for locale in LOCALES)
    return list(dict.fromkeys(html.unescape(_TAGS.sub("", each)) for each in said))


def _code(proof: Proof) -> dict[str, Param]:
    return {"code": spoken(proof.announcement.code)}


def _without_head(text: str) -> str:
    """Without the words before a pasted post."""
    count = 2 if fold(" ".join(text.split()[:2])) == _HEADS[0] else 1
    return "".join(text.split(maxsplit=count)[count:])
