"""What a police card shows: built anew from the tables each time, so that it cannot lag.

Nothing of the reporter is on it but a name that they allowed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection

from domain.codes import spoken
from domain.incidents import ACTS, Act, Happening, Place, State
from domain.kinds import kind
from domain.names import given_name
from domain.notices import Button, Moment, Notice, Param, Text, plain
from domain.urgency import Urgency
from storage import addresses, incidents, wards
from storage.tables import Incident, IncidentEvent

# A longer story follows the card as a message of its own.
WORDS_LIMIT: Final = 1_500
PLACE_LIMIT: Final = 300
_HISTORY_LENGTH: Final = 4
_NOTHING: Final = Text("text.nothing")
# The answers to "when" other than "now" (bot/flows/report.py).
_EARLIER: Final = ("today", "yesterday", "earlier")


@dataclass(frozen=True, slots=True)
class Story:
    """The reporter's words, cut at a space where they are too long for the card."""

    head: str
    rest: str


def story_of(words: str) -> Story:
    """Nothing is lost between the head and the rest but the space where they part."""
    if len(words) <= WORDS_LIMIT:
        return Story(words, "")
    space = words.rfind(" ", WORDS_LIMIT // 2, WORDS_LIMIT)
    end = space if space > 0 else WORDS_LIMIT
    return Story(words[:end].rstrip() + "…", words[end:].lstrip())


def is_calm(incident: Incident) -> bool:
    """Whether a duty chat may get it without a sound and gathered with others."""
    return Urgency(incident.urgency) > Urgency.P2


def card_of(db: Connection, incident: Incident) -> Notice:
    """The card as it stands now, with the buttons of its state."""
    calm = is_calm(incident)
    return Notice(
        text=Text("card.body", {"lines": _lines(db, incident)}),
        buttons=_buttons(incident),
        silent=calm,
        digest=digest_of(db, incident) if calm else None,
        digest_button=open_button(incident) if calm else None,
    )


def superseded(incident: Incident) -> Notice:
    """What stays of an old card once a fresh one stands below it."""
    return Notice(text=Text("card.superseded", {"code": spoken(incident.code)}))


def digest_of(db: Connection, incident: Incident) -> Text:
    """One line that stands for the card among others."""
    params: dict[str, Param] = {
        "urgency": Text(Urgency(incident.urgency).label_key),
        "kind": kind_label(incident.kind),
        "where": neighbourhood_of(db, incident.neighbourhood_id),
        "code": spoken(incident.code),
    }
    return Text("card.digest", params)


def open_button(incident: Incident) -> Button:
    """Shows the whole card again."""
    label = Text("card.open", {"code": spoken(incident.code)})
    return Button(label, tap=f"i:{incident.id}:open")


def kind_label(code: str) -> Text:
    """The name of a kind of incident."""
    return Text(kind(code).label_key)


def neighbourhood_of(db: Connection, neighbourhood_id: int | None) -> Text:
    """Its name, or that it is not known."""
    found = wards.find_neighbourhood(db, neighbourhood_id) if neighbourhood_id else None
    return plain(found.name) if found else Text("card.neighbourhood.unknown")


def ward_name(db: Connection, ward_code: str) -> str:
    """The ward inside a sentence: "phường Hạ Long"."""
    name = wards.get_ward(db, ward_code).name
    sort = name.split(" ", 1)[0]
    return name[0].lower() + name[1:] if sort in ("Phường", "Xã", "Đặc") else name


def numbered(act: Act, number: int) -> Text:
    """A label with the number that may be typed instead."""
    return Text("card.choice", {"number": number, "label": Text(f"card.act.{act.value}")})


def _buttons(incident: Incident) -> tuple[tuple[Button, ...], ...]:
    acts = ACTS[State(incident.state)]
    made = [
        Button(numbered(act, number), tap=f"i:{incident.id}:{act.value}")
        for number, act in enumerate(acts, start=1)
    ]
    return tuple(tuple(made[start : start + 2]) for start in range(0, len(made), 2))


def _lines(db: Connection, incident: Incident) -> tuple[Text, ...]:
    events = incidents.list_events(db, incident.id)
    place = Place.from_json(incident.place)
    where = neighbourhood_of(db, incident.neighbourhood_id)
    return (
        Text(f"card.head.p{incident.urgency}", {"kind": kind_label(incident.kind)}),
        _state(db, incident, events),
        _reopened(incident),
        Text("card.place.line", {"place": place_text(place)}),
        Text("card.pin") if place.pin else _NOTHING,
        Text("card.neighbourhood.line", {"name": where}),
        _when(incident),
        _words(incident),
        _name(incident),
        _media_count(db, incident),
        Text("card.code", {"code": spoken(incident.code)}),
        Text("card.history", {"events": _history(db, events)}),
    )


def place_text(place: Place) -> Text:
    """A landmark, words, or both; else that the reporter does not remember."""
    told = ", ".join(part for part in (place.landmark, place.words) if part)
    if told:
        return plain(_cut(told, PLACE_LIMIT))
    return Text("card.place.pin_only") if place.pin else Text("card.place.unknown")


def _state(db: Connection, incident: Incident, events: Sequence[IncidentEvent]) -> Text:
    state = State(incident.state)
    if state is State.NEW:
        return Text("card.state.new")
    latest = next(event for event in reversed(events) if event.what == state.value)
    return Text(f"card.state.{state.value}", _event_params(db, latest))


def _reopened(incident: Incident) -> Text:
    if incident.reopened_at is None:
        return _NOTHING
    return Text("card.reopened", {"at": Moment(incident.reopened_at)})


def _when(incident: Incident) -> Text:
    occurred: Mapping[str, str] = incident.occurred or {}
    reported = Moment(incident.created_at)
    if told := occurred.get("words", ""):
        return Text("card.when.told", {"words": _cut(told, PLACE_LIMIT), "at": reported})
    choice = occurred.get("choice", "")
    return Text(f"card.when.{choice if choice in _EARLIER else 'now'}", {"at": reported})


def _words(incident: Incident) -> Text:
    if not incident.words:
        return Text("card.words.none")
    return Text("card.words.line", {"words": story_of(incident.words).head})


def _name(incident: Incident) -> Text:
    if not incident.named or not incident.reporter_name:
        return Text("card.name.withheld")
    return Text("card.name.line", {"name": _cut(incident.reporter_name, PLACE_LIMIT)})


def _media_count(db: Connection, incident: Incident) -> Text:
    count = len(incidents.list_media(db, incident.id))
    return Text("card.media", {"number": count}) if count else _NOTHING


def _history(db: Connection, events: Sequence[IncidentEvent]) -> tuple[Text, ...]:
    return tuple(
        Text(f"card.event.{event.what}", _event_params(db, event))
        for event in events[-_HISTORY_LENGTH:]
    )


def _event_params(db: Connection, event: IncidentEvent) -> Mapping[str, Param]:
    params: dict[str, Param] = {"at": Moment(event.at, "time")}
    if event.actor_id is not None:
        params["name"] = given_name(addresses.get_person(db, event.actor_id).name)
    if event.what == Happening.CLOSED:
        params["outcome"] = Text(f"incident.outcome.{event.detail['outcome']}.label")
    if event.what == Happening.PASSED_ON:
        params["destination"] = Text(f"incident.destination.{event.detail['to']}")
    return params


def _cut(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
