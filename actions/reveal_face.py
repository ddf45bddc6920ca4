"""What is said about a reveal, and to whom how much: the second person reads the reason, the
asker alone the identity, the administrator only that it happened, the reporter why in short.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.card_face import kind_label, ward_name
from actions.receipts import step
from domain.codes import spoken
from domain.lengths import shortened
from domain.names import given_name
from domain.notices import Button, Moment, Notice, Param, Text
from domain.reveals import SHOWN_FOR, Verdict, sort_of
from domain.roles import Role
from storage.tables import Address, Incident, Person, Reveal

_REASON_LIMIT: Final = 1_500


def question(incident: Incident, reveal: Reveal, asker: Person) -> Notice:
    """What the second person is asked; the numbers may be typed."""
    params: dict[str, Param] = {
        "code": spoken(incident.code),
        "kind": kind_label(incident.kind),
        "name": given_name(asker.name),
        "reason": shortened(reveal.reason, _REASON_LIMIT),
    }
    buttons = tuple(
        (_button(reveal, number, verdict),) for number, verdict in enumerate(Verdict, start=1)
    )
    return Notice(Text("reveal.question", params), buttons)


def identity(incident: Incident, reporter: Person, address: Address, link: str | None) -> Notice:
    """Who reported, for the asker's eyes."""
    account: dict[str, Param] = {"account": address.chat}
    if link is not None:
        account["link"] = link
    linked = "reveal.account.linked" if link is not None else "reveal.account.plain"
    callback = incident.callback
    phone = Text("reveal.callback", {"phone": callback}) if callback else Text("text.nothing")
    lines = (Text("reveal.name", {"name": reporter.name}), Text(linked, account), phone)
    params: dict[str, Param] = {
        "code": spoken(incident.code),
        "lines": lines,
        "minutes": int(SHOWN_FOR.total_seconds() // 60),
    }
    return Notice(Text("reveal.identity", params))


def decided(incident: Incident, second: Person, verdict: Verdict, now: datetime) -> Notice:
    """What stands in the place of the question afterwards."""
    params: dict[str, Param] = {
        "code": spoken(incident.code),
        "name": given_name(second.name),
        "at": Moment(now, "time"),
    }
    return Notice(Text(f"reveal.settled.{verdict.value}", params))


def closed(incident: Incident) -> Notice:
    """What stands in the place of a question that this person has nothing to decide of."""
    return Notice(Text("reveal.closed", {"code": spoken(incident.code)}))


def refused(incident: Incident, second: Person) -> Notice:
    """What the asker hears of a no."""
    name = given_name(second.name)
    return Notice(Text("reveal.refused", {"code": spoken(incident.code), "name": name}))


def overseen(incident: Incident, asker: Person, second: Person, now: datetime) -> Notice:
    """What the administrator hears: who acted, and nothing of the reporter."""
    params: dict[str, Param] = {
        "code": spoken(incident.code),
        "asker": given_name(asker.name),
        "second": given_name(second.name),
        "at": Moment(now),
    }
    return Notice(Text("reveal.overseen", params))


def told(
    db: Connection, incident: Incident, reveal: Reveal, office: Role, now: datetime
) -> Notice:
    """What the reporter hears: who decided by office, when, and what sort of reason it was."""
    return step(
        incident,
        "reveal.told",
        office=Text(f"reveal.office.{office.value}"),
        ward=ward_name(db, incident.ward_code),
        at=Moment(now),
        sort=Text(f"reveal.sort.{sort_of(reveal.reason)}"),
    )


def _button(reveal: Reveal, number: int, verdict: Verdict) -> Button:
    label = Text("menu.numbered", {"number": number, "label": Text(f"reveal.{verdict.value}")})
    return Button(label, tap=f"v:{reveal.id}:{verdict.value}")
