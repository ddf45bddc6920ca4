"""Whether typed words can be an answer at all: an emoji or the number of a button that is not
there tells an officer nothing.
"""

import re
from collections.abc import Callable
from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.steps import Reading
from domain.notices import Text

# Longer ones are telephone numbers; "12/5" is an address.
_LONE_NUMBER: Final = re.compile(r"\W*\d{1,5}\W*")


def is_legible(words: str) -> bool:
    """Whether there are letters, or more than one short number."""
    if any(map(str.isalpha, words)):
        return True
    return any(map(str.isdecimal, words)) and not _LONE_NUMBER.fullmatch(words)


def reads(hint: str) -> Callable[[Draft, str], Reading]:
    """Free words as the answer; what nobody can read is asked again with this hint."""

    def read(draft: Draft, words: str) -> Reading:
        if is_legible(words):
            return Reading(answer=Answer(words=words))
        return Reading(reason=Text(hint))

    return read
