"""Mediation: a finished request is written down, and a mediator takes it in their chat."""

from collections.abc import Sequence
from typing import Final

from actions.mediations import request_mediation, take_mediation
from actions.waiting_mediations import line_of, list_waiting
from bot.flows.draft import Draft
from bot.handlers.finished import mediation_of
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.codes import spoken
from domain.errors import Refused
from domain.notices import Button, Notice, Param, Text
from storage.tables import Mediation, Outbox

_LISTED: Final = 5
_TAKE: Final = Choice(("tôi nhận", "i take it"), ("nhận", "nhận hòa giải", "take", "take it"))


def finish_mediation(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Write the request down; its receipt answers the asker."""
    request = mediation_of(turn, draft_id, draft)
    request_mediation(turn.db, request, turn.now, turn.random_below)


def on_tap(turn: Turn, rest: str) -> None:
    """A press on a mediation card: `<mediation id>:take`. Raises Refused."""
    number, _, what = rest.partition(":")
    mediation_id = find_id(number)
    if what != "take" or mediation_id is None:
        raise Refused("incident.old_button")
    turn.tap_answer = _take(turn, mediation_id)


def on_reply(turn: Turn, row: Outbox) -> bool:
    """A reply to a mediation card: the number or the words of its button take it; False where
    it is no such card, or nothing that is meant for the bot. Raises Refused."""
    about, _, number = (row.concerns or "").partition(":")
    mediation_id = find_id(number)
    if about != "mediation" or mediation_id is None:
        return False
    if recognise(turn.incoming.text, (_TAKE,)) is None:
        return False
    turn.say(Notice(_take(turn, mediation_id)), answers=row.id)
    return True


def show(turn: Turn, rest: str) -> bool:
    """/vuviec in a mediation chat: what nobody has taken, the oldest first, each with a button
    that takes it; False in any other chat. Raises Refused."""
    waiting = list_waiting(turn.db, turn.address.id, turn.person)
    if waiting is not None:
        turn.say(_list(turn, waiting))
    return waiting is not None


def _list(turn: Turn, waiting: Sequence[Mediation]) -> Notice:
    if not waiting:
        return Notice(Text("mediator.list.none"))
    shown = tuple(enumerate(waiting[:_LISTED], start=1))
    lines = tuple(line_of(turn.db, each, number) for number, each in shown)
    buttons = tuple((_take_one(each, number),) for number, each in shown)
    return Notice(Text("mediator.list", {"count": len(waiting), "lines": lines}), buttons)


def _take_one(mediation: Mediation, number: int) -> Button:
    params: dict[str, Param] = {"number": number, "code": spoken(mediation.code)}
    return Button(Text("mediator.button.take_one", params), f"m:{mediation.id}:take")


def _take(turn: Turn, mediation_id: int) -> Text:
    taken = take_mediation(turn.db, mediation_id, turn.person, turn.home, turn.now)
    return Text("mediator.done.taken", {"code": spoken(taken.code)})
