"""A request for mediation: written down once, shown without accusation to the mediators of the
ward, taken by one of them. What the dispute is and with whom only that one reads, in private:
the privacy of the sides is the law's (Law 35/2013/QH13 article 4), and a group is no private
place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions.attachments import albums
from actions.card_face import PART_LIMIT, neighbourhood_of, ward_name
from actions.codes import unused_code
from actions.standings import standings_of
from domain.access import require_take_mediation
from domain.codes import spoken
from domain.errors import Refused
from domain.lengths import part, parts
from domain.names import given_name
from domain.notices import Button, Lane, Media, Moment, Notice, Param, Pin, Text, plain
from domain.roles import Purpose
from storage import addresses, mediations, outbox, rooms
from storage.cards import card_once, find_card, find_once, list_cards
from storage.tables import Address, Mediation, Person

# In domain.lengths.units: together far below the 4,096 of a message.
SUBJECT_LIMIT = 2_000
SIDE_LIMIT = 500
_NOTHING = Text("text.nothing")
# The choices of bot/flows/mediation.py; anything else is in the asker's own words.
_MEETINGS = ("evening", "weekend", "any")


@dataclass(frozen=True, slots=True)
class RequestedMediation:
    """What the asker said; `meeting` is when one can meet: evening, weekend, any, or
    words."""

    draft_id: int
    asker: Address
    ward_code: str
    neighbourhood_id: int | None
    subject: str
    other_side: str
    meeting: str = ""
    files: tuple[Media, ...] = ()
    pin: Pin | None = None


def request_mediation(
    db: Connection,
    request: RequestedMediation,
    now: datetime,
    random_below: Callable[[int], int],
) -> Mediation:
    """Write it down; a second call with the same draft changes nothing and returns the first."""
    asked = mediations.find_by_draft(db, request.draft_id)
    if asked is not None:
        return asked
    mediation = Mediation(
        code=unused_code(db, random_below),
        draft_id=request.draft_id,
        ward_code=request.ward_code,
        neighbourhood_id=request.neighbourhood_id,
        asker=str(request.asker.id),
        asker_mark=mediations.address_mark(db, request.asker.id),
        subject=request.subject,
        other_side=request.other_side,
        meeting=request.meeting,
        attached=[outbox.dump_notice(notice) for notice in _attached(request)],
        created_at=now,
    )
    mediation = mediations.add_mediation(db, mediation)
    sent = _put_cards(db, mediation, now)
    key = "mediator.receipt" if sent else "mediator.receipt.no_room"
    _tell_asker(db, mediation, key, now, once=_receipt_once(mediation))
    return mediation


def take_mediation(
    db: Connection, mediation_id: int, mediator: Person, home: Address | None, now: datetime
) -> Mediation:
    """A mediator takes it; the first press wins. `home` is the mediator's private chat, where
    alone the matter is told. Raises Refused."""
    mediation = mediations.find(db, mediation_id)
    if mediation is None:
        raise Refused("incident.unknown")
    standings = standings_of(db, mediator.id)
    require_take_mediation(standings, mediation.ward_code, mediation.neighbourhood_id)
    if home is None:
        raise Refused("mediator.private_chat_first")
    if not mediations.take(db, mediation.id, mediator.id, now):
        raise _taken(db, mediations.get(db, mediation.id), mediator)
    mediation = mediations.get(db, mediation.id)
    attached = map(outbox.load_notice, mediation.attached or ())
    for notice in (_matter(db, mediation), *_rest(mediation), *attached):
        outbox.put(db, home, notice, Lane.CONVERSATION, now)
    _tell_asker(db, mediation, "mediator.taken", now, name=given_name(mediator.name))
    _refresh_receipts(db, mediation, now)
    _refresh_cards(db, mediation, now)
    return mediation


def put_waiting_requests(db: Connection, ward_code: str, now: datetime) -> int:
    """A mediation chat was bound: show what nobody has seen, and tell the askers; how many."""
    chats = _chats(db, ward_code)
    waiting = [
        mediation
        for mediation in mediations.list_waiting(db, ward_code)
        if not any(find_card(db, _subject(mediation), chat.id) for chat in chats)
    ]
    for mediation in waiting:
        if _put_cards(db, mediation, now):
            once = _sent_now_once(mediation)
            _tell_asker(db, mediation, "mediator.sent_now", now, once=once)
    return len(waiting)


def card_of(db: Connection, mediation: Mediation) -> Notice:
    """What the mediators' chat sees: where, since when, and who has it; no name and no story."""
    where = {"neighbourhood": neighbourhood_of(db, mediation.neighbourhood_id)}
    known = mediation.neighbourhood_id is not None
    lines = (
        Text("mediator.card.head"),
        Text("mediator.card.who", where) if known else Text("mediator.card.who.unknown"),
        Text("mediator.card.since", {"at": Moment(mediation.created_at)}),
        Text("mediator.card.code", {"code": spoken(mediation.code)}),
        state_of(db, mediation),
    )
    take = Button(Text("mediator.button.take"), tap=f"m:{mediation.id}:take")
    buttons = ((take,),) if mediation.state == "new" else ()
    return Notice(text=Text("mediator.card.body", {"lines": lines}), buttons=buttons)


def state_of(db: Connection, mediation: Mediation) -> Text:
    """One line: nobody has taken it yet, or who did and when."""
    if mediation.mediator_id is None or mediation.taken_at is None:
        return Text("mediator.state.new")
    name = given_name(addresses.get_person(db, mediation.mediator_id).name)
    return Text("mediator.state.taken", {"name": name, "at": Moment(mediation.taken_at)})


def _matter(db: Connection, mediation: Mediation) -> Notice:
    """All that the mediator needs, for their eyes alone."""
    address = addresses.get_address(db, int(mediation.asker))
    asker = addresses.get_person(db, address.person_id or 0).name
    lines = (
        Text("mediator.matter.head", {"code": spoken(mediation.code)}),
        Text("mediator.matter.asker", {"name": asker}),
        Text(
            "mediator.matter.neighbourhood",
            {"name": neighbourhood_of(db, mediation.neighbourhood_id)},
        ),
        Text("mediator.matter.subject", {"words": part(mediation.subject, SUBJECT_LIMIT)[0]}),
        _line("mediator.matter.other", part(mediation.other_side, SIDE_LIMIT)[0]),
        _meeting(part(mediation.meeting, SIDE_LIMIT)[0]),
        Text("mediator.matter.keep"),
    )
    return Notice(text=Text("mediator.card.body", {"lines": lines}))


def _rest(mediation: Mediation) -> list[Notice]:
    """What was longer goes on in messages of its own."""
    longer = (
        part(mediation.subject, SUBJECT_LIMIT)[1],
        part(mediation.other_side, SIDE_LIMIT)[1],
        part(mediation.meeting, SIDE_LIMIT)[1],
    )
    return [
        Notice(text=Text("mediator.matter.rest", {"words": each}))
        for rest in longer
        for each in parts(rest, PART_LIMIT)
    ]


def _attached(request: RequestedMediation) -> list[Notice]:
    pins = [Notice(pin=request.pin)] if request.pin else []
    return [*(Notice(media=album) for album in albums(request.files)), *pins]


def _line(key: str, words: str) -> Text:
    return Text(key, {"words": plain(words)}) if words else _NOTHING


def _meeting(told: str) -> Text:
    if told in _MEETINGS:
        return Text("mediator.matter.meeting", {"words": Text(f"mediator.meeting.{told}")})
    return _line("mediator.matter.meeting", told)


def _taken(db: Connection, mediation: Mediation, mediator: Person) -> Refused:
    if mediation.mediator_id == mediator.id or mediation.mediator_id is None:
        return Refused("mediator.taken_by_you")
    name = given_name(addresses.get_person(db, mediation.mediator_id).name)
    at = Moment(mediation.taken_at or mediation.created_at, "time")
    return Refused("mediator.taken_by", name=name, at=at)


def _tell_asker(
    db: Connection,
    mediation: Mediation,
    key: str,
    now: datetime,
    once: str | None = None,
    **params: Param,
) -> None:
    address = addresses.get_address(db, int(mediation.asker))
    named: dict[str, Param] = {"code": spoken(mediation.code)}
    named["ward"] = ward_name(db, mediation.ward_code)
    notice = Notice(text=Text(key, {**named, **params}))
    about = f"asked:{mediation.id}"
    outbox.put(db, address, notice, Lane.CONVERSATION, now, concerns=about, once=once)


def _refresh_receipts(db: Connection, mediation: Mediation, now: datetime) -> None:
    """What said that nobody has taken it must not go on saying so."""
    params: dict[str, Param] = {"code": spoken(mediation.code), "state": state_of(db, mediation)}
    notice = Notice(text=Text("mediator.receipt.taken", params))
    for once in (_receipt_once(mediation), _sent_now_once(mediation)):
        if row := find_once(db, once):
            outbox.edit(db, row.id, notice, now)


def _receipt_once(mediation: Mediation) -> str:
    return f"asked:{mediation.id}:receipt"


def _sent_now_once(mediation: Mediation) -> str:
    return f"asked:{mediation.id}:sent_now"


def _chats(db: Connection, ward_code: str) -> list[Address]:
    found = rooms.list_room_addresses(db, ward_code, Purpose.MEDIATION.value)
    return [address for address in found if address.unreachable_at is None]


def _subject(mediation: Mediation) -> str:
    return f"mediation:{mediation.id}"


def _put_cards(db: Connection, mediation: Mediation, now: datetime) -> bool:
    chats = _chats(db, mediation.ward_code)
    about = _subject(mediation)
    for chat in chats:
        once = card_once(about, chat.id, len(list_cards(db, about, chat.id)) + 1)
        card = card_of(db, mediation)
        outbox.put(db, chat, card, Lane.NOTICE, now, concerns=about, once=once)
    return bool(chats)


def _refresh_cards(db: Connection, mediation: Mediation, now: datetime) -> None:
    for chat in _chats(db, mediation.ward_code):
        if row := find_card(db, _subject(mediation), chat.id):
            outbox.edit(db, row.id, card_of(db, mediation), now)
