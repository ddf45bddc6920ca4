"""What follows the one tap on an alert: yes sends it at once, no goes on exactly where the words
would have gone.
"""

from dataclasses import replace
from typing import Any

from actions import conversations
from actions.incidents import ReportedIncident, report_incident, responsible_ward
from actions.quiet import is_quiet_draft
from bot.channels.base import Incoming
from bot.flows.alert import kind_code, story_of
from bot.flows.dangers import is_about
from bot.flows.draft import Answer, Draft
from bot.flows.neighbourhoods import read_neighbourhood
from bot.handlers import alerting, conversation, follow_ups, menu
from bot.handlers.finished import neighbourhood_of, place_of, report_of
from bot.handlers.turn import Again, Turn
from domain.incidents import Place
from domain.notices import Pin, Text
from storage import tables


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Send it, or go on as if it had not been asked. Raises Refused."""
    if draft.get("confirm").choice == "no":
        _go_on_calmly(turn, draft)
    else:
        _send(turn, draft_id, draft)


def _send(turn: Turn, draft_id: int, draft: Draft) -> None:
    below = _below(turn, draft)
    carried = [row for row in below if _is_carried(row, kind_code(draft))]
    report = _report(turn, draft_id, draft, [conversation.read(row) for row in carried])
    if any(is_quiet_draft(row) for row in carried):
        report = replace(report, quiet=True)
    incident = report_incident(turn.db, report, turn.now, turn.random_below)
    left = [row for row in below if row not in carried and conversations.has_answers(row)]
    for row in below:
        if row in carried or row.flow in conversations.FOLLOW_UPS:
            conversations.end_draft(turn.db, row.id, "done", turn.now)
    follow_ups.begin(turn, incident, Text("command.set_aside") if left else None)


def send_report(turn: Turn, draft_id: int, draft: Draft) -> None:
    """A report that is an emergency, as far as it was told; the questions after an alert follow.
    Raises Refused."""
    report = report_of(turn, draft_id, draft)
    near = report.neighbourhood_id
    if near is None and (named := read_neighbourhood(draft, report.words).answer):
        near = int(named.choice)
    known = _chosen_ward(draft) or str(draft.context.get("ward_code") or "")
    ward_code = responsible_ward(turn.db, near, known, turn.bot.wards)
    report = replace(report, ward_code=ward_code, neighbourhood_id=near, urgent=True)
    # Who helps is called back instead of whoever cannot write.
    report = replace(report, callback=turn.person.phone)
    incident = report_incident(turn.db, report, turn.now, turn.random_below)
    follow_ups.begin(turn, incident)


def _is_carried(row: tables.Draft, code: str) -> bool:
    """What stood unfinished about something else stays as it is, with its place and files."""
    if row.flow == "report":
        return is_about(conversation.read(row), code)
    return row.flow == "alert"


def _below(turn: Turn, draft: Draft) -> list[tables.Draft]:
    """What was set aside for it, and for that."""
    row = alerting.set_aside_for(turn, draft)
    if row is None:
        return []
    return [row, *(_below(turn, conversation.read(row)) if row.flow == "alert" else ())]


def _report(turn: Turn, draft_id: int, draft: Draft, below: list[Draft]) -> ReportedIncident:
    """The alert, with what lies unsent of the same danger below it."""
    told, home = story_of(draft), draft.get("confirm").choice == "home"
    place = Place(words=turn.person.house or "" if home else "", pin=told.pin)
    near = _home_in(draft) if home else _near(draft, told.words)
    words, media = told.words, told.media
    for earlier in below:
        first = story_of(earlier) if earlier.flow == "alert" else earlier.get("what")
        before = first.with_more(words, earlier.get("place").media + media)
        words, media = before.words, before.media
        place, near = _with_earlier(place, near, earlier)
    known = _chosen_ward(draft) or str(draft.context.get("ward_code") or "")
    return ReportedIncident(
        draft_id=draft_id,
        reporter=turn.address,
        kind=kind_code(draft),
        words=words,
        ward_code=responsible_ward(turn.db, near, known, turn.bot.wards),
        neighbourhood_id=near,
        place=place,
        media=media,
        callback=turn.person.phone,
        urgent=True,
        quiet=bool(draft.context.get("quiet")),
    )


def _home_in(draft: Draft) -> int | None:
    known: Any = draft.context.get("neighbourhood")
    return int(known["id"]) if known else None


def _chosen_ward(draft: Draft) -> str:
    """The code of the ward that was asked for, "" where it was not, or nobody could say."""
    chosen = draft.get("responsible").choice
    return chosen if chosen.isdecimal() else ""


def _near(draft: Draft, words: str) -> int | None:
    """The neighbourhood that the words name or that was chosen; somebody who lives here and
    says "elsewhere" may be anywhere."""
    named = read_neighbourhood(draft, words).answer
    if named is not None:
        return int(named.choice)
    away = draft.context.get("home") and draft.get("confirm").choice == "yes"
    return None if away or draft.get("responsible").choice else neighbourhood_of(draft)


def _with_earlier(place: Place, near: int | None, earlier: Draft) -> tuple[Place, int | None]:
    """What the alert itself says of the place comes first."""
    told = place_of(earlier)
    pin: Pin | None = place.pin or told.pin or earlier.get("what").pin
    if place.words:
        return replace(place, pin=pin), near
    chosen = neighbourhood_of(earlier) if earlier.get("neighbourhood").choice else None
    return Place(told.landmark, told.words, pin), near or chosen


def _go_on_calmly(turn: Turn, draft: Draft) -> None:
    """The words go where they would have gone; of the same danger it is not asked again."""
    story = story_of(draft)
    row = alerting.set_aside_for(turn, draft)
    if row is not None:
        conversations.reopen_draft(turn.db, row.id, turn.now)
    if story == Answer():
        menu.show(turn, Text("danger.not_sent"))
        return
    incoming = _as_it_came(turn, draft, story)
    if row is not None and row.flow in conversations.FOLLOW_UPS:
        follow_ups.add_message(replace(turn, incoming=incoming), row)
        return
    newest = draft.context.get("newest")
    turn.again = Again(incoming, newest if isinstance(newest, int) else None)


def _as_it_came(turn: Turn, draft: Draft, story: Answer) -> Incoming:
    """All that was told meanwhile, as one message."""
    reply_to = draft.context.get("reply_to")
    return replace(
        turn.incoming,
        text=f"{draft.context.get('command') or ''}{story.words}",
        media=story.media,
        pin=story.pin,
        album=draft.album,
        reply_to=str(reply_to) if reply_to else None,
        tap=None,
    )
