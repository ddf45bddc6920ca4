"""Fixtures shared by the tests of deeds and of handlers: a ward, its duty chat, a theft in it."""

from datetime import datetime

import pytest
from sqlalchemy.engine import Connection

from storage.tables import Address, Incident
from tests.precinct import Precinct


@pytest.fixture
def precinct(db: Connection, now: datetime) -> Precinct:
    """An invented ward, on each kind of database."""
    return Precinct(db, now)


@pytest.fixture
def duty(precinct: Precinct) -> Address:
    """Its duty chat."""
    return precinct.room("-1")


@pytest.fixture
def incident(precinct: Precinct, duty: Address) -> Incident:
    """A theft whose card stands in the duty chat."""
    filed = precinct.report("THEFT", "Mất cái xe đạp")
    precinct.deliver()
    return filed
