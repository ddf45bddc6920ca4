"""Between the answers of the flow `announcement` and what is planned: read when it is sent, and
written when one that is planned is to be changed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from actions.announcing import Planned
from actions.audiences import named_at
from actions.people import LOCALES
from actions.templates import offered_templates
from actions.wards import Surroundings
from bot.flows.announcement import PINNED_DAYS
from bot.flows.audience_step import chosen, may_choose, wards_of
from bot.flows.draft import Answer, Draft
from bot.flows.group_step import groups_chosen, value_for
from bot.flows.planned_time import NOW_CHOICE, value_of
from bot.flows.post_step import template_of, words_of
from bot.flows.when_rule import planned_rule
from bot.handlers import beginning
from domain.announcing import Sort
from domain.notices import Text, plain

# The most wanted ones stand on the first page.
_EVERYDAY: Final = {"power_cut": 0, "meeting": 1, "storm_before": 2, "market_day": 3}
_DAYS: Final = {days: value for value, days in PINNED_DAYS.items()}


def context_of(around: Surroundings, **more: Any) -> dict[str, Any]:
    """What the flow may know: the neighbourhoods that one may speak to, each with its ward."""
    known = beginning.context_of(around)
    pairs = zip(known["neighbourhoods"], around.neighbourhoods, strict=True)
    listed = [{**shown, "ward": each.ward_code} for shown, each in pairs]
    return {"ward_code": known["ward_code"], "neighbourhoods": listed, **more}


def templates_for(locale: str, now: datetime) -> list[dict[str, Any]]:
    """Those that are offered, the everyday ones first, as the flow knows them."""
    offered = offered_templates(locale, now)
    everyday = sorted(offered, key=lambda each: _EVERYDAY.get(each.id, len(_EVERYDAY)))
    return [
        {
            "id": each.id,
            "title": each.title,
            "words": each.words,
            "fields": list(each.fields),
            "asks": list(each.asks),
            "sort": each.sort,
            "shows_person": each.shows_person,
        }
        for each in everyday
    ]


def planned_in(draft: Draft, now: datetime, before: Planned | None = None) -> Planned:
    """What was answered; `before` is what it changes, of which the rest stays."""
    what, wards = draft.get("what"), wards_of(draft)
    planned = before or Planned("", str(draft.context.get("ward_code") or ""))
    if may_choose(draft):
        planned = replace(planned, neighbourhoods=chosen(draft), tags=groups_chosen(draft))
    if wards:
        planned = replace(planned, ward_code=min(wards))
    words = words_of(draft)
    if _is_made_here(planned):
        planned = _of_template(planned, template_of(draft) or planned.template, words, now)
    return replace(
        planned,
        words=words,
        media=what.media,
        rule=planned_rule(draft),
        asks_reading=draft.get("reading").choice == "yes",
        pinned_for=_pinned_for(draft, planned.pinned_for),
    )


def answers_of(planned: Planned, every: int) -> dict[str, Answer]:
    """The answers that lead to what is planned; `every` is how many neighbourhoods there are."""
    ids = planned.neighbourhoods
    days = planned.pinned_for.days if planned.pinned_for else 0
    answers = {
        "what": Answer(words=planned.words, media=planned.media),
        "when": Answer(choice=value_of(planned.rule) if planned.rule else NOW_CHOICE),
        "reading": Answer(choice="yes" if planned.asks_reading else "no"),
        "pin": Answer(choice=_DAYS.get(days, "no")),
    }
    if ids or planned.tags:
        everywhere = len(ids) == every > 1 or not ids
        where = value_for(ids, planned.tags, everywhere=everywhere)
        answers["where"] = Answer(choice=where)
    return answers


def places_in(draft: Draft) -> Text:
    """The names of where it goes, with the groups whom alone it reaches."""
    return named_at(plain(", ".join(_names(draft.context, chosen(draft)))), groups_chosen(draft))


def _names(context: Mapping[str, Any], ids: tuple[int, ...]) -> list[str]:
    return [str(each["name"]) for each in context.get("neighbourhoods") or [] if each["id"] in ids]


def _of_template(planned: Planned, name: str | None, words: str, now: datetime) -> Planned:
    """As urgent as its template, where the words are that template's and no others."""
    every = (each for locale in LOCALES for each in offered_templates(locale, now))
    found = next((each for each in every if each.id == name and each.made(words)), None)
    if found is None:
        return replace(planned, sort=Sort.ORDINARY, template=None)
    shows = planned.names_person or found.shows_person
    return replace(planned, sort=Sort(found.sort), template=found.id, names_person=shows)


def _is_made_here(planned: Planned) -> bool:
    """A warning made of an incident stays as urgent as it was made."""
    return planned.incident_id is None and planned.sort is not Sort.EMERGENCY


def _pinned_for(draft: Draft, before: timedelta | None) -> timedelta | None:
    """A length that is no choice of ours stays as it was until another one is chosen."""
    days = PINNED_DAYS.get(draft.get("pin").choice, 0)
    if not days and before is not None and before.days not in _DAYS:
        return before
    return timedelta(days=days) if days else None
