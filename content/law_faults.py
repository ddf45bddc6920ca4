"""What would make a law item useless or harmful once it is sent: too long for its message,
without its law, without a number to call, different in the two languages, never to be reviewed.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from content.law import FACTS_IN, FOLDER, LOCALES, LawItem, Quiz, read_law
from content.numbers import FILE, read_numbers

# In UTF-16 units, as messengers count.
BODY_UNITS: Final = 500
TITLE_UNITS: Final = 60
# https://core.telegram.org/bots/api#sendpoll
QUESTION_UNITS: Final = 300
OPTION_UNITS: Final = 100
EXPLANATION_UNITS: Final = 200
EXPLANATION_LINES: Final = 3
OPTIONS: Final = range(2, 5)
# Laws change every year; nothing is believed for longer.
LONGEST_REVIEW: Final = timedelta(days=366)
LONGEST_LUNAR: Final = 30
LEAP_YEAR: Final = 2028

AUDIENCES: Final = frozenset(
    {"all", "landlords", "tenants", "traders", "boat_owners", "parents", "drivers", "youth"}
)
CAMPAIGNS: Final = frozenset({"tet", "storms", "dry_season", "exams", "school_year", "tourism"})
# What may stand for an article whose number was not found: the whole, or the banned acts.
WITHOUT_NUMBER: Final = frozenset(
    {"toàn văn", "the whole text", "hành vi bị nghiêm cấm", "prohibited acts"}
)

# An id must fit into the 64 bytes behind a button.
_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,31}")
_ARTICLE: Final = re.compile(r"(Điều|Articles?) \d+[a-z]?(, \d+[a-z]?)*(,? (khoản|clause) \d+)?")
# "55/2024/QH15", "282/2025/NĐ-CP", "2023/QĐ-TTg"; a law without one is named by its year.
_LAW_NUMBER: Final = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][A-Za-zĐ0-9-]*")
_YEAR: Final = re.compile(r"\b(19|20)\d\d\b")
_DAY: Final = re.compile(r"(lunar:)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_MONTH: Final = re.compile(r"month:(0[1-9]|1[0-2])")
_TELEPHONE: Final = re.compile(r"(?<![\d/])\d+(?: \d+)*(?![\d/])")


def faults_in_law(folder: Path = FOLDER, numbers: Path = FILE) -> list[str]:
    """Everything that is wrong with the items of both languages, one line each. Raises what
    `read_numbers` raises."""
    faults: list[str] = []
    by_locale = {}
    for locale in LOCALES:
        by_locale[locale], found = read_law(locale, folder)
        faults += [each for each in found if each not in faults]
    calls = frozenset(each.number for each in read_numbers(numbers))
    for locale, items in by_locale.items():
        if not items:
            faults.append(f"{locale}: no law item")
        for item in items.values():
            found = list(_item_faults(item, calls, with_facts=locale == FACTS_IN))
            other = by_locale[LOCALES[-1]].get(item.id) if locale == FACTS_IN else None
            found += _differences(item, other) if other else ()
            faults += [f"{locale}/{item.pack}.toml: {item.id}: {fault}" for fault in found]
    return faults


def cited(item: LawItem) -> str:
    """How a body names its law: by its number, or as a whole where none is known."""
    found = _LAW_NUMBER.search(item.law)
    return found[0] if found else item.law


def _item_faults(item: LawItem, calls: frozenset[str], *, with_facts: bool) -> Iterator[str]:
    if with_facts:
        yield from _fact_faults(item, calls)
    yield from _word_faults(item)
    yield from (f"body: {fault}" for fault in _body_faults(item, calls))
    if item.quiz:
        yield from (f"quiz: {fault}" for fault in _quiz_faults(item, item.quiz))


def _fact_faults(item: LawItem, calls: frozenset[str]) -> Iterator[str]:
    if not _ID.fullmatch(item.id):
        yield "an id is written so: fire_lane, at most 32 letters"
    if item.certainty not in ("A", "B"):
        yield f"certainty is A or B, not {item.certainty!r}"
    if item.certainty == "B" and item.checked_by:
        yield "approved, but certainty is still B: look the article up first"
    if cited(item) not in item.source:
        yield f"the source does not name the text: {cited(item)}"
    if not item.checked_on < item.review_by <= item.checked_on + LONGEST_REVIEW:
        yield "review_by must lie after checked_on, by a year at most"
    if not item.audience or not AUDIENCES.issuperset(item.audience):
        yield f"audience must be some of {', '.join(sorted(AUDIENCES))}"
    if "all" in item.audience and len(item.audience) > 1:
        yield "audience: all, or some, not both"
    yield from (f"no such occasion: {each}" for each in item.occasions if not _is_occasion(each))
    if item.call not in calls:
        yield f"not in numbers.toml: {item.call}"


def _is_occasion(words: str) -> bool:
    if words.startswith("campaign:"):
        return words.removeprefix("campaign:") in CAMPAIGNS
    if not (day := _DAY.fullmatch(words)):
        return bool(_MONTH.fullmatch(words))
    lunar, month, of_month = day.groups()
    return int(of_month) <= (LONGEST_LUNAR if lunar else monthrange(LEAP_YEAR, int(month))[1])


def _word_faults(item: LawItem) -> Iterator[str]:
    texts = {"title": item.title, "law": item.law, "article": item.article, "body": item.body}
    if item.quiz:
        texts["quiz"] = " ".join((item.quiz.question, *item.quiz.options, item.quiz.explanation))
    for name, text in (*texts.items(), ("asked_as", " ".join(item.asked_as))):
        if not text:
            yield f"{name}: no words"
        if set("<>&{}") & set(text):
            yield f"{name}: none of < > & {{ }}"
        if text != unicodedata.normalize("NFC", text):
            yield f"{name}: accents typed as separate signs (not NFC)"
    if units(item.title) > TITLE_UNITS:
        yield f"title: {units(item.title)} letters, at most {TITLE_UNITS}"
    if not (_LAW_NUMBER.search(item.law) or _YEAR.search(item.law)):
        yield "law: neither its number nor its year"
    if not _ARTICLE.fullmatch(item.article) and item.article not in WITHOUT_NUMBER:
        yield f"article: {item.article!r} is no article"
    if len(item.asked_as) < 2 or not all(item.asked_as):
        yield "asked_as: at least two words or phrases"


def _body_faults(item: LawItem, calls: frozenset[str]) -> Iterator[str]:
    if units(item.body) > BODY_UNITS:
        yield f"{units(item.body)} letters, at most {BODY_UNITS}"
    checked = f"{item.checked_on:%d/%m/%Y}"
    for part in (cited(item), item.article):
        if part not in item.body:
            yield f"does not say {part}"
    before, _, end = item.body.rpartition(checked)
    if not before:
        yield "does not say {checked_on}, the day when it was checked"
    if item.call not in _telephones(end):
        yield f"does not end with the number to call, {item.call}"
    if others := (_telephones(item.body) & calls) - {item.call}:
        yield f"one number to call, not also {', '.join(sorted(others))}"


def _quiz_faults(item: LawItem, quiz: Quiz) -> Iterator[str]:
    limits = [("question", quiz.question, QUESTION_UNITS)]
    limits += [("option", option, OPTION_UNITS) for option in quiz.options]
    limits += [("explanation", quiz.explanation, EXPLANATION_UNITS)]
    for name, text, limit in limits:
        if not 0 < units(text) <= limit:
            yield f"{name}: {units(text)} letters, from 1 to {limit}"
    if len(quiz.explanation.splitlines()) > EXPLANATION_LINES:
        yield f"explanation: more than {EXPLANATION_LINES} lines"
    if len(quiz.options) not in OPTIONS or len(set(quiz.options)) < len(quiz.options):
        yield "two to four options, each different"
    if quiz.correct not in range(len(quiz.options)):
        yield f"correct: there is no option {quiz.correct + 1}"
    if item.article in WITHOUT_NUMBER:
        if cited(item) not in quiz.explanation:
            yield f"explanation: does not name {cited(item)}"
    elif item.article not in quiz.explanation:
        yield f"explanation: does not name {item.article}"


def _differences(item: LawItem, other: LawItem) -> Iterator[str]:
    """Where the words of the two languages do not tell the same facts."""
    for name in ("title", "law", "article", "body"):
        mine, theirs = (_figures(getattr(each, name)) for each in (item, other))
        if mine != theirs:
            yield f"{name}: the languages differ in {', '.join(sorted(mine ^ theirs))}"
    if _LAW_NUMBER.findall(item.law) != _LAW_NUMBER.findall(other.law):
        yield "law: the languages differ in its number"
    if (item.quiz is None) != (other.quiz is None):
        yield "quiz: in one language only"
    elif item.quiz and other.quiz:
        yield from _quiz_differences(item.quiz, other.quiz)


def _quiz_differences(mine: Quiz, theirs: Quiz) -> Iterator[str]:
    if (mine.correct, len(mine.options)) != (theirs.correct, len(theirs.options)):
        yield "quiz: the languages differ in the options or in the correct one"
    elif list(map(_figures, mine.options)) != list(map(_figures, theirs.options)):
        yield "quiz: the languages differ in the figures of an option"


def _figures(text: str) -> set[str]:
    """The figures of a text: "08:00" and "8 giờ" are the same."""
    return {str(int(each)) for each in re.findall(r"\d+", text)} - {"0"}


def _telephones(text: str) -> set[str]:
    return {each.replace(" ", "") for each in _TELEPHONE.findall(text)}


def units(text: str) -> int:
    """The length as messengers count it."""
    return len(text.encode("utf-16-le")) // 2
