"""Asking to see who reported, the second person's answer, and the journal of who looked. All
of it in private chats: a group never sees a reason or a name.
"""

import re
from typing import Final

from actions.readings import Entry, list_acts
from actions.reveals import Decision, ask_reveal, decide_reveal, require_decide
from bot.flows.draft import Draft
from bot.handlers import conversation
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.codes import spoken
from domain.errors import Refused
from domain.lengths import shortened
from domain.notices import Moment, Notice, Param, Text
from domain.reveals import Verdict
from storage.tables import Address

_NAME_LIMIT: Final = 60
_CODE_THEN_WORDS: Final = re.compile(r"\D*((?:\d[ .\-–]?){8})(.*)", re.DOTALL)


def ask(turn: Turn, rest: str) -> None:
    """/modanhtinh with a code and a reason. Raises Refused."""
    found = _CODE_THEN_WORDS.fullmatch(rest.strip())
    told, reason = (found[1], found[2].strip()) if found else (rest, "")
    incident = ask_reveal(turn.db, turn.person, turn.bot.name, told, reason, turn.now)
    turn.say(Notice(Text("reveal.asked", {"code": spoken(incident.code)})))


def on_tap(turn: Turn, rest: str) -> None:
    """The second person's answer: `<request id>:<verdict>`. Raises Refused."""
    number, _, said = rest.partition(":")
    reveal_id = find_id(number)
    if not turn.incoming.private:
        raise Refused("reveal.in_private")
    if reveal_id is None or said not in set(Verdict):
        raise Refused("incident.old_button")
    if said == Verdict.UNTOLD:
        require_decide(turn.db, reveal_id, turn.person, turn.now)
        conversation.begin(turn, "untold", {"reveal": reveal_id})
    else:
        _decide(turn, Decision(reveal_id, Verdict(said), turn.person, turn.bot.name))


def finish_untold(turn: Turn, draft_id: int, draft: Draft) -> None:
    """The law was named: now it is decided. Raises Refused."""
    reveal_id = find_id(str(draft.context.get("reveal", ""))) or 0
    basis = draft.get("basis").words
    _decide(turn, Decision(reveal_id, Verdict.UNTOLD, turn.person, turn.bot.name, basis))


def show_journal(turn: Turn, rest: str) -> None:
    """/nhatky with a code: who did what when, and no word of what it is about. Raises
    Refused."""
    incident, entries = list_acts(turn.db, turn.person.id, rest)
    params: dict[str, Param] = {"code": spoken(incident.code)}
    if not entries:
        turn.say(Notice(Text("reveal.journal.none", params)))
        return
    params["lines"] = tuple(map(_line, entries))
    turn.say(Notice(Text("reveal.journal", params)))


def _decide(turn: Turn, decision: Decision) -> None:
    def link(reporter: Address) -> str | None:
        same = reporter.bot == turn.bot.name
        return turn.bot.account_link(reporter.chat) if same else None

    incident = decide_reveal(turn.db, decision, link, turn.now)
    turn.say(Notice(Text("reveal.done", {"code": spoken(incident.code)})))


def _line(entry: Entry) -> Text:
    params: dict[str, Param] = {"at": Moment(entry.at)}
    params["name"] = shortened(entry.name, _NAME_LIMIT)
    if entry.asked_by:
        params["asker"] = shortened(entry.asked_by, _NAME_LIMIT)
    return Text(f"reveal.journal.{entry.what.value}", params)
