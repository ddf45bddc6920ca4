"""What the ladder says. In private a locked phone may show it to anybody: the code, how urgent,
the neighbourhood, and what sort of thing it is; never a word of the report, nor where exactly.
"""

from typing import Final

from sqlalchemy.engine import Connection

from actions.card_buttons import numbered
from actions.card_face import kind_label, neighbourhood_of, ward_name
from actions.card_history import officer_name
from actions.desks import desks_with_card
from actions.receipt_face import numbers_of
from domain.codes import spoken
from domain.incidents import Act
from domain.kinds.groups import groups_of
from domain.ladder import Ladder, Phone, Rung
from domain.notices import Button, Contact, Moment, Notice, Param, Text, plain
from domain.phones import spoken_phone
from domain.routing import Recipient, recipients_of
from domain.urgency import Urgency
from storage.tables import Incident

_NOTHING: Final = Text("text.nothing")
# The numbers that have a name of their own for an address book.
_NAMED: Final = frozenset({"112", "113", "114", "115"})


def call_of(db: Connection, incident: Incident, rung: Rung) -> Notice:
    """What somebody on this step reads in private."""
    has_card = bool(desks_with_card(db, incident))
    lines = (
        Text(f"ladder.head.p{incident.urgency}"),
        Text("house.trial"),
        Text("ladder.what", _about(db, incident)),
        Text(f"ladder.to.{rung.word}"),
        Text("ladder.card" if has_card else "ladder.no_card"),
    )
    return Notice(Text("ladder.call", {"lines": lines}), _buttons(incident))


def phones_of(db: Connection, incident: Incident, ladder: Ladder) -> Notice:
    """What the duty chat reads in the end: whom to phone."""
    about = _about(db, incident) | {"numbers": numbers_of(incident)}
    lines = (
        Text("ladder.phone.head", about),
        Text("house.trial"),
        Text("ladder.phone.ward" if ladder.phones else "ladder.phone.none", about),
        *map(_phone_line, ladder.phones),
        Text("ladder.phone.else", about),
    )
    return Notice(Text("ladder.call", {"lines": lines}), _buttons(incident))


def contacts_of(incident: Incident, ladder: Ladder) -> list[Contact]:
    """The same numbers as cards: in a text they cannot be tapped everywhere."""
    chosen = [Contact(each.number, _whose(each)) for each in ladder.phones]
    first = numbers_of(incident).split(", ")[0]
    if first not in _NAMED:
        return chosen
    return [*chosen, Contact(first, Text(f"danger.contact.{first}"))]


def taken_of(db: Connection, incident: Incident) -> Notice:
    """What stands in the place of all that once somebody took it."""
    params: dict[str, Param] = {
        "code": spoken(incident.code),
        "name": officer_name(db, incident.officer_id or 0),
        "at": Moment(incident.taken_at or incident.created_at, "time"),
    }
    return Notice(Text("ladder.taken", params))


def withdrawn_of(incident: Incident) -> Notice:
    """The same once its reporter called it a mistake."""
    at = Moment(incident.withdrawn_at or incident.created_at, "time")
    return Notice(Text("ladder.withdrawn", {"code": spoken(incident.code), "at": at}))


def _about(db: Connection, incident: Incident) -> dict[str, Param]:
    return {
        "code": spoken(incident.code),
        "sort": _sort_of(incident),
        "where": neighbourhood_of(db, incident.neighbourhood_id),
        "at": Moment(incident.created_at, "time"),
        "ward": ward_name(db, incident.ward_code),
    }


def _sort_of(incident: Incident) -> Text:
    """The kind where all around may hear of it; else only its group, and of a quiet one not
    even that."""
    if incident.quiet:
        return Text("ladder.quiet")
    if Recipient.NEIGHBOURHOOD in recipients_of(incident.kind, Urgency(incident.urgency)):
        return kind_label(incident.kind)
    return Text(f"kind.group.{groups_of(incident.kind)[0]}")


def _buttons(incident: Incident) -> tuple[tuple[Button, ...], ...]:
    """The card's own button: whether somebody may is asked when it is pressed."""
    return ((Button(numbered(Act.TAKE), f"i:{incident.id}:{Act.TAKE.value}"),),)


def _phone_line(phone: Phone) -> Text:
    params: dict[str, Param] = {"name": _whose(phone), "number": spoken_phone(phone.number)}
    return Text("ladder.phone.line", params)


def _whose(phone: Phone) -> Text:
    return plain(phone.name) if phone.name else Text("ladder.phone.nameless")
