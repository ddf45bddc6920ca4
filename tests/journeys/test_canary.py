"""Whoever withholds their name is found nowhere: in no chat but their own, not with the duty desk,
not in what the program writes to its log, prints, or keeps. The real program, through every step
of a report, an alert, "báo hộ" and a request for mediation.
"""

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from actions.people import arrive
from actions.rooms import bind_room
from actions.standings import grant
from actions.wards import merge_ward
from cli.demo_seed import SERVING_FOR
from cli.demo_ward import BOT_NAME
from domain.roles import Purpose, Role
from storage.addresses import add_address
from storage.engine import writer_engine
from tests.journeys.canaries import (
    MAY_BE_READ,
    MEDIATION,
    NAME,
    PHONE,
    USERNAME,
    found_in,
    leaks,
    lies_in,
    missing,
    read_anywhere,
)
from tests.journeys.hurried import Hurried
from tests.journeys.test_canary_media import adds
from tests.journeys.test_quiet import does
from tests.journeys.town import Town, present
from tests.messenger import Persona
from tests.specimens import WORD, jpeg, ogg, pdf

ELSEWHERE = "06760"  # another ward
