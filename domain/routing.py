"""Who hears of what: the one table. The ward's duty desk hears of everything; what threatens
everybody around also goes to those who can help at once. What may hurt a person when a
neighbour knows it never leaves the desk.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.urgency import Urgency


class Recipient(StrEnum):
    """Who is told of a report besides the one who made it: the duty chats of the ward; the
    leader and the security team of the neighbourhood where it happened, each in private; the
    chat of that neighbourhood, and that one only with the reporter's yes. While nobody takes an
    urgent one also the officers, the deputy and the chief of the ward's police, each in
    private, by number and sort alone (actions/ladder.py)."""

    DESK = "desk"
    OFFICER = "officer"
    DEPUTY = "deputy"
    CHIEF = "chief"
    LEADER = "leader"
    TEAM = "team"
    NEIGHBOURHOOD = "neighbourhood"


_DESK: Final = frozenset({Recipient.DESK})
# Urgent: the desk, and whoever of the same police is woken when it is silent.
_POLICE: Final = _DESK | {Recipient.OFFICER, Recipient.DEPUTY, Recipient.CHIEF}
_ALL: Final = frozenset(Recipient)
# What is not urgent wakes nobody.
_AROUND: Final = _ALL - _POLICE | _DESK

Row = tuple[frozenset[Recipient], ...]

_ONLY_THE_DESK: Final[Row] = (_POLICE, _POLICE, _DESK, _DESK)
_NOBODY_WOKEN: Final[Row] = (_DESK, _DESK, _DESK, _DESK)

# By urgency, P1 to P4. A kind without a row here is a fault that a test finds.
_TABLE: Final[dict[str, Row]] = {
    # Hazards to all: fire and gas, drowning, flood and landslide, distress at sea; a fallen
    # wire, but not a broken lamp.
    "FIRE": (_ALL, _ALL, _AROUND, _AROUND),
    "RESCUE": (_ALL, _ALL, _AROUND, _AROUND),
    "DISASTER": (_ALL, _ALL, _AROUND, _AROUND),
    "SEA_SOS": (_ALL, _ALL, _AROUND, _AROUND),
    "HAZARD": (_ALL, _ALL, _DESK, _DESK),
    # Danger to one person, or from one: neighbours would learn who, or walk into it.
    "MEDICAL": _ONLY_THE_DESK,
    "TRAFFIC_CRASH": _ONLY_THE_DESK,
    "MISSING": _ONLY_THE_DESK,
    "SUICIDE_RISK": _ONLY_THE_DESK,
    "WEAPON": _ONLY_THE_DESK,
    # Violence, at home above all, children, sexual offences: never to a leader or a group.
    "ASSAULT": _ONLY_THE_DESK,
    "DV": _ONLY_THE_DESK,
    "THREAT": _ONLY_THE_DESK,
    "DISORDER": _ONLY_THE_DESK,
    "CHILD_ABUSE": _ONLY_THE_DESK,
    "SEXUAL": _ONLY_THE_DESK,
    "TRAFFICKING": _ONLY_THE_DESK,
    # Property: whoever is suspected lives around the corner.
    "THEFT": _ONLY_THE_DESK,
    "SCAM": _ONLY_THE_DESK,
    "ROBBERY": _ONLY_THE_DESK,
    "LOAN_SHARK": _ONLY_THE_DESK,
    "PROPERTY_DAMAGE": _ONLY_THE_DESK,
    "IMPERSONATION": _ONLY_THE_DESK,
    "CYBER": _ONLY_THE_DESK,
    "SEA_THEFT": _ONLY_THE_DESK,
    "LOST_FOUND": _ONLY_THE_DESK,
    # Drugs, gambling and all that accuses somebody: never to a leader or a group.
    "DRUG": _ONLY_THE_DESK,
    "GAMBLING": _ONLY_THE_DESK,
    "STRANGER": _ONLY_THE_DESK,
    "FIREWORK": _ONLY_THE_DESK,
    "SOCIAL_EVIL": _ONLY_THE_DESK,
    "BORDER": _ONLY_THE_DESK,
    "FOREIGNER": _ONLY_THE_DESK,
    "SEA_ILLEGAL": _ONLY_THE_DESK,
    "MINING": _ONLY_THE_DESK,
    # Everyday matters: most are a complaint about somebody, too.
    "NOISE": _ONLY_THE_DESK,
    "DISPUTE": _ONLY_THE_DESK,
    "TRAFFIC": _ONLY_THE_DESK,
    "ENV": _ONLY_THE_DESK,
    "ANIMAL": _ONLY_THE_DESK,
    "URBAN": _ONLY_THE_DESK,
    "MARKET": _ONLY_THE_DESK,
    "FOOD": _ONLY_THE_DESK,
    "IDEA": _ONLY_THE_DESK,
    "EX_OFFENDER": _ONLY_THE_DESK,
    "OTHER": _ONLY_THE_DESK,
    # No incident is made of these (below); what an older version filed stays at the desk, and a
    # complaint about an official is not brought to the chief, whom it may be about.
    "OFFICIAL": _NOBODY_WOKEN,
    "RESIDENCE": _NOBODY_WOKEN,
}

ROUTES: Final[Mapping[str, Row]] = MappingProxyType(_TABLE)

# A complaint about an official is written and signed, and goes to the body above them; a stay
# notice has its own register. The bot says where (domain.md 5 and 7) and files nothing.
_NO_INCIDENT: Final = frozenset({"OFFICIAL", "RESIDENCE"})


def recipients_of(kind_code: str, urgency: Urgency) -> frozenset[Recipient]:
    """Everybody who may hear of a report of this kind. Raises KeyError for an unknown one."""
    return ROUTES[kind_code][urgency - 1]


def asks_neighbours(kind_code: str, urgency: Urgency) -> bool:
    """Whether to ask the reporter for a yes to alerting the neighbourhood."""
    return Recipient.NEIGHBOURHOOD in recipients_of(kind_code, urgency)


def makes_incident(kind_code: str) -> bool:
    """Whether a report of this kind is filed at all."""
    return kind_code not in _NO_INCIDENT
