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
    back; NAME shows the police the messenger's name with a report. URGENT brings urgent posts
    of the neighbourhood into the private chat; CONFIRM what asks “Đã nắm được”, and shows name
    and house of who has not answered to the leader and the author. TOPICS keeps which groups
    somebody wants the news of (domain/audiences.py). ERASURE is no consent but stands with
    them: the request to erase everything, whose row counts as withdrawn once the last open
    report is closed and nothing is left to do."""

    HOUSE = "house"
    PHONE = "phone"
    NAME = "name"
    URGENT = "urgent"
    CONFIRM = "confirm"
    TOPICS = "topics"
    ERASURE = "erasure"


# The catalogue key of each question.
QUESTIONS: Final[Mapping[ConsentPurpose, str]] = MappingProxyType(
    {
        ConsentPurpose.HOUSE: "enrolment.keep_house.ask",
        ConsentPurpose.PHONE: "enrolment.keep_phone.ask",
        ConsentPurpose.NAME: "report.name.ask",
        ConsentPurpose.URGENT: "reading.urgent.ask",
        ConsentPurpose.CONFIRM: "reading.confirm.ask",
        ConsentPurpose.TOPICS: "tags.ask",
        ConsentPurpose.ERASURE: "data.erase.ask",
    }
)
# What can be withdrawn, in the order in which it is shown.
WITHDRAWABLE: Final = (
    ConsentPurpose.HOUSE,
    ConsentPurpose.PHONE,
    ConsentPurpose.NAME,
    ConsentPurpose.URGENT,
    ConsentPurpose.CONFIRM,
    ConsentPurpose.TOPICS,
)
# What brings posts into the private chat, in the order in which it is asked.
IN_PRIVATE: Final = (ConsentPurpose.URGENT, ConsentPurpose.CONFIRM)
# Whoever agreed to one of these lives where they said, and is asked like the enrolled after a
# long silence.
RECEIVING: Final = (*IN_PRIVATE, ConsentPurpose.TOPICS)
