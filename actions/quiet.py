"""Reports that must leave no word on the reporter's phone: what is said about them there is the
same for all of them, and nothing of it says what it is about. The code alone shows more.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.cards import refresh_card
from actions.desks import desks_with_card
from actions.expected import is_asked, question_of
from actions.receipt_face import add_button, reopen_button
from domain.codes import spoken
from domain.incidents import State, may_reopen
from domain.notices import Button, Lane, Moment, Notice, Param, Text
from domain.quiet import NONE, contact_of, is_quiet, is_told_quietly, suggests_quiet, wait_until
from storage import incidents, outbox, reveals
from storage.subjects import NEWS, subject_for, subject_in
from storage.tables import Address, Draft, Incident, Outbox
from storage.traces import list_ours

# News that nobody has looked at is not told again sooner.
SAID_AGAIN_AFTER: Final = timedelta(minutes=10)
# News may wait for the morning; it is not told twice meanwhile.
_LONGEST_WAIT: Final = timedelta(hours=16)
# The line that stands above every menu: it tells nothing.
NUMBERS: Final = Text("menu.numbers")
_ROWS = tuple[tuple[Button, ...], ...]


def receipt_of(db: Connection, incident: Incident) -> Notice:
    """What its reporter reads once, at the moment of filing: it is never changed later."""
    unread = "new" if desks_with_card(db, incident) else "unread"
    lines = (
        NUMBERS,
        Text("house.trial"),
        Text("quiet.receipt", {"code": spoken(incident.code)}),
        Text(f"quiet.receipt.{unread}"),
        Text("quiet.exit"),
    )
    return Notice(text=Text("receipt.body", {"lines": lines}))


def shown_of(db: Connection, incident: Incident) -> Notice:
    """What the code shows: where it stands, the officer's open question, and how to answer."""
    code: dict[str, Param] = {"code": spoken(incident.code)}
    asked = question_of(db, incident) if is_asked(db, incident) else ""
    lines = (
        NUMBERS,
        Text("house.trial"),
        Text("quiet.shown", code),
        standing(db, incident),
        *_revealed(db, incident),
        *((Text("quiet.question", {"words": asked}),) if asked else ()),
        Text("quiet.answer.how" if asked else "quiet.more.how", code),
    )
    buttons = _buttons(incident, asked=bool(asked))
    return Notice(text=Text("receipt.body", {"lines": lines}), buttons=buttons)


def noted_of(db: Connection, incident: Incident, *, by_code: bool = True) -> Notice:
    """The answer to what its reporter has just written, without the code where they did not
    write it themselves."""
    heard = desks_with_card(db, incident)
    code = {"code": spoken(incident.code)}
    lines = (
        NUMBERS,
        Text("quiet.noted", code) if by_code else Text("quiet.noted.plain"),
        *(() if heard else (Text("quiet.state.unread"),)),
    )
    return Notice(text=Text("receipt.body", {"lines": lines}))


def news_of(incident: Incident) -> Notice:
    """All that is ever sent unasked."""
    return Notice(text=Text("quiet.news", {"code": spoken(incident.code)}))


def standing(db: Connection, incident: Incident) -> Text:
    """Who has it now, in words that say nothing of what it is."""
    state = State(incident.state)
    if state is State.NEW:
        return Text(f"quiet.state.{'new' if desks_with_card(db, incident) else 'unread'}")
    at = incident.closed_at or incident.taken_at or incident.created_at
    return Text(f"quiet.state.{state.value}", {"at": Moment(at)})


def tell_news(db: Connection, incident: Incident, address: Address, now: datetime) -> int | None:
    """Owe the reporter "there is news", when that is safe; None where they asked for nothing.
    What they have not looked at yet is not repeated."""
    if incident.contact == NONE:
        return None
    if (unread := _unread_news(db, incident, address, now)) is not None:
        return unread
    return outbox.put(
        db,
        address,
        news_of(incident),
        Lane.CONVERSATION,
        now,
        concerns=subject_for(db, NEWS, incident.id),
        not_before=wait_until(incident.contact, now),
    )


def about(db: Connection, incident: Incident) -> str:
    """The `concerns` of what its reporter asked to see."""
    return subject_for(db, "receipt", incident.id)


def is_news(db: Connection, row: Outbox) -> bool:
    """Whether this message said no more than that there is news."""
    return subject_in(db, row.concerns)[0] == NEWS


def set_contact(db: Connection, incident: Incident, choice: str, now: datetime) -> Incident:
    """The reporter said when it is safe to write."""
    contact = contact_of(choice, quiet=True)
    incidents.set_columns(db, incident.id, contact=contact)
    incident = incidents.get(db, incident.id)
    refresh_card(db, incident, now)
    return incident


def become_quiet(db: Connection, incident: Incident, words: str) -> Incident:
    """What was told later may make it such a report; nothing makes it loud again. Until its
    reporter said when to write, nobody writes."""
    if incident.quiet or not is_told_quietly(incident.kind, words):
        return incident
    incidents.set_columns(db, incident.id, quiet=True, contact=NONE)
    return incidents.get(db, incident.id)


def is_quiet_draft(draft: Draft) -> bool:
    """Whether a conversation is about such a thing, as far as it got."""
    state = draft.state or {}
    answers, context = state.get("answers") or {}, state.get("context") or {}
    told = "\n".join(answer["words"] for answer in answers.values() if answer.get("words"))
    chosen = (answers.get("kind") or {}).get("choice") or context.get("kind") or ""
    if context.get("quiet") or is_quiet(str(chosen)):
        return True
    return is_told_quietly(str(chosen), told) if chosen else suggests_quiet(told)


def _revealed(db: Connection, incident: Incident) -> Iterator[Text]:
    """When the reporter's name was shown, as far as the law lets that be told."""
    for reveal in reveals.list_told(db, incident.id):
        if reveal.decided_at is not None:
            yield Text("quiet.revealed", {"at": Moment(reveal.decided_at)})


def _unread_news(
    db: Connection, incident: Incident, address: Address, now: datetime
) -> int | None:
    """Unread until the code was typed; what still waits to be sent is, too."""
    for row in list_ours(db, address.id, now - _LONGEST_WAIT):
        subject, about = subject_in(db, row.concerns)
        if about != incident.id or row.edits is not None or row.erased:
            continue
        fresh = row.state == "due" or row.created_at > now - SAID_AGAIN_AFTER
        return row.id if subject == NEWS and fresh else None
    return None


def _buttons(incident: Incident, *, asked: bool) -> _ROWS:
    answer = Button(Text("incident.button.answer"), tap=f"r:{incident.id}:answer")
    reopened = incident.reopened_at is not None
    again = may_reopen(State(incident.state), reopened_before=reopened)
    return (
        *(((answer,),) if asked else ()),
        (add_button(incident),),
        *(((reopen_button(incident),),) if again else ()),
    )
