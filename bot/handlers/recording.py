"""Officers write down what came by another way: at once in the duty chat, step by step in
private, or by forwarding the message to the bot.
"""

from actions.conversations import open_draft
from actions.desk_matters import find_desk
from actions.incidents import ReportedIncident, responsible_ward
from actions.recording import (
    filed_as,
    guess_kind,
    may_record,
    precinct_of,
    reaches_desk,
    record,
)
from bot.flows.draft import Draft, Reply
from bot.flows.recording import FORWARDED
from bot.handlers import beginning, conversation, groups
from bot.handlers.finished import neighbourhood_of, place_of
from bot.handlers.turn import Turn
from domain.codes import spoken
from domain.incidents import Source
from domain.notices import Notice, Text


def note(turn: Turn, rest: str) -> None:
    """/ghitin with words in the duty chat: they are the card, and the card is the answer.
    Raises Refused."""
    ward_code = find_desk(turn.db, turn.address.id, turn.person.id)
    words, media = rest.strip(), turn.incoming.media
    if ward_code is None:
        groups.point_to_private(turn)
    elif not (words or media):
        turn.say(Notice(Text("recording.how")))
    else:
        report = ReportedIncident(
            draft_id=None,
            reporter=None,
            kind=guess_kind(words),
            words=words,
            ward_code=ward_code,
            media=media,
            source=Source.CALL,
            recorded_by=turn.person.id,
            bot=turn.bot.name,
        )
        record(turn.db, report, turn.now, turn.random_below)


def begin(turn: Turn, rest: str = "") -> None:
    """/ghitin in private; what was typed after it is the beginning. Whoever is no officer
    tells it as a report."""
    incoming = turn.incoming
    told = Reply(rest, incoming.media, incoming.album, incoming.pin)
    reply = told if told != Reply() else None
    if may_record(turn.db, turn.person.id, turn.bot.wards):
        _begin(turn, reply)
    else:
        beginning.begin_report(turn, reply)


def on_forwarded(turn: Turn) -> bool:
    """Whether it was a message that an officer passed on, and so begins a record; while one is
    being made, or an announcement, it belongs to that."""
    incoming = turn.incoming
    if not incoming.forwarded or not may_record(turn.db, turn.person.id, turn.bot.wards):
        return False
    row = open_draft(turn.db, turn.address.id)
    if row is not None and row.flow in ("recording", "announcement"):
        return False
    told = Reply(incoming.text, incoming.media, incoming.album, incoming.pin)
    _begin(turn, told, forwarded=True)
    return True


def hold(turn: Turn, note: str) -> None:
    """Keep what an officer passed on, and ask first what for (see asked.py)."""
    around = precinct_of(turn.db, turn.person.id, turn.bot.wards)
    context = {**beginning.context_of(around), FORWARDED: True}
    incoming = turn.incoming
    told = Reply(incoming.text, incoming.media, incoming.album, incoming.pin)
    conversation.hold(turn, "recording", context, told, note)


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """File it, and say where the card goes. Raises Refused."""
    incident = record(turn.db, _recorded(turn, draft_id, draft), turn.now, turn.random_below)
    key = "filed" if reaches_desk(turn.db, incident) else "filed.no_desk"
    turn.say(Notice(Text(f"recording.{key}", {"code": spoken(incident.code)})))


def _begin(turn: Turn, told: Reply | None, *, forwarded: bool = False) -> None:
    around = precinct_of(turn.db, turn.person.id, turn.bot.wards)
    context = {**beginning.context_of(around), FORWARDED: forwarded}
    conversation.begin(turn, "recording", context, reply=told)


def _recorded(turn: Turn, draft_id: int, draft: Draft) -> ReportedIncident:
    what, place = draft.get("what"), draft.get("place")
    own = tuple(precinct_of(turn.db, turn.person.id, turn.bot.wards).wards)
    known = str(draft.context.get("ward_code") or "")
    neighbourhood_id = neighbourhood_of(draft)
    source = draft.get("source").choice
    return ReportedIncident(
        draft_id=draft_id,
        reporter=None,
        kind=filed_as(draft.get("kind").choice or "OTHER"),
        words=what.words,
        ward_code=responsible_ward(turn.db, neighbourhood_id, known, own),
        neighbourhood_id=neighbourhood_id,
        place=place_of(draft),
        media=(*what.media, *place.media),
        source=Source(source) if source in set(Source) else Source.OTHER,
        recorded_by=turn.person.id,
        bot=turn.bot.name,
    )
