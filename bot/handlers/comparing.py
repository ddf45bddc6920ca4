"""What somebody has in hand beside what we posted: which of our posts it is, and whether a word of
it was changed. Nothing is called genuine that was not compared.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from actions.people import LOCALES
from actions.proof_faces import frames_of, reasons_of, shown_texts, wordings_of
from actions.proving import Proof, list_named
from bot.handlers.turn import Turn
from domain.notices import Media, Text
from domain.proving import is_unaltered, normalised, only_asks


class Compared(NamedTuple):
    """The post that is answered with, and the last part of the key of what is said first."""

    proof: Proof
    verdict: str


def find_compared(turn: Turn, said: str, files: Sequence[Media]) -> Compared | None:
    """The first post named in `said` of which it is the very words; else one that it only asks
    about, or that it was made of. None where it names no post of ours."""
    named = list_named(turn.db, said, turn.now)
    if not named:
        return None
    first = named[0]
    if only_asks(said, first.announcement.code):
        return Compared(first, _unread(first, files))
    earlier = None
    for proof in named:
        shown = _plain(turn, shown_texts(turn.db, proof, turn.now))
        if _is_ours(turn, proof, said, shown):
            return Compared(proof, _read(proof, files))
        if earlier is None and normalised(said) in map(normalised, shown):
            earlier = proof
    return Compared(earlier, "earlier") if earlier else Compared(first, "altered.words")


def _unread(proof: Proof, files: Sequence[Media]) -> str:
    """Only the code was typed: what else they have, in words or in a picture, nobody has
    compared."""
    if proof.over:
        return "over.code"
    return "genuine.pictures" if files else "genuine.code"


def _read(proof: Proof, files: Sequence[Media]) -> str:
    if files and not proof.announcement.media:
        return "altered.files"
    if proof.over:
        return "genuine.over.files" if files else "genuine.over"
    return "genuine.files" if files else "genuine.words"


def _is_ours(turn: Turn, proof: Proof, said: str, shown: Sequence[str]) -> bool:
    code = proof.announcement.code
    around = [(words, frames_of(shown, words)) for words in wordings_of(proof.announcement)]
    if any(is_unaltered(said, words, code, frames) for words, frames in around):
        return True
    reasons = _plain(turn, reasons_of(turn.db, proof))
    return any(is_unaltered(said, words, code, frames, reasons) for words, frames in around)


def _plain(turn: Turn, texts: Iterable[Text]) -> list[str]:
    """As people have seen them, in every language, in a trial and after it."""
    said = (turn.bot.ever_of(text, locale) for text in texts for locale in LOCALES)
    return list(dict.fromkeys(words for several in said for words in several))
