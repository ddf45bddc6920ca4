"""What a correction, a cancellation or an all-clear is planned as: how urgent, for how long, and
what of the announcement that it stands for goes on.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_plans import Planned, planned_of
from actions.people import LOCALES
from actions.templates import offered_templates
from actions.warnings import public_numbers
from domain.announcing import Sort, State
from domain.corrections import CANCELLING, CLEARING, Kind
from domain.identifying import signs_in
from storage import corrections
from storage.announcement_tables import Announcement

_TEMPLATES: Final = {Kind.CANCELLED: CANCELLING, Kind.CLEARED: CLEARING}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants said of an announcement that was posted; `shows_person`: the words
    name a person, face or plate, also where nobody can see it from them."""

    announcement_id: int
    words: str
    kind: Kind = Kind.CORRECTED
    shows_person: bool = False


def planned_correction(
    db: Connection, former: Announcement, wanted: Wanted, now: datetime
) -> Planned:
    """As an announcement. Of an emergency that is over it has no end."""
    base = planned_of(db, former)
    shows = wanted.shows_person or bool(signs_in(wanted.words, public_numbers()))
    expires_at = base.expires_at if base.expires_at and base.expires_at > now else None
    planned = replace(
        base, words=wanted.words, corrects=former.id, template=_TEMPLATES.get(wanted.kind),
        names_person=shows, expires_at=expires_at, media=(), asks_reading=False, rule=None,
        pinned_for=None, late_for=None,
    )  # fmt: skip
    if wanted.kind is Kind.CLEARED:
        # Calm words, which yet must not wait for the morning.
        return replace(planned, sort=Sort.HAZARD, expires_at=None)
    return planned if wanted.kind is Kind.CANCELLED else _reworded(db, former, planned, base, now)


def _reworded(
    db: Connection, former: Announcement, planned: Planned, base: Planned, now: datetime
) -> Planned:
    """What comes again goes on with the right words, and what is pinned stays so for the rest
    of its time."""
    repeats = State(former.state).is_open and base.rule is not None
    return replace(
        planned,
        media=base.media,
        template=_template(former.template, planned.words, now),
        names_person=planned.names_person or base.names_person,
        rule=base.rule if repeats else None,
        late_for=base.late_for if repeats else None,
        asks_reading=base.asks_reading and repeats,
        pinned_for=base.pinned_for if repeats else _rest(db, former, now),
    )


def _template(name: str | None, words: str, now: datetime) -> str | None:
    """As urgent as its template without a second person, where its words are still that
    template's and no others."""
    every = (each for locale in LOCALES for each in offered_templates(locale, now))
    return next((each.id for each in every if each.id == name and each.made(words)), None)


def _rest(db: Connection, former: Announcement, now: datetime) -> timedelta | None:
    sent_at = corrections.newest_sent_at(db, former.id)
    if not former.pinned_for or sent_at is None:
        return None
    rest = sent_at + timedelta(seconds=former.pinned_for) - now
    return rest if rest >= timedelta(seconds=1) else None
