"""What is known in the end, as plain values: the messenger's record of every call, the rows of
the database, and what people were told. The judge reads nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.engine import Connection

from cli.demo_ward import BOT_NAME, WARD_CODE
from storage.announcement_tables import Announcement, Occurrence, Post
from storage.rows import table
from storage.tables import Address, Inbox, Incident, IncidentEvent, IncidentReporter, Outbox

ACCEPTED: Final = 200
Place = tuple[str, str]  # chat and message id


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody read that their report, or their announcement, with this mark is in: `code` is
    what they were given for it, `chat` their private one."""

    mark: str
    code: str
    chat: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the messenger took, or an edit of one; `number` counts all calls, `at` is
    in seconds, `fault` what was done to this call."""

    number: int
    at: float
    place: Place
    text: str
    is_edit: bool = False
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox. `plain`: a message of its own, neither edit nor deletion."""

    id: int
    chat: str
    lane: int
    state: str
    message_id: str | None
    plain: bool
    follows: bool
    waited: bool
    unsure: bool
    concerns: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """An incident; `happened` is what was done with it, `chat` its reporter's."""

    id: int
    code: str
    words: str
    state: str
    urgency: int
    happened: tuple[str, ...]
    chat: str


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement with each of its copies' outbox rows; `fates` are those of its times."""

    code: str
    words: str
    fates: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kill:
    """The end of a process: when, and the messages that the messenger had taken and the
    database did not know of."""

    step: int
    who: str
    at: float
    in_flight: frozenset[Place] = frozenset()


@dataclass(slots=True)
class Record:
    """Everything together. `desk` is the duty chat, `said` what each resident said, `handed` the
    updates that were handed out, `kept` those that the database knows, by state, `waiting` how
    many nobody confirmed; `cuts` how many calls were cut, `late` what was still owed when
    everything should have arrived, `stuck` who never came to the end of a conversation."""

    desk: str
    sent: list[Sent] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    announced: list[Announced] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    promised: list[Told] = field(default_factory=list)
    said: dict[str, set[str]] = field(default_factory=dict)
    kills: list[Kill] = field(default_factory=list)
    handed: set[int] = field(default_factory=set)
    kept: dict[int, str] = field(default_factory=dict)
    waiting: int = 0
    cuts: int = 0
    late: str = ""
    stuck: list[str] = field(default_factory=list)


def read_calls(calls: Sequence[Mapping[str, Any]]) -> Iterator[Sent]:
    """The messages and edits among these calls of GET /sandbox/sent that were accepted."""
    for call in calls:
        sends = call["method"].startswith("send") and call["method"] != "sendChatAction"
        edits = call["method"] == "editMessageText"
        if call["status"] != ACCEPTED or not (sends or edits):
            continue
        result = call["answer"]["result"]
        for message in result if isinstance(result, list) else [result]:
            yield Sent(
                call["n"],
                call["at"],
                (str(message["chat"]["id"]), str(message["message_id"])),
                str(message.get("text") or message.get("caption") or ""),
                edits,
                call.get("fault"),
            )


def read_handed(calls: Sequence[Mapping[str, Any]]) -> set[int]:
    """The ids of all updates that were handed out."""
    polls = [c for c in calls if c["method"] == "getUpdates" and c["status"] == ACCEPTED]
    return {update["update_id"] for call in polls for update in call["answer"]["result"]}


def read_places(db: Connection) -> set[Place]:
    """Every message that the database knows the messenger has."""
    outbox, address = table(Outbox), table(Address)
    joined = select(address.c.chat, outbox.c.message_id).join_from(
        outbox, address, address.c.id == outbox.c.address_id
    )
    known = outbox.c.message_id.is_not(None) & outbox.c.edits.is_(None)
    return {(chat, message) for chat, message in db.execute(joined.where(known))}


def read_database(db: Connection, record: Record) -> None:
    """All that the judge needs of it."""
    record.rows = list(_rows(db))
    record.reports = list(_reports(db))
    record.announced = list(_announced(db))
    inbox = table(Inbox)
    mine = inbox.c.bot == BOT_NAME
    kept = db.execute(select(inbox.c.update_id, inbox.c.state).where(mine))
    record.kept = {row.update_id: row.state for row in kept}


def _rows(db: Connection) -> Iterator[Row]:
    outbox, address = table(Outbox), table(Address)
    joined = outbox.join(address, address.c.id == outbox.c.address_id)
    wanted = select(*outbox.c, address.c.chat).select_from(joined)
    # The program's own daily trial has a bot of its own.
    mine = wanted.where(outbox.c.bot == BOT_NAME).order_by(outbox.c.id)
    post = table(Post)
    held = set(
        db.execute(select(post.c.outbox_id).where(post.c.held_until.is_not(None))).scalars()
    )
    for row in db.execute(mine).mappings():
        yield Row(
            id=row["id"],
            chat=row["chat"],
            lane=row["lane"],
            state=row["state"],
            message_id=row["message_id"],
            plain=row["edits"] is None and row["deletes"] is None,
            follows=row["answers"] is not None,
            waited=row["not_before"] is not None or row["id"] in held,
            unsure=(row["fault"] or "").startswith("unsure"),
            concerns=row["concerns"],
        )


def _reports(db: Connection) -> Iterator[Report]:
    incident, event, reporter = table(Incident), table(IncidentEvent), table(IncidentReporter)
    address = {row.id: row.chat for row in db.execute(select(table(Address)))}
    whose = {row.incident_id: row.address for row in db.execute(select(reporter))}
    happened: dict[int, list[str]] = {}
    for key, what in db.execute(select(event.c.incident_id, event.c.what).order_by(event.c.id)):
        happened.setdefault(key, []).append(what)
    # The daily trial is filed under another ward, and counts nowhere.
    real = select(incident).where(incident.c.ward_code == WARD_CODE)
    for row in db.execute(real.order_by(incident.c.id)):
        yield Report(
            id=row.id,
            code=spoken(row.code),
            words=row.words,
            state=row.state,
            urgency=row.urgency,
            happened=tuple(happened.get(row.id, ())),
            chat=address.get(int(whose.get(row.id, 0)), ""),
        )


def _announced(db: Connection) -> Iterator[Announced]:
    announcement, occurrence, post = table(Announcement), table(Occurrence), table(Post)
    for row in db.execute(select(announcement).order_by(announcement.c.id)):
        mine = occurrence.c.announcement_id == row.id
        fates = db.execute(select(occurrence.c.state).where(mine)).scalars()
        posted = select(post.c.outbox_id).join(occurrence, occurrence.c.id == post.c.occurrence_id)
        keys = db.execute(posted.where(mine, post.c.outbox_id.is_not(None))).scalars()
        yield Announced(spoken(row.code), row.words, tuple(fates), tuple(keys))


def spoken(code: str) -> str:
    """As people read it: two groups of four."""
    return f"{code[:4]} {code[4:]}"
