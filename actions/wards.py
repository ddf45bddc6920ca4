"""Setting up a ward: which one, and the neighbourhoods that it named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from actions.standings import standings_of
from domain.access import require_set_up_ward
from domain.text import fold, nfc
from storage import wards
from storage.tables import Neighbourhood, Person, Ward


@dataclass(frozen=True, slots=True)
class WardSetUp:
    """The ward with all of its neighbourhoods, and how many of them are new."""

    ward: Ward
    neighbourhoods: list[Neighbourhood]
    added: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of where a person is: `ward` and `neighbourhood` are None while unknown;
    `neighbourhoods` are those that they may mean, of all `wards` that this bot serves."""

    wards: dict[str, Ward]
    ward: Ward | None
    neighbourhood: Neighbourhood | None
    neighbourhoods: list[Neighbourhood]


def surroundings_of(
    db: Connection, person: Person, served: Sequence[str], at: int | None = None
) -> Surroundings:
    """`served` are the codes of the bot's wards, () for all; `at` is the neighbourhood where
    somebody is now, where that is not the one that is known of them."""
    known = {ward.code: ward for ward in wards.list_wards(db, served)}
    near, place = None, at or person.neighbourhood_id
    if place is not None:
        near = wards.find_neighbourhood(db, place)
    if near is not None and near.ward_code not in known:
        near = None
    ward = known[near.ward_code] if near else None
    if ward is None and len(known) == 1:
        (ward,) = known.values()
    codes = (ward.code,) if ward else tuple(known)
    around = wards.list_neighbourhoods(db, codes) if codes else []
    return Surroundings(known, ward, near, around)


def find_served(
    db: Connection, neighbourhood_id: int, served: Sequence[str]
) -> Neighbourhood | None:
    """The neighbourhood with this id where its ward is one of `served` (() for all)."""
    # Ids come out of links that anybody can write: one that no column can hold is none.
    if not 0 < neighbourhood_id < 2**31:
        return None
    found = wards.find_neighbourhood(db, neighbourhood_id)
    return found if found and (not served or found.ward_code in served) else None


def set_up_ward(
    db: Connection, person_id: int, code: str, name: str, neighbourhoods: Iterable[str]
) -> WardSetUp:
    """Add what is not there yet; a second time changes nothing. Names that differ only by
    accents or case are one. Raises Refused."""
    require_set_up_ward(standings_of(db, person_id), code)
    return merge_ward(db, code, name, neighbourhoods)


def merge_ward(db: Connection, code: str, name: str, neighbourhoods: Iterable[str]) -> WardSetUp:
    """`set_up_ward` without a person: for the command line, which is the operator."""
    ward = wards.find_ward(db, code) or wards.add_ward(db, code, name)
    present = {n.name_fold for n in wards.list_neighbourhoods(db, (code,))}
    fresh: dict[str, str] = {}
    for name in neighbourhoods:
        fresh.setdefault(fold(name), nfc(name).strip())
    added = fresh.keys() - present - {""}
    for key, shown in fresh.items():
        if key in added:
            wards.add_neighbourhood(db, code, shown, key)
    return WardSetUp(ward, wards.list_neighbourhoods(db, (code,)), len(added))


def name_of_neighbourhood(db: Connection, neighbourhood_id: int) -> str:
    """Raises LookupError."""
    return wards.get_neighbourhood(db, neighbourhood_id).name
