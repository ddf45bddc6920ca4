"""How the residents' conversations begin: with what is known of where the person is."""

from dataclasses import replace
from typing import Any, Final

from actions import people
from actions.wards import Surroundings, find_served, surroundings_of
from bot.flows.draft import Reply
from bot.handlers import conversation
from bot.handlers.turn import Turn
from domain.notices import Notice, Text
from storage.tables import Neighbourhood

# Where a draft notes the neighbourhood of the group link that was pressed over it.
_LINKED: Final = "linked"


def begin_report(
    turn: Turn, reply: Reply | None = None, *, at: int | None = None, quiet: bool = False
) -> None:
    """Report something; `reply` is what was said already, `at` the neighbourhood where it is;
    `quiet` where it may belong to a report that is. Who passes on what others wrote may only
    wonder whether it is true."""
    wonders = turn.incoming.forwarded and bool(turn.incoming.text)
    note = Text("proving.forwarded") if wonders else None
    _begin(turn, "report", reply, at or _linked(turn), quiet=quiet, note=note)


def hold_report(turn: Turn, reply: Reply, note: str) -> None:
    """Keep what was said as a report's beginning, and ask first whether it is one."""
    around = surroundings_of(turn.db, turn.person, turn.bot.wards)
    conversation.hold(turn, "report", context_of(around), reply, note)


def begin_mediation(turn: Turn, reply: Reply | None = None) -> None:
    """Ask for mediation."""
    _begin(turn, "mediation", reply)


def _begin(
    turn: Turn,
    flow: str,
    reply: Reply | None,
    at: int | None = None,
    *,
    quiet: bool = False,
    note: Text | None = None,
) -> None:
    around = surroundings_of(turn.db, turn.person, turn.bot.wards, at)
    if not around.wards:
        # Nobody would read it: say so, with the numbers of those who would answer.
        turn.say(Notice(Text("command.no_ward_yet")))
        return
    context = {**context_of(around), **({"quiet": True} if quiet else {})}
    conversation.begin(turn, flow, context, reply=reply, note=note)


def context_of(around: Surroundings) -> dict[str, Any]:
    """What a flow may know. Where several wards are possible, each neighbourhood is shown
    with its ward; `ward_code` is "" while it is unknown."""
    several = around.ward is None
    return {
        "ward": around.ward.name if around.ward else "",
        "ward_code": around.ward.code if around.ward else "",
        "wards": [{"code": each.code, "name": each.name} for each in around.wards.values()],
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
    return {"id": each.id, "name": shown, "ward_code": each.ward_code}


def remember_place(turn: Turn, payload: str) -> int | None:
    """The neighbourhood of the group whose link was pressed, if this bot serves it. It is
    noted, too, in what stands open, which may have to be answered first."""
    if not payload.isdecimal() or not payload.isascii():
        return None
    place = find_served(turn.db, int(payload), turn.bot.wards)
    if place is None:
        return None
    people.note_reported_from(turn.db, turn.person, place.id)
    row = conversation.find(turn)
    if row is not None:
        draft = conversation.read(row)
        noted = replace(draft, context={**draft.context, _LINKED: place.id})
        conversation.keep(turn, row, noted)
    return place.id


def _linked(turn: Turn) -> int | None:
    row = conversation.find(turn)
    linked = conversation.read(row).context.get(_LINKED) if row is not None else None
    return linked if isinstance(linked, int) else None
