"""Every column that leads to a person, and how it is rid of: a new one that nobody thought of
fails here, before it is kept for ever. docs/data.md says the same to whoever runs the bot.
"""

from typing import Final

from sqlmodel import SQLModel

import storage.announcement_tables
import storage.tables
from domain.retention import KEPT_FOR, Kept

# Behind the name of nobody: the person's row stays, without a name (forgetting.wipe_person).
_NAMELESS: Final = "the row of the person has no name any more"
_CHAT: Final = "the chat stays, sealed; what was said in it goes (forgetting.wipe_chats)"
_OVER: Final = "goes with the announcement (old_posts.forget_announcements)"
_ACTS: Final = "forgotten after Kept.ACTORS (ageing.forget_actors)"
KNOWN: Final = {
    "address.person_id": _CHAT,
    "announcement.approved_by": _OVER,
    "announcement.author_id": _OVER,
    "announcement_change.actor_id": _OVER,
    "audience_tag.person_id": "goes with its consent (consents.withdraw)",
    "campaign.created_by": _NAMELESS,
    "consent.person_id": "proof, without a word of theirs",
    "draft.address_id": _CHAT,
    "incident.officer_id": _ACTS,
    "incident.recorded_by": _ACTS,
    "incident_event.actor_id": _ACTS,
    "invite.created_by": _NAMELESS,
    "invite.used_by": _NAMELESS,
    "invite_try.person_id": "kept only as long as it counts",
    "law_approval.approved_by": _NAMELESS,
    "mediation.mediator_id": _NAMELESS,
    "membership.granted_by": _NAMELESS,
    "membership.person_id": _NAMELESS,
    "outbox.address_id": _CHAT,
    "post.address_id": "private ones: old_posts.forget_copies, forget_readings",
    "post.pasted_by": _OVER,
    "reading.person_id": "goes with its consent, else after Kept.READING",
    "reveal.asked_by": _ACTS,
    "reveal.decided_by": _ACTS,
    "room.address_id": _NAMELESS,
    "room.bound_by": _NAMELESS,
}


def leading_to_people() -> set[str]:
    """Every column that names a person or a chat."""
    assert storage.tables
    assert storage.announcement_tables
    return {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname in {"person.id", "address.id"}
    }


def test_it_is_known_how_each_is_rid_of() -> None:
    assert leading_to_people() == set(KNOWN)


def test_every_span_has_a_length() -> None:
    assert set(KEPT_FOR) == set(Kept)
    assert KEPT_FOR[Kept.READING] < KEPT_FOR[Kept.ANNOUNCEMENT]
