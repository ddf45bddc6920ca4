"""The ladder for silence in people's chats: /truc shows and changes it, and whoever was woken in
private takes the report with a word as well as with the button.
"""

from collections.abc import Callable
from typing import Final

from actions import handling, ladder_keeping
from actions.expected import find_newest
from actions.ladder import is_waiting
from actions.ladder_keeping import Change
from actions.ladder_view import view_of
from bot.handlers import menu
from bot.handlers.officer_questions import area_of
from bot.handlers.officer_words import act_in
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.codes import spoken
from domain.errors import Refused
from domain.incidents import Act
from domain.notices import Button, Notice, Text, plain
from domain.text import fold
from domain.urgency import Urgency
from storage.tables import Outbox, Ward

_MOST_BUTTONS: Final = 5
_SUBJECT: Final = "ladder"
_USUAL: Final = ("mac dinh", "nhu cu", "default")


def show(turn: Turn, rest: str) -> None:
    """/truc, with the ward's code before anything else where there are several; "P1 2 4 6 8"
    chooses minutes, "gọi" and "bỏ" a number to phone. An open question is asked again below.
    Raises Refused."""
    seen = ladder_keeping.list_seen(turn.db, turn.person.id, turn.bot.wards)
    head, _, more = rest.strip().partition(" ")
    named = [ward for ward in seen if ward.code == head]
    ward = next(iter(named), seen[0] if len(seen) == 1 else None)
    if ward is None:
        turn.say(_which(seen))
        return
    _change(turn, ward.code, more if named else rest)
    turn.say(view_of(turn.db, ward.code, turn.person.id))
    menu.go_on_asking(turn)


def on_reply(turn: Turn, row: Outbox) -> bool:
    """A reply to the call that woke somebody. Raises Refused."""
    incident_id = _called_about(row)
    if incident_id is None:
        return False
    if act_in(turn.incoming.text) is not Act.TAKE:
        turn.say(Notice(Text("ladder.reply_how")))
        return True
    incident = handling.acknowledge(turn.db, incident_id, turn.person, turn.now)
    code = spoken(incident.code)
    turn.say(Notice(Text(f"{area_of(turn, incident)}.done.{Act.TAKE.value}", {"code": code})))
    return True


def on_words(turn: Turn, newest: Outbox | None) -> bool:
    """The same words below the call, where it was the last thing to read. Raises Refused."""
    if newest is None or act_in(turn.incoming.text) is not Act.TAKE:
        return False
    return on_reply(turn, newest)


def on_waiting_call(turn: Turn) -> bool:
    """The same for words that mean a command elsewhere, as long as nobody took it."""
    if act_in(turn.incoming.text) is not Act.TAKE:
        return False
    newest = find_newest(turn.db, turn.address.id)
    incident_id = _called_about(newest) if newest else None
    if newest is None or incident_id is None or not is_waiting(turn.db, incident_id):
        return False
    return on_reply(turn, newest)


def _called_about(row: Outbox) -> int | None:
    subject, _, number = (row.concerns or "").partition(":")
    return find_id(number) if subject == _SUBJECT else None


def _change(turn: Turn, ward_code: str, typed: str) -> None:
    """Nothing where nothing, or nothing known, was typed: what is shown says how."""
    head, _, more = typed.strip().partition(" ")
    deed = _CHANGES.get(fold(head))
    if deed is not None:
        deed(turn, Change(ward_code, turn.person.id, turn.now), more.strip())
    elif head:
        raise Refused("ladder.not_understood")


def _choose(turn: Turn, change: Change, typed: str, urgency: Urgency) -> None:
    said = "" if fold(typed) in _USUAL else typed
    if not said and not typed:
        raise Refused("ladder.minutes_unread")
    ladder_keeping.choose_minutes(turn.db, change, urgency, said)


def _which(seen: list[Ward]) -> Notice:
    labels = [
        Text("menu.numbered", {"number": number, "label": plain(f"{ward.name} ({ward.code})")})
        for number, ward in enumerate(seen[:_MOST_BUTTONS], start=1)
    ]
    taps = (f"c:truc:{ward.code}" for ward in seen)
    buttons = tuple((Button(label, tap),) for label, tap in zip(labels, taps, strict=False))
    return Notice(Text("ladder.which_ward", {"code": seen[0].code}), buttons)


_Deed = Callable[[Turn, Change, str], object]
_CHANGES: Final[dict[str, _Deed]] = {
    "p1": lambda turn, change, typed: _choose(turn, change, typed, Urgency.P1),
    "p2": lambda turn, change, typed: _choose(turn, change, typed, Urgency.P2),
    **dict.fromkeys(
        ("goi", "call"),
        lambda turn, change, typed: ladder_keeping.add_phone(turn.db, change, typed),
    ),
    **dict.fromkeys(
        ("bo", "drop"),
        lambda turn, change, typed: ladder_keeping.drop_phone(turn.db, change, typed),
    ),
}
