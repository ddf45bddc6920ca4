"""Reads a peak campaign as it is typed in one message: its name, its topics, from when to when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.errors import Refused
from domain.text import fold, nfc

NAME_LETTERS: Final = 60
TOPICS: Final = 6
LONGEST: Final = timedelta(days=366)

# What a whole file of items is about, as it may be typed.
PACKS: Final[Mapping[str, tuple[str, ...]]] = {
    "disaster": ("thien tai", "mua bao", "bao lu", "phong chong thien tai", "storms"),
    "drugs": ("ma tuy", "phong chong ma tuy", "drugs"),
    "family": ("gia dinh", "bao luc gia dinh", "tre em", "family", "children"),
    "fire": ("phong chay", "chay no", "phong chay chua chay", "pccc", "fire", "fire safety"),
    "mediation": ("hoa giai", "mediation"),
    "money": ("lua dao", "tin dung den", "vay no", "tien bac", "scams", "money"),
    "order": ("trat tu", "giao thong", "an ninh trat tu", "order", "traffic"),
    "personal_data": ("du lieu ca nhan", "mang xa hoi", "personal data"),
    "reports": ("bao tin", "to cao", "reports"),
    "residence": ("cu tru", "tam tru", "luu tru", "khach thue tro", "residence"),
    "trafficking": ("mua ban nguoi", "viec nhe luong cao", "trafficking"),
}
_PARTS: Final = re.compile(r"\s*[;\n]\s*")
_TOPICS: Final = re.compile(r"\s*,\s*")
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?(?!\d)")
_LEAST_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Campaign:
    """Both days of Việt Nam count. `ward` is what was typed to say which one, "" without."""

    name: str
    topics: tuple[str, ...]
    begins_on: date
    ends_on: date
    ward: str = ""


def read_campaign(words: str, today: date) -> Campaign:
    """ "Tết bình yên; pháo, trộm cắp; 15/12 - 15/2", with the ward's name as a fourth part where
    somebody answers for several. One day alone is the last. Raises Refused, saying what is
    missing."""
    parts = [part for part in _PARTS.split(nfc(words).strip()) if part]
    if len(parts) < _LEAST_PARTS:
        raise Refused("law.campaign.how")
    name, listed, days, *ward = parts
    if len(name) > NAME_LETTERS:
        raise Refused("law.campaign.long_name", most=NAME_LETTERS)
    topics = tuple(each for each in _TOPICS.split(listed) if each)
    if not 0 < len(topics) <= TOPICS:
        raise Refused("law.campaign.topics", most=TOPICS)
    return Campaign(name, topics, *_span(days, today), " ".join(ward))


def pack_of(topic: str) -> str | None:
    """The file of items that these words name as a whole."""
    return next((pack for pack, names in PACKS.items() if fold(topic) in names), None)


def _span(words: str, today: date) -> tuple[date, date]:
    """Days without a year are those of the next campaign that is not over."""
    said = _DAY.findall(words)
    if not 0 < len(said) <= 2:
        raise Refused("law.campaign.days")
    last = said[-1]
    for first_year in (today.year - 1, today.year, today.year + 1):
        begins = _day(said[0], first_year) if len(said) > 1 else today
        ends = next((day for day in _years(last, begins) if day >= begins), None)
        if ends is not None and ends >= today:
            if ends - begins > LONGEST:
                break
            return begins, ends
    raise Refused("law.campaign.days")


def _years(said: tuple[str, str, str], begins: date) -> Iterator[date]:
    yield _day(said, begins.year)
    yield _day(said, begins.year + 1)


def _day(said: tuple[str, str, str], year: int) -> date:
    day, month, typed = said
    try:
        return date(int(typed) if typed else year, int(month), int(day))
    except ValueError:
        raise Refused("law.campaign.days") from None
