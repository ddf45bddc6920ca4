"""Reads a conversation that was answered to its end: what it says becomes plain values for
the deed that follows.
"""

from typing import Any, Final

from actions.additions import Addition
from actions.incidents import Occurred, ReportedIncident, responsible_ward
from actions.mediations import RequestedMediation
from bot.flows.draft import Answer, Draft
from bot.flows.helped_step import is_helping
from bot.flows.traces_step import was_warned
from bot.handlers.turn import Turn
from domain.incidents import Place, Source
from domain.kinds import KINDS

_LANDMARK: Final = "landmark:"
_ANY_KIND: Final = "OTHER"


def report_of(turn: Turn, draft_id: int, draft: Draft) -> ReportedIncident:
    """The report. The name is taken only where it was allowed."""
    what, when = draft.get("what"), draft.get("when")
    kind = draft.get("kind").choice
    return ReportedIncident(
        draft_id=draft_id,
        reporter=turn.address,
        kind=kind if kind in KINDS else _ANY_KIND,
        words=what.words,
        ward_code=ward_code_of(turn, draft),
        neighbourhood_id=neighbourhood_of(draft),
        place=place_of(draft),
        occurred=Occurred(when.choice, when.words),
        name=turn.person.name if draft.get("name").choice == "yes" else None,
        media=(*what.media, *draft.get("place").media),
        warned=was_warned(draft),
        source=Source.HELPER if is_helping(draft) else Source.RESIDENT,
        helped=_helped(draft),
        contact=draft.get("contact").choice,
    )


def addition_of(turn: Turn, draft_id: int, draft: Draft) -> Addition:
    """What was added to an earlier report."""
    more = draft.get("more")
    album = turn.incoming.album
    return Addition(turn.bot.name, more.words, more.media, more.pin, draft_id, album)


def mediation_of(turn: Turn, draft_id: int, draft: Draft) -> RequestedMediation:
    """The request for mediation."""
    return RequestedMediation(
        draft_id=draft_id,
        asker=turn.address,
        ward_code=ward_code_of(turn, draft),
        neighbourhood_id=neighbourhood_of(draft),
        subject=draft.get("subject").words,
        other_side=draft.get("other").words,
        meeting=_told(draft.get("meeting")),
        files=tuple(file for answer in draft.answers.values() for file in answer.media),
        pin=draft.get("subject").pin or draft.get("place").pin,
    )


def neighbourhood_of(draft: Draft) -> int | None:
    """The one that was chosen, or known from the start; None where nobody could say."""
    chosen = draft.get("neighbourhood").choice
    if chosen:
        return int(chosen) if chosen.isdecimal() else None
    known: Any = draft.context.get("neighbourhood")
    return int(known["id"]) if known else None


def ward_code_of(turn: Turn, draft: Draft) -> str:
    """The ward that answers for it. Raises Refused where there is none at all."""
    known = str(draft.context.get("ward_code") or "")
    return responsible_ward(turn.db, neighbourhood_of(draft), known, turn.bot.wards)


def place_of(draft: Draft) -> Place:
    """Where it is, as told."""
    told = draft.get("place")
    return Place(_landmark(draft, told.choice), told.words, told.pin)


def _helped(draft: Draft) -> dict[str, str] | None:
    """Whom it is about, where somebody else reports it."""
    if not is_helping(draft):
        return None
    return {"who": draft.get("helped").words, "agreed": draft.get("agreed").choice}


def _landmark(draft: Draft, choice: str) -> str:
    if not choice.startswith(_LANDMARK):
        return ""
    of_neighbourhood: Any = draft.context.get("landmarks") or {}
    names = of_neighbourhood.get(str(neighbourhood_of(draft)), ())
    at = int(choice.removeprefix(_LANDMARK))
    return str(names[at]) if at < len(names) else ""


def _told(answer: Answer) -> str:
    return answer.words or answer.choice
