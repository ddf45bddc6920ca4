"""The wards that use the bot, and the neighbourhoods that each ward named."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.engine import Connection
from sqlmodel import col, select

from domain.self_test import SELF_WARD
from storage.rows import add, change, find_by, list_by, rows, rows_kept
from storage.tables import Neighbourhood, Ward

_NAMED: Final = select(Ward).order_by(col(Ward.code))
_WARDS: Final = _NAMED.where(col(Ward.code) != SELF_WARD)
_NEIGHBOURHOODS: Final = select(Neighbourhood).order_by(
    col(Neighbourhood.ward_code), col(Neighbourhood.id)
)


def find_ward(db: Connection, code: str) -> Ward | None:
    """The ward with this official five-character code, if it uses the bot."""
    return find_by(db, Ward, code=code)


def get_ward(db: Connection, code: str) -> Ward:
    """Raises LookupError."""
    ward = find_ward(db, code)
    if ward is None:
        raise LookupError(f"ward {code}")
    return ward


def list_wards(db: Connection, codes: Sequence[str] = ()) -> list[Ward]:
    """Every ward, or those of `codes`, by code. That of the self-test is none for anybody who
    does not name it."""
    if not codes:
        return rows_kept(db, Ward, _WARDS)
    return rows(db, Ward, _NAMED.where(col(Ward.code).in_(codes)))


def add_ward(db: Connection, code: str, name: str) -> Ward:
    """A ward begins to use the bot; `name` is its official one."""
    ward = Ward(code=code, name=name)
    add(db, ward)
    return ward


def find_neighbourhood(db: Connection, key: int) -> Neighbourhood | None:
    """The neighbourhood with this id."""
    return find_by(db, Neighbourhood, id=key)


def get_neighbourhood(db: Connection, key: int) -> Neighbourhood:
    """Raises LookupError."""
    neighbourhood = find_neighbourhood(db, key)
    if neighbourhood is None:
        raise LookupError(f"neighbourhood {key}")
    return neighbourhood


def list_neighbourhoods(db: Connection, ward_codes: Sequence[str] = ()) -> list[Neighbourhood]:
    """Those of these wards, or of every ward, in the order in which they were named."""
    if not ward_codes:
        return rows_kept(db, Neighbourhood, _NEIGHBOURHOODS)
    each = (list_by(db, Neighbourhood, ward_code=code) for code in sorted(set(ward_codes)))
    return [neighbourhood for here in each for neighbourhood in here]


def add_neighbourhood(
    db: Connection, ward_code: str, name: str, name_fold: str, landmarks: Sequence[str] = ()
) -> Neighbourhood:
    """`name_fold` is domain.text.fold(name): one per ward."""
    neighbourhood = Neighbourhood(
        ward_code=ward_code, name=name, name_fold=name_fold, landmarks=list(landmarks)
    )
    neighbourhood.id = add(db, neighbourhood)
    return neighbourhood


def set_landmarks(db: Connection, neighbourhood_id: int, landmarks: Sequence[str]) -> None:
    """The public places by which people say where something is."""
    change(db, Neighbourhood, neighbourhood_id, landmarks=list(landmarks))
