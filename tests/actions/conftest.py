"""The fixtures of incidents for the tests of deeds."""

from tests.incident_fixtures import duty, incident, precinct

__all__ = ["duty", "incident", "precinct"]
