"""A street in front of a bot, on each kind of database."""

import pytest
from sqlalchemy.engine import Connection

from bot.wording import Wording
from tests.conftest import Clock
from tests.handlers.chats import Chats
from tests.handlers.street import Street
from tests.house import HOUSE
from tests.incident_fixtures import duty, incident, precinct
from tests.precinct import Precinct

__all__ = ["chats", "duty", "incident", "precinct", "street", "wording"]


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The real catalogues, in a ward where somebody answers for the bot."""
    return Wording(house=HOUSE)


@pytest.fixture
def street(db: Connection, clock: Clock, wording: Wording) -> Street:
    """Empty: no ward, no people."""
    return Street(db, clock, wording)


@pytest.fixture
def chats(precinct: Precinct) -> Chats:
    """Everybody's messages, through the real router."""
    return Chats(precinct)
