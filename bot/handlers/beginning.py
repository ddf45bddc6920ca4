"""How the residents' conversations begin: with what is known of where the person is."""

from typing import Any

from actions import people
from actions.wards import Surroundings, find_served, surroundings_of
from bot.flows.draft import Reply
from bot.handlers import conversation
from bot.handlers.turn import Turn
from domain.notices import Notice, Text
from storage.tables import Neighbourhood


def begin_report(turn: Turn, reply: Reply | None = None) -> None:
    """Report something; `reply` is what was said already."""
    _begin(turn, "report", reply)


def hold_report(turn: Turn, reply: Reply, note: str, *, quiet: bool = False) -> None:
    """Keep what was said as a report's beginning, and ask first whether it is one; `quiet`
    where it may belong to one that is."""
    around = surroundings_of(turn.db, turn.person, turn.bot.wards)
    conversation.hold(turn, "report", {**context_of(around), "quiet": quiet}, reply, note)


def begin_mediation(turn: Turn, reply: Reply | None = None) -> None:
    """Ask for mediation."""
    _begin(turn, "mediation", reply)


def _begin(turn: Turn, flow: str, reply: Reply | None) -> None:
    around = surroundings_of(turn.db, turn.person, turn.bot.wards)
    if not around.wards:
        # Nobody would read it: say so, with the numbers of those who would answer.
        turn.say(Notice(Text("command.no_ward_yet")))
        return
    conversation.begin(turn, flow, context_of(around), reply=reply)


def context_of(around: Surroundings) -> dict[str, Any]:
    """What a flow may know. Where several wards are possible, each neighbourhood is shown
    with its ward; `ward_code` is "" while it is unknown."""
    several = around.ward is None
    return {
        "ward": around.ward.name if around.ward else "",
        "ward_code": around.ward.code if around.ward else "",
        "neighbourhood": _named(around, around.neighbourhood, several),
        "neighbourhoods": [_named(around, each, several) for each in around.neighbourhoods],
        "landmarks": {str(each.id): each.landmarks for each in around.neighbourhoods},
    }


def _named(
    around: Surroundings, each: Neighbourhood | None, several: bool
) -> dict[str, Any] | None:
    if each is None:
        return None
    shown = f"{each.name} ({around.wards[each.ward_code].name})" if several else each.name
    return {"id": each.id, "name": shown}


def remember_place(turn: Turn, payload: str) -> None:
    """The neighbourhood of the group whose link was pressed, if this bot serves it."""
    if not payload.isdecimal() or not payload.isascii():
        return
    place = find_served(turn.db, int(payload), turn.bot.wards)
    if place is not None:
        people.set_neighbourhood(turn.db, turn.person, place.id)
