"""/dangky: who is calm leaves a neighbourhood, a house and a number, each only if they want to;
once more, and it is corrected.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from actions import consents, people
from actions.wards import surroundings_of
from bot.flows.draft import Answer, Draft
from bot.handlers import beginning, conversation, private_news
from bot.handlers.consenting import shown
from bot.handlers.finished import neighbourhood_of
from bot.handlers.turn import Turn
from domain.consent import ConsentPurpose
from domain.notices import Notice, Text
from domain.phones import parse_phone, spoken_phone
from storage.tables import Person

# At most eight short lines; what the law wants to be known before anybody agrees.
NOTICE: Final = Text("enrolment.notice", {"controller": Text("house.controller")})


def begin(turn: Turn, rest: str = "") -> None:
    """The privacy notice, then the questions; what was kept before waits for a change."""
    around = surroundings_of(turn.db, turn.person, turn.bot.wards)
    turn.say(Notice(NOTICE))
    context = {**beginning.context_of(around), "shown_at": turn.now.isoformat()}
    conversation.begin(turn, "enrolment", context, _kept(turn.person))


def finish_enrolment(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Keep what was agreed to, forget what was not, and write down each answer."""
    place = neighbourhood_of(draft)
    if place is not None:
        people.set_neighbourhood(turn.db, turn.person, place)
    house, phone = _told(draft, "house").strip(), parse_phone(_told(draft, "phone"))
    for purpose, value in (
        (ConsentPurpose.HOUSE, house or None),
        (ConsentPurpose.PHONE, phone),
    ):
        at = datetime.fromisoformat(str(draft.context["shown_at"]))
        seen = shown(turn, purpose, NOTICE, at=at)
        consents.keep(turn.db, turn.person, purpose, value, seen, turn.now)
    kept = "saved" if house or phone else "nothing_kept"
    turn.say(Notice(Text(f"enrolment.{kept}")))
    private_news.offer(turn)


def _kept(person: Person) -> Mapping[str, Answer]:
    """What they agreed to earlier; what they refused is asked again."""
    phone = spoken_phone(person.phone) if person.phone else None
    answers: dict[str, Answer] = {}
    for name, value in (("house", person.house), ("phone", phone)):
        if value is not None:
            answers[f"keep_{name}"] = Answer(choice="yes")
            answers[name] = Answer(words=value)
    return answers


def _told(draft: Draft, name: str) -> str:
    agreed = draft.get(f"keep_{name}").choice == "yes"
    return draft.get(name).words if agreed else ""
