"""How a person's own reports and requests are shown to them: a list, and one alone."""

from sqlalchemy.engine import Connection

from actions import quiet
from actions.card_face import kind_label
from actions.mediations import state_of
from actions.my_matters import PAGE, Matter, list_mine
from actions.receipt_face import (
    add_button,
    may_give_name,
    name_button,
    reopen_button,
    standing,
)
from bot.handlers.turn import Turn
from domain.codes import spoken
from domain.incidents import State, may_reopen
from domain.notices import Button, Moment, Notice, Param, Text
from storage.tables import Incident

_ROW = tuple[Button, ...]


def list_notice(turn: Turn, page: int) -> Notice:
    """Five at a time, the newest first, each with a button that shows it."""
    mine = list_mine(turn.db, turn.person.id, page)
    if not mine.matters:
        report = Button(Text("incident.button.report"), tap="c:baotin")
        return Notice(text=Text("incident.list.none"), buttons=((report,),))
    first = (page - 1) * PAGE + 1
    numbered = list(enumerate(mine.matters, start=first))
    lines = tuple(_line(number, matter) for number, matter in numbered)
    buttons: tuple[_ROW, ...] = tuple((_open(number, matter),) for number, matter in numbered)
    if mine.has_more:
        more = Button(Text("incident.button.more"), tap=f"r:list:{page + 1}")
        buttons = (*buttons, (more,))
    example = spoken(mine.matters[0].code)
    text = Text("incident.list", {"lines": lines, "code": example})
    return Notice(text=text, buttons=buttons)


def matter_notice(db: Connection, matter: Matter) -> Notice:
    """One report or request: what it is and where it stands. Of a quiet one not what it is."""
    if isinstance(matter, Incident) and matter.quiet:
        return quiet.shown_of(db, matter)
    title: dict[str, Param] = {"code": spoken(matter.code), "kind": _kind(matter)}
    lines = (
        Text("incident.shown.title", title),
        Text("incident.shown.at", {"at": Moment(matter.created_at)}),
        standing(db, matter) if isinstance(matter, Incident) else state_of(db, matter),
    )
    buttons = own_buttons(matter) if isinstance(matter, Incident) else ()
    return Notice(text=Text("receipt.body", {"lines": lines}), buttons=buttons)


def own_buttons(incident: Incident) -> tuple[_ROW, ...]:
    """Add something; give the name where it was withheld; "not solved" where it counts."""
    reopened = incident.reopened_at is not None
    if not may_reopen(State(incident.state), reopened_before=reopened):
        named = ((name_button(incident),),) if may_give_name(incident) else ()
        return ((add_button(incident),), *named)
    return ((add_button(incident),), (reopen_button(incident),))


def _line(number: int, matter: Matter) -> Text:
    params: dict[str, Param] = {
        "number": number,
        "code": spoken(matter.code),
        "kind": _kind(matter),
        "state": _state(matter),
        "at": Moment(matter.created_at),
    }
    return Text("incident.list.line", params)


def _open(number: int, matter: Matter) -> Button:
    prefix = "" if isinstance(matter, Incident) else "m"
    label = Text("incident.button.show", {"number": number, "code": spoken(matter.code)})
    return Button(label, tap=f"r:{prefix}{matter.id}:show")


def _kind(matter: Matter) -> Text:
    return kind_label(matter.kind) if isinstance(matter, Incident) else Text("mediator.kind")


def _state(matter: Matter) -> Text:
    if isinstance(matter, Incident):
        return Text(f"incident.state.{matter.state}")
    return Text(f"mediator.state.short.{matter.state}")
