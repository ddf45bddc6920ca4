"""What the bot holds of one person, read for them alone. A quiet report is neither counted nor
named: whoever hurts them may be holding their phone.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from actions import consents
from actions.erasure import Remaining, erase_person
from actions.quiet import is_quiet_draft
from domain.consent import WITHDRAWABLE, ConsentPurpose
from domain.retention import Kept, over_since
from storage import (
    audiences,
    confirmations,
    drafts,
    incidents,
    mediations,
    old_posts,
    wards,
)
from storage.addresses import list_ids_of
from storage.consents import mark_withdrawn
from storage.tables import Consent, Draft, Person

_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Holdings:
    """`consents` are the answers that count, in the order of the questions; `reports` and
    `drafts` how many there are, `tags` the groups that they chose (domain/audiences.py), `asked`
    and `confirmed` the posts that they were asked to confirm and did, `announcements` those
    that they wrote."""

    neighbourhood: str | None
    consents: tuple[Consent, ...]
    reports: int
    drafts: int
    tags: tuple[str, ...] = ()
    asked: int = 0
    confirmed: int = 0
    announcements: int = 0

    @property
    def withdrawable(self) -> tuple[ConsentPurpose, ...]:
        """What was agreed to and stands."""
        standing = [c.purpose for c in self.consents if c.given and c.withdrawn_at is None]
        return tuple(purpose for purpose in WITHDRAWABLE if purpose in standing)


def holdings_of(db: Connection, person: Person, now: datetime) -> Holdings:
    """All of it, in a few queries."""
    own = list_ids_of(db, person.id)
    place = person.neighbourhood_id
    found = wards.find_neighbourhood(db, place) if place is not None else None
    asked = (consents.newest(db, person.id, purpose) for purpose in WITHDRAWABLE)
    reported = [each for each in incidents.list_reported(db, own, _MANY) if not each.quiet]
    readings = confirmations.list_of(db, person.id)
    return Holdings(
        neighbourhood=found.name if found else None,
        consents=tuple(consent for consent in asked if consent is not None),
        reports=len(reported) + len(mediations.list_asked(db, own, _MANY)),
        drafts=sum(len(_drafts(db, number, now)) for number in own),
        tags=tuple(audiences.list_tags(db, person.id)),
        asked=len(readings),
        confirmed=sum(each.read_at is not None for each in readings),
        announcements=old_posts.count_written(db, person.id),
    )


def ask_erasure(db: Connection, person: Person, shown: consents.Shown, now: datetime) -> Remaining:
    """Erase what may go now, and keep the request itself until nothing is left to do."""
    consents.record(db, person, ConsentPurpose.ERASURE, True, shown, now)
    remaining = erase_person(db, person, now)
    if not remaining.unfinished:
        mark_withdrawn(db, person.id, ConsentPurpose.ERASURE.value, now)
    return remaining


def _drafts(db: Connection, address_id: int, now: datetime) -> list[Draft]:
    left = (
        drafts.find_open_draft(db, address_id),
        drafts.find_cancelled_draft(db, address_id, over_since(Kept.CANCELLED_DRAFT, now)),
    )
    return [draft for draft in left if draft is not None and not is_quiet_draft(draft)]
