"""What a police card shows: built anew from the tables each time, so that it cannot lag.

Nothing of the reporter is on it but a name that they allowed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection

from actions.card_buttons import buttons_of
from actions.card_history import event_params, history_of
from actions.card_origin import (
    callback_line,
    helped_line,
    media_line,
    reopened_line,
    source_line,
    suspect_line,
    withdrawn_line,
)
from actions.readings import is_reading_noted
from domain.codes import spoken
from domain.incidents import Place, State
from domain.kinds import kind
from domain.lengths import part, parts, shortened
from domain.notices import Button, Moment, Notice, Param, Text, plain
from domain.urgency import Urgency
from storage import incidents, wards
from storage.tables import Incident, IncidentEvent

# In domain.lengths.units. All together a card stays far below the 4,096 of a message, so that
# it never needs splitting: a card in two messages could not be edited.
WORDS_LIMIT: Final = 1_500
PLACE_LIMIT: Final = 300
NAME_LIMIT: Final = 100
DIGEST_LIMIT: Final = 40
# A longer story goes on below the card, in messages of this length.
PART_LIMIT: Final = 3_300
_NOTHING: Final = Text("text.nothing")
_SORTS: Final = {
    "Phường": "card.ward.phuong",
    "Xã": "card.ward.xa",
    "Đặc khu": "card.ward.dac_khu",
}
# The answers to "when" other than "now" (bot/flows/report.py).
_EARLIER: Final = ("today", "yesterday", "earlier")


@dataclass(frozen=True, slots=True)
class Story:
    """The reporter's words, cut at a space where they are too long for the card."""

    head: str
    rest: str


def story_of(words: str) -> Story:
    """Nothing is lost between the head and the rest but the space where they part."""
    head, rest = part(words, WORDS_LIMIT)
    return Story(f"{head}…" if rest else head, rest)


def going_on(incident: Incident, words: str) -> list[Text]:
    """The rest of a story, in messages of their own."""
    code = spoken(incident.code)
    return [
        Text("card.words.rest", {"code": code, "words": each}) for each in parts(words, PART_LIMIT)
    ]


def is_calm(incident: Incident) -> bool:
    """Whether a duty chat may get it without a sound and gathered with others."""
    return Urgency(incident.urgency) > Urgency.P2


def card_of(db: Connection, incident: Incident) -> Notice:
    """The card as it stands now, with the buttons of its state."""
    if incident.erased_at is not None:
        return Notice(text=Text("card.erased", {"code": spoken(incident.code)}))
    calm = is_calm(incident)
    return Notice(
        text=Text("card.body", {"lines": _lines(db, incident)}),
        buttons=buttons_of(incident),
        silent=calm,
        digest=digest_of(db, incident) if calm else None,
        digest_button=open_button(incident) if calm else None,
    )


def superseded(incident: Incident) -> Notice:
    """What stays of an old card once a fresh one stands below it."""
    return Notice(text=Text("card.superseded", {"code": spoken(incident.code)}))


def digest_of(db: Connection, incident: Incident) -> Text:
    """One line that stands for the card among others; bare where only opening shows the rest."""
    bare = is_reading_noted(incident)
    place = "" if bare else _told(Place.from_json(incident.place))
    params: dict[str, Param] = {
        "urgency": Text(Urgency(incident.urgency).label_key),
        "kind": kind_label(incident.kind),
        "where": _where(neighbourhood_of(db, incident.neighbourhood_id), place),
        "words": _first_words("" if bare else incident.words),
        "code": spoken(incident.code),
    }
    return Text("card.digest", params)


def _where(around: Text, told: str) -> Text:
    params: dict[str, Param] = {"place": shortened(told, DIGEST_LIMIT), "name": around}
    return Text("card.digest.where", params) if told else around


def _first_words(words: str) -> Text:
    quoted = shortened(" ".join(words.split()), DIGEST_LIMIT)
    return Text("card.digest.words", {"words": quoted}) if quoted else _NOTHING


def open_button(incident: Incident, number: int | None = None) -> Button:
    """Shows the whole card again; `number` is that of its line in a list."""
    label = Text("card.open", {"code": spoken(incident.code)})
    if number is not None:
        label = Text("card.choice", {"number": number, "label": label})
    return Button(label, tap=f"i:{incident.id}:open")


def kind_label(code: str) -> Text:
    """The name of a kind of incident."""
    return Text(kind(code).label_key)


def neighbourhood_of(db: Connection, neighbourhood_id: int | None) -> Text:
    """Its name, or that it is not known."""
    found = wards.find_neighbourhood(db, neighbourhood_id) if neighbourhood_id else None
    if found is None:
        return Text("card.neighbourhood.unknown")
    return plain(shortened(found.name, NAME_LIMIT))


def ward_name(db: Connection, ward_code: str) -> Text:
    """The ward inside a sentence: "phường Hạ Long", "Hạ Long ward"."""
    name = wards.get_ward(db, ward_code).name
    sort = next((sort for sort in _SORTS if name.startswith(f"{sort} ")), None)
    if sort is None:
        return plain(name)
    return Text(_SORTS[sort], {"name": name.removeprefix(sort).strip()})


def _lines(db: Connection, incident: Incident) -> tuple[Text, ...]:
    events = incidents.list_events(db, incident.id)
    place = Place.from_json(incident.place)
    where = neighbourhood_of(db, incident.neighbourhood_id)
    return (
        Text(f"card.head.p{incident.urgency}", {"kind": kind_label(incident.kind)}),
        Text("house.trial"),
        _state(db, incident, events),
        reopened_line(incident),
        withdrawn_line(incident),
        quiet_line(incident),
        suspect_line(incident, events),
        Text("card.place.line", {"place": _place(incident, place)}),
        Text("card.pin") if place.pin and _told(place) else _NOTHING,
        Text("card.neighbourhood.line", {"name": where}),
        _when(incident),
        _words(db, incident),
        _name(incident),
        callback_line(incident),
        source_line(db, incident),
        helped_line(incident),
        media_line(db, incident),
        Text("card.code", {"code": spoken(incident.code)}),
        Text("card.history", {"events": history_of(db, events)}),
    )


def _place(incident: Incident, place: Place) -> Text:
    if _told(place) or place.pin:
        return place_text(place)
    if incident.recorded_by is not None:
        return Text("card.place.unwritten")
    asked = incident.urgency == Urgency.P1
    return Text("card.place.untold") if asked else place_text(place)


def place_text(place: Place) -> Text:
    """A landmark, words, or both; else the pin alone, or that the reporter does not
    remember."""
    if told := _told(place):
        return plain(shortened(told, PLACE_LIMIT))
    return Text("card.place.pin_only") if place.pin else Text("card.place.unknown")


def _told(place: Place) -> str:
    return ", ".join(each for each in (place.landmark, place.words) if each)


def _state(db: Connection, incident: Incident, events: Sequence[IncidentEvent]) -> Text:
    state = State(incident.state)
    if state is State.NEW:
        return Text("card.state.new")
    latest = next(event for event in reversed(events) if event.what == state.value)
    return Text(f"card.state.{state.value}", event_params(db, latest))


def quiet_line(incident: Incident) -> Text:
    """That nobody may call or write, and when the reporter may hear that there is news."""
    if not incident.quiet:
        return _NOTHING
    if incident.recorded_by is not None:
        return Text("card.quiet.recorded")
    return Text("card.quiet.line", {"contact": contact_words(incident)})


def contact_words(incident: Incident) -> Text:
    """When it is safe to write to the reporter."""
    return Text(f"card.quiet.contact.{incident.contact}")


def _when(incident: Incident) -> Text:
    occurred: Mapping[str, str] = incident.occurred or {}
    reported = Moment(incident.created_at)
    if told := occurred.get("words", ""):
        return Text("card.when.told", {"words": shortened(told, PLACE_LIMIT), "at": reported})
    choice = occurred.get("choice", "")
    return Text(f"card.when.{choice if choice in _EARLIER else 'now'}", {"at": reported})


def _words(db: Connection, incident: Incident) -> Text:
    if incident.words:
        return Text("card.words.line", {"words": story_of(incident.words).head})
    files = incidents.list_media(db, incident.id)
    return Text("card.words.none" if files else "card.words.yet")


def _name(incident: Incident) -> Text:
    if incident.recorded_by is not None:
        return _NOTHING
    if not incident.named or not incident.reporter_name:
        return Text("card.name.withheld")
    return Text("card.name.line", {"name": shortened(incident.reporter_name, NAME_LIMIT)})
