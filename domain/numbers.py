"""The national numbers that people are told to call, with the day when each was checked.

A ward's own numbers change and live with its contacts; these are the same everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A short number, free of charge, and when it was last checked against its source."""

    number: str
    checked_on: date

    @property
    def label_key(self) -> str:
        """The catalogue key of what the number is for."""
        return f"kind.number.{self.number}"


_CHECKED_ON: Final = date(2026, 11, 22)

# 112 took over disasters and rescue on 15/09/2025 (Decisions 2023 and 2024/QĐ-TTg).
NUMBERS: Final[Mapping[str, EmergencyNumber]] = MappingProxyType(
    {
        number: EmergencyNumber(number, _CHECKED_ON)
        for number in ("113", "114", "115", "112", "111")
    }
)
