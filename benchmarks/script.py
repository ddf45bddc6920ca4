"""The eight steps that every bot in the comparison is led through, and what its answer to each
must hold. The same shape for all: a command, five taps and two answers in words.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Step:
    """What a person does (`says`, or a press of the n-th button of the last answer), and words
    that the bot's answer to it must hold, all of them; `{words}`, `{place}` and `{number}` are
    what the person typed, of whom no two type the same."""

    answers: tuple[str, ...]
    says: str = ""
    taps: int = 0


WORDS: Final = "hàng xóm hát karaoke to quá, {number}"
PLACE: Final = "Ngõ 4, nhà số {number}"

# Ours, in the words of the catalogues; a change of words there that breaks this is seen at once:
# every answer is counted as wrong.
OURS: Final = (
    Step(("công an",), says="/start"),
    Step(("chuyện gì",), says="/baotin"),
    Step(("Đây là việc gì",), says=WORDS),
    Step(("khu",), taps=0),
    Step(("Ở đâu",), taps=0),
    Step(("tên",), says=PLACE),
    Step(("{words}", "{place}"), taps=1),
    Step(("Mã",), taps=0),
)

PEER: Final = (
    Step(("Choose",), says="/start"),
    Step(("What happened?",), taps=0),
    Step(("Which kind?",), says=WORDS),
    Step(("Which neighbourhood?",), taps=0),
    Step(("Where?",), taps=0),
    Step(("Give your name?",), says=PLACE),
    Step(("{words}", "{place}"), taps=1),
    Step(("Received", "{words}", "{place}"), taps=0),
)

# Up to where somebody has told what happened and thinks about the next question.
OURS_LEFT_OPEN: Final = OURS[1:3]
PEER_LEFT_OPEN: Final = PEER[:3]

SCRIPTS: Final = {
    "ours": OURS,
    "peer": PEER,
    "ours_left_open": OURS_LEFT_OPEN,
    "peer_left_open": PEER_LEFT_OPEN,
}


def typed(words: str, number: int) -> str:
    """What this person says, or must be answered."""
    for name, text in (("{words}", WORDS), ("{place}", PLACE)):
        words = words.replace(name, text)
    return words.replace("{number}", str(number))
