"""How much of a broadcast one transaction does: the one writer, which an emergency may be waiting
for, is held for some ten milliseconds (benchmarks/broadcast.py).
"""

from typing import Final, NamedTuple

# Copies that one transaction puts, lets go or looks at.
PIECE: Final = 40


class Piece(NamedTuple):
    """What a call put: so many copies; `more` where it wants to be called again for the rest."""

    put: int = 0
    more: bool = False
