"""Every table, as SQLModel classes. Queries live in the modules of this room, one per noun.

Columns that can hold words or identity are sealed; `…_mark` is the keyed hash by which a
sealed value is found again. Rows are read through SQLAlchemy Core (docs/decisions/0002).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import Sealed, SealedApart, SealedJson, UtcDateTime

# Set before the first table, so that every constraint has a name a migration can drop.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def instant(*, index: bool = False, default: Any = ...) -> Any:
    """A column for an instant, kept in UTC."""
    return Field(default=default, sa_type=UtcDateTime, index=index)


def _held(name: str, *columns: str, holding: str) -> Index:
    """An index of the rows that hold something in this column."""
    where = text(f"{holding} IS NOT NULL")
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Ward(SQLModel, table=True):
    """A ward that uses the bot; `code` is the official five-character one."""

    code: str = Field(primary_key=True, max_length=5)
    name: str = Field(max_length=100)


class Neighbourhood(SQLModel, table=True):
    """A khu phố or thôn, named by its ward. `landmarks` are public place names."""

    __table_args__ = (UniqueConstraint("ward_code", "name_fold"),)

    id: int = Field(default=None, primary_key=True)
    ward_code: str = Field(foreign_key="ward.code", max_length=5)
    name: str = Field(max_length=100)
    name_fold: str = Field(max_length=100)
    landmarks: list[str] = Field(default_factory=list, sa_type=JSON)


class Person(SQLModel, table=True):
    """Somebody who wrote to the bot or was given a role.

    `house` and `phone` are kept only with a consent, so that an alert needs one answer.
    `seen_at` is brought up to date once a day at most; `asked_at` is when a person who was
    silent for long was asked whether to keep what they left.
    """

    id: int = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Sealed)
    locale: str = Field(default="vi", max_length=8)
    neighbourhood_id: int | None = Field(default=None, foreign_key="neighbourhood.id")
    house: str | None = Field(default=None, sa_type=Sealed)
    phone: str | None = Field(default=None, sa_type=Sealed)
    seen_at: datetime | None = instant(default=None)
    asked_at: datetime | None = instant(default=None)
    created_at: datetime = instant()


class Consent(SQLModel, table=True):
    """One answer to one question for consent, with the words that were shown (`text_key` and
    the SHA-256 of them in `locale`); the newest of a purpose counts until it is withdrawn."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: str = Field(max_length=20)
    given: bool
    text_key: str = Field(max_length=60)
    text_hash: str = Field(max_length=64)
    locale: str = Field(max_length=8)
    bot: str = Field(max_length=64)
    shown_at: datetime = instant()
    answered_at: datetime = instant()
    withdrawn_at: datetime | None = instant(default=None)


class Address(SQLModel, table=True):
    """Where somebody, or a group, can be reached: one bot and one chat of its messenger."""

    __table_args__ = (UniqueConstraint("bot", "chat_mark"),)

    id: int = Field(default=None, primary_key=True)
    bot: str = Field(max_length=64)
    chat: str = Field(sa_type=Sealed)
    chat_mark: str = Field(max_length=32)
    private: bool = True
    title: str = Field(default="", sa_type=Sealed)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unreachable_at: datetime | None = instant(default=None)
    created_at: datetime = instant()


class Room(SQLModel, table=True):
    """A group chat bound to a purpose; a chat has one purpose at a time."""

    __table_args__ = (Index("ix_room_ward_code_purpose", "ward_code", "purpose"),)

    id: int = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id", unique=True)
    purpose: str = Field(max_length=20)
    ward_code: str = Field(foreign_key="ward.code", max_length=5)
    neighbourhood_id: int | None = Field(default=None, foreign_key="neighbourhood.id")
    bound_by: int | None = Field(default=None, foreign_key="person.id")
    bound_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)


class Membership(SQLModel, table=True):
    """A role that a ward granted to a person, until `ended_at`."""

    __table_args__ = (Index("ix_membership_ward_code_role", "ward_code", "role"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = Field(max_length=20)
    ward_code: str | None = Field(default=None, foreign_key="ward.code", max_length=5)
    neighbourhood_id: int | None = Field(default=None, foreign_key="neighbourhood.id")
    granted_by: int | None = Field(default=None, foreign_key="person.id")
    granted_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)


class Ladder(SQLModel, table=True):
    """What a ward chose for urgent reports that nobody takes; without a row it has what is
    usual (domain/ladder.py). `minutes` by urgency ("p1"), `phones` as [number, name]."""

    ward_code: str = Field(foreign_key="ward.code", primary_key=True, max_length=5)
    minutes: Any = Field(default=None, sa_type=JSON, nullable=True)
    phones: Any = Field(default=None, sa_type=SealedJson, nullable=True)


class Invite(SQLModel, table=True):
    """A one-time code that grants a role (`role`) or binds a chat (`purpose`); only its
    keyed hash is kept."""

    id: int = Field(default=None, primary_key=True)
    code_mark: str = Field(max_length=32, unique=True)
    role: str | None = Field(default=None, max_length=20)
    purpose: str | None = Field(default=None, max_length=20)
    ward_code: str | None = Field(default=None, foreign_key="ward.code", max_length=5)
    neighbourhood_id: int | None = Field(default=None, foreign_key="neighbourhood.id")
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = instant()
    expires_at: datetime = instant()
    used_at: datetime | None = instant(default=None)
    used_by: int | None = Field(default=None, foreign_key="person.id")


class InviteTry(SQLModel, table=True):
    """Somebody typed a code that is none; kept only as long as it counts."""

    __tablename__ = "invite_try"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = instant()


class Draft(SQLModel, table=True):
    """The answers so far of one conversation; at most one is open per address.

    `status` is open, cancelled, done, or expired; `state` is a bot.flows draft as JSON.
    """

    __table_args__ = (
        Index(
            "uq_draft_open",
            "address_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_draft_status_updated_at", "status", "updated_at"),
    )

    id: int = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id", index=True)
    flow: str = Field(max_length=40)
    state: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    status: str = Field(default="open", max_length=12)
    created_at: datetime = instant()
    updated_at: datetime = instant()
    nudged_at: datetime | None = instant(default=None)


class Incident(SQLModel, table=True):
    """What was reported. Who reported it is kept apart, in IncidentReporter.

    `filed` is the keyed mark of the conversation or deed that made it, so that it is made
    once. `source` says how it came (domain.incidents.Source), `recorded_by` which officer
    typed it, `helped` for whom somebody else reported it, `callback` a number to call back.
    `quiet`: nothing about it may be seen on the reporter's phone; `contact` is when they may
    be written to (any, day, none). `suspect`: sent beyond the limit of one person.
    `waits_told` counts the "nobody has taken it yet" that its sender got since it is new, or
    since `urgent_since`, when words that came later made it more urgent. `warned`: the
    sender was told that a pin or a voice may show who they are. `tell_neighbours` is their
    answer, None where they were not asked. `withdrawn_at`: they said that it was a mistake.
    `erased_at`: its words are gone, only what statistics count is left.
    """

    __table_args__ = (Index("ix_incident_ward_code_state", "ward_code", "state"),)

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=8, unique=True)
    filed: str | None = Field(default=None, max_length=32, unique=True)
    source: str = Field(default="resident", max_length=12)
    recorded_by: int | None = Field(default=None, foreign_key="person.id")
    kind: str = Field(max_length=24)
    urgency: int
    ward_code: str = Field(foreign_key="ward.code", max_length=5)
    neighbourhood_id: int | None = Field(default=None, foreign_key="neighbourhood.id")
    words: str = Field(default="", sa_type=Sealed)
    place: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    occurred: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    helped: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    callback: str | None = Field(default=None, sa_type=Sealed)
    named: bool = False
    reporter_name: str | None = Field(default=None, sa_type=Sealed)
    quiet: bool = False
    contact: str = Field(default="any", max_length=8)
    suspect: bool = False
    warned: bool = False
    tell_neighbours: bool | None = Field(default=None)
    state: str = Field(default="new", max_length=16)
    officer_id: int | None = Field(default=None, foreign_key="person.id")
    taken_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)
    outcome: str | None = Field(default=None, max_length=40)
    reopened_at: datetime | None = instant(default=None)
    urgent_since: datetime | None = instant(default=None)
    withdrawn_at: datetime | None = instant(default=None)
    erased_at: datetime | None = instant(default=None)
    card_sent_at: datetime | None = instant(default=None)
    waits_told: int = 0
    created_at: datetime = instant(index=True)


class IncidentReporter(SQLModel, table=True):
    """The link between an incident and the address that hears of it, apart from its content
    and sealed with keys of its own; `receipt` is the outbox id of the receipt."""

    __tablename__ = "incident_reporter"

    incident_id: int = Field(foreign_key="incident.id", primary_key=True)
    address: str = Field(sa_type=SealedApart)
    address_mark: str = Field(max_length=32, index=True)
    receipt: str | None = Field(default=None, sa_type=SealedApart)


class IncidentMedia(SQLModel, table=True):
    """A photo, video, sound or paper that belongs to an incident, kept by the messenger of
    `bot`. `original` is the sealed file in the media folder, `sha256` that of its bytes before
    sealing; `clean` the messenger's id of the copy without metadata that was shared."""

    __tablename__ = "incident_media"

    id: int = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incident.id", index=True)
    bot: str = Field(max_length=64)
    kind: str = Field(max_length=12)
    file: str = Field(sa_type=Sealed)
    original: str | None = Field(default=None, max_length=40)
    sha256: str | None = Field(default=None, max_length=64)
    clean: str | None = Field(default=None, sa_type=Sealed)
    added_at: datetime = instant()


class Reveal(SQLModel, table=True):
    """An officer asked to see who reported; a second person decides. `untold` is the law that
    forbids telling the reporter, None where they are told."""

    id: int = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incident.id", index=True)
    reason: str = Field(sa_type=Sealed)
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime = instant()
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = instant(default=None)
    granted: bool | None = Field(default=None)
    untold: str | None = Field(default=None, sa_type=Sealed)


class IncidentEvent(SQLModel, table=True):
    """One act on an incident: what, by whom, when; the history is never rewritten."""

    __tablename__ = "incident_event"

    id: int = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incident.id", index=True)
    what: str = Field(max_length=24)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = instant()
    detail: Any = Field(default=None, sa_type=SealedJson, nullable=True)


class Mediation(SQLModel, table=True):
    """A request for mediation; `asker` is the address that hears of it, `attached` the
    messages with the files and the pin that came with it, as stored notices."""

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=8, unique=True)
    draft_id: int | None = Field(default=None, unique=True)
    ward_code: str = Field(foreign_key="ward.code", max_length=5)
    neighbourhood_id: int | None = Field(default=None, foreign_key="neighbourhood.id")
    asker: str = Field(sa_type=Sealed)
    asker_mark: str = Field(max_length=32, index=True)
    subject: str = Field(sa_type=Sealed)
    other_side: str = Field(default="", sa_type=Sealed)
    meeting: str = Field(default="", sa_type=Sealed)
    attached: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    state: str = Field(default="new", max_length=16)
    mediator_id: int | None = Field(default=None, foreign_key="person.id")
    taken_at: datetime | None = instant(default=None)
    created_at: datetime = instant()


class Inbox(SQLModel, table=True):
    """An update that reached us. Its row is committed with its effects, so that a second
    delivery of the same update changes nothing; the payload is kept only while undone.
    `message_id` is the person's own message in a private chat, so that it can be deleted."""

    __table_args__ = (
        UniqueConstraint("bot", "update_id"),
        # What is not handled yet, in the order of each conversation.
        Index(
            "ix_inbox_waiting",
            "bot",
            "conversation",
            "update_id",
            sqlite_where=text("state = 'new'"),
            postgresql_where=text("state = 'new'"),
        ),
        Index(
            "ix_inbox_parked",
            "id",
            sqlite_where=text("state = 'parked'"),
            postgresql_where=text("state = 'parked'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    bot: str = Field(max_length=64)
    update_id: int = Field(sa_type=BigInteger)
    conversation: str = Field(default="", max_length=32)
    message_id: str | None = Field(default=None, max_length=40)
    state: str = Field(default="new", max_length=8)
    payload: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    fault: str | None = Field(default=None, max_length=200)
    received_at: datetime = instant(index=True)


class Outbox(SQLModel, table=True):
    """A message owed to an address, until the messenger accepts it or it is given up.

    `state` is due, sent, dead or dropped; `edits` names the row whose message this one
    replaces, `answers` the row whose message it replies to, `concerns` what it is about
    ("incident:7"; to a reporter "receipt:" and the sealed number), `once` makes a second one
    of the same impossible, `deletes` is a message of this chat to be deleted instead,
    `erased` says that its words are gone since it was settled long ago.
    """

    __table_args__ = (
        Index(
            "ix_outbox_due",
            "bot",
            "lane",
            "id",
            "address_id",
            "not_before",
            "edits",
            "deletes",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
        # Lean ones: most rows edit nothing, and none has a message or an instant while it is due.
        Index("ix_outbox_address_id", "address_id", "id"),
        _held("ix_outbox_message_id", "address_id", "message_id", holding="message_id"),
        _held("ix_outbox_edits", "edits", holding="edits"),
        _held("ix_outbox_sent_at", "sent_at", holding="sent_at"),
        _held("ix_outbox_concerns", "concerns", holding="concerns"),
        Index(
            "ix_outbox_unerased",
            "created_at",
            sqlite_where=text("erased IS 0"),
            postgresql_where=text("erased IS false"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    bot: str = Field(max_length=64)
    address_id: int = Field(foreign_key="address.id")
    lane: int
    notice: Any = Field(sa_type=SealedJson)
    edits: int | None = Field(default=None)
    answers: int | None = Field(default=None)
    deletes: str | None = Field(default=None, max_length=40)
    concerns: str | None = Field(default=None, max_length=120)
    once: str | None = Field(default=None, max_length=80, unique=True)
    calm: bool = False
    state: str = Field(default="due", max_length=8)
    erased: bool = False
    attempts: int = 0
    not_before: datetime | None = instant(default=None)
    message_id: str | None = Field(default=None, max_length=40)
    fault: str | None = Field(default=None, max_length=200)
    created_at: datetime = instant()
    sent_at: datetime | None = instant(default=None)
