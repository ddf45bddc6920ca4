"""What the bot asks an officer in the duty chat, and what the answers do: how it was dealt with,
to whom it was passed on; the question to the reporter is in officer_asking.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from actions import handling
from actions.desks import Call, lane_of, settle_question, tell_desk
from actions.recording import has_reporter
from bot.handlers import officer_asking as asking
from bot.handlers.officer_words import DESTINATION_WORDS, OUTCOME_WORDS
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.codes import spoken
from domain.incidents import Act, Destination, Outcome
from domain.notices import Button, Lane, Notice, Param, Text
from storage.tables import Incident, Outbox

# The middle of the tap data of the two lists.
DONE: Final = "done"
TO: Final = "to"
# What `concerns` of each question begins with.
SUBJECTS: Final = (asking.PROMPT, asking.SHOWN, "outcome", "destination")
_LISTS: Final = ("outcome", "destination")

Which = TypeVar("Which", Outcome, Destination)


def ask(turn: Turn, incident: Incident, act: Act) -> None:
    """Put the question that this act needs, as an answer to the card."""
    code = spoken(incident.code)
    match act:
        case Act.ASK:
            asking.prompt(turn, incident)
        case Act.DEAL:
            lines = tuple(_outcome_line(at, each) for at, each in enumerate(Outcome, start=1))
            text = Text(f"{_asking(turn, incident)}.outcomes", {"code": code, "lines": lines})
            buttons = tuple(
                _row(incident, at, DONE, each.value, _outcome_label(each))
                for at, each in enumerate(Outcome, start=1)
            )
            _put(turn, incident, "outcome", Notice(text=text, buttons=buttons))
        case _:
            buttons = tuple(
                _row(incident, at, TO, each.value, _destination(each))
                for at, each in enumerate(Destination, start=1)
            )
            text = Text(f"{_asking(turn, incident)}.destinations", {"code": code})
            _put(turn, incident, "destination", Notice(text=text, buttons=buttons))


def answer(turn: Turn, about: str, incident_id: int, row: Outbox) -> Text:
    """A typed answer to one of the questions; what to say to it."""
    words = turn.incoming.text
    if about == asking.PROMPT:
        return asking.answer_prompt(turn, incident_id, row)
    if about == asking.SHOWN:
        return asking.answer_shown(turn, incident_id, row)
    if about == "outcome":
        outcome = _which(words, OUTCOME_WORDS)
        return close(turn, incident_id, outcome, row) if outcome else Text("card.choose")
    to = _which(words, DESTINATION_WORDS)
    return hand_over(turn, incident_id, to, row) if to else Text("card.choose")


def close(turn: Turn, incident_id: int, outcome: Outcome, row: Outbox | None = None) -> Text:
    """Dealt with; the list of outcomes shows which one was chosen."""
    incident = handling.deal_with(turn.db, incident_id, outcome, turn.person, turn.now)
    label = _outcome_label(outcome)
    _retire(turn, row, Text("card.chosen", {"code": spoken(incident.code), "label": label}))
    return Text(f"{area_of(turn, incident)}.done.closed", {"code": spoken(incident.code)})


def hand_over(turn: Turn, incident_id: int, to: Destination, row: Outbox | None = None) -> Text:
    """Passed on; the list of bodies shows which one was chosen."""
    incident = handling.pass_on(turn.db, incident_id, to, turn.person, turn.now)
    label = _destination(to)
    _retire(turn, row, Text("card.chosen", {"code": spoken(incident.code), "label": label}))
    return Text(f"{area_of(turn, incident)}.done.passed_on", {"code": spoken(incident.code)})


def area_of(turn: Turn, incident: Incident) -> str:
    """Where the words for what was done are: where nobody reported it, nothing is said of a
    reporter, and in a quiet case not that they will be told."""
    return "quiet" if incident.quiet else _asking(turn, incident)


def _asking(turn: Turn, incident: Incident) -> str:
    return "card" if has_reporter(turn.db, incident) else "recording"


def _put(turn: Turn, incident: Incident, subject: str, notice: Notice) -> None:
    call = Call(min(lane_of(incident), Lane.CONVERSATION))
    about = f"{subject}:{incident.id}"
    tell_desk(turn.db, incident, turn.address, notice, call, turn.now, concerns=about)


def _retire(turn: Turn, row: Outbox | None, text: Text) -> None:
    """Take the buttons off the list that was answered."""
    pressed = turn.incoming.message_id if row is None else row.message_id or ""
    settle_question(turn.db, turn.address, pressed, _LISTS, Notice(text=text), turn.now)


def _row(
    incident: Incident, number: int, what: str, which: str, label: Text
) -> tuple[Button, ...]:
    numbered = Text("card.choice", {"number": number, "label": label})
    return (Button(numbered, tap=f"i:{incident.id}:{what}:{which}"),)


def _outcome_line(number: int, outcome: Outcome) -> Text:
    sentence = Text(f"incident.outcome.{outcome.value}.sentence")
    label = _outcome_label(outcome)
    params: dict[str, Param] = {"number": number, "label": label, "sentence": sentence}
    return Text("card.outcome_line", params)


def _outcome_label(outcome: Outcome) -> Text:
    return Text(f"incident.outcome.{outcome.value}.label")


def _destination(to: Destination) -> Text:
    return Text(f"incident.destination.{to.value}")


def _which(words: str, known: Mapping[Which, Choice]) -> Which | None:
    choices: Sequence[Choice] = tuple(known.values())
    at = recognise(words, choices)
    return None if at is None else tuple(known)[at]
