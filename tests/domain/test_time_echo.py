"""What is said back: in full, in both calendars, in both languages."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wording import Wording
from domain.notices import Text
from domain.patterns import (
    LAST,
    Daily,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Once,
    Pattern,
    Weekly,
    Yearly,
)
from domain.recurrence import Rule
from domain.spoken_time import read_time
from domain.time_echo import echo, say_day, say_instant, say_pattern, say_rule
from domain.wall_clock import ZONE

WORDING = Wording()
NOW = datetime(2026, 11, 22, 14, 15, tzinfo=ZONE).astimezone(UTC)


def both(text: Text) -> list[str]:
    """The words in Vietnamese and in English."""
    return [WORDING.say(text, "vi"), WORDING.say(text, "en")]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (
            datetime(2027, 2, 20, 19, tzinfo=ZONE),
            ["19:00 thứ Bảy 20/02/2027, rằm tháng Giêng",
             "19:00 on Saturday 20/02/2027 (the 15th of the 1st lunar month)"],
        ),
        (
            datetime(2026, 11, 22, 8, 5, tzinfo=ZONE),
            ["08:05 Chủ nhật 22/11/2026, ngày 14 tháng Mười âm lịch",
             "08:05 on Sunday 22/11/2026 (the 14th of the 10th lunar month)"],
        ),
        (
            datetime(2027, 1, 30, 0, tzinfo=ZONE),
            ["00:00 thứ Bảy 30/01/2027, ngày 23 tháng Chạp",
             "00:00 on Saturday 30/01/2027 (the 23rd of the 12th lunar month)"],
        ),
        (
            datetime(2027, 2, 8, 9, tzinfo=ZONE),
            ["09:00 thứ Hai 08/02/2027, mùng 3 Tết",
             "09:00 on Monday 08/02/2027 (the 3rd day of Tết)"],
        ),
        (
            datetime(2025, 7, 25, 9, tzinfo=ZONE),
            ["09:00 thứ Sáu 25/07/2025, mùng một tháng Sáu nhuận âm lịch",
             "09:00 on Friday 25/07/2025 (the 1st of the leap 6th lunar month)"],
        ),
        (
            datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
            ["06:30 thứ Sáu 01/01/2027, ngày 24 tháng Mười một âm lịch",
             "06:30 on Friday 01/01/2027 (the 24th of the 11th lunar month)"],
        ),
    ],
)  # fmt: skip
def test_an_instant_is_said_in_both_calendars(at: datetime, words: list[str]) -> None:
    assert both(say_instant(at)) == words


def test_beyond_the_lunar_tables_only_the_solar_day_is_said() -> None:
    assert both(say_day(date(2200, 1, 1))) == ["thứ Tư 01/01/2200", "Wednesday 01/01/2200"]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (Once(date(2027, 2, 20)),
         ["thứ Bảy 20/02/2027, rằm tháng Giêng",
          "Saturday 20/02/2027 (the 15th of the 1st lunar month)"]),
        (Daily(), ["hằng ngày", "every day"]),
        (Weekly(frozenset({5})), ["thứ Bảy hằng tuần", "every Saturday"]),
        (Weekly(frozenset({0, 2, 4})),
         ["thứ Hai, thứ Tư và thứ Sáu hằng tuần", "every Monday, Wednesday and Friday"]),
        (Weekly(frozenset({5, 6}), 2, date(2026, 11, 28)),
         ["thứ Bảy và Chủ nhật, cứ 2 tuần một lần, từ 28/11/2026",
          "every 2 weeks on Saturday and Sunday, from 28/11/2026"]),
        (NthWeekday(1, 5),
         ["thứ Bảy đầu tiên của mỗi tháng", "on the first Saturday of every month"]),
        (NthWeekday(2, 6),
         ["Chủ nhật lần thứ hai của mỗi tháng", "on the second Sunday of every month"]),
        (NthWeekday(LAST, 6),
         ["Chủ nhật cuối cùng của mỗi tháng", "on the last Sunday of every month"]),
        (MonthDays(frozenset({LAST, 22})),
         ["ngày 22 và ngày cuối cùng của mỗi tháng",
          "on the 22nd and last day of every month"]),
        (Yearly(9, 11), ["ngày 09/11 hằng năm", "every year on 09/11"]),
        (LunarMonthly(frozenset({1, 15})),
         ["mùng một và rằm hằng tháng (âm lịch)", "on the 1st and 15th of every lunar month"]),
        (LunarYearly(10, 3),
         ["mùng 10 tháng Ba âm lịch hằng năm",
          "every year on the 10th of the 3rd lunar month"]),
        (LunarYearly(4, 1),
         ["mùng 4 tháng Giêng hằng năm", "every year on the 4th of the 1st lunar month"]),
        (LunarYearly(1, 1), ["mùng một Tết hằng năm", "every year on the 1st day of Tết"]),
    ],
)  # fmt: skip
def test_a_pattern_is_said(pattern: Pattern, words: list[str]) -> None:
    assert both(say_pattern(pattern)) == words


def test_a_rule_is_said_with_its_end_and_its_exceptions() -> None:
    skips = frozenset({date(2027, 2, 6), date(2027, 1, 30)})
    rule = Rule(Weekly(frozenset({5})), time(7), date(2027, 6, 30), skips)
    assert both(say_rule(rule)) == [
        "07:00 thứ Bảy hằng tuần, trừ 30/01/2027 và 06/02/2027, đến hết ngày 30/06/2027",
        "07:00 every Saturday, except 30/01/2027 and 06/02/2027, until 30/06/2027",
    ]
    many = frozenset(date(2027, 1, 1) + timedelta(days=n) for n in range(8))
    assert both(say_rule(Rule(Daily(), time(7), None, many))) == [
        "07:00 hằng ngày, trừ 8 ngày",
        "07:00 every day, except on 8 days",
    ]


def test_a_rule_for_once_is_said_as_an_instant() -> None:
    rule = Rule(Once(date(2027, 2, 20)), time(19))
    assert both(say_rule(rule))[0] == "19:00 thứ Bảy 20/02/2027, rằm tháng Giêng"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("19h rằm tháng giêng", "19:00 thứ Bảy 20/02/2027, rằm tháng Giêng"),
        ("rằm hàng tháng 6h sáng", "06:00 rằm hằng tháng (âm lịch)"),
        ("t7", "thứ Bảy 28/11/2026, ngày 20 tháng Mười âm lịch: mấy giờ ạ?"),
        ("mỗi ngày", "hằng ngày: mấy giờ ạ?"),
        ("tối", "Mấy giờ ạ?"),
        ("tuần sau 19h", "Lúc 19:00: ngày nào ạ?"),
        ("hàng tuần", "Ngày nào ạ?"),
        ("hôm qua", "thứ Bảy 21/11/2026, ngày 13 tháng Mười âm lịch: đã qua rồi ạ."),
        ("hàng ngày 18h đến 1/1/2020", "18:00 hằng ngày, đến hết ngày 01/01/2020: đã qua rồi ạ."),
        (
            "sáng nay 8h",
            "08:00 Chủ nhật 22/11/2026, ngày 14 tháng Mười âm lịch: đã qua rồi ạ. "
            "Hay là 08:00 thứ Hai 23/11/2026, rằm tháng Mười?",
        ),
        (
            "7h",
            "19:00 Chủ nhật 22/11/2026, ngày 14 tháng Mười âm lịch\n"
            "Hiểu là buổi tối. Nếu không phải, xin viết thêm “sáng”.",
        ),
    ],
)  # fmt: skip
def test_what_was_understood_is_said_back(said: str, words: str) -> None:
    assert both(echo(read_time(said, NOW)))[0] == words


def test_what_was_not_understood_asks_again_with_examples() -> None:
    for words in both(echo(read_time("không biết", NOW))):
        examples = [part.split("</b>")[0] for part in words.split("<b>")[1:]]
        assert len(examples) == 3
        assert all(read_time(example, NOW).complete for example in examples), examples


INSTANTS = st.timedeltas(timedelta(), timedelta(days=4000)).map(
    lambda span: datetime(2024, 1, 1, tzinfo=UTC) + span
)


@settings(max_examples=150, deadline=None)
@given(INSTANTS)
def test_what_is_said_of_an_instant_can_be_read_again(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    words, english = both(say_instant(at))
    assert read_time(words, at - timedelta(1)).at == at, words
    assert read_time(english.split(" (")[0], at - timedelta(1)).at == at, english


RULES = st.builds(
    Rule,
    st.one_of(
        st.just(Daily()),
        st.frozensets(st.integers(0, 6), min_size=1).map(Weekly),
        st.builds(NthWeekday, st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6)),
        st.sampled_from([LAST, *range(1, 32)]).map(lambda day: MonthDays(frozenset({day}))),
        st.builds(Yearly, st.integers(1, 28), st.integers(1, 12)),
        st.frozensets(st.integers(1, 30), min_size=1, max_size=3).map(LunarMonthly),
        st.builds(LunarYearly, st.integers(1, 29), st.integers(1, 12)),
    ),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.none() | st.dates(date(2026, 11, 23), date(2036, 1, 1)),
)


@settings(max_examples=150, deadline=None)
@given(RULES)
def test_what_is_said_of_a_rule_can_be_read_again(rule: Rule) -> None:
    words, english = both(say_rule(rule))
    assert read_time(words, NOW).rule == rule, words
    if "lunar" not in english and "Tết" not in english:
        assert read_time(english, NOW).rule == rule, english


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("day", range(1, 31))
def test_every_lunar_day_has_its_name(day: int, month: int) -> None:
    for words in both(say_pattern(LunarYearly(day, month))):
        assert words


@pytest.mark.parametrize("day", [LAST, *range(1, 32)])
def test_every_day_of_the_month_has_its_name(day: int) -> None:
    assert all(both(say_pattern(MonthDays(frozenset({day})))))


@pytest.mark.parametrize("nth", [1, 2, 3, 4, LAST])
@pytest.mark.parametrize("weekday", range(7))
def test_every_weekday_has_its_name(nth: int, weekday: int) -> None:
    assert all(both(say_pattern(NthWeekday(nth, weekday))))
