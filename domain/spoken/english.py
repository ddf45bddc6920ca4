"""English words for times, turned into the Vietnamese ones that the readers know, so that
there is one grammar and not two. Dates are read day first, in English too.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.text import words

_LINES: Final = """
hom nay: today
mai: tomorrow tmr tmrw
evening nay: tonight
hom qua: yesterday
thu 2: monday mon
thu 3: tuesday tue tues
thu 4: wednesday wed
thu 5: thursday thur thurs
thu 6: friday fri
thu 7: saturday sat
thu 8: sunday sun
moi thu 2: mondays
moi thu 3: tuesdays
moi thu 4: wednesdays
moi thu 5: thursdays
moi thu 6: fridays
moi thu 7: saturdays
moi thu 8: sundays
thu 2-6: weekday
moi thu 2-6: weekdays
cuoi tuan: weekend
moi: every each
hang ngay: daily everyday
hang tuan: weekly
hang thang: monthly
hang nam: yearly annually
2 tuan 1 lan: biweekly fortnightly
ngay: days
tuan: week weeks
thang: month
nam: year
tieng: hour hours
phut: minute minutes min mins
gio: clock
12 h trua: noon midday
nua dem: midnight
sang: morning
chieu: afternoon
dem: night
luc: at
den het: until till
den: through
tru: except
va: and
now gio: now
giang sinh: christmas
jan: january
feb: february
mar: march
apr: april
jun: june
jul: july
aug: august
sep: september sept
oct: october
nov: november
dec: december
: the of on o a
"""
ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        said: meant.strip()
        for meant, several in (line.split(":") for line in _LINES.strip().splitlines())
        for said in several.split()
    }
)

_MONTHS: Final = words("jan feb mar apr may jun jul aug sep oct nov dec")
_MONTH: Final = f"({'|'.join(_MONTHS)})"
_WEEKDAY: Final = r"(thu [2-8](?:-[2-8])?)"
_OF_THE_MONTH: Final = "( moi| hang)?(?: thang)?"
_ORDINALS: Final = MappingProxyType({"second": "2", "third": "3", "fourth": "4"})

_REWRITTEN: Final = tuple(
    (re.compile(rf"\b{said}\b"), meant)
    for said, meant in (
        (r"(\d+) (?:st|nd|rd|th)", r"ngay \1"),
        (rf"next {_WEEKDAY}", r"\1 tuan coming"),
        (rf"this {_WEEKDAY}", r"\1 nay"),
        (r"next (tuan|thang|nam)", r"\1 coming"),
        (r"this (tuan|thang|nam|sang|chieu|evening)", r"\1 nay"),
        ("day after mai", "ngay kia"),
        ("moi day", "hang ngay"),
        ("full moon", "ram"),
        ("new moon", "mung 1"),
        ("lunar new nam", "tet"),
        ("moi other tuan", "2 tuan 1 lan"),
        (rf"moi other {_WEEKDAY}", r"2 tuan 1 lan \1"),
        (rf"last day{_OF_THE_MONTH}", r"ngay cuoi\1 thang"),
        (rf"last {_WEEKDAY}{_OF_THE_MONTH}", r"\1 cuoi\2 thang"),
        (rf"first {_WEEKDAY}{_OF_THE_MONTH}", r"\1 dau\2 thang"),
        (r"in (\d+ (?:tieng|phut|ngay|tuan))", r"\1 nua"),
    )
)
_NTH: Final = re.compile(rf"\b(second|third|fourth) {_WEEKDAY}{_OF_THE_MONTH}\b")
_DAY_MONTH: Final = re.compile(rf"\b(?:ngay )?(\d+) {_MONTH}\b")
_MONTH_DAY: Final = re.compile(rf"\b{_MONTH} (?:ngay )?(\d+)(?!\S)(?! (?:h|gio|am|pm)\b)")


def without_english(said: str) -> str:
    """Plain words whose English phrases have become Vietnamese ones."""
    for pattern, meant in _REWRITTEN:
        said = pattern.sub(meant, said)
    said = _NTH.sub(_nth, said)
    said = _DAY_MONTH.sub(lambda found: f"{found[1]} thang {_number(found[2])}", said)
    return _MONTH_DAY.sub(lambda found: f"{found[2]} thang {_number(found[1])}", said)


def _nth(found: re.Match[str]) -> str:
    return f"{found[2]} tuan thu {_ORDINALS[found[1]]}{found[3] or ''} thang"


def _number(month: str) -> int:
    return _MONTHS.index(month) + 1
