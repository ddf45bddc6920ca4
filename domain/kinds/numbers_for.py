"""Whom to call about one report: its kind's numbers, and the police where somebody attacks."""

from typing import Final

from domain.kinds.kind import Kind, phrases
from domain.phrases import phrase_index, told

POLICE: Final = "113"

# A wounded man whose attacker stands beside him needs more than an ambulance.
_ATTACK: Final = phrases(
    "cầm dao|rút dao|vác dao|có dao|dí dao|cầm súng|có súng|nổ súng|cầm kiếm|cầm mã tấu|"
    "bị đâm|bị chém|đâm chém|đang đánh|đánh chết|bị đánh|đánh nhau|bóp cổ|giữ con tin|"
    "truy sát|giết người|with a knife|has a knife|has a gun|stabbed|being attacked"
)


def numbers_for(kind: Kind, words: str, *, raised: bool = False) -> tuple[str, ...]:
    """The numbers to call, the most fitting first, never none. `raised`: what was told made it
    an emergency that its kind is not."""
    if POLICE in kind.numbers:
        return kind.numbers
    if not kind.numbers or raised or phrase_index(_ATTACK).found_in(told(words)):
        return (*kind.numbers, POLICE)
    return kind.numbers
