"""What must leave no word on the phone: the way out that can be typed at any time, the code that
alone shows a quiet report and takes an answer, and the question when it is safe to write.
"""

import re
from dataclasses import replace
from typing import Final

from actions import quiet, traces
from actions.additions import Addition
from actions.my_matters import find_mine
from bot.flows.draft import Draft
from bot.handlers import adding, menu, reporter
from bot.handlers.first_line import NUMBERS
from bot.handlers.turn import Turn
from domain.errors import Refused
from domain.notices import Notice, Text
from domain.text import nfc
from storage.tables import Incident, Outbox

# A message that begins with a code, with or without "mã" before it.
_CODED: Final = re.compile(
    r"\W*(?:m[aã]\W+)?(\d(?:[ .\-–]?\d){7})(?!\d)(.*)", re.DOTALL | re.IGNORECASE
)


def leave(turn: Turn, rest: str = "") -> None:
    """The way out, at any moment: an everyday menu, and nothing left to read above it."""
    since = traces.leave(turn.db, turn.address, turn.now)
    everyday = Text("menu.below", {"text": Text("quiet.menu")})
    text = Text("menu.lines", {"lines": (NUMBERS, Text("house.trial"), everyday)})
    shown = turn.say(replace(menu.menu_notice(), text=text))
    if since is not None:
        traces.take_all_back(turn.db, turn.address, since, turn.now, but=shown)


def stay_silent(turn: Turn, rest: str = "") -> None:
    """In a group any answer would only show who asked for a way out."""


def on_code(turn: Turn) -> bool:
    """A message that begins with the code of an own quiet report, in any state: it is shown, or
    what follows the code is added to it. Raises Refused."""
    found = _CODED.fullmatch(nfc(turn.incoming.text).strip())
    incident = _find(turn, found[1]) if found else None
    if found is None or incident is None:
        return False
    incoming, words = turn.incoming, found[2].strip(" \t\n.,:;-–")
    if not (words or incoming.media or incoming.pin):
        reporter.show(turn, incident)
    elif not incoming.media and reporter.is_not_solved(words, numbered=False):
        reporter.open_again(turn, incident)
    else:
        said = Addition(turn.bot.name, words, incoming.media, incoming.pin, album=incoming.album)
        adding.add(turn, incident, said, answers=False)
    return True


def on_reply(turn: Turn, row: Outbox) -> bool:
    """A reply to "there is news": without its code nobody can know who writes."""
    if not quiet.is_news(turn.db, row):
        return False
    turn.say(Notice(Text("quiet.by_code")))
    return True


def finish_contact(turn: Turn, draft: Draft) -> None:
    """Keep the answer. Raises Refused."""
    incident = find_mine(turn.db, turn.person.id, str(draft.context.get("code", "")))
    if not isinstance(incident, Incident):
        raise Refused("incident.unknown")
    incident = quiet.set_contact(turn.db, incident, draft.get("contact").choice, turn.now)
    kept = Text(f"quiet.contact.kept.{incident.contact}")
    turn.say(Notice(kept), concerns=quiet.about(turn.db, incident))


def _find(turn: Turn, code: str) -> Incident | None:
    try:
        found = find_mine(turn.db, turn.person.id, code)
    except Refused:
        return None
    return found if isinstance(found, Incident) and found.quiet else None
