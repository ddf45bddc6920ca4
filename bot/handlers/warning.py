"""An officer warns neighbourhoods: by the card's button, by "cảnh báo khu 1, khu 3" below a card,
or by /canhbao with the code. In the duty chat it is answered by replies and presses, in private
like any conversation; four taps send it.
"""

import html
import re
from datetime import timedelta
from typing import Any, Final

from actions.announcement_face import messages_of
from actions.announcing import preview_of
from actions.card_buttons import WARNING_NUMBER
from actions.card_history import officer_name
from actions.codes import unused_code
from actions.conversations import is_question_of
from actions.desk_matters import find_desk
from actions.recording import may_record
from actions.warnings import (
    Warned,
    find_reported,
    list_around,
    planned_warning,
    public_numbers,
    require_warn,
    send_prevention,
    send_warning,
)
from bot.flows import warning as flow
from bot.flows.audience_step import chosen, read_where, value_of_several
from bot.flows.draft import Draft, Reply
from bot.flows.outcomes import Outcome, Review
from bot.flows.warning_until import until_of
from bot.handlers import beginning, conversation, groups
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.announcing import State
from domain.codes import spoken
from domain.errors import Refused
from domain.notices import Moment, Notice, Param, Text
from domain.text import fold
from domain.urgency import Urgency
from domain.warnings import Reach, is_emergency, lasts_for, suggestion_key
from storage import tables
from storage.tables import Incident

# Announcements are read by everybody, in the language of the country.
_SPOKEN: Final = "vi"
_HEADS: Final = ("canh bao", "warn")
_TAGS: Final = re.compile(r"<[^>]+>")
_CODE: Final = re.compile(r"(?:\d[ .\-–]?){8}")
# As long a colleague is left alone with a warning that is being written in the duty chat.
_WRITTEN_FOR: Final = timedelta(minutes=10)
_FLOWS: Final = ("warning", "prevention")


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


def show_post(turn: Turn, before: Draft | None, outcome: Outcome) -> None:
    """Above the review stands the warning itself, as it will be seen."""
    draft = outcome.draft
    if not isinstance(outcome, Review) or draft.flow != "warning" or draft.offered:
        return
    if before is not None and before.step == "review" and _same(before, draft):
        return
    try:
        planned = planned_warning(turn.db, turn.person, _warned(turn, draft), turn.now)
        code = str(draft.context["post_code"])
        post = preview_of(turn.db, turn.person, planned, code, turn.bot.name, turn.now)
    except Refused as refused:
        turn.say(Notice(refused.text))
        return
    for notice in messages_of(post):
        turn.say(notice)


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Send it. Raises Refused."""
    if draft.flow == "prevention":
        _finish_prevention(turn, draft_id, draft)
        return
    warned = _warned(turn, draft)
    made = send_warning(
        turn.db, turn.person, warned, draft_id, turn.bot.name, turn.now, turn.random_below,
        code=str(draft.context["post_code"]),
    )  # fmt: skip
    name = "waits" if made.state == State.WAITING.value else "sent"
    params: dict[str, Param] = {"code": spoken(made.code), "until": Moment(warned.expires_at)}
    turn.say(Notice(Text(f"warning.{name}", params)))


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
    conversation.begin(turn, "warning", {**context, "where_known": where}, note=note)


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
    return {
        **flow.context_of(incident.kind, emergency=emergency, hours=hours, begun=turn.now),
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


def _warned(turn: Turn, draft: Draft) -> Warned:
    return Warned(
        incident_id=int(str(draft.context["incident"])),
        words=_plain(turn, flow.words_of(draft)),
        neighbourhoods=chosen(draft),
        expires_at=until_of(draft) or turn.now,
        emergency=flow.is_emergency(draft),
        shows_person=flow.shows_person(draft),
        media=draft.get("words").media,
    )


def _finish_prevention(turn: Turn, draft_id: int, draft: Draft) -> None:
    key = suggestion_key(flow.kind_of(draft), Reach.GENERALLY)
    made = send_prevention(
        turn.db, turn.person, int(str(draft.context["incident"])), _plain(turn, Text(key)),
        draft_id, turn.bot.name, turn.now, random_below=turn.random_below,
    )  # fmt: skip
    name = "waits" if made.state == State.WAITING.value else "sent"
    params: dict[str, Param] = {"code": spoken(made.code)}
    turn.say(Notice(Text(f"warning.general.{name}", params)))


def _plain(turn: Turn, text: Text) -> str:
    """The words that the officer makes their own by sending them."""
    return html.unescape(_TAGS.sub("", turn.bot.words_of(text, _SPOKEN)))


def _same(before: Draft, after: Draft) -> bool:
    return dict(before.answers) == dict(after.answers)


def _reply(turn: Turn) -> Reply:
    incoming = turn.incoming
    return Reply(incoming.text, incoming.media, incoming.album, incoming.pin)
