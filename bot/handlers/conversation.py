"""Guided conversations as they meet people: begun, gone on with one answer at a time, resumed,
set aside and taken back. Each answer is saved in the transaction that owes the next question.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from actions import conversations
from actions.card_face import ward_name
from actions.expected import find_newest
from bot.flows import FLOWS
from bot.flows.clock import told_at
from bot.flows.draft import Answer, Draft, Reply
from bot.flows.engine import answer, resume, start
from bot.flows.outcomes import Ask, Cancelled, Finish, Kept, Outcome, Retry, Review, Switch
from bot.flows.prompt import notice_of
from bot.handlers import asked, finishing, set_apart
from bot.handlers.asked import ASKED
from bot.handlers.turn import Turn
from domain.notices import Button, Notice, Text
from storage import tables

# Whoever begins one of these may be a newcomer, who is greeted first.
_RESIDENTS: Final = ("report", "mediation")


def begin(
    turn: Turn,
    flow_name: str,
    context: Mapping[str, Any],
    answers: Mapping[str, Answer] | None = None,
    reply: Reply | None = None,
    note: Text | None = None,
    album: str | None = None,
) -> None:
    """Begin a flow with what is known already; `reply` answers its first open question, `note`
    is said above it, `album` is the messenger's group of files that go on coming.

    A draft that is open here is set aside and can be taken back; its writer is told.
    """
    if flow_name in _RESIDENTS and find_newest(turn.db, turn.address.id) is None:
        first = hello(turn, str(context.get("ward_code") or ""))
        note = first if note is None else Text("menu.after", {"before": first, "menu": note})
    draft_id, outcome = _open(turn, flow_name, context, answers or {}, reply, album)
    finishing.show_before(turn, None, outcome)
    _tell(turn, draft_id, outcome if note is None else _noting(outcome, note))


def hold(turn: Turn, flow_name: str, context: Mapping[str, Any], reply: Reply, note: str) -> None:
    """Begin a flow with what was said, but ask `note`'s question about it (see asked.py)
    before its own."""
    draft_id, outcome = _open(turn, flow_name, context, {}, reply)
    state = {**outcome.draft.to_json(), ASKED: note}
    conversations.save_draft(turn.db, draft_id, state, turn.now)
    turn.say(asked.notice_of(note))


def _open(
    turn: Turn,
    flow_name: str,
    context: Mapping[str, Any],
    answers: Mapping[str, Answer],
    reply: Reply | None,
    album: str | None = None,
) -> tuple[int, Outcome]:
    flow = FLOWS[flow_name]
    _set_aside(turn)
    if flow.timed:
        context = told_at(Draft(flow_name, context=context), turn.now).context
    outcome = start(flow, context, answers)
    outcome = replace(outcome, draft=replace(outcome.draft, album=album))
    given = [step for step in outcome.draft.answers if step not in answers]
    if reply is not None:
        outcome = answer(flow, outcome.draft, reply)
    state = {**outcome.draft.to_json(), conversations.GIVEN: given}
    draft_id = conversations.begin_draft(
        turn.db, turn.address.id, outcome.draft.flow, state, turn.now
    )
    return draft_id, outcome


def hello(turn: Turn, ward_code: str) -> Text:
    """Who speaks here, for whom, and what it is not; `ward_code` is "" while it is unknown."""
    said = Text("menu.hello.any_ward")
    if ward_code:
        said = Text("menu.hello", {"ward": ward_name(turn.db, ward_code)})
    return Text("menu.lines", {"lines": (Text("house.trial"), said)})


def _noting(outcome: Outcome, note: Text) -> Outcome:
    """With a line above the question (but below the number to call, always the first)."""
    if isinstance(outcome, Ask | Retry | Review):
        return replace(outcome, prompt=outcome.prompt.noting(note))
    return outcome


def find(turn: Turn) -> tables.Draft | None:
    """The draft that is open at this address."""
    row = conversations.open_draft(turn.db, turn.address.id)
    turn.draft_begun |= row is not None and row.created_at < turn.now
    return row


def go_on(turn: Turn, row: tables.Draft, reply: Reply) -> None:
    """Take one answer: save what it changed, then ask the next question."""
    draft = _now(turn, read(row))
    outcome = answer(FLOWS[draft.flow], draft, reply)
    if number := set_apart.find_stray_number(turn, row, draft, reply, outcome):
        ask_again(turn, row, Text("command.number_stray", {"number": number}))
        return
    if row.flow in conversations.FOLLOW_UPS:
        outcome = finishing.take_answer(turn, draft, reply, outcome)
    flow = outcome.draft.flow if isinstance(outcome, Switch) else None
    given = row.state.get(conversations.GIVEN, [])
    state = {**outcome.draft.to_json(), conversations.GIVEN: given}
    conversations.save_draft(turn.db, row.id, state, turn.now, flow)
    finishing.show_before(turn, draft, outcome)
    _tell(turn, row.id, outcome)


def ask_again(turn: Turn, row: tables.Draft, before: Text | None = None) -> None:
    """Ask the question at which the draft stands, after a line about something else."""
    if note := row.state.get(ASKED):
        notice = asked.notice_of(note)
        if before is not None and notice.text is not None:
            text = Text("menu.after", {"before": before, "menu": notice.text})
            notice = replace(notice, text=text)
        turn.say(notice)
        return
    draft = _now(turn, read(row))
    outcome = resume(FLOWS[draft.flow], draft)
    finishing.show_before(turn, None, outcome)
    _tell(turn, row.id, outcome if before is None else _noting(outcome, before))


def take_up(turn: Turn) -> bool:
    """Go on exactly there: with the open draft, or else with the last one set aside; False
    where there is none."""
    row = find(turn)
    if row is None:
        row = conversations.last_cancelled(turn.db, turn.address.id, turn.now)
        if row is None:
            return False
        conversations.reopen_draft(turn.db, row.id, turn.now)
    elif ASKED in row.state:
        note_asked(turn, row, None)
    ask_again(turn, row)
    return True


def cancel(turn: Turn, row: tables.Draft) -> None:
    """Set it aside, and say for how long it can be taken back."""
    _stop(turn, row.id, read(row))


def on_tap(turn: Turn, rest: str) -> None:
    """A press of a question's button (`<draft id>:<step>:<value>`). One that is not the
    present question's changes nothing."""
    draft_id, _, pressed = rest.partition(":")
    step, _, value = pressed.partition(":")
    row = find(turn)
    if row is None or str(row.id) != draft_id or row.state.get("step") != step:
        turn.pop_up(Text("command.old_button"))
    elif row.state.get("context", {}).get("person") not in (None, turn.person.id):
        turn.pop_up(Text("warning.of_another"))
    else:
        go_on(turn, row, Reply(tap=(step, value)))


def note_asked(turn: Turn, row: tables.Draft, note: str | None) -> None:
    """Note in the draft what its writer was asked about it as a whole (see asked.py); None:
    that was answered. The stored state alone changes."""
    state = {name: value for name, value in row.state.items() if name != ASKED}
    row.state = state if note is None else {**state, ASKED: note}
    conversations.save_draft(turn.db, row.id, row.state, turn.now)


def keep(turn: Turn, row: tables.Draft, draft: Draft) -> None:
    """Save the answers; what was asked about the draft stays asked."""
    row.state = {**row.state, **draft.to_json()}
    conversations.save_draft(turn.db, row.id, row.state, turn.now)


def read(row: tables.Draft) -> Draft:
    """The answers so far."""
    return Draft.from_json(row.state)


def _now(turn: Turn, draft: Draft) -> Draft:
    """Flows know no clock; those that need one are told the instant of the message."""
    return told_at(draft, turn.now) if FLOWS[draft.flow].timed else draft


def _tell(turn: Turn, draft_id: int, outcome: Outcome) -> None:
    """What follows from an outcome that is saved."""
    match outcome:
        case Finish(draft=draft):
            _finish(turn, draft_id, draft)
        case Cancelled(draft=draft):
            _stop(turn, draft_id, draft)
        case Kept(note=note):
            if note is not None:
                turn.say(Notice(note))
        case _:
            turn.say(notice_of(outcome, draft_id))


def _finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Do the deed. Where it is refused, the draft stays open as it was."""
    with conversations.whole_or_not(turn.db):
        conversations.end_draft(turn.db, draft_id, "done", turn.now)
        finishing.finish(turn, draft_id, draft)


def leave(turn: Turn, row: tables.Draft) -> None:
    """End it without a word."""
    conversations.end_draft(turn.db, row.id, _left(row.flow), turn.now)


def _stop(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Its writer wants no more of it."""
    conversations.end_draft(turn.db, draft_id, _left(draft.flow), turn.now)
    if not finishing.stop(turn, draft):
        turn.say(_cancelled())


def _left(flow_name: str) -> str:
    """What becomes of a draft that is left; of one that was sent as it came nothing is kept."""
    return "done" if flow_name in conversations.FOLLOW_UPS else "cancelled"


def _set_aside(turn: Turn) -> None:
    row = find(turn)
    if row is None:
        return
    conversations.end_draft(turn.db, row.id, _left(row.flow), turn.now)
    if conversations.has_answers(row):
        turn.say(Notice(Text("command.set_aside")))


def _cancelled() -> Notice:
    return Notice(
        Text("command.cancelled"),
        ((_button("take_back", "c:tieptuc"), _button("menu", "c:menu")),),
    )


def _button(name: str, tap: str) -> Button:
    return Button(Text(f"command.button.{name}"), tap)
