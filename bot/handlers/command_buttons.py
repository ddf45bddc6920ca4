"""Buttons that stand for a command (`c:baotin`), or for what only a button says."""

from typing import Final

from bot.handlers import alerting, groups, proving, taking_up, which_way
from bot.handlers.commands import COMMANDS, Command
from bot.handlers.turn import Turn
from domain.notices import Text

_PRESSED: Final = (
    Command("baotinmoi", lambda turn, rest: taking_up.begin_anew(turn, "baotin")),
    Command("hoagiaimoi", lambda turn, rest: taking_up.begin_anew(turn, "hoagiai")),
    Command("xacminhtin", proving.prove_held),
    Command("dangbai", which_way.post),
    # On messages of an older program.
    Command("baotinkhan", alerting.begin, in_group=groups.point_to_report),
)

_BY_TAP: Final = {command.name: command for command in (*COMMANDS, *_PRESSED)}


def on_tap(turn: Turn, rest: str) -> None:
    """A press of one."""
    name, _, more = rest.partition(":")
    command = _BY_TAP.get(name)
    if command is None:
        turn.pop_up(Text("command.old_button"))
    else:
        (command.run if turn.incoming.private else command.in_group)(turn, more)
