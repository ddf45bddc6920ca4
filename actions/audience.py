"""Who is told of an incident beside the duty desk and its reporter, by the table of
domain/routing.py: the leader and the security team in private, and with the reporter's yes the
neighbourhood's chat. Never a word of the reporter, nor who it was; nothing twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.card_face import PLACE_LIMIT, kind_label, neighbourhood_of, ward_name
from actions.desks import desks_with_card, require_hears, require_in_table
from actions.receipt_face import numbers_of
from actions.rooms import neighbourhood_rooms
from domain.incidents import Place, is_still_open
from domain.kinds import advice_of, kind
from domain.lengths import shortened
from domain.notices import Lane, Moment, Notice, Param, Text
from domain.roles import Role
from domain.routing import Recipient, recipients_of
from domain.urgency import Urgency
from storage import memberships, outbox, wards
from storage.addresses import find_private_chat, get_address
from storage.cards import find_once
from storage.tables import Address, Incident

_NOTHING: Final = Text("text.nothing")
_ROLES: Final = ((Role.LEADER, Recipient.LEADER), (Role.TEAM, Recipient.TEAM))


@dataclass(frozen=True, slots=True)
class _Hearer:
    """Somebody who may be told; `mark` makes the message the only one about an incident."""

    recipient: Recipient
    address: Address
    mark: str


def tell_leaders(db: Connection, incident: Incident, now: datetime) -> int:
    """Tell the leader and the security team of the neighbourhood, each once; how many heard it
    just now. Call it again when the urgency was raised or another neighbourhood is known."""
    hearers = list(_leaders(db, incident))
    if not hearers:
        return 0
    notice = _notice(db, incident, _for_leaders(db, incident))
    return sum(_tell(db, incident, each, notice, now) for each in hearers)


def alert_neighbourhood(db: Connection, incident: Incident, now: datetime) -> int:
    """Warn the neighbourhood's chats, each once; how many were warned just now. Nothing where
    the table does not allow it, or the reporter did not say yes, or the report is suspect."""
    if not incident.tell_neighbours or incident.suspect:
        return 0
    advice = tuple(Text(key) for key in advice_of(kind(incident.kind), incident.words))
    notice = _notice(db, incident, (*advice, Text("audience.neighbours.help")))
    return sum(_tell(db, incident, each, notice, now) for each in _chats(db, incident))


def tell_all_clear(db: Connection, incident: Incident, now: datetime) -> int:
    """It was closed, or its reporter took it back: one line to everybody who was warned; how
    many."""
    if Recipient.LEADER not in recipients_of(incident.kind, Urgency.P1):
        return 0
    notice, count = Notice(_over(db, incident, now)), 0
    for row in outbox.list_concerning(db, _subject(incident.id)):
        address = get_address(db, row.address_id)
        recipient = Recipient.LEADER if address.private else Recipient.NEIGHBOURHOOD
        if address.unreachable_at is None:
            require_in_table(incident, recipient)
            about, once = f"clear:{incident.id}", f"clear:{row.id}"
            outbox.put(db, address, notice, Lane.EMERGENCY, now, concerns=about, once=once)
            count += 1
    return count


def _leaders(db: Connection, incident: Incident) -> Iterator[_Hearer]:
    """Whoever holds both roles hears it once."""
    if incident.neighbourhood_id is None or not is_still_open(incident):
        return
    allowed = recipients_of(incident.kind, Urgency(incident.urgency))
    for role, recipient in _ROLES:
        if recipient not in allowed:
            continue
        for held in memberships.list_holders(
            db, role.value, incident.ward_code, incident.neighbourhood_id
        ):
            if address := find_private_chat(db, held.person_id):
                yield _Hearer(recipient, address, f"p{held.person_id}")


def _chats(db: Connection, incident: Incident) -> Iterator[_Hearer]:
    if incident.neighbourhood_id is None or not is_still_open(incident):
        return
    if Recipient.NEIGHBOURHOOD not in recipients_of(incident.kind, Urgency(incident.urgency)):
        return
    for room in neighbourhood_rooms(db, incident.ward_code, incident.neighbourhood_id):
        address = get_address(db, room.address_id)
        if address.unreachable_at is None:
            yield _Hearer(Recipient.NEIGHBOURHOOD, address, f"r{address.id}")


def _tell(
    db: Connection, incident: Incident, hearer: _Hearer, notice: Notice, now: datetime
) -> bool:
    # Opened again it is told anew: whoever heard the all-clear would not know.
    life = ":again" if incident.reopened_at is not None else ""
    once = f"{_subject(incident.id)}:{hearer.mark}{life}"
    if find_once(db, once) is not None:
        return False
    require_hears(db, incident, hearer.recipient, hearer.address)
    # Not "incident:": whoever replies to it is no officer at work.
    about = _subject(incident.id)
    outbox.put(db, hearer.address, notice, Lane.EMERGENCY, now, concerns=about, once=once)
    return True


def _subject(incident_id: int) -> str:
    return f"told:{incident_id}"


def _notice(db: Connection, incident: Incident, more: tuple[Text, ...]) -> Notice:
    params: dict[str, Param] = {"numbers": numbers_of(incident)}
    what: dict[str, Param] = {"kind": kind_label(incident.kind), "where": _where(db, incident)}
    again = Text("audience.again") if incident.reopened_at is not None else _NOTHING
    trial = Text("house.trial")
    lines = (Text("audience.call", params), trial, Text("audience.what", what), again, *more)
    return Notice(Text("audience.alert", {"lines": lines}))


def _for_leaders(db: Connection, incident: Incident) -> tuple[Text, ...]:
    words = Place.from_json(incident.place).words
    place = _NOTHING
    if incident.named and words:
        place = Text("audience.place", {"words": shortened(words, PLACE_LIMIT)})
    return (place, _police(db, incident), Text("audience.leader.help"))


def _police(db: Connection, incident: Incident) -> Text:
    """Whether the police hear of it at all: leaders rely on that."""
    params: dict[str, Param] = {"ward": ward_name(db, incident.ward_code)}
    params["numbers"] = numbers_of(incident)
    heard = "told" if desks_with_card(db, incident) else "nobody"
    return Text(f"audience.police.{heard}", params)


def _where(db: Connection, incident: Incident) -> Text:
    """The neighbourhood and a public place in it; a house is nobody's business."""
    name = neighbourhood_of(db, incident.neighbourhood_id)
    landmark = Place.from_json(incident.place).landmark
    around = wards.find_neighbourhood(db, incident.neighbourhood_id or 0)
    if around is None or landmark not in around.landmarks:
        return name
    return Text("audience.where.near", {"name": name, "landmark": landmark})


def _over(db: Connection, incident: Incident, now: datetime) -> Text:
    how = "closed" if incident.withdrawn_at is None else "withdrawn"
    params: dict[str, Param] = {"kind": kind_label(incident.kind), "at": Moment(now, "time")}
    params["where"] = _where(db, incident)
    params["ward"] = ward_name(db, incident.ward_code)
    params["numbers"] = numbers_of(incident)
    return Text(f"audience.clear.{how}", params)
