"""What a mediation chat can look up: the requests that nobody has taken yet, without a name
and without a story.
"""

from sqlalchemy.engine import Connection

from actions.card_face import neighbourhood_of
from actions.rooms import find_room
from actions.standings import standings_of
from domain.access import may_take_mediation
from domain.codes import spoken
from domain.errors import Refused
from domain.notices import Moment, Param, Text
from domain.roles import Purpose
from storage import mediations
from storage.tables import Mediation, Person


def list_waiting(db: Connection, address_id: int, mediator: Person) -> list[Mediation] | None:
    """The requests that this mediator may take, in their mediation chat; None in any other
    chat. Raises Refused for somebody who is no mediator of the ward."""
    room = find_room(db, address_id)
    if room is None or room.purpose != Purpose.MEDIATION.value:
        return None
    standings = standings_of(db, mediator.id)
    waiting = mediations.list_waiting(db, room.ward_code)
    own = (standing.neighbourhood_id for standing in standings)
    if not any(may_take_mediation(standings, room.ward_code, place) for place in own):
        raise Refused("access.mediators_only")
    return [each for each in waiting if may_take_mediation(standings, *_where(each))]


def line_of(db: Connection, mediation: Mediation, number: int) -> Text:
    """A request as one line of a list: no name and no story."""
    params: dict[str, Param] = {
        "number": number,
        "code": spoken(mediation.code),
        "where": neighbourhood_of(db, mediation.neighbourhood_id),
        "at": Moment(mediation.created_at),
    }
    return Text("mediator.list.line", params)


def _where(mediation: Mediation) -> tuple[str, int | None]:
    return mediation.ward_code, mediation.neighbourhood_id
