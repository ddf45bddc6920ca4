"""Peak campaigns of a ward: for some weeks the items about its topics come first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.engine import Connection

from actions.law import offered_law, search_law
from actions.law_approval import approved_items, require_approver, wards_of_approver
from actions.law_face import title_of
from actions.law_rotation import items_of
from content.law import FACTS_IN, load_law
from domain import law_campaign
from domain.errors import Refused
from domain.law_rotation import is_for_everybody
from domain.notices import Moment, Param, Text, plain
from domain.text import fold
from domain.wall_clock import day_of, instant_of
from storage import law
from storage.announcement_tables import Campaign
from storage.tables import Person, Ward

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A campaign of a ward; `ready` are the titles of the items that may be posted, `waiting`
    says how many of the others are not approved or not meant for everybody."""

    id: int
    face: Text
    ready: tuple[Text, ...]
    waiting: int


def begin_campaign(
    db: Connection, person: Person, words: str, served: Sequence[str], now: datetime
) -> Planned:
    """Plan what was typed. Raises Refused, also for a topic about which there is no item."""
    around = wards_of_approver(db, person, served)
    read = law_campaign.read_campaign(words, day_of(now))
    ward = _ward(around, read.ward)
    campaign = Campaign(
        ward_code=ward.code,
        name=read.name,
        topics=_items(read.topics),
        begins_on=read.begins_on.isoformat(),
        ends_on=read.ends_on.isoformat(),
        created_by=person.id,
    )
    return _planned(db, law.add_campaign(db, campaign), now)


def list_campaigns(
    db: Connection, person: Person, served: Sequence[str], now: datetime
) -> Sequence[Planned]:
    """Those that run or are to come, in the wards of this person. Raises Refused."""
    around = wards_of_approver(db, person, served)
    found = [each for ward in around for each in law.list_campaigns(db, ward.code, day_of(now))]
    return [_planned(db, each, now) for each in found]


def stop_campaign(db: Connection, person: Person, key: int, now: datetime) -> Planned:
    """It does not run any more from now on. Raises Refused."""
    campaign = law.find_campaign(db, key)
    if campaign is None:
        raise Refused("incident.old_button")
    require_approver(db, person, campaign.ward_code)
    today = day_of(now)
    if date.fromisoformat(campaign.ends_on) >= today:
        law.end_campaign(db, key, today - _DAY)
    return _planned(db, campaign, now)


def _ward(around: Sequence[Ward], named: str) -> Ward:
    """The one that is meant, or the only one."""
    meant = [ward for ward in around if named and fold(named) in fold(ward.name)]
    found = meant if named else around
    if len(found) != 1:
        names = tuple(Text("law.line", {"title": plain(ward.name)}) for ward in around)
        raise Refused("law.campaign.which_ward", lines=names)
    return found[0]


def _items(topics: Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for topic in topics:
        pack = law_campaign.pack_of(topic)
        whole = [each for each in load_law(FACTS_IN).values() if each.pack == pack]
        items = whole or search_law(topic, FACTS_IN)
        if not items:
            raise Refused("law.campaign.no_item", topic=topic)
        found |= dict.fromkeys(item.id for item in items)
    return list(found)


def _planned(db: Connection, campaign: Campaign, now: datetime) -> Planned:
    items = items_of(campaign)
    offered = offered_law(FACTS_IN, day_of(now), approved_items(db, campaign.ward_code))
    ready = {item.id for item in offered if is_for_everybody(item)}
    params: dict[str, Param] = {
        "name": campaign.name,
        "first": _spoken(campaign.begins_on),
        "last": _spoken(campaign.ends_on),
    }
    titles = tuple(Text("law.line", {"title": title_of(key)}) for key in items if key in ready)
    waiting = sum(key not in ready for key in items)
    return Planned(campaign.id, Text("law.campaign.face", params), titles, waiting)


def _spoken(day: str) -> Moment:
    return Moment(instant_of(date.fromisoformat(day), time()), "date")
