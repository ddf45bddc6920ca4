"""The 54 wards, communes and special zones of Quảng Ninh, and how people name them.

Names come from vietnam-provinces 2025.10.1 (checked against Resolution
1679/NQ-UBTVQH15); old names are in `domain.ward_aliases`. Nothing is read before it is used.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from domain.text import fold
from domain.ward_aliases import ALIASES, FORMER_AREAS

PROVINCE_CODE: Final = 22
_FILE: Final = "nested-divisions.json"
_OFFERED: Final = 5
_NEAR: Final = 60.0


@dataclass(frozen=True, slots=True)
class Ward:
    """A unit of Quảng Ninh; `code` is the official five digits, `name` begins with the type."""

    code: str
    name: str
    type: str

    @property
    def short_name(self) -> str:
        """The name without "Phường", "Xã" or "Đặc khu"."""
        return self.name[len(self.type) + 1 :]


class _Wards(Mapping[str, Ward]):
    """All wards by code; read from the package when first looked at (about 10 ms)."""

    def __getitem__(self, code: str) -> Ward:
        return _all()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(_all())

    def __len__(self) -> int:
        return len(_all())


WARDS: Final[Mapping[str, Ward]] = _Wards()


@cache
def _all() -> dict[str, Ward]:
    # The package's own modules take ten times as long to import as its file to read.
    package = find_spec("vietnam_provinces")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("vietnam_provinces")
    text = Path(package.origin).with_name("data").joinpath(_FILE).read_text(encoding="utf-8")
    provinces = json.loads(text)
    rows = next(each["wards"] for each in provinces if each["code"] == PROVINCE_CODE)
    wards = [Ward(f"{row['code']:05}", row["name"], row["division_type"]) for row in rows]
    return {ward.code: ward for ward in wards}


def ward(code: str) -> Ward:
    """The ward with this five-digit code; raises KeyError for one outside the province."""
    return WARDS[code]


_TAIL: Final = re.compile(r"(?: (?:tinh )?(?:quang ninh|qn))$")
_UNIT: Final = re.compile(
    r"^(?:phuong|xa|dac khu|dk|p|x|thi tran|tt|ward|commune|dao|huyen dao)(?: |$)"
)
_AREA: Final = re.compile(r"^(?:thanh pho|tp|thi xa|tx|huyen|h|q|quan) ")


def find_wards(query: str) -> tuple[Ward, ...]:
    """The wards that a name may mean; exactly one only when the name is exact.

    With or without accents and type. An old name gives the wards that it went into, a former
    town or district all wards of it. A near miss gives two to five candidates and never a
    single one, since names differ by a letter ("Quảng La", "Quảng Hà"): always ask.
    """
    plain = _TAIL.sub("", fold(query))
    name = _UNIT.sub("", plain)
    area = _AREA.sub("", plain)
    if not name:
        return ()
    if area in FORMER_AREAS and (area != plain or area == "hai ha"):
        return _by_names(FORMER_AREAS[area])
    for exact in (name, plain):
        if exact in _by_short_name():
            return (_by_short_name()[exact],)
        if exact in ALIASES:
            return _from_alias(*ALIASES[exact])
    return _near(name)


@cache
def _by_short_name() -> dict[str, Ward]:
    return {fold(each.short_name): each for each in WARDS.values()}


def _by_names(names: str) -> tuple[Ward, ...]:
    return tuple(_by_short_name()[name] for name in names.split("|"))


def _from_alias(names: str, whole: bool) -> tuple[Ward, ...]:
    """Of a divided old unit the neighbours are offered too, so that nothing looks sure."""
    found = _by_names(names)
    if whole or len(found) > 1:
        return found
    return tuple(dict.fromkeys((*found, *_near(names))))[:_OFFERED]


def _near(name: str) -> tuple[Ward, ...]:
    scored = sorted(
        ((_alike(name, short), each) for short, each in _by_short_name().items()),
        key=lambda pair: -pair[0],
    )
    near = [each for points, each in scored if points >= _NEAR][:_OFFERED]
    if len(near) == 1:
        near.append(scored[1][1])
    return tuple(near)


def _alike(name: str, short: str) -> float:
    # Imported only here: it is half of the time that this module takes to import.
    from rapidfuzz import fuzz  # noqa: PLC0415

    if len(name) >= 2 and (short.startswith(name) or f" {name}" in short):
        return 100.0
    return max(fuzz.ratio(name, short), fuzz.ratio(name.replace(" ", ""), short.replace(" ", "")))
