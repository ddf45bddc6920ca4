"""What the bot may keep only with a yes of its own, one question for each (Law 91/2025/QH15
article 9: voluntary, informed, for each purpose; silence and a default are no consent).

Receiving a report needs no consent: it is the State's task of the ward police (article 19).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ConsentPurpose(StrEnum):
    """HOUSE keeps the house number, so that an alert need not ask; PHONE a number to call
    back; NAME shows the police the messenger's name with a report. ERASURE is no consent but
    stands with them: the request to erase everything, whose row counts as withdrawn once the
    last open report is closed and nothing is left to do."""

    HOUSE = "house"
    PHONE = "phone"
    NAME = "name"
    ERASURE = "erasure"


# The catalogue key of each question.
QUESTIONS: Final[Mapping[ConsentPurpose, str]] = MappingProxyType(
    {
        ConsentPurpose.HOUSE: "enrolment.keep_house.ask",
        ConsentPurpose.PHONE: "enrolment.keep_phone.ask",
        ConsentPurpose.NAME: "report.name.ask",
        ConsentPurpose.ERASURE: "data.erase.ask",
    }
)
# What can be withdrawn, in the order in which it is shown.
WITHDRAWABLE: Final = (ConsentPurpose.HOUSE, ConsentPurpose.PHONE, ConsentPurpose.NAME)
