"""The five groups in which kinds are offered as buttons; people never face 48 at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

FIRST: Final = 5


@dataclass(frozen=True, slots=True)
class Group:
    """A group of kinds (by code), the most common first."""

    code: str
    kinds: tuple[str, ...]

    @property
    def label_key(self) -> str:
        """The catalogue key of the group's name."""
        return f"kind.group.{self.code}"

    @property
    def first(self) -> tuple[str, ...]:
        """The kinds to offer before anybody asks for more."""
        return self.kinds[:FIRST]


def _group(code: str, kinds: str) -> Group:
    return Group(code, tuple(kinds.split()))


GROUPS: Final = (
    _group(
        "danger",
        "FIRE MEDICAL TRAFFIC_CRASH RESCUE MISSING "
        "HAZARD DISASTER SEA_SOS SUICIDE_RISK WEAPON",
    ),
    _group(
        "violence",
        "ASSAULT DV THREAT DISORDER CHILD_ABUSE SEXUAL TRAFFICKING",
    ),
    _group(
        "property",
        "THEFT SCAM ROBBERY LOAN_SHARK PROPERTY_DAMAGE "
        "IMPERSONATION CYBER SEA_THEFT LOST_FOUND",
    ),
    _group(
        "vice",
        "DRUG GAMBLING STRANGER FIREWORK SOCIAL_EVIL "
        "BORDER FOREIGNER SEA_ILLEGAL MINING WEAPON",
    ),
    _group(
        "daily",
        "NOISE DISPUTE TRAFFIC ENV ANIMAL "
        "URBAN HAZARD MARKET FOOD RESIDENCE LOST_FOUND IDEA OFFICIAL EX_OFFENDER OTHER",
    ),
)  # fmt: skip

_BY_CODE: Final[Mapping[str, Group]] = MappingProxyType({g.code: g for g in GROUPS})


def group(code: str) -> Group:
    """The group with this code; raises KeyError for an unknown one."""
    return _BY_CODE[code]


def groups_of(kind_code: str) -> tuple[str, ...]:
    """The codes of all groups that offer this kind."""
    return tuple(g.code for g in GROUPS if kind_code in g.kinds)
