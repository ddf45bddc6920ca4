"""What may show who sent it though no name is given: a pin may be the house, a voice is known."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from domain.notices import Media, Pin

RECORDINGS: Final = frozenset({"voice", "audio", "video"})


class Giveaway(StrEnum):
    """A sort of it."""

    PIN = "pin"
    RECORDING = "recording"


def giveaways_in(media: Iterable[Media], *pins: Pin | None) -> frozenset[Giveaway]:
    """Which sorts are among these."""
    found = {Giveaway.PIN} if any(pins) else set()
    if any(map(is_recording, media)):
        found.add(Giveaway.RECORDING)
    return frozenset(found)


def is_recording(media: Media) -> bool:
    """Whether a voice may be heard in it."""
    return media.kind in RECORDINGS


def giveaways_key(found: frozenset[Giveaway]) -> str:
    """The part of a catalogue key that names these: pin, recording or both. One at least."""
    return "both" if len(found) == len(Giveaway) else next(iter(found)).value
