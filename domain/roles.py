"""Who a person is to a ward, and what a bound chat is for."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A standing that a ward grants (docs/glossary): no role at all is a resident."""

    ADMINISTRATOR = "administrator"
    CHIEF = "chief"
    OFFICER = "officer"
    LEADER = "leader"
    TEAM = "team"
    MEDIATOR = "mediator"


class Purpose(StrEnum):
    """What a group chat is bound to serve."""

    NEIGHBOURHOOD = "neighbourhood"
    DUTY = "duty"
    MEDIATION = "mediation"


@dataclass(frozen=True, slots=True)
class Standing:
    """One role in one ward; `neighbourhood_id` narrows a leader or team member to theirs."""

    role: Role
    ward_code: str
    neighbourhood_id: int | None = None
