"""Whoever reported takes it back, in words or by the button: it was a mistake. Nobody is scolded,
and what was sent stays; the police hear that it was one.
"""

import re
from typing import Final

from actions import alerts, quiet
from actions.alerts import is_recent
from actions.my_matters import find_newest_incident
from actions.receipt_face import add_button, numbers_first, withdraw_button
from bot.handlers.turn import Turn
from domain.choices import without_courtesy
from domain.codes import spoken
from domain.incidents import is_still_open
from domain.notices import Notice, Text
from domain.text import fold
from domain.urgency import Urgency
from storage.tables import Incident

_MISTAKE: Final = frozenset(
    {
        "nham", "nham roi", "bao nham", "bao nham roi", "bam nham", "bam nham roi",
        "toi bao nham", "toi bao nham roi", "toi bam nham", "gui nham", "gui nham roi",
        "it was a mistake", "false alarm", "by mistake", "my mistake", "mistake",
    }
)  # fmt: skip
_REGRET: Final = re.compile(
    r"\b(bao nham|rut (lai )?(cai )?tin|(huy|xoa|thu hoi) (lai )?(cai )?tin"
    r"|reported (it |this )?by mistake|withdraw my report)\b"
)
_MOST_WORDS: Final = 14


def is_mistake(words: str) -> bool:
    """Whether the whole message says that it was a mistake."""
    return fold(words) in _MISTAKE or fold(without_courtesy(words)) in _MISTAKE


def regretted(turn: Turn) -> bool:
    """Whether the message says so in other words, and was answered."""
    typed = turn.incoming.text
    words = fold(typed)
    whole = is_mistake(typed)
    if not whole and (len(words.split()) > _MOST_WORDS or not _REGRET.search(words)):
        return False
    last = find_newest_incident(turn.db, turn.person.id)
    if last is None:
        return False
    if last.quiet:
        # An older one is not what is meant, and this one is spoken of by its code alone.
        turn.say(Notice(Text("quiet.by_code")))
    else:
        take_back(turn, last, sure=whole)
    return True


def take_back(turn: Turn, incident: Incident, *, sure: bool) -> None:
    """An alert of the last hour is marked as a mistake by these words alone; all else by its
    button: nobody knows what somebody still means by them two days later."""
    if not is_still_open(incident):
        turn.say(Notice(Text("incident.not_taken_back"), ((add_button(incident),),)))
    elif sure and incident.urgency == Urgency.P1 and is_recent(incident, turn.now):
        withdraw(turn, incident)
    else:
        buttons = ((withdraw_button(incident),), (add_button(incident),))
        turn.say(Notice(Text("incident.may_be_mistake"), buttons))


def withdraw(turn: Turn, incident: Incident) -> None:
    """Nobody is scolded for it. Raises Refused."""
    incident = alerts.withdraw(turn.db, incident, turn.now)
    tell(turn, incident, Text("danger.false_alarm", {"code": spoken(incident.code)}))


def tell(turn: Turn, incident: Incident, *lines: Text) -> None:
    """What is written next may belong to it, as after its receipt."""
    whole = Text("receipt.body", {"lines": (numbers_first(incident), *lines)})
    open_still = is_still_open(incident) and not incident.quiet
    buttons = ((withdraw_button(incident),),) if open_still else ()
    turn.say(Notice(whole, buttons), concerns=quiet.about(turn.db, incident))
