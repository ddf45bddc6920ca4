"""How the schedule looks: the list, and one of it opened with its numbered buttons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions.announcement_face import places_of
from actions.announcement_view import Changed, View
from actions.audiences import named_at
from bot.flows.when_rule import is_once
from domain.announcing import State
from domain.codes import spoken
from domain.lengths import shortened
from domain.notices import Button, Moment, Notice, Param, Text, plain
from domain.time_echo import say_instant, say_rule
from storage.announcement_tables import Announcement

# Five choices at most are seen at once; the fifth leads to the others.
PAGE: Final = 4
_LINE_LETTERS: Final = 60
_OPENED_LETTERS: Final = 600
_NAME_LETTERS: Final = 60


def list_notice(db: Connection, views: Sequence[View], first: int) -> Notice:
    """A page of the list, from the entry at `first` (counted from 0)."""
    if not views:
        return Notice(Text("announcing.list.none"))
    shown = list(enumerate(views, start=1))[first : first + PAGE]
    lines = tuple(_line(db, number, view) for number, view in shown)
    buttons = [_numbered(n, "open", v.announcement.id, _open_label(v)) for n, v in shown]
    if len(views) > PAGE:
        page = first // PAGE + 2 if first + PAGE < len(views) else 1
        buttons.append(Button(Text("announcing.list.more"), f"t:list:{page}"))
    week = sum(view.week for view in views)
    params: dict[str, Param] = {"posts": len(views), "number": week, "lines": lines}
    return Notice(Text("announcing.list", params), tuple((each,) for each in buttons))


def opened_notice(db: Connection, view: View, now: datetime) -> Notice:
    """All that can be known of it, and done to it."""
    found, planned = view.announcement, view.planned
    lines: tuple[Text, ...] = (
        Text("announcing.opened.head", {"code": spoken(found.code)}),
        _words(found, _OPENED_LETTERS),
        Text("announcing.opened.where", {"places": _places(db, view)}),
        Text("announcing.opened.when", {"when": _rule(view)}),
    )
    if found.state != State.PLANNED.value:
        lines += (Text(f"announcing.state.{found.state}"),)
    if planned.rule and not is_once(planned.rule) and view.coming:
        lines += (_dates(view),)
    if view.changes:
        history = tuple(map(_changed, view.changes))
        lines += (Text("announcing.opened.history", {"lines": history}),)
    if view.went_out:
        lines += (Text("correction.hint", {"code": spoken(found.code)}),)
    acts = enumerate(_acts(view, now), start=1)
    buttons = tuple(
        (_numbered(number, act, found.id, Text(f"announcing.act.{act}")),) for number, act in acts
    )
    if view.went_out:
        label = Text("menu.numbered", {"number": len(buttons) + 1, "label": Text("board.button")})
        buttons += ((Button(label, f"b:{found.id}"),),)
    return Notice(Text("announcing.opened", {"lines": lines}), buttons)


def _dates(view: View) -> Text:
    dates = tuple(Text("announcing.review.date", {"when": say_instant(at)}) for at in view.coming)
    return Text("announcing.review.dates", {"dates": dates})


def stop_notice(view: View) -> Notice:
    """Asked back once: stopped is stopped."""
    key = view.announcement.id
    return Notice(
        Text("announcing.stop.ask", {"words": _words(view.announcement, _LINE_LETTERS)}),
        (
            (_numbered(1, "stop:yes", key, Text("announcing.stop.yes")),),
            (_numbered(2, "open", key, Text("announcing.stop.no")),),
        ),
    )


def _acts(view: View, now: datetime) -> list[str]:
    """What can be done with it as it stands, five things at most."""
    found, rule = view.announcement, view.planned.rule
    waits = found.state == State.WAITING.value
    undo = found.undo_until is not None and found.undo_until > now
    if waits or undo:
        return ["take_back", "edit"]
    repeats = rule is not None and not is_once(rule)
    moves = ["resume"] if found.state == State.PAUSED.value else ["pause"]
    skip = ["skip"] if repeats and found.state == State.PLANNED.value and view.coming else []
    return ["edit", *skip, *moves, "stop"]


def _line(db: Connection, number: int, view: View) -> Text:
    when = say_instant(view.coming[0]) if view.coming else _rule(view)
    if view.week > 1:
        when = Text("announcing.list.times", {"first": when, "number": view.week})
    found = view.announcement
    params: dict[str, Param] = {
        "number": number,
        "when": when,
        "words": _words(found, _LINE_LETTERS),
        "places": _places(db, view),
    }
    said = Text("announcing.list.line", params)
    if found.state == State.PLANNED.value:
        return said
    return Text("announcing.list.state", {"line": said, "state": _state(found)})


def _places(db: Connection, view: View) -> Text:
    planned = view.planned
    return named_at(places_of(db, planned.neighbourhoods), planned.tags)


def _state(found: Announcement) -> Text:
    return Text(f"announcing.state.{found.state}")


def _rule(view: View) -> Text:
    rule = view.planned.rule
    return say_rule(rule) if rule else Text("announcing.when.now")


def _words(found: Announcement, most: int) -> Text:
    words = found.words if most == _OPENED_LETTERS else " ".join(found.words.split())
    return plain(shortened(words, most)) if words else Text("announcing.list.file")


def _open_label(view: View) -> Text:
    return _words(view.announcement, _LINE_LETTERS // 2)


def _changed(change: Changed) -> Text:
    params: dict[str, Param] = {"at": Moment(change.at)}
    params["what"] = Text(f"announcing.change.{change.what}")
    if not change.name:
        return Text("announcing.opened.changed.bot", params)
    params["name"] = shortened(change.name, _NAME_LETTERS)
    return Text("announcing.opened.changed", params)


def _numbered(number: int, act: str, announcement_id: int, label: Text) -> Button:
    shown = Text("menu.numbered", {"number": number, "label": label})
    return Button(shown, f"t:{announcement_id}:{act}")
