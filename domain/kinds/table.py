"""All kinds together, in the order of the groups' tables."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.kinds import of_civic, of_daily, of_danger, of_property, of_vice, of_violence
from domain.kinds.groups import groups_of
from domain.kinds.kind import Kind

KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        entry.code: entry.kind(groups_of(entry.code))
        for tables in (of_danger, of_violence, of_property, of_vice, of_daily, of_civic)
        for entry in tables.ENTRIES
    }
)


def kind(code: str) -> Kind:
    """The kind with this code; raises KeyError for an unknown one."""
    return KINDS[code]
