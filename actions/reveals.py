"""An officer asks to see who reported, a second person decides, and then the asker alone sees
it once, in private. Every step is an event; the reporter is told, unless a law forbids it.

The gate is asked again about both at the moment of the decision. Raises Refused; then nothing
was changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions import reveal_face as face
from actions.by_code import Gate, get_behind
from actions.receipts import tell_reporter
from actions.reveal_questions import put_questions, settle_questions
from actions.second_persons import list_overseers, list_seconds, party_of
from actions.standings import standings_of
from domain.access import may_handle_incident, require_decide_reveal
from domain.errors import Refused
from domain.incidents import Happening
from domain.notices import Lane, Notice
from domain.reveals import LAPSES_AFTER, SHOWN_FOR, Verdict, has_lapsed, is_reason
from domain.roles import Role, Standing
from storage import addresses, incidents, outbox, reveals
from storage.addresses import find_private_chat
from storage.cards import find_once
from storage.tables import Address, Incident, Person, Reveal

_GATE: Final = Gate(may_handle_incident, "access.officers_only", "reveal.how")
Link = Callable[[Address], str | None]
"""The link that opens somebody's account on their messenger, where there is one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the second person says about one request, from a private chat with `bot`; `basis`
    is the law that forbids telling the reporter."""

    reveal_id: int
    verdict: Verdict
    second: Person
    bot: str
    basis: str = ""


def ask_reveal(
    db: Connection, asker: Person, bot: str, told: str, reason: str, now: datetime
) -> Incident:
    """Ask the second persons; `told` holds the incident's code. Nothing is shown yet."""
    incident = get_behind(db, asker.id, told, _GATE)
    if not is_reason(reason):
        raise Refused("reveal.reason_missing")
    if incidents.find_reporter(db, incident.id) is None:
        raise Refused("reveal.no_reporter")
    if reveals.find_waiting(db, incident.id, asker.id, now - LAPSES_AFTER):
        raise Refused("reveal.asked_already")
    seconds = list_seconds(db, asker.id, incident.ward_code)
    chats = [chat for each in seconds if (chat := find_private_chat(db, each, bot))]
    if not chats:
        raise Refused("reveal.nobody_to_decide")
    reveal = reveals.add_reveal(db, incident.id, reason, asker.id, now)
    _write(db, reveal, Happening.REVEAL_ASKED, asker.id, now)
    put_questions(db, reveal, face.question(incident, reveal, asker), chats, now)
    return incident


def require_decide(
    db: Connection, reveal_id: int, second: Person, now: datetime
) -> tuple[Reveal, Incident]:
    """The request, where this person may decide it now."""
    reveal = reveals.find_reveal(db, reveal_id)
    if reveal is None:
        raise Refused("access.officers_only")
    incident = incidents.get(db, reveal.incident_id)
    asker = party_of(db, reveal.asked_by, now)
    deciding = party_of(db, second.id, now)
    require_decide_reveal(asker, deciding, incident.ward_code, now)
    if reveal.decided_at is not None:
        raise Refused("reveal.decided")
    if has_lapsed(reveal.asked_at, now):
        raise Refused("reveal.lapsed")
    return reveal, incident


def decide_reveal(db: Connection, said: Decision, link: Link, now: datetime) -> Incident:
    """The one decision. A yes shows the asker, and nobody else, who reported."""
    reveal, incident = require_decide(db, said.reveal_id, said.second, now)
    if said.verdict is Verdict.NO:
        _settle(db, incident, reveal, said, now)
        _tell(db, reveal.asked_by, said.bot, face.refused(incident, said.second), now)
        return incident
    if said.verdict is Verdict.UNTOLD and not said.basis.strip():
        raise Refused("reveal.basis_missing")
    chat, identity = _identity(db, incident, reveal, said.bot, link)
    _settle(db, incident, reveal, said, now)
    about, once = f"identity:{reveal.id}", _identity_once(reveal)
    outbox.put(db, chat, identity, Lane.CONVERSATION, now, concerns=about, once=once)
    _tell_overseers(db, incident, reveal, said, now)
    if said.verdict is Verdict.YES:
        office = _office(db, said.second.id, incident.ward_code)
        tell_reporter(db, incident, face.told(db, incident, reveal, office, now), now)
    return incident


def hide_shown(db: Connection, now: datetime) -> None:
    """Take back what was shown SHOWN_FOR ago, and forget it here. What could not be delivered
    in that time is not delivered any more: the asker's role may have ended since."""
    for reveal in reveals.list_granted(db, now - SHOWN_FOR):
        row = find_once(db, _identity_once(reveal))
        if row is None or (row.message_id is None and row.state != "due"):
            continue
        if row.message_id is not None:
            chat = addresses.get_address(db, row.address_id)
            outbox.delete(db, chat, row.message_id, now)
        reveals.forget_words(db, row)


def _identity(
    db: Connection, incident: Incident, reveal: Reveal, bot: str, link: Link
) -> tuple[Address, Notice]:
    """Where to show it, and what."""
    address_id = incidents.find_reporter(db, incident.id)
    if address_id is None:
        raise Refused("reveal.no_reporter")
    chat = find_private_chat(db, reveal.asked_by, bot)
    if chat is None:
        raise Refused("reveal.asker_unreachable")
    reporter = addresses.get_address(db, address_id)
    person = addresses.get_person(db, reporter.person_id or 0)
    return chat, face.identity(incident, person, reporter, link(reporter))


def _settle(
    db: Connection, incident: Incident, reveal: Reveal, said: Decision, now: datetime
) -> None:
    """Write the decision down; of two at the same moment the first counts."""
    granted = said.verdict is not Verdict.NO
    untold = said.basis.strip() if said.verdict is Verdict.UNTOLD else None
    by = said.second.id
    if not reveals.decide(db, reveal.id, by, now, granted=granted, untold=untold):
        raise Refused("reveal.decided")
    what = Happening.REVEALED if granted else Happening.REVEAL_REFUSED
    _write(db, reveal, what, by, now)
    decided = face.decided(incident, said.second, said.verdict, now)
    settle_questions(db, incident, reveal, decided, now)


def _tell_overseers(
    db: Connection, incident: Incident, reveal: Reveal, said: Decision, now: datetime
) -> None:
    asker = addresses.get_person(db, reveal.asked_by)
    notice = face.overseen(incident, asker, said.second, now)
    for person_id in list_overseers(db, incident.ward_code):
        _tell(db, person_id, said.bot, notice, now)


def _tell(db: Connection, person_id: int, bot: str, notice: Notice, now: datetime) -> None:
    chat = find_private_chat(db, person_id, bot)
    if chat is not None:
        outbox.put(db, chat, notice, Lane.CONVERSATION, now)


def _office(db: Connection, person_id: int, ward_code: str) -> Role:
    chief = Standing(Role.CHIEF, ward_code) in standings_of(db, person_id)
    return Role.CHIEF if chief else Role.OFFICER


def _write(db: Connection, reveal: Reveal, what: Happening, actor_id: int, now: datetime) -> None:
    """The event names who acted, and of a decision also who had asked; never the reason."""
    detail = {"reveal": reveal.id, "asked_by": reveal.asked_by}
    incidents.add_event(db, reveal.incident_id, what, now, actor_id=actor_id, detail=detail)


def _identity_once(reveal: Reveal) -> str:
    return f"identity:{reveal.id}"
