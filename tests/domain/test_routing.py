"""Who hears of what, row by row: written out a second time here, so that no row of the table
changes unnoticed."""

import pytest

from domain.kinds import KINDS
from domain.routing import ROUTES, Recipient, asks_neighbours, makes_incident, recipients_of
from domain.urgency import Urgency

ALL = frozenset(Recipient)
DESK = frozenset({Recipient.DESK})
WOKEN = frozenset({Recipient.OFFICER, Recipient.DEPUTY, Recipient.CHIEF})
NOBODY_WOKEN = {"OFFICIAL", "RESIDENCE"}
HAZARDS = {"FIRE": 4, "RESCUE": 4, "DISASTER": 4, "SEA_SOS": 4, "HAZARD": 2}
NEVER_A_NEIGHBOUR = [
    "DRUG",
    "GAMBLING",
    "DV",
    "CHILD_ABUSE",
    "SEXUAL",
    "OFFICIAL",
    "STRANGER",
    "FOREIGNER",
    "EX_OFFENDER",
    "SOCIAL_EVIL",
    "THEFT",
    "SCAM",
    "LOAN_SHARK",
    "ASSAULT",
    "THREAT",
    "DISPUTE",
    "NOISE",
    "SUICIDE_RISK",
    "MEDICAL",
    "MISSING",
]


def test_every_kind_has_a_row_and_no_other() -> None:
    assert set(ROUTES) == set(KINDS)
    assert all(len(row) == len(Urgency) for row in ROUTES.values())


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("code", sorted(KINDS))
def test_row(code: str, urgency: Urgency) -> None:
    """Hazards to all down to their level go to all; everything else to the desk, and, where it
    is urgent, to whoever of the police is woken when the desk is silent."""
    wanted = ALL - WOKEN if urgency <= HAZARDS.get(code, 0) else DESK
    if urgency <= Urgency.P2 and code not in NOBODY_WOKEN:
        wanted |= WOKEN
    assert recipients_of(code, urgency) == wanted
    assert asks_neighbours(code, urgency) is (urgency <= HAZARDS.get(code, 0))


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("code", NEVER_A_NEIGHBOUR)
def test_what_hurts_when_a_neighbour_knows_it_stays_at_the_desk(
    code: str, urgency: Urgency
) -> None:
    """The desk, and those who sit at it: the ward's own police."""
    assert recipients_of(code, urgency) - WOKEN == {Recipient.DESK}


def test_an_unknown_kind_goes_nowhere() -> None:
    with pytest.raises(KeyError):
        recipients_of("UNKNOWN", Urgency.P1)


def test_what_makes_no_incident() -> None:
    assert {code for code in KINDS if not makes_incident(code)} == {"OFFICIAL", "RESIDENCE"}
