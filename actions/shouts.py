"""A cry for help in a neighbourhood's chat: answered with the number, and with its author's yes
it becomes an incident that everybody around is warned of. Two who shout the same are one
incident. Nobody's message is ever removed, and nothing of it is repeated.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.engine import Connection

from actions.additions import Addition, add_to_incident
from actions.audience import alert_neighbourhood
from actions.card_face import kind_label, ward_name
from actions.desks import desks
from actions.incidents import ReportedIncident, report_incident
from domain.errors import Refused
from domain.incidents import Source
from domain.kinds import kind
from domain.kinds.numbers_for import numbers_for
from domain.notices import Button, Lane, Moment, Notice, Param, Text
from domain.quiet import is_quiet
from domain.routing import asks_neighbours
from domain.urgency import Urgency
from storage import drafts, incidents, outbox, shouts
from storage.addresses import get_address, list_addresses_of, list_ids_of
from storage.keys import mark
from storage.tables import Address, Draft, Incident, Person, Room

SAME_FOR: Final = timedelta(minutes=10)
# A yes that comes later is about something that is over: it would alarm everybody around.
ASKED_FOR: Final = timedelta(hours=1)
# A kind that is not named before the whole neighbourhood: it would say who needs help with what.
_UNNAMED: Final = frozenset({"SUICIDE_RISK"})


def hear(
    db: Connection,
    room: Room,
    author: Address,
    message: tuple[str, str],
    kind_code: str,
    now: datetime,
) -> None:
    """Somebody shouted: `message` is its id and its words. The number stands in the answer
    whatever comes of it."""
    message_id, words = message
    known = _shouted(db, room, kind_code, now)
    if known is not None:
        _add(db, known, author, words, now)
        _say_known(db, room, author, known, message_id, now)
        return
    asked = _asked_before(db, room, author, kind_code, now)
    if asked is not None:
        state = {**asked.state, "words": f"{asked.state['words']}\n{words}"}
        drafts.change_draft(db, asked.id, state=state, updated_at=now)
        return
    state = {"room": room.address_id, "kind": kind_code, "words": words}
    shout_id = shouts.add_shout(db, author.id, state, now)
    notice = _question(shout_id, kind_code, words, message_id)
    address = get_address(db, room.address_id)
    about = _subject(shout_id)
    row_id = outbox.put(db, address, notice, Lane.EMERGENCY, now, concerns=about)
    drafts.change_draft(db, shout_id, state={**state, "row": row_id})


def require_author(db: Connection, shout_id: int, person: Person) -> Draft:
    """The question, for who shouted. Raises Refused for everybody else, and where it was
    answered already."""
    shout = shouts.find_shout(db, shout_id)
    if shout is None:
        raise Refused("command.old_button")
    if shout.address_id not in list_ids_of(db, person.id):
        numbers = _numbers(shout.state["kind"], shout.state["words"])
        raise Refused("overheard.only_author", numbers=numbers)
    return shout


def is_over(shout: Draft, now: datetime) -> bool:
    """Whether its author's answer came ASKED_FOR after the cry, or later."""
    return now - shout.created_at >= ASKED_FOR


def let_go(db: Connection, shout: Draft, now: datetime) -> Text:
    """The answer came too late: nothing is sent. What stands in the question's place now: to
    call, and to write anew if it still goes on."""
    return _end(db, shout, "overheard.over", now)


def confirm(
    db: Connection,
    shout: Draft,
    room: Room,
    now: datetime,
    random_below: Callable[[int], int],
) -> Incident:
    """The author's yes: the police, and where the table allows it the neighbourhood. Where
    somebody else's yes came first, it is more about the same incident, and no second alarm."""
    known = _shouted(db, room, shout.state["kind"], now)
    if known is not None:
        author = get_address(db, shout.address_id)
        known = _add(db, known, author, shout.state["words"], now)
        _settle(db, shout, known, now)
        return known
    incident = report_incident(db, _report(db, shout, room), now, random_below)
    if asks_neighbours(incident.kind, Urgency(incident.urgency)):
        incidents.set_columns(db, incident.id, tell_neighbours=True)
        incident = incidents.get(db, incident.id)
        alert_neighbourhood(db, incident, now)
    _settle(db, shout, incident, now)
    return incident


def deny(db: Connection, shout: Draft, now: datetime) -> None:
    """The author's no: nothing was sent; the number stays."""
    _end(db, shout, "overheard.denied", now)


def author_of(db: Connection, person: Person, bot: str) -> Address:
    """The private chat with this bot of who wrote in a group; it need not be open. Raises
    LookupError."""
    found = [each for each in list_addresses_of(db, person.id) if each.bot == bot]
    if not found:
        raise LookupError(f"person {person.id} has no address with {bot}")
    return found[0]


def find_asked(db: Connection, room: Room, author: Address, now: datetime) -> Draft | None:
    """The newest question that still waits for this author in this chat."""
    found = shouts.list_shouts_of(db, author.id, now - SAME_FOR)
    return next((each for each in found if each.state["room"] == room.address_id), None)


def hush(db: Connection, room: Room, button: tuple[Button, ...], now: datetime) -> None:
    """Somebody was accused before everybody: one line that repeats nothing and names nobody,
    at most once in ten minutes."""
    slot = int(now.timestamp() // SAME_FOR.total_seconds())
    notice = Notice(Text("overheard.hush"), (button,))
    address = get_address(db, room.address_id)
    once = f"hush:{room.address_id}:{slot}"
    outbox.put(db, address, notice, Lane.CONVERSATION, now, once=once)


def numbers_only(kind_code: str, words: str, button: tuple[Button, ...]) -> Notice:
    """The answer to a cry of which nobody knows whose it is."""
    numbers = Text("overheard.call", {"numbers": _numbers(kind_code, words)})
    lines = (numbers, Text("house.trial"), Text("overheard.unknown"))
    return Notice(Text("overheard.lines", {"lines": lines}), (button,))


def _report(db: Connection, shout: Draft, room: Room) -> ReportedIncident:
    return ReportedIncident(
        draft_id=shout.id,
        reporter=get_address(db, shout.address_id),
        kind=shout.state["kind"],
        words=shout.state["words"],
        ward_code=room.ward_code,
        neighbourhood_id=room.neighbourhood_id,
        source=Source.GROUP,
        urgent=True,
    )


def _shouted(db: Connection, room: Room, kind_code: str, now: datetime) -> Incident | None:
    return shouts.find_shouted(db, room.neighbourhood_id or 0, kind_code, now - SAME_FOR)


def _asked_before(
    db: Connection, room: Room, author: Address, kind_code: str, now: datetime
) -> Draft | None:
    asked = find_asked(db, room, author, now)
    return asked if asked is not None and asked.state["kind"] == kind_code else None


def _add(
    db: Connection, incident: Incident, author: Address, words: str, now: datetime
) -> Incident:
    mine = incidents.is_reported_from(db, incident.id, [author.id])
    return add_to_incident(db, incident, Addition(author.bot, words, overheard=not mine), now)


def _say_known(
    db: Connection, room: Room, author: Address, incident: Incident, message_id: str, now: datetime
) -> None:
    """Once to each who shouts it; who that was cannot be read from the mark."""
    params: dict[str, Param] = {"at": Moment(incident.created_at, "time")}
    lines = (
        Text("overheard.call", {"numbers": _numbers(incident.kind, incident.words)}),
        Text("house.trial"),
        Text("overheard.known", params),
    )
    notice = Notice(Text("overheard.lines", {"lines": lines}), replies_to=message_id or None)
    address = get_address(db, room.address_id)
    once = f"heard:{mark(db, f'{incident.id}:{author.id}')}"
    outbox.put(db, address, notice, Lane.EMERGENCY, now, once=once)


def _question(shout_id: int, kind_code: str, words: str, message_id: str) -> Notice:
    numbers = Text("overheard.call", {"numbers": _numbers(kind_code, words)})
    named = not is_quiet(kind_code) and kind_code not in _UNNAMED
    ask = Text("overheard.ask", {"kind": kind_label(kind_code)})
    lines = (numbers, Text("house.trial"), ask if named else Text("overheard.ask.unnamed"))
    widely = asks_neighbours(kind_code, Urgency.P1)
    yes = Text(f"overheard.yes.{'all' if widely else 'police'}")
    buttons = (
        (Button(_numbered(1, yes), tap=f"q:{shout_id}:yes"),),
        (Button(_numbered(2, Text("overheard.no")), tap=f"q:{shout_id}:no"),),
    )
    text = Text("overheard.lines", {"lines": lines})
    return Notice(text, buttons, replies_to=message_id or None)


def _settle(db: Connection, shout: Draft, incident: Incident, now: datetime) -> None:
    params: dict[str, Param] = {"ward": ward_name(db, incident.ward_code)}
    params["at"] = Moment(incident.created_at, "time")
    numbers = _numbers(shout.state["kind"], shout.state["words"])
    heard = "told" if desks(db, incident.ward_code) else "no_desk"
    lines = (
        Text("overheard.call", {"numbers": numbers}),
        Text(f"overheard.{heard}", {**params, "numbers": numbers}),
    )
    outbox.edit(db, shout.state["row"], Notice(Text("overheard.lines", {"lines": lines})), now)
    drafts.change_draft(db, shout.id, status="done", state=None, updated_at=now)


def _end(db: Connection, shout: Draft, key: str, now: datetime) -> Text:
    numbers = _numbers(shout.state["kind"], shout.state["words"])
    text = Text(key, {"numbers": numbers})
    outbox.edit(db, shout.state["row"], Notice(text), now)
    drafts.change_draft(db, shout.id, status="done", state=None, updated_at=now)
    return text


def _numbers(kind_code: Any, words: Any) -> str:
    of_kind = kind(str(kind_code))
    return ", ".join(numbers_for(of_kind, str(words), raised=of_kind.urgency != Urgency.P1))


def _numbered(number: int, label: Text) -> Text:
    return Text("menu.numbered", {"number": number, "label": label})


def _subject(shout_id: int) -> str:
    return f"shout:{shout_id}"
