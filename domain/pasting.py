"""Groups that no bot can join, such as most groups on Zalo: somebody pastes the words there by
hand and says so. All spans are a proposal of this project.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from domain.announcing import Sort

# As many as are seen at once, beside one more choice.
MOST_GROUPS: Final = 4
NAME_LETTERS: Final = 60
# How long after the words were handed over somebody is reminded, once.
REMIND_AFTER: Final[Mapping[Sort, timedelta]] = MappingProxyType(
    {
        Sort.ORDINARY: timedelta(hours=3),
        Sort.HAZARD: timedelta(minutes=15),
        Sort.EMERGENCY: timedelta(minutes=15),
    }
)
# What was not pasted by then is not asked for any more.
ASKED_FOR: Final = timedelta(hours=48)
