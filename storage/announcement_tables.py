"""The tables of announcements and law awareness, as SQLModel classes (see storage/tables.py).

Due times live here and nowhere else: one row an occurrence, so that nothing is posted twice.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import Sealed, SealedJson
from storage.tables import instant


class Announcement(SQLModel, table=True):
    """What a leader, officer or ward wants said: words and files, when (`rule`, see
    domain/recurrence.py), and to whom (AnnouncementTarget).

    `code` proves that a post is official. `state` is one of domain.announcing.State. `sort` is
    ordinary, hazard or emergency (an alert with an expiry and an all-clear); `template` the
    one that it was made of. `late_for` is how late, in seconds, an occurrence may still be
    sent. `asks_reading`: enrolled households are asked to confirm. `pinned_for` in seconds,
    0 for not at all. `incident_id`: an officer made it from a report, of which it holds no
    trace. `names_person`: a person, face or plate is shown, so a second officer agrees.
    `undo_until`: taken back without a trace until then. `corrects` is what it replaces.
    """

    __table_args__ = (Index("ix_announcement_ward_code_state", "ward_code", "state"),)

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=8, unique=True)
    filed: str | None = Field(default=None, max_length=32, unique=True)
    ward_code: str = Field(foreign_key="ward.code", max_length=5)
    author_id: int = Field(foreign_key="person.id", index=True)
    author_role: str = Field(max_length=20)
    words: str = Field(sa_type=Sealed)
    media: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    bot: str = Field(max_length=64)
    sort: str = Field(default="ordinary", max_length=12)
    template: str | None = Field(default=None, max_length=40)
    rule: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    late_for: int = 0
    asks_reading: bool = False
    pinned_for: int = 0
    names_person: bool = False
    incident_id: int | None = Field(default=None, foreign_key="incident.id")
    corrects: int | None = Field(default=None, foreign_key="announcement.id")
    state: str = Field(default="planned", max_length=12)
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    approved_at: datetime | None = instant(default=None)
    undo_until: datetime | None = instant(default=None)
    expires_at: datetime | None = instant(default=None)
    cleared_at: datetime | None = instant(default=None)
    created_at: datetime = instant()


class AnnouncementTarget(SQLModel, table=True):
    """To whom: a neighbourhood's chats, or the people who chose a tag (in a neighbourhood, or
    in the whole ward where it has none)."""

    __tablename__ = "announcement_target"

    id: int = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id", index=True)
    neighbourhood_id: int | None = Field(default=None, foreign_key="neighbourhood.id")
    tag: str | None = Field(default=None, max_length=20)


class Occurrence(SQLModel, table=True):
    """One time of one announcement. `state` is one of domain.announcing.OccurrenceState;
    `reason` is a catalogue key; `told_at` when its author heard what became of it."""

    __table_args__ = (
        UniqueConstraint("announcement_id", "due_at"),
        Index("ix_occurrence_state_send_at", "state", "send_at"),
    )

    id: int = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id", index=True)
    due_at: datetime = instant()
    send_at: datetime = instant()
    state: str = Field(default="due", max_length=8)
    reason: str | None = Field(default=None, max_length=60)
    sent_at: datetime | None = instant(default=None)
    told_at: datetime | None = instant(default=None)


class Post(SQLModel, table=True):
    """One copy of one occurrence (or of a law item) in one chat, by its outbox row; where no
    bot can be (`address_id` None) its leader pastes it and says so (`pasted_at`).
    `held_until` waits for the end of quiet hours or of a full day. `unpin_at` is due work."""

    __table_args__ = (UniqueConstraint("occurrence_id", "address_id"),)

    id: int = Field(default=None, primary_key=True)
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id", index=True)
    law_item: str | None = Field(default=None, max_length=60)
    address_id: int | None = Field(default=None, foreign_key="address.id", index=True)
    neighbourhood_id: int | None = Field(default=None, foreign_key="neighbourhood.id")
    paste_group: str | None = Field(default=None, sa_type=Sealed)
    pasted_by: int | None = Field(default=None, foreign_key="person.id")
    pasted_at: datetime | None = instant(default=None)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id")
    held_until: datetime | None = instant(default=None)
    unpin_at: datetime | None = instant(default=None, index=True)
    right_answers: int = 0
    wrong_answers: int = 0
    created_at: datetime = instant(index=True)


class Reading(SQLModel, table=True):
    """ "Đã nắm được": an enrolled person confirmed one occurrence, in private."""

    __table_args__ = (UniqueConstraint("occurrence_id", "person_id"),)

    id: int = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    read_at: datetime | None = instant(default=None)


class AnnouncementChange(SQLModel, table=True):
    """Who changed what of an announcement; never rewritten."""

    __tablename__ = "announcement_change"

    id: int = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id", index=True)
    what: str = Field(max_length=20)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = instant()
    detail: Any = Field(default=None, sa_type=SealedJson, nullable=True)


class AudienceTag(SQLModel, table=True):
    """Somebody chose to hear what is meant for landlords, traders, boat owners…"""

    __tablename__ = "audience_tag"
    __table_args__ = (UniqueConstraint("person_id", "tag"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    tag: str = Field(max_length=20)
    chosen_at: datetime = instant()


class Rhythm(SQLModel, table=True):
    """How a neighbourhood is spoken to: its quiet hours as minutes of the day (local time,
    None for the defaults of domain/quiet_hours.py), the most posts a day, when the weekly law
    item comes (weekday 0 is Monday), and groups that no bot can join (`paste_groups`)."""

    neighbourhood_id: int = Field(foreign_key="neighbourhood.id", primary_key=True)
    quiet: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    posts_a_day: int | None = Field(default=None)
    law_weekday: int | None = Field(default=None)
    law_minute: int | None = Field(default=None)
    law_paused: bool = False
    law_next_at: datetime | None = instant(default=None, index=True)
    paste_groups: Any = Field(default=None, sa_type=SealedJson, nullable=True)


class LawApproval(SQLModel, table=True):
    """A named person of the ward approved one law item in exactly these words (SHA-256)."""

    __tablename__ = "law_approval"
    __table_args__ = (UniqueConstraint("ward_code", "item", "words_hash"),)

    id: int = Field(default=None, primary_key=True)
    ward_code: str = Field(foreign_key="ward.code", max_length=5)
    item: str = Field(max_length=60)
    words_hash: str = Field(max_length=64)
    approved_by: int = Field(foreign_key="person.id")
    approved_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)


class Campaign(SQLModel, table=True):
    """A peak campaign of a ward: law items of these topics come first from one day to another
    (local days, ISO)."""

    id: int = Field(default=None, primary_key=True)
    ward_code: str = Field(foreign_key="ward.code", max_length=5, index=True)
    name: str = Field(max_length=100)
    topics: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    begins_on: str = Field(max_length=10)
    ends_on: str = Field(max_length=10)
    created_by: int = Field(foreign_key="person.id")
