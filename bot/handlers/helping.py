""" "Báo hộ": somebody reports for a neighbour who cannot write. It is a report with two more
questions; later messages come to whoever reports.
"""

from typing import Final

from actions.wards import surroundings_of
from bot.flows.draft import Answer, Reply
from bot.flows.helped_step import HELPER
from bot.handlers import beginning, conversation
from bot.handlers.turn import Turn
from domain.notices import Notice, Text
from domain.recognition import guess_kinds
from domain.text import fold

# More words tell what happened; fewer only say for whom ("bà Tư xóm trên").
_WHO_WORDS: Final = 6
# "Báo hộ tôi với" asks the bot itself to report, and tells nothing yet.
_CALL_WORDS: Final = 3
_ONESELF: Final = frozenset({"toi", "minh", "em", "chau", "con", "voi", "giup", "cai", "me"})


def begin(turn: Turn, rest: str = "") -> None:
    """/baoho, and "báo hộ" with or without more words."""
    incoming, words = turn.incoming, rest.strip()
    said = fold(words).split()
    if said and said[0] in _ONESELF:
        told = Reply(words) if len(said) > _CALL_WORDS else None
        beginning.begin_report(turn, told)
        return
    around = surroundings_of(turn.db, turn.person, turn.bot.wards)
    if not around.wards:
        turn.say(Notice(Text("command.no_ward_yet")))
        return
    context = {**beginning.context_of(around), HELPER: True}
    who = bool(words) and len(said) <= _WHO_WORDS and not _is_story(words)
    answers = {"helped": Answer(words=words)} if who else {}
    told = Reply("" if who else words, incoming.media, incoming.album, incoming.pin)
    reply = told if told != Reply() else None
    conversation.begin(turn, "report", context, answers, reply)


def _is_story(words: str) -> bool:
    return any(guess.certain for guess in guess_kinds(words, 1))
