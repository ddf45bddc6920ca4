"""Takes a typed time apart: which day, which hour, whether it repeats. What two readers say
of the day must agree ("thứ 7 28/11"), or it is not a day.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from typing import Final

from domain.patterns import Weekly
from domain.spoken.dates import read_date
from domain.spoken.days import DaySaid, read_distance
from domain.spoken.hours import HOUR, HourSaid, read_hour, read_part
from domain.spoken.lunar_days import read_feast
from domain.spoken.month_ends import read_edge_of_month, read_lone_day
from domain.spoken.repeats import RepeatSaid, read_repeat, read_until
from domain.spoken.unread import Unread
from domain.spoken.weekdays import read_except, read_nth_weekday, read_weekdays
from domain.text import words as words_of

# "bay gio" without accents is "bây giờ" (now), or "bảy giờ" (seven) where a day is named.
_SEVEN_OR_NOW: Final = re.compile(r"\bbay gio\b")
_NOW: Final = re.compile(r"\bnow gio\b|\bnow2\b|\blap tuc\b|\bgui luon\b|\bgui ngay\b")
# Words of a day or a repetition that no reader understood: then today is not meant.
_VAGUE: Final = re.compile(
    r"\b(?:tuan|thang|nam|hom|mung|ram|thu|tet|tru|nua|truoc|lunar|solar|gieng|chap|hang|moi)\b"
)
# The same beside a day that was understood: it would have been another one.
_QUALIFIER: Final = re.compile(
    r"\b(?:tuan|thang|gieng|chap|nhuan|tet|nua|tru|ram|mung|lunar)\b|\bthu \d"
)
_NO_WORDS_OF_ITS_OWN: Final = frozenset(
    words_of("luc vao khoang dung tam nhe nha nhé a ạ h gio di thi la thoi duoc em anh chi bac")
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The parts of a typed time, as far as they were named.

    `differ`: the days that were named contradict each other. `vague`: there was a word of a
    day that nobody understood; `leftover`: so was a number. `wordy`: there were other words.
    """

    day: DaySaid | None = None
    hour: HourSaid | None = None
    part: str = ""
    repeat: RepeatSaid = field(default_factory=RepeatSaid)
    until: date | None = None
    excepted: frozenset[int] = frozenset()
    now: bool = False
    differ: bool = False
    vague: bool = False
    leftover: bool = False
    wordy: bool = False


def read_sentence(left: Unread, today: date, before: Sentence | None = None) -> Sentence:
    """Every part; the order matters, since each reader takes its words away. What `before` had
    already fills in what is not named here."""
    said = _read_hour(_read_days(left, today), left, before.part if before else "")
    now = not said.day and not said.hour and bool(left.take(_NOW) or left.take(_SEVEN_OR_NOW))
    vague = left.find(_QUALIFIER if said.day else _VAGUE) is not None
    wordy = any(word.isalpha() for word in set(left.words.split()) - _NO_WORDS_OF_ITS_OWN)
    said = replace(said, now=now, vague=vague, leftover=left.has_number, wordy=wordy)
    return said if before is None else _filled(said, before)


def _read_days(left: Unread, today: date) -> Sentence:
    of_month = [read_nth_weekday(left, today), read_edge_of_month(left, today)]
    excepted = read_except(left)
    repeat = read_repeat(left)
    week = read_weekdays(left, today)
    lasting = repeat or any(day and day.repeats for day in (week, *of_month))
    until = read_until(left, today) if lasting else None
    days = [day for day in (*_dates(left, today), week, *of_month) if day is not None]
    if not days and repeat.unit == "month":
        days = [day for day in (read_lone_day(left, today),) if day is not None]
    differ = len(days) > 1 and (bool(repeat) or not _agree(days))
    day = reduce(_joined, days) if days and not differ else None
    return Sentence(day, repeat=repeat, until=until, excepted=excepted, differ=differ)


def _read_hour(said: Sentence, left: Unread, part_before: str) -> Sentence:
    part = read_part(left)
    if part == "" and said.day is None:
        part = part_before
    hour = read_hour(left, part) if part is not None else None
    if hour is None and said.day is not None and left.take(_SEVEN_OR_NOW):
        hour = HourSaid((7 * HOUR, 19 * HOUR))
    return replace(said, hour=hour, part=part or "")


def _dates(left: Unread, today: date) -> tuple[DaySaid | None, ...]:
    """The most exact first; each kind twice, since a second one may contradict the first."""
    feast = read_feast(left, today)
    words = left.words
    dated = read_date(left, today)
    if feast and dated and not _agree([dated, feast]):
        # "Giỗ tổ 10/3" is said by the calendar of the feast.
        left.words = words
        dated = read_date(left, today, lunar=True)
    again = read_date(left, today) if dated else None
    near = read_distance(left, today)
    return dated, again, feast, near, read_distance(left, today) if near else None


def _filled(said: Sentence, before: Sentence) -> Sentence:
    """A day that was not understood before stays so until one is named."""
    unclear = before.vague or before.differ or (before.leftover and before.day is None)
    silent = not (said.day or said.hour or said.repeat)
    return replace(
        said,
        day=said.day or (None if before.vague else before.day),
        vague=said.vague or (unclear and said.day is None),
        leftover=said.leftover or (before.leftover and silent),
        hour=said.hour or before.hour,
        repeat=said.repeat or before.repeat,
        until=said.until or before.until,
        excepted=said.excepted or before.excepted,
    )


def _agree(days: list[DaySaid]) -> bool:
    """Whether all the others admit the day that was named most exactly."""
    first, *others = days
    return bool(first.dates) and all(_admits(other, first.dates[0]) for other in others)


def _admits(said: DaySaid, on: date) -> bool:
    if isinstance(said.shape, Weekly) and not said.fixed:
        return on.weekday() in said.shape.weekdays
    return on == said.dates[0] if said.fixed else on in said.dates


def _joined(first: DaySaid, other: DaySaid) -> DaySaid:
    return replace(first, near=first.near or other.near, assumed=first.assumed + other.assumed)
