"""What the police and the administrators of a ward see of its ladder: whom each step reaches
after how many minutes, what is missing, and, for those who keep it, how to change it.
"""

from typing import Final

from sqlalchemy.engine import Connection

from actions.card_face import ward_name
from actions.desks import desks
from actions.ladder_keeping import gap_lines, is_kept_by, ladder_of
from actions.ladder_people import gaps_of, people_at
from domain.ladder import Ladder, Phone, Rung
from domain.lengths import shortened
from domain.notices import Notice, Param, Text
from domain.phones import spoken_phone
from domain.urgency import Urgency
from storage.addresses import find_private_chat
from storage.tables import Person

_NOTHING: Final = Text("text.nothing")
_MOST_NAMED: Final = 12
_NAME_LIMIT: Final = 40


def view_of(db: Connection, ward_code: str, person_id: int) -> Notice:
    """As it stands now. The caller has asked who may see it."""
    ladder, gaps = ladder_of(db, ward_code), gaps_of(db, ward_code)
    rungs = tuple(_line(db, ward_code, ladder, rung) for rung in Rung)
    missing = (Text("ladder.missing"), *gap_lines(gaps)) if gaps else (Text("ladder.complete"),)
    help_ = Text("ladder.how") if is_kept_by(db, person_id, ward_code) else _NOTHING
    params: dict[str, Param] = {"ward": ward_name(db, ward_code)}
    params["lines"] = (*rungs, Text("ladder.ends"), *missing, help_)
    return Notice(Text("ladder.show", params))


def _line(db: Connection, ward_code: str, ladder: Ladder, rung: Rung) -> Text:
    params: dict[str, Param] = {
        "p1": ladder.minutes[Urgency.P1][rung - 1],
        "p2": ladder.minutes[Urgency.P2][rung - 1],
    }
    if rung is Rung.PHONE:
        params["chats"] = len(desks(db, ward_code))
        params["phones"] = tuple(map(_phone, ladder.phones)) or Text("ladder.phones.none")
    else:
        params["names"] = _names(db, people_at(db, ward_code, rung))
    return Text(f"ladder.rung.{rung.word}", params)


def _names(db: Connection, people: list[Person]) -> Param:
    if not people:
        return Text("ladder.nobody")
    shown = tuple(_name(db, each) for each in people[:_MOST_NAMED])
    more = Text("ladder.more", {"count": len(people) - _MOST_NAMED})
    return (*shown, more) if len(people) > _MOST_NAMED else shown


def _name(db: Connection, person: Person) -> Text:
    reached = "reached" if find_private_chat(db, person.id) else "unreached"
    return Text(f"ladder.name.{reached}", {"name": shortened(person.name, _NAME_LIMIT)})


def _phone(phone: Phone) -> Text:
    params: dict[str, Param] = {"name": phone.name, "number": spoken_phone(phone.number)}
    return Text("ladder.phone.kept", params)
