"""/duyetluat: somebody of the ward reads the law items that are held, one by one and word by word,
and approves each or leaves it.
"""

from typing import Final

from actions.card_face import ward_name
from actions.law_approval import (
    IN_FILE,
    SEAL_LETTERS,
    Waiting,
    held_items,
    list_waiting,
    require_approver,
    wards_of_approver,
)
from actions.law_approval import approve as approve_item
from actions.law_approval import withdraw as withdraw_item
from actions.law_face import approval_of, title_of
from actions.law_pausing import is_law_paused, pause_law, resume_law
from bot.handlers.numbered import numbered
from bot.handlers.turn import Turn
from domain.errors import Refused
from domain.notices import Button, Notice, Param, Text, plain

_MOST_WARDS: Final = 5
_NOTHING: Final = Text("text.nothing")


def show(turn: Turn, rest: str = "") -> None:
    """The first item that waits in the ward; of several wards which one. Raises Refused."""
    around = wards_of_approver(turn.db, turn.person, turn.bot.wards)
    chosen = [ward for ward in around if ward.code == rest.strip()] or around
    if len(chosen) > 1:
        choices = ((plain(ward.name), f"k:ward:{ward.code}") for ward in chosen[:_MOST_WARDS])
        turn.say(Notice(Text("law.approve.which_ward"), numbered(*choices)))
        return
    _next(turn, chosen[0].code)


def approve(turn: Turn, which: str) -> None:
    """`<ward>:<item>:<seal>`: these words are approved; the next item follows. Raises
    Refused."""
    ward_code, waiting = _read(which)
    following = _after(turn, ward_code, waiting.item)
    approve_item(turn.db, turn.person, ward_code, waiting, turn.now)
    done = Text("law.approve.done", {"title": title_of(waiting.item)})
    _ask(turn, ward_code, following, done, undo=waiting.item)


def leave(turn: Turn, which: str) -> None:
    """The same: it stays held, and the next one follows. Raises Refused."""
    ward_code, waiting = _read(which)
    require_approver(turn.db, turn.person, ward_code)
    _ask(turn, ward_code, _after(turn, ward_code, waiting.item), Text("law.approve.left"))


def withdraw(turn: Turn, which: str) -> None:
    """`<ward>:<item>`: the ward does not stand behind it any more. Raises Refused."""
    ward_code, _, item = which.partition(":")
    if not withdraw_item(turn.db, turn.person, ward_code, item, turn.now):
        raise Refused("law.approve.withdrawn_already")
    turn.say(Notice(Text("law.approve.withdrawn", {"title": title_of(item)})))


def pause(turn: Turn, ward_code: str) -> None:
    """The ward's neighbourhoods get no law items for now. Raises Refused."""
    pause_law(turn.db, turn.person, ward_code, turn.now)
    turn.say(Notice(Text("law.paused", _of_ward(turn, ward_code)), _goes_on(turn, ward_code)))


def resume(turn: Turn, ward_code: str) -> None:
    """They get them again. Raises Refused."""
    resume_law(turn.db, turn.person, ward_code, turn.now)
    turn.say(Notice(Text("law.resumed", _of_ward(turn, ward_code)), _goes_on(turn, ward_code)))


def _of_ward(turn: Turn, ward_code: str) -> dict[str, Param]:
    return {"ward": ward_name(turn.db, ward_code)}


def _goes_on(turn: Turn, ward_code: str) -> tuple[tuple[Button], ...]:
    return numbered(_pausing(turn, ward_code))


def _pausing(turn: Turn, ward_code: str) -> tuple[Text, str]:
    """The other one of the two is offered."""
    what = "resume" if is_law_paused(turn.db, ward_code) else "pause"
    return Text(f"law.button.{what}"), f"k:{what}:{ward_code}"


def _next(turn: Turn, ward_code: str) -> None:
    waiting = list_waiting(turn.db, ward_code, turn.now)
    _ask(turn, ward_code, waiting[0] if waiting else None, _NOTHING)


def _ask(
    turn: Turn, ward_code: str, waiting: Waiting | None, before: Text, undo: str | None = None
) -> None:
    """Show an item with its choices, below what became of the one before; or that it was the
    last."""
    undoing = ((Text("law.button.undo"), f"k:un:{ward_code}:{undo}"),) if undo else ()
    if waiting is None:
        ended = Text("law.approve.body", {"lines": (before, _ending(turn, ward_code))})
        turn.say(Notice(ended, numbered(*undoing, _pausing(turn, ward_code))))
        return
    held = list_waiting(turn.db, ward_code, turn.now)
    params: dict[str, Param] = {"number": len(held), "ward": ward_name(turn.db, ward_code)}
    lines = (before, Text("law.approve.head", params), *approval_of(waiting.item))
    which = f"{ward_code}:{waiting.item}:{waiting.seal}"
    choices = (
        (Text("law.button.approve"), f"k:ok:{which}"),
        (Text("law.button.leave"), f"k:no:{which}"),
    )
    buttons = numbered(*choices, *undoing, _pausing(turn, ward_code))
    turn.say(Notice(Text("law.approve.body", {"lines": lines}), buttons))


def _ending(turn: Turn, ward_code: str) -> Text:
    """That nothing follows, and what is still held."""
    held = held_items(turn.db, ward_code, turn.now)
    in_file = sum(why in IN_FILE for why in held.values())
    waiting = len(list_waiting(turn.db, ward_code, turn.now))
    lines = (
        Text("law.approve.all") if not waiting else Text("law.approve.end", {"number": waiting}),
        Text("law.approve.in_file", {"number": in_file}) if in_file else _NOTHING,
    )
    return Text("law.approve.body", {"lines": lines})


def _after(turn: Turn, ward_code: str, item: str) -> Waiting | None:
    """The one that waits behind this one, in the order of the files."""
    waiting = list_waiting(turn.db, ward_code, turn.now)
    places = [at for at, each in enumerate(waiting) if each.item == item]
    return next(iter(waiting[places[0] + 1 :]), None) if places else next(iter(waiting), None)


def _read(which: str) -> tuple[str, Waiting]:
    ward_code, _, rest = which.partition(":")
    item, _, seal = rest.partition(":")
    if len(seal) != SEAL_LETTERS:
        raise Refused("incident.old_button")
    return ward_code, Waiting(item, seal)
