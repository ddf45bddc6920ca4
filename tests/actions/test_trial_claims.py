"""In a trial nothing that a resident reads may claim that the police are there: whatever speaks
of them has a twin for the trial, or is advice that holds without the bot.
"""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from bot.wording import LOCALES

# What residents read. The rest is said to those who run the trial themselves.
AREAS = (
    "addition", "audience", "danger", "data", "enrolment", "flow", "group", "helping", "incident",
    "intro", "limits", "mediation", "menu", "overheard", "quiet", "receipt", "report", "waiting",
)  # fmt: skip
POLICE = {
    "vi": re.compile(r"công an|trực ban|cán bộ|đ/c", re.IGNORECASE),
    "en": re.compile(r"police|duty|officer", re.IGNORECASE),
}
# Whom to call or to see, which is true of the real police; names of bodies; and what only
# people of the duty chat read.
ADVICE = {
    "audience.not_here",
    "danger.contact.113", "danger.numbers",
    "data.erased.role",
    "enrolment.notice", "enrolment.nothing_kept",
    "group.next.duty",
    "incident.closed.again", "incident.reopened_before", "incident.taken_by",
    "incident.destination.fire_police", "incident.destination.traffic_police",
    "incident.destination.province_police", "incident.destination.other_ward",
    "menu.help.police", "menu.numbers",
    "report.also.113", "report.elsewhere.not_filed", "report.elsewhere.official",
    "report.elsewhere.residence", "report.first.any",
}  # fmt: skip
# An outcome has its words in the twin of its sentence; the label is on the officer's button.
OFFICERS = re.compile(r"incident\.outcome\.\w+\.label")


@cache
def spoken(language: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            words |= {str(each.id): str(each.string) for each in read_po(file) if each.id}
    return words


def claims(language: str, *areas: str) -> set[str]:
    """The keys of these areas that speak of the police and have no twin."""
    words = spoken(language)
    return {
        key
        for key, said in words.items()
        if key.split(".")[0] in areas
        and not key.endswith(".trial")
        and f"{key}.trial" not in words
        and POLICE[language].search(said)
        and not OFFICERS.fullmatch(key)
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_whatever_speaks_of_the_police_has_a_twin_or_is_advice(language: str) -> None:
    assert claims(language, *AREAS) - ADVICE == set()


def test_the_list_of_advice_is_no_longer_than_needed() -> None:
    assert claims("vi", *AREAS) | claims("en", *AREAS) >= ADVICE


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "key",
    [
        "admin.welcome.team", "reveal.told", "quiet.state.taken", "quiet.state.on_the_way",
        "quiet.state.closed", "quiet.state.passed_on", "quiet.revealed",
    ],
)  # fmt: skip
def test_what_claims_it_without_the_word_has_a_twin_too(key: str, language: str) -> None:
    assert f"{key}.trial" in spoken(language)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_twin_promises_that_they_see_or_come(language: str) -> None:
    """What a twin says of them is that nothing reaches them, or that one should call."""
    told = {
        "vi": re.compile(r"công an(?: phường)? (?:NGAY|sẽ|đã|đang|thấy|hỏi|tới|được|gọi lại)"),
        "en": re.compile(r"the police (?:will|have|are|see|ask|come|know)"),
    }[language]
    for key, said in spoken(language).items():
        if key.endswith(".trial"):
            assert not told.search(said), key
