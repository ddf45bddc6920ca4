"""What of an incident may become a warning to neighbourhoods, and how it starts out.

A warning is the officer's own deed, so more may be warned of than routing.py lets pass by
itself; but what may hurt a person when a neighbour knows it never shows, not even by its time.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.quiet import is_quiet
from domain.routing import Recipient, makes_incident, recipients_of
from domain.text import fold
from domain.urgency import Urgency


class Reach(StrEnum):
    """How far a warning about an incident may go.

    FREELY: the table of routing.py tells neighbours of such things anyway. CAREFULLY: only the
    desk hears of it; the officer may warn, and is told to name no place and nobody. GENERALLY:
    fixed words of prevention alone, to the whole ward, as an ordinary announcement that keeps
    quiet hours and no link to the incident: who reads it cannot tell that anything happened, nor
    where. NEVER: somebody in the same house may read it and draw the right conclusion.
    """

    FREELY = "freely"
    CAREFULLY = "carefully"
    GENERALLY = "generally"
    NEVER = "never"


_CAREFULLY: Final = frozenset(
    {
        "THEFT", "ROBBERY", "SCAM", "IMPERSONATION", "CYBER", "SEA_THEFT", "MISSING", "STRANGER",
        "TRAFFIC_CRASH", "WEAPON", "DISORDER", "ANIMAL", "FOOD", "ENV", "OTHER",
    }
)  # fmt: skip
# One person, one household: any words about it are words about them.
_NEVER: Final = frozenset({"SUICIDE_RISK", "MEDICAL", "EX_OFFENDER"})

# How long a warning is in force where the officer does not say otherwise.
_FOR: Final[Mapping[str, timedelta]] = MappingProxyType(
    {
        "FIRE": timedelta(hours=6),
        "RESCUE": timedelta(hours=6),
        "WEAPON": timedelta(hours=6),
        "DISORDER": timedelta(hours=6),
        "TRAFFIC_CRASH": timedelta(hours=6),
        "HAZARD": timedelta(hours=12),
        "SEA_SOS": timedelta(hours=12),
        "ROBBERY": timedelta(hours=12),
        "SCAM": timedelta(days=3),
        "IMPERSONATION": timedelta(days=3),
        "CYBER": timedelta(days=3),
        "THEFT": timedelta(days=3),
        "SEA_THEFT": timedelta(days=3),
    }
)
_USUALLY_FOR: Final = timedelta(hours=24)
LONGEST: Final = timedelta(days=7)

# Kinds with suggestions of their own; all others share the generic one.
WORDED: Final = frozenset(
    {
        "FIRE", "RESCUE", "DISASTER", "SEA_SOS", "HAZARD", "SCAM", "IMPERSONATION", "CYBER",
        "THEFT", "ROBBERY", "SEA_THEFT", "MISSING", "STRANGER", "TRAFFIC_CRASH", "WEAPON",
        "DISORDER", "ANIMAL", "FOOD",
    }
)  # fmt: skip
WORDED_GENERALLY: Final = frozenset({"DRUG", "GAMBLING", "LOAN_SHARK", "TRAFFICKING", "FIREWORK"})

# So many words in a row are the reporter's own and no accident.
_QUOTED_WORDS: Final = 7
_FEWEST_WORDS: Final = 4


def reach_of(kind_code: str, *, quiet: bool = False) -> Reach:
    """`quiet`: the incident itself is handled in quiet mode, whatever its kind."""
    if quiet or is_quiet(kind_code) or kind_code in _NEVER or not makes_incident(kind_code):
        return Reach.NEVER
    if any(Recipient.NEIGHBOURHOOD in recipients_of(kind_code, level) for level in Urgency):
        return Reach.FREELY
    return Reach.CAREFULLY if kind_code in _CAREFULLY else Reach.GENERALLY


def lasts_for(kind_code: str) -> timedelta:
    """How long a warning about this is in force unless the officer says otherwise."""
    return _FOR.get(kind_code, _USUALLY_FOR)


def is_emergency(urgency: Urgency) -> bool:
    """Whether a warning about this rings at any hour unless the officer says otherwise."""
    return urgency <= Urgency.P2


def suggestion_key(kind_code: str, reach: Reach) -> str:
    """The catalogue key of the words that are suggested; never made of what was reported."""
    if reach is Reach.GENERALLY:
        known = kind_code.lower() if kind_code in WORDED_GENERALLY else "other"
        return f"warning.general.{known}.words"
    known = kind_code.lower() if kind_code in WORDED else "other"
    return f"warning.kind.{known}.words"


def quotes(words: str, told: str, *, closely: bool) -> bool:
    """Whether words repeat what was reported so that its writer may be known by it: seven words
    in a row, and, looked at `closely`, all of it where it is shorter (four words at least)."""
    said, source = fold(words).split(), fold(told).split()
    size = min(_QUOTED_WORDS, len(source)) if closely else _QUOTED_WORDS
    if len(source) < size or size < _FEWEST_WORDS:
        return False
    runs = {tuple(source[at : at + size]) for at in range(len(source) - size + 1)}
    return any(tuple(said[at : at + size]) in runs for at in range(len(said) - size + 1))


def names(words: str, name: str) -> bool:
    """Whether a whole name of at least two words stands in these words."""
    parts = fold(name).split()
    return len(parts) > 1 and f" {' '.join(parts)} " in f" {fold(words)} "
