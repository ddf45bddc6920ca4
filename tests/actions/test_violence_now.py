"""Violence that goes on is filed as an emergency, unless the report says when it was."""

import pytest

from actions.incidents import Occurred
from domain.urgency import Urgency
from tests.precinct import Precinct


@pytest.mark.parametrize(
    ("occurred", "urgency"),
    [
        (Occurred(), Urgency.P1),
        (Occurred("yesterday"), Urgency.P2),
        (Occurred("", "tháng trước"), Urgency.P2),
    ],
)
def test_a_husband_who_hits_is_an_emergency_now(
    precinct: Precinct, occurred: Occurred, urgency: Urgency
) -> None:
    filed = precinct.report("DV", "em bị chồng tát sưng mặt", occurred=occurred)
    assert filed.urgency == urgency


def test_a_fire_in_a_report_of_a_lamp_is_a_fire(precinct: Precinct) -> None:
    filed = precinct.report("HAZARD", "đèn đường hỏng\ncháy nhà rồi")
    assert filed.urgency == Urgency.P1
