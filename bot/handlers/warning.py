"""An officer warns neighbourhoods: by the card's button, by "cảnh báo khu 1, khu 3" below a card,
or by /canhbao with the code. In the duty chat it is answered by replies and presses, in private
like any conversation; three taps send it.
"""

import re
from datetime import timedelta
from typing import Any, Final

from actions.card_buttons import WARNING_NUMBER
from actions.card_face import kind_label
from actions.card_history import officer_name
from actions.codes import unused_code
from actions.conversations import is_question_of
from actions.desk_matters import find_desk
from actions.recording import may_record
from actions.warnings import (
    find_reported,
    list_around,
    public_numbers,
    public_place_of,
    require_warn,
)
from bot.flows import warning as flow
from bot.flows.audience_step import ALL, read_where, value_of_several
from bot.flows.draft import Draft, Reply
from bot.handlers import beginning, conversation, groups
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.codes import spoken
from domain.errors import Refused
from domain.lengths import shortened
from domain.notices import Notice, Param, Text
from domain.text import fold
from domain.urgency import Urgency
from domain.warnings import Reach, is_emergency, lasts_for
from storage import tables
from storage.tables import Incident

_HEADS: Final = ("canh bao", "canhbao", "warn")
_CODE: Final = re.compile(r"(?:\d[ .\-–]?){8}")
# As long a colleague is left alone with a warning that is being written in the duty chat.
_WRITTEN_FOR: Final = timedelta(minutes=10)
_FLOWS: Final = ("warning", "prevention")
# Of the suggested words a line of the review shows so many letters.
_BEGINNING: Final = 60


def begin(turn: Turn, rest: str = "") -> None:
    """/canhbao with the code of a report, and perhaps the neighbourhoods; whoever is no officer
    reports it. Raises Refused."""
    if turn.incoming.private and not may_record(turn.db, turn.person.id, turn.bot.wards):
        beginning.begin_report(turn, _reply(turn))
        return
    _begin(turn, find_reported(turn.db, turn.person, rest), _CODE.sub(" ", rest, count=1))


def begin_in_group(turn: Turn, rest: str = "") -> None:
    """The same in a duty chat. Raises Refused."""
    if find_desk(turn.db, turn.address.id, turn.person.id) is None:
        groups.point_to_private(turn)
    else:
        begin(turn, rest)


def on_tap(turn: Turn, rest: str) -> None:
    """A press on a card: `<incident id>`. Raises Refused."""
    incident_id = find_id(rest)
    if incident_id is None:
        raise Refused("incident.old_button")
    _begin(turn, require_warn(turn.db, incident_id, turn.person)[0], "")


def asked_in(words: str) -> str | None:
    """What follows "cảnh báo" below a card, "" for nothing; None where it is no such reply."""
    said = fold(words)
    if said == str(WARNING_NUMBER):
        return ""
    head = next((head for head in _HEADS if f"{said} ".startswith(f"{head} ")), None)
    if head is None:
        return None
    count = len(head.split())
    return "".join(words.split(maxsplit=count)[count:])


def on_card(turn: Turn, incident: Incident, areas: str) -> None:
    """A reply to a card. Raises Refused."""
    _begin(turn, incident, areas)


def on_reply(turn: Turn, row: tables.Outbox) -> bool:
    """Whether it answers, in a duty chat, the question that stands open there."""
    draft = conversation.find(turn)
    if draft is None or draft.flow not in _FLOWS or not is_question_of(row, draft):
        return False
    if draft.state["context"].get("person") != turn.person.id:
        turn.say(Notice(Text("warning.of_another")))
    else:
        conversation.go_on(turn, draft, _reply(turn))
    return True


def stop(turn: Turn) -> bool:
    """In a group nobody can take up what was left; that it ended is all there is to say."""
    if turn.incoming.private:
        return False
    turn.say(Notice(Text("warning.cancelled")))
    return True


def _begin(turn: Turn, incident: Incident, areas: str) -> None:
    incident, reach = require_warn(turn.db, incident.id, turn.person)
    if not turn.incoming.private:
        if find_desk(turn.db, turn.address.id, turn.person.id) != incident.ward_code:
            raise Refused("incident.old_button")
        _require_free(turn)
    if reach is Reach.GENERALLY:
        context = {"kind": incident.kind, "incident": incident.id, "person": turn.person.id}
        conversation.begin(turn, "prevention", context)
        return
    context = _context(turn, incident)
    where, note = _areas(context, areas, incident)
    note = _about(turn, incident, context, where) if note is None else note
    conversation.begin(turn, "warning", {**context, "where_known": where}, note=note)


def _about(turn: Turn, incident: Incident, context: dict[str, Any], where: str) -> Text:
    """Which incident it is about, where the warning goes, and how other words are sent."""
    names = {str(each["id"]): str(each["name"]) for each in context["neighbourhoods"]}
    chosen = names if where == ALL else where.split("+")
    areas = ", ".join(names[each] for each in chosen if each in names)
    params: dict[str, Param] = {"code": spoken(incident.code), "kind": kind_label(incident.kind)}
    lines = [Text("warning.about", params)]
    if areas:
        lines.append(Text("warning.about.areas", {"areas": areas}))
    lines.append(Text(f"warning.about.{'private' if turn.incoming.private else 'group'}"))
    return Text("warning.lines", {"lines": tuple(lines)})


def _require_free(turn: Turn) -> None:
    """Two officers do not write in one another's warning."""
    row = conversation.find(turn)
    if row is None:
        return
    writer = row.state.get("context", {}).get("person")
    if writer not in (None, turn.person.id) and row.updated_at > turn.now - _WRITTEN_FOR:
        raise Refused("warning.another_writes", name=officer_name(turn.db, writer))
    conversation.leave(turn, row)


def _context(turn: Turn, incident: Incident) -> dict[str, Any]:
    around = list_around(turn.db, incident)
    hours = int(lasts_for(incident.kind) / timedelta(hours=1))
    emergency = is_emergency(Urgency(incident.urgency))
    place = public_place_of(turn.db, incident)
    said = turn.bot.plain_of(flow.suggested_words(incident.kind, place), turn.person.locale)
    known = flow.context_of(
        incident.kind, emergency=emergency, hours=hours, begun=turn.now, place=place,
        suggestion=shortened(said, _BEGINNING),
    )  # fmt: skip
    return {
        **known,
        "incident": incident.id,
        "person": turn.person.id,
        "neighbourhoods": [
            {"id": each.id, "name": each.name, "ward": each.ward_code} for each in around
        ],
        "public": list(public_numbers()),
        "post_code": unused_code(turn.db, turn.random_below),
    }


def _areas(context: dict[str, Any], areas: str, incident: Incident) -> tuple[str, Text | None]:
    """Those that were named, else where it happened; and what was not understood."""
    reading = read_where(Draft("warning", context=context), areas) if areas.strip() else None
    if reading is not None and reading.answer is not None:
        return reading.answer.choice, None
    if reading is not None:
        return "", reading.reason or Text("warning.where.unclear")
    near = incident.neighbourhood_id
    return value_of_several((near,)) if near else "", None


def _reply(turn: Turn) -> Reply:
    incoming = turn.incoming
    return Reply(incoming.text, incoming.media, incoming.album, incoming.pin)
