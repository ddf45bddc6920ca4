"""Fresh codes for what people get a receipt of; one code never means two things."""

from collections.abc import Callable
from typing import Final

from sqlalchemy.engine import Connection

from domain.codes import new_code
from storage import incidents, mediations

_TRIES: Final = 50


def unused_code(db: Connection, random_below: Callable[[int], int]) -> str:
    """Eight digits that neither an incident nor a mediation has. Raises RuntimeError when
    chance fails fifty times in a row, which means that `random_below` is broken."""
    for _ in range(_TRIES):
        code = new_code(random_below)
        taken = incidents.find_by_code(db, code) or mediations.find_by_code(db, code)
        if taken is None:
            return code
    raise RuntimeError("no unused code found")
