"""Words that come late may make an emergency of a calm report: its sender then waits like
anybody with an emergency, from that moment on.
"""

from datetime import timedelta

import pytest

from actions.additions import Addition, add_to_incident
from actions.unheard import tell_unheard
from domain.urgency import Urgency
from storage import incidents
from storage.tables import Address
from tests.precinct import BOT, Precinct

DANGER = "có dao, đang chém người, chảy máu"


def heard_at(precinct: Precinct, seconds: int) -> list[str]:
    """What comes so many seconds after `precinct.now`."""
    before = len(precinct.outbox(precinct.resident_home))
    tell_unheard(precinct.db, precinct.now + timedelta(seconds=seconds))
    added = len(precinct.outbox(precinct.resident_home)) - before
    return precinct.texts(precinct.resident_home)[-added:] if added else []


@pytest.mark.parametrize("kind", ["NOISE", "DRUG"])
def test_raised_after_hours_every_step_is_told(
    precinct: Precinct, duty: Address, kind: str
) -> None:
    incident = precinct.report(kind, "Hàng xóm bịa làm gì đó")
    precinct.deliver()
    precinct.now += timedelta(hours=2)
    tell_unheard(precinct.db, precinct.now)
    raised = add_to_incident(
        precinct.db, precinct.again(incident), Addition(BOT, DANGER), precinct.now
    )
    assert raised.urgency == Urgency.P1
    assert (raised.urgent_since, raised.waits_told) == (precinct.now, 0)
    precinct.deliver()
    assert heard_at(precinct, 59) == []
    for number, second in enumerate((60, 180, 600, 1800), start=1):
        (said,) = heard_at(precinct, second)
        assert ("Từ giờ" in said) == (number == 4)
        assert heard_at(precinct, second) == []


def test_what_only_adds_words_starts_nothing_anew(precinct: Precinct, duty: Address) -> None:
    fire = precinct.report("FIRE")
    precinct.deliver()
    assert len(heard_at(precinct, 60)) == 1
    said = Addition(BOT, "cháy to lắm")
    add_to_incident(precinct.db, precinct.again(fire), said, precinct.now)
    kept = incidents.get(precinct.db, fire.id)
    assert (kept.urgent_since, kept.waits_told) == (None, 1)
