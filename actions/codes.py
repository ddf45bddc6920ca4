"""Fresh codes for what people get a receipt of, and for what is announced; one code never means
two things.
"""

from collections.abc import Callable
from typing import Final

from sqlalchemy.engine import Connection

from domain.codes import new_code
from storage import announcements, incidents, mediations

_TRIES: Final = 50
_KEPT: Final = (incidents.find_by_code, mediations.find_by_code, announcements.find_by_code)


def unused_code(db: Connection, random_below: Callable[[int], int]) -> str:
    """Eight digits that no incident, mediation or announcement has. Raises RuntimeError when
    chance fails fifty times in a row, which means that `random_below` is broken."""
    for _ in range(_TRIES):
        code = new_code(random_below)
        if all(find(db, code) is None for find in _KEPT):
            return code
    raise RuntimeError("no unused code found")
