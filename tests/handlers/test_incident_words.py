"""Every key that the incident side can speak stands in both catalogues with the same
placeholders; none is left over.
"""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from domain.incidents import Act, Destination, Happening, Outcome, Source, State
from domain.quiet import CONTACTS
from domain.urgency import Urgency

ROOT = Path(__file__).resolve().parents[2]
AREAS = ("card", "incident", "receipt", "mediator")
LITERAL = re.compile(rf'"((?:{"|".join(AREAS)})\.[a-z0-9_.]*[a-z0-9_])"')
DERIVED = {
    *(f"card.head.p{urgency.value}" for urgency in Urgency),
    *(f"card.state.{state.value}" for state in State),
    *(f"card.event.{what.value}" for what in Happening),
    *(f"card.act.{act.value}" for act in Act),
    *(f"card.done.{act.value}" for act in Act),
    *(f"card.source.{source.value}" for source in Source if source is not Source.RESIDENT),
    "card.outcomes", "card.destinations", "card.done.closed", "card.done.passed_on",
    *(f"card.when.{choice}" for choice in ("now", "today", "yesterday", "earlier")),
    *(f"card.later.{what.value}" for what in (Happening.ADDED, Happening.ANSWERED)),
    "card.later.overheard", "card.added.digest", "card.overheard.digest",
    *(f"incident.outcome.{outcome.value}.{part}" for outcome in Outcome
      for part in ("label", "sentence")),
    *(f"incident.destination.{to.value}" for to in Destination),
    *(f"incident.state.{state.value}" for state in State),
    *(f"incident.{state.value}_already" for state in State if not state.is_open),
    *(f"incident.{state.value}_by_you" for state in (State.TAKEN, State.ON_THE_WAY)),
    *(f"receipt.state.{state.value}" for state in State if state is not State.NEW),
    "receipt.state.sending", "receipt.state.sending.again",
    "incident.added", "incident.added.loose",
    *(f"card.quiet.contact.{contact}" for contact in CONTACTS),
    *(f"mediator.meeting.{choice}" for choice in ("evening", "weekend", "any")),
    *(f"mediator.state.short.{state}" for state in ("new", "taken")),
}  # fmt: skip


def catalogue(locale: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for area in AREAS:
        with (ROOT / "locales" / locale / f"{area}.po").open("rb") as file:
            for message in read_po(file, locale=locale, abort_invalid=True):
                if message.id:
                    words[str(message.id)] = str(message.string)
    return words


def spoken_keys() -> set[str]:
    """Those that stand in the code, and those that it puts together."""
    found: set[str] = set(DERIVED)
    for room in ("actions", "bot/handlers", "domain"):
        for path in (ROOT / room).rglob("*.py"):
            found |= set(LITERAL.findall(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_key_is_there_and_none_is_left_over(locale: str) -> None:
    spoken, found = spoken_keys(), set(catalogue(locale))
    # During a trial wording says the twin of a key where there is one.
    twins = {f"{key}.trial" for key in spoken} & found
    assert found == spoken | twins
    assert all(catalogue(locale).values())


def test_both_languages_have_the_same_placeholders() -> None:
    def names(words: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(words) if name}

    english = catalogue("en")
    for key, words in catalogue("vi").items():
        assert names(words) == names(english[key]), key


def test_no_word_that_the_house_avoids() -> None:
    banned = ("đối tượng", "nặc danh", "tố giác", "tuyệt đối bí mật", "thẩm quyền", "xong")
    for key, words in catalogue("vi").items():
        for word in banned:
            assert word not in words.lower(), key
