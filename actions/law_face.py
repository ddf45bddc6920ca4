"""What law items look like: in a neighbourhood's chat, as an answer, and to who approves them."""

from datetime import date, time
from pathlib import Path
from typing import Final

from content.law import FACTS_IN, FOLDER, LOCALES, LawItem, Quiz, load_law
from domain.notices import Moment, Notice, Param, Poll, Text, plain
from domain.wall_clock import instant_of

_NOTHING: Final = Text("text.nothing")


def post_of(item: LawItem) -> Notice:
    """The weekly message, and the question below it where there is one."""
    return Notice(Text("law.post", _said(item)), poll=_poll(item.quiz) if item.quiz else None)


def answer_of(item: LawItem) -> Text:
    """To somebody who asked."""
    return Text("law.answer", _said(item))


def title_of(item: str, locale: str = FACTS_IN, folder: Path = FOLDER) -> Text:
    """The title of an item; its id where the files have it no more."""
    found = load_law(locale, folder).get(item)
    return plain(found.title if found else item)


def approval_of(item: str, folder: Path = FOLDER) -> tuple[Text, ...]:
    """Every word that is agreed to: each language as it will be sent, and the facts."""
    worded = [_in_language(load_law(locale, folder)[item]) for locale in LOCALES]
    facts = load_law(FACTS_IN, folder)[item]
    params: dict[str, Param] = {
        "law": facts.law,
        "article": facts.article,
        "since": _day(facts.in_force_since),
        "source": facts.source,
        "until": _day(facts.review_by),
        "checked": plain(facts.checked_by) if facts.checked_by else Text("law.approve.unchecked"),
    }
    return (*worded, Text("law.approve.facts", params))


def _in_language(item: LawItem) -> Text:
    quiz = _quiz(item.quiz) if item.quiz else _NOTHING
    return Text("law.approve.words", {**_said(item), "quiz": quiz})


def _quiz(quiz: Quiz) -> Text:
    options = tuple(
        Text(f"law.approve.{'right' if at == quiz.correct else 'option'}", {"words": option})
        for at, option in enumerate(quiz.options)
    )
    params: dict[str, Param] = {"question": quiz.question, "options": options}
    return Text("law.approve.quiz", {**params, "explanation": quiz.explanation})


def _said(item: LawItem) -> dict[str, Param]:
    return {"title": item.title, "body": item.body}


def _poll(quiz: Quiz) -> Poll:
    options = tuple(map(plain, quiz.options))
    return Poll(plain(quiz.question), options, quiz.correct, plain(quiz.explanation))


def _day(on: date) -> Moment:
    return Moment(instant_of(on, time()), "date")
