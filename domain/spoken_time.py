"""Understands when something is meant to be, as people type it: "7h tối mai", "19h rằm tháng
Giêng", "thứ 2 hàng tuần 7h", "every saturday 8am".

Where a number is left that nobody understood, nothing is guessed.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from domain.patterns import Pattern
from domain.recurrence import Rule, next_after
from domain.spoken.days import DaySaid
from domain.spoken.hours import DAY, HOUR, HourSaid
from domain.spoken.moments import (
    any_day,
    assumed_of_hour,
    meant_of,
    moments_of,
    suggestion_for,
)
from domain.spoken.repeated import left_out, pattern_of, rule_of
from domain.spoken.sentence import Sentence, read_sentence
from domain.spoken.unread import Unread
from domain.spoken.words import plain_words
from domain.wall_clock import day_of

# Whoever writes more than this has written the announcement, not its time.
LONGEST: Final = 200

_OFFSET: Final = re.compile(
    r"\b(?:(?P<hours>\d{1,3}) (?:tieng|gio)(?P<half> ruoi)?)?"
    r"(?: ?(?P<minutes>\d{1,3}) phut)? nua\b"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One time as it was understood; instants are aware and UTC.

    Complete: `at` (once) or `rule` (repeated) is there. Otherwise `missing` is what to ask
    for; `on` or `pattern` (no hour yet) or `hour` (no day yet) what is known already. With
    neither it was not understood. `past`: all of it lies before now; `suggestion` is then the
    next sensible instant, where there is one. `assumed` are catalogue keys to be said with
    the echo (domain/time_echo.py).
    """

    at: datetime | None = None
    rule: Rule | None = None
    missing: Literal["hour", "date"] | None = None
    on: date | None = None
    pattern: Pattern | None = None
    hour: time | None = None
    past: bool = False
    suggestion: datetime | None = None
    assumed: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether a time is known, be it past."""
        return self.at is not None or self.rule is not None

    @property
    def understood(self) -> bool:
        """Whether anything was understood, be it in part."""
        return self.complete or self.missing is not None


def read_time(text: str, now: datetime, *, earlier: str = "") -> Spoken:
    """What `text` says at `now` (aware, UTC), in the time of Asia/Ho_Chi_Minh.

    `earlier` is what the same person wrote before, where that left something missing: it fills
    in what `text` does not say, and a bare number is the hour or the day that was missing.
    """
    if len(text) > LONGEST or len(earlier) > LONGEST:
        return Spoken()
    words, before = plain_words(text), None
    if earlier:
        before = read_sentence(Unread(plain_words(earlier)), day_of(now))
        if words.isdecimal():
            words = f"{words} gio" if _meaning(before, now).missing == "hour" else f"ngay {words}"
    left = Unread(words)
    if (at := _after_a_while(left, now)) is not None:
        return Spoken() if left.has_number else Spoken(at=at)
    return _meaning(read_sentence(left, day_of(now), before), now)


def _after_a_while(left: Unread, now: datetime) -> datetime | None:
    """ "2 tiếng nữa", in whole minutes."""
    found = left.find(_OFFSET)
    if found is None or not (found["hours"] or found["minutes"]):
        return None
    left.cut(found)
    minutes = int(found["hours"] or 0) * HOUR + int(found["minutes"] or 0)
    minutes += HOUR // 2 if found["half"] else 0
    return now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)


def _meaning(said: Sentence, now: datetime) -> Spoken:
    if said.now and not said.leftover:
        return Spoken(at=now)
    if said.differ:
        return Spoken(missing="date", assumed=("times.assumed.days_differ",))
    if said.vague:
        return _without_day(said)
    if said.repeat or (said.day and said.day.repeats):
        return _repeated(said, now)
    if said.hour is None:
        return _without_hour(said, now)
    if said.day is not None:
        return Spoken() if said.leftover else _once(said.day, said.hour, now)
    if said.leftover:
        return _without_day(said)
    assumed = ("times.assumed.no_day",) if said.wordy else ()
    return _once(replace(any_day(day_of(now)), assumed=assumed), said.hour, now)


def _without_hour(said: Sentence, now: datetime) -> Spoken:
    if said.day is None or not said.day.dates:
        return Spoken(missing="hour") if said.part and not said.leftover else Spoken()
    on = said.day.dates[0]
    return Spoken(missing="hour", on=on, past=on < day_of(now), assumed=said.day.assumed)


def _without_day(said: Sentence) -> Spoken:
    if said.hour is None:
        return Spoken(missing="date") if said.day or said.repeat else Spoken()
    minutes = said.hour.usual % DAY
    return Spoken(missing="date", hour=time(minutes // HOUR, minutes % HOUR))


def _repeated(said: Sentence, now: datetime) -> Spoken:
    pattern = pattern_of(said, day_of(now))
    if pattern is None:
        return _without_day(said)
    assumed = said.day.assumed if said.day else ()
    if said.repeat:
        assumed = tuple(key for key in assumed if key != "times.assumed.repeats")
    assumed += left_out(pattern)
    if said.hour is None:
        return Spoken(missing="hour", pattern=pattern, assumed=assumed)
    rule = rule_of(pattern, said.hour, said.until, now)
    if rule is None:
        assumed += ("times.assumed.not_after_midnight",)
        return Spoken(missing="hour", pattern=pattern, assumed=assumed)
    if said.leftover:
        return Spoken()
    assumed += assumed_of_hour(said.hour, said.hour.usual)
    return Spoken(rule=rule, past=next_after(rule, now) is None, assumed=assumed)


def _once(day: DaySaid, hour: HourSaid, now: datetime) -> Spoken:
    meant = meant_of(day, hour, now)
    if meant is None:
        first = next(moments_of(day, hour, day_of(now)))
        suggestion = suggestion_for(day, hour, now)
        return Spoken(at=first.at, past=True, suggestion=suggestion, assumed=day.assumed)
    assumed = day.assumed + assumed_of_hour(hour, meant.minutes)
    if meant.which > 0 and day.dates[0] == day_of(now):
        assumed += ("times.assumed.next_one",)
    return Spoken(at=meant.at, assumed=assumed)
