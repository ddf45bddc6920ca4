"""The templates that are offered to whoever announces something: those that are not past their
day of review, the ones of the season first.
"""

from datetime import date, datetime

from content.templates import Template, list_templates
from domain.wall_clock import day_of


def offered_templates(locale: str, now: datetime) -> list[Template]:
    """`now` is aware and UTC; a template counts until the end of its last day in Việt Nam."""
    today = day_of(now)
    current = [each for each in list_templates(locale) if _is_current(each, today)]
    return sorted(current, key=lambda each: not each.is_in_season(today))


def _is_current(each: Template, today: date) -> bool:
    return today <= each.review_by
