"""Fresh codes for what people get a receipt of, and for what is announced; one code never means
two things.
"""

from collections.abc import Callable
from typing import Final

from sqlalchemy.engine import Connection

from domain.codes import new_code
from storage.codes import is_used

_TRIES: Final = 50


def unused_code(db: Connection, random_below: Callable[[int], int]) -> str:
    """Eight digits that no incident, mediation or announcement has. Raises RuntimeError when
    chance fails fifty times in a row, which means that `random_below` is broken."""
    for _ in range(_TRIES):
        code = new_code(random_below)
        if not is_used(db, code):
            return code
    raise RuntimeError("no unused code found")
