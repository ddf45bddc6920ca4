"""How people type a time, and what is understood of it. It is a quarter past two in the
afternoon of Sunday, 22/11/2026 (14 tháng Mười, and no leap month that year)."""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.patterns import (
    LAST,
    Daily,
    LunarMonthly,
    LunarYearly,
    MonthDays,
    NthWeekday,
    Pattern,
    Weekly,
    Yearly,
)
from domain.recurrence import Rule
from domain.spoken_time import LONGEST, Spoken, read_time
from domain.text import fold, words
from domain.wall_clock import ZONE, instant_of, wall_of

NOW = datetime(2026, 11, 22, 14, 15, tzinfo=ZONE).astimezone(UTC)
MON, TUE, WED, THU, FRI, SAT, SUN = (frozenset({day}) for day in range(7))
WORKDAYS = MON | TUE | WED | THU | FRI


def at(said: str) -> datetime:
    """The instant of "HH:MM dd/mm/yyyy" in Quảng Ninh."""
    return datetime.strptime(said, "%H:%M %d/%m/%Y").replace(tzinfo=ZONE)


def shown(at: datetime | None) -> str | None:
    """An instant as "HH:MM dd/mm/yyyy" in Quảng Ninh."""
    return f"{wall_of(at):%H:%M %d/%m/%Y}" if at else None


def notes(spoken: Spoken) -> set[str]:
    """What was taken for granted, without the area."""
    return {key.removeprefix("times.assumed.") for key in spoken.assumed}


ONCE = [
    # the day by its distance
    ("7h tối mai", "19:00 23/11/2026"),
    ("7h toi mai", "19:00 23/11/2026"),
    ("mai 7 giờ tối", "19:00 23/11/2026"),
    ("sáng mai 6h", "06:00 23/11/2026"),
    ("tối nay 8 giờ", "20:00 22/11/2026"),
    ("8h tối nay nhé ạ", "20:00 22/11/2026"),
    ("ngày kia 8h sáng", "08:00 24/11/2026"),
    ("ngày mốt 8h sáng", "08:00 24/11/2026"),
    ("ngay mot 8h sang", "08:00 24/11/2026"),
    ("3 ngày nữa 8h sáng", "08:00 25/11/2026"),
    ("ba ngày nữa 8h sáng", "08:00 25/11/2026"),
    ("1 tuần nữa 8h sáng", "08:00 29/11/2026"),
    ("hôm nay 20h", "20:00 22/11/2026"),
    ("bữa nay 20h", "20:00 22/11/2026"),
    ("cuối tuần 9h sáng", "09:00 28/11/2026"),
    ("đầu tuần sau 9h sáng", "09:00 23/11/2026"),
    # the hour
    ("8 rưỡi tối", "20:30 22/11/2026"),
    ("tám rưỡi tối", "20:30 22/11/2026"),
    ("9 giờ kém 15 tối nay", "20:45 22/11/2026"),
    ("chín giờ kém mười lăm tối nay", "20:45 22/11/2026"),
    ("9h kém 10 sáng mai", "08:50 23/11/2026"),
    ("20h30", "20:30 22/11/2026"),
    ("20g", "20:00 22/11/2026"),
    ("20 giờ 5 phút", "20:05 22/11/2026"),
    ("19:45", "19:45 22/11/2026"),
    ("mai 20.30", "20:30 23/11/2026"),
    ("8g15 tối", "20:15 22/11/2026"),
    ("mai 08:00", "08:00 23/11/2026"),
    ("mai 07h", "07:00 23/11/2026"),
    ("12h trưa mai", "12:00 23/11/2026"),
    ("mai 12h", "12:00 23/11/2026"),
    ("1h trưa mai", "13:00 23/11/2026"),
    ("3h chiều mai", "15:00 23/11/2026"),
    ("5 giờ 30 chiều", "17:30 22/11/2026"),
    ("11h đêm", "23:00 22/11/2026"),
    ("19h tối mai", "19:00 23/11/2026"),
    ("0h mai", "00:00 23/11/2026"),
    ("mười giờ sáng mai", "10:00 23/11/2026"),
    ("hai mươi giờ ba mươi mai", "20:30 23/11/2026"),
    ("bảy giờ tối mai", "19:00 23/11/2026"),
    ("bay gio toi mai", "19:00 23/11/2026"),
    ("tối mai lúc 8", "20:00 23/11/2026"),
    ("tối thứ 7 8", "20:00 28/11/2026"),
    ("đúng 8h sáng mai", "08:00 23/11/2026"),
    # midnight and after
    ("12h đêm", "00:00 23/11/2026"),
    ("12h đêm nay", "00:00 23/11/2026"),
    ("12h đêm mai", "00:00 24/11/2026"),
    ("12 giờ đêm 31/12", "00:00 01/01/2027"),
    ("nửa đêm mai", "00:00 24/11/2026"),
    ("24h hôm nay", "00:00 23/11/2026"),
    ("1h sáng", "01:00 23/11/2026"),
    ("1h sáng mai", "01:00 23/11/2026"),
    ("1h đêm", "01:00 23/11/2026"),
    ("1h đêm nay", "01:00 23/11/2026"),
    ("1h đêm mai", "01:00 24/11/2026"),
    ("0h 1/1", "00:00 01/01/2027"),
    # weekdays
    ("thứ 7 20h", "20:00 28/11/2026"),
    ("T7 20h", "20:00 28/11/2026"),
    ("20h30 t7", "20:30 28/11/2026"),
    ("thứ bẩy 20h", "20:00 28/11/2026"),
    ("thu bay 20h", "20:00 28/11/2026"),
    ("thứ Ba mười giờ sáng", "10:00 24/11/2026"),
    ("thu sau 17h", "17:00 27/11/2026"),
    ("tám giờ tối thứ năm", "20:00 26/11/2026"),
    ("cn 16h", "16:00 22/11/2026"),
    ("chủ nhật này 16h", "16:00 22/11/2026"),
    ("CHỦ NHẬT TUẦN SAU 7H SÁNG", "07:00 29/11/2026"),
    ("thứ bảy tuần sau 20h", "20:00 28/11/2026"),
    ("thứ 2 tuần sau 17h", "17:00 23/11/2026"),
    ("tuần sau thứ 2 17h", "17:00 23/11/2026"),
    ("tuần tới, sáng thứ 4 lúc 9h", "09:00 25/11/2026"),
    ("thứ 7 tới 20h", "20:00 28/11/2026"),
    ("thứ 7 đầu tháng sau 20h", "20:00 05/12/2026"),
    ("chủ nhật cuối tháng 12 20h", "20:00 27/12/2026"),
    ("thứ 7 ngày 28/11 lúc 20h", "20:00 28/11/2026"),
    ("19 giờ, thứ Sáu, ngày 25/12/2026", "19:00 25/12/2026"),
    # dates, day before month
    ("25/12 19h", "19:00 25/12/2026"),
    ("25-12-2026 19h", "19:00 25/12/2026"),
    ("25.12.2026 19h", "19:00 25/12/2026"),
    ("25 / 12 19h", "19:00 25/12/2026"),
    ("25/12/26 19:00", "19:00 25/12/2026"),
    ("2026-12-25 19:00", "19:00 25/12/2026"),
    ("05/12 19h", "19:00 05/12/2026"),
    ("5/1 19h", "19:00 05/01/2027"),
    ("19h ngày 25 tháng 12", "19:00 25/12/2026"),
    ("7h sáng 25 tháng 12", "07:00 25/12/2026"),
    ("ngày hai mươi lăm tháng mười hai 19h", "19:00 25/12/2026"),
    ("vào lúc 19 giờ 30 phút ngày 25 tháng 12 năm 2026", "19:30 25/12/2026"),
    ("25/12 năm sau 19h", "19:00 25/12/2027"),
    ("ngày 5 19h", "19:00 05/12/2026"),
    ("ngày 5 t3 19h", "19:00 05/03/2027"),
    ("19h 5 T9", "19:00 05/09/2027"),
    ("ngày 5 tháng sau 19h", "19:00 05/12/2026"),
    ("ngày 31 19h", "19:00 31/12/2026"),
    ("29/2 19h", "19:00 29/02/2028"),
    ("cuối tháng 19h", "19:00 30/11/2026"),
    ("cuối tháng sau 19h", "19:00 31/12/2026"),
    ("đầu tháng 12 19h", "19:00 01/12/2026"),
    ("30/4 19h", "19:00 30/04/2027"),
    ("noel 20h", "20:00 25/12/2026"),
    ("quốc khánh 19h", "19:00 02/09/2027"),
    ("tết dương lịch 19h", "19:00 01/01/2027"),
    # the lunar calendar
    ("19h rằm tháng giêng", "19:00 20/02/2027"),
    ("19h ram thang gieng", "19:00 20/02/2027"),
    ("rằm 19h", "19:00 23/11/2026"),
    ("rằm tháng 7 19h", "19:00 16/08/2027"),
    ("rằm tháng bảy 19h", "19:00 16/08/2027"),
    ("rằm tháng tám 19h", "19:00 15/09/2027"),
    ("rằm tháng sau 19h", "19:00 23/12/2026"),
    ("rằm tháng này 19h", "19:00 23/11/2026"),
    ("rằm tháng giêng năm 2028 19h", "19:00 09/02/2028"),
    ("rằm tháng 6 nhuận 19h", "19:00 06/08/2036"),
    ("mùng 1 tết 19h", "19:00 06/02/2027"),
    ("mồng một tết 19h", "19:00 06/02/2027"),
    ("mung 3 tet 9h sang", "09:00 08/02/2027"),
    ("28 tết 19h", "19:00 04/02/2027"),
    ("23 tháng chạp 9h sáng", "09:00 30/01/2027"),
    ("ông công ông táo 9h sáng", "09:00 30/01/2027"),
    ("20h ngày 15 âm", "20:00 23/11/2026"),
    ("20h ngay 15 am", "20:00 23/11/2026"),
    ("20h 15 âm lịch", "20:00 23/11/2026"),
    ("15/7 âm lịch 19h", "19:00 16/08/2027"),
    ("15/7 al 19h", "19:00 16/08/2027"),
    ("ngày 10 tháng 3 âm lịch 19h", "19:00 16/04/2027"),
    ("giỗ tổ 10/3 19h", "19:00 16/04/2027"),
    ("trung thu 19h", "19:00 15/09/2027"),
    ("trung thu tới 19h", "19:00 15/09/2027"),
    ("rằm này 19h", "19:00 23/11/2026"),
    ("tháng giêng ngày rằm 19h", "19:00 20/02/2027"),
    ("15/1/2028 âm lịch 19h", "19:00 09/02/2028"),
    ("20/2 rằm tháng giêng 19h", "19:00 20/02/2027"),
    # a while from now
    ("2 tiếng nữa", "16:15 22/11/2026"),
    ("30 phút nữa", "14:45 22/11/2026"),
    ("nửa tiếng nữa", "14:45 22/11/2026"),
    ("1 tiếng rưỡi nữa", "15:45 22/11/2026"),
    # keys and letters of any kind
    ("toois mai 8h", "20:00 23/11/2026"),
    ("thuws 7 20h", "20:00 28/11/2026"),
    ("chur nhaatj tuaanf sau 20h", "20:00 29/11/2026"),
    ("rawmf thangs gieeng 19h", "19:00 20/02/2027"),
    ("１９ｈ mai", "19:00 23/11/2026"),
    ("19h\u200b\u00a0mai", "19:00 23/11/2026"),
    # words around it
    ("khu 5 họp lúc 7h tối mai ở nhà văn hóa", "19:00 23/11/2026"),
    ("báo cho tôi 7h sáng mai", "07:00 23/11/2026"),
    ("bao cho toi 7h sang mai", "07:00 23/11/2026"),
    # English
    ("tomorrow 7pm", "19:00 23/11/2026"),
    ("tomorrow at 7:30 pm", "19:30 23/11/2026"),
    ("tonight 8", "20:00 22/11/2026"),
    ("day after tomorrow 8am", "08:00 24/11/2026"),
    ("next friday 5pm", "17:00 27/11/2026"),
    ("saturday 8 o'clock in the morning", "08:00 28/11/2026"),
    ("monday next week 8am", "08:00 23/11/2026"),
    ("noon tomorrow", "12:00 23/11/2026"),
    ("7:30 p.m. tomorrow", "19:30 23/11/2026"),
    ("20/2/2027 (rằm tháng giêng) 19h", "19:00 20/02/2027"),
    ("19h ngày 15/9/2027 (15/8 âm lịch)", "19:00 15/09/2027"),
    ("19h ngày 15/8 âm lịch, tức 15/9/2027", "19:00 15/09/2027"),
    ("âm lịch 15/8 19h", "19:00 15/09/2027"),
    ("19h 15 tháng 8 năm 2027 âm lịch", "19:00 15/09/2027"),
    ("mùng 3 tết, 8/2/2027, 19h", "19:00 08/02/2027"),
    ("full moon 7pm", "19:00 23/11/2026"),
    ("lunar 15/7 7pm", "19:00 16/08/2027"),
    ("12am tomorrow", "00:00 23/11/2026"),
    ("midnight", "00:00 23/11/2026"),
    ("December 25 at 7:30pm", "19:30 25/12/2026"),
    ("25 December 2026 7:30 pm", "19:30 25/12/2026"),
    ("the 5th at 9am", "09:00 05/12/2026"),
    ("on 25/12 at 8:30 am", "08:30 25/12/2026"),
    ("in 2 hours", "16:15 22/11/2026"),
    ("in 3 days 9am", "09:00 25/11/2026"),
    ("end of year 31/12 9pm", "21:00 31/12/2026"),
]


@pytest.mark.parametrize(("said", "meant"), ONCE)
def test_a_time_once(said: str, meant: str) -> None:
    spoken = read_time(said, NOW)
    assert shown(spoken.at) == meant
    assert (spoken.past, spoken.rule, spoken.missing) == (False, None, None)


@pytest.mark.parametrize(("said", "meant"), ONCE)
def test_the_same_in_pieces_in_capitals_and_with_signs_around(said: str, meant: str) -> None:
    for form in (unicodedata.normalize("NFD", said), said.upper(), f"  {said}.", f"«{said}»!"):
        assert shown(read_time(form, NOW).at) == meant, form


# Folding takes the signs between digits away too.
@pytest.mark.parametrize(
    ("said", "meant"), [each for each in ONCE if not set(each[0]) & set("/:.-'１\u200b")]
)
def test_the_same_without_accents(said: str, meant: str) -> None:
    assert shown(read_time(fold(said), NOW).at) == meant


# What is taken for granted is said.
ASSUMED = [
    ("7h", "19:00 22/11/2026", {"evening"}),
    ("3h", "15:00 22/11/2026", {"afternoon"}),
    ("hôm nay 7h", "19:00 22/11/2026", {"evening"}),
    ("22/11 8h", "20:00 22/11/2026", {"evening"}),
    ("8g15", "20:15 22/11/2026", {"evening"}),
    ("9 giờ kém 15", "20:45 22/11/2026", {"evening"}),
    ("mai 7h", "07:00 23/11/2026", {"morning"}),
    ("chị Mai 7h", "07:00 23/11/2026", {"morning"}),
    ("họp 19h", "19:00 22/11/2026", {"no_day"}),
    ("lúc 19h nhé ạ", "19:00 22/11/2026", set()),
    ("thứ 7 8h", "08:00 28/11/2026", {"morning"}),
    ("mai 3h", "15:00 23/11/2026", {"afternoon"}),
    ("mai 2h30", "14:30 23/11/2026", {"afternoon"}),
    ("thu 7 toi 8h", "20:00 28/11/2026", {"evening"}),
    ("chủ nhật tới 20h", "20:00 29/11/2026", set()),
    ("chu nhat toi 20h", "20:00 22/11/2026", {"evening"}),
    ("12h đêm", "00:00 23/11/2026", {"night"}),
    ("1h đêm mai", "01:00 24/11/2026", {"night"}),
    ("8h sáng", "08:00 23/11/2026", {"next_one"}),
    ("08:00", "08:00 23/11/2026", {"next_one"}),
    ("chủ nhật 8h sáng", "08:00 29/11/2026", {"next_one"}),
    ("chủ nhật 8h", "08:00 29/11/2026", {"morning", "next_one"}),
    ("ngày 22 8h sáng", "08:00 22/12/2026", {"next_one"}),
    ("mùng 10/3 19h", "19:00 16/04/2027", {"lunar"}),
    ("mùng 5 tháng sau 19h", "19:00 13/12/2026", {"lunar"}),
    ("mùng 8 tháng 3 19h", "19:00 08/03/2027", {"solar"}),
    ("mùng 2/9 19h", "19:00 02/09/2027", {"solar"}),
    ("mùng 8 tháng 3 âm lịch 19h", "19:00 14/04/2027", set()),
    ("mùng 10 tháng 3 dương lịch 19h", "19:00 10/03/2027", set()),
    ("30 tết 19h", "19:00 05/02/2027", {"short_chap"}),
    ("giao thừa 20h", "20:00 05/02/2027", {"short_chap"}),
    ("0h đêm giao thừa", "00:00 06/02/2027", {"short_chap", "night"}),
    ("19h mùng một", "19:00 09/12/2026", set()),
]


@pytest.mark.parametrize(("said", "meant", "assumed"), ASSUMED)
def test_what_is_taken_for_granted_is_said(said: str, meant: str, assumed: set[str]) -> None:
    spoken = read_time(said, NOW)
    assert shown(spoken.at) == meant
    assert notes(spoken) == assumed


@pytest.mark.parametrize(("said", "meant"), ONCE)
def test_nothing_else_is_taken_for_granted(said: str, meant: str) -> None:
    assert notes(read_time(said, NOW)) <= {"night", "next_one"}


PAST = [
    ("hôm nay 7:00 sáng", "07:00 22/11/2026", "07:00 23/11/2026"),
    ("sáng nay 8h", "08:00 22/11/2026", "08:00 23/11/2026"),
    ("22/11/2026 13h", "13:00 22/11/2026", "13:00 23/11/2026"),
    ("22/11 8h sáng", "08:00 22/11/2026", "08:00 23/11/2026"),
    ("hôm qua 20h", "20:00 21/11/2026", "20:00 22/11/2026"),
    ("tối qua 8h", "20:00 21/11/2026", "20:00 22/11/2026"),
    ("hôm kia 8h sáng", "08:00 20/11/2026", "08:00 23/11/2026"),
    ("yesterday 8am", "08:00 21/11/2026", "08:00 23/11/2026"),
    ("20/11 8h sáng", "08:00 20/11/2026", "08:00 20/11/2027"),
    ("25/12/2025 8h sáng", "08:00 25/12/2025", "08:00 25/12/2026"),
    ("thứ 7 tuần này 8h sáng", "08:00 21/11/2026", "08:00 28/11/2026"),
    ("thứ 7 tuần trước 8h sáng", "08:00 14/11/2026", "08:00 28/11/2026"),
    ("ngày 5 tháng này 8h sáng", "08:00 05/11/2026", "08:00 05/12/2026"),
    ("mùng 5 tháng 10 âm lịch 8h sáng", "08:00 13/11/2026", "08:00 02/11/2027"),
    ("rằm tháng giêng năm 2026 19h", "19:00 03/03/2026", "19:00 20/02/2027"),
]


@pytest.mark.parametrize(("said", "meant", "suggested"), PAST)
def test_what_has_passed_stays_passed(said: str, meant: str, suggested: str) -> None:
    spoken = read_time(said, NOW)
    assert spoken.past
    assert shown(spoken.at) == meant
    assert shown(spoken.suggestion) == suggested


REPEATED: list[tuple[str, Pattern, str]] = [
    ("hàng ngày 6h sáng", Daily(), "06:00"),
    ("hằng ngày lúc 18h", Daily(), "18:00"),
    ("mỗi ngày 18h", Daily(), "18:00"),
    ("ngày nào cũng 18h", Daily(), "18:00"),
    ("mỗi sáng 6h", Daily(), "06:00"),
    ("tối nào cũng 8h", Daily(), "20:00"),
    ("hàng đêm 22h", Daily(), "22:00"),
    ("hàng ngày 12h đêm", Daily(), "00:00"),
    ("hàng ngày trừ chủ nhật 18h", Weekly(WORKDAYS | SAT), "18:00"),
    ("hàng ngày 18h trừ thứ 7, chủ nhật", Weekly(WORKDAYS), "18:00"),
    ("thứ 2 hàng tuần 7h sáng", Weekly(MON), "07:00"),
    ("thu 2 hang tuan 7h sang", Weekly(MON), "07:00"),
    ("hàng tuần vào thứ 2 lúc 17h", Weekly(MON), "17:00"),
    ("mỗi thứ 7 20h", Weekly(SAT), "20:00"),
    ("mỗi tối thứ 7 8h", Weekly(SAT), "20:00"),
    ("thứ 7 nào cũng 20h", Weekly(SAT), "20:00"),
    ("t2 t4 t6 hàng tuần 17h30", Weekly(MON | WED | FRI), "17:30"),
    ("thứ 2, 4, 6 hàng tuần 17h30", Weekly(MON | WED | FRI), "17:30"),
    ("thứ 2 và thứ 5 hàng tuần 17h30", Weekly(MON | THU), "17:30"),
    ("thứ 2 đến thứ 6 hàng tuần 17h30", Weekly(WORKDAYS), "17:30"),
    ("t2-t6 hàng tuần 17h30", Weekly(WORKDAYS), "17:30"),
    ("thứ 2-6 hàng tuần 17h30", Weekly(WORKDAYS), "17:30"),
    ("thứ 7 hàng tuần 12h đêm", Weekly(SUN), "00:00"),
    ("thứ 7 20h 2 tuần một lần", Weekly(SAT, 2, date(2026, 11, 28)), "20:00"),
    ("hai tuần một lần vào thứ 7 20h", Weekly(SAT, 2, date(2026, 11, 28)), "20:00"),
    ("cách tuần thứ 7 20h", Weekly(SAT, 2, date(2026, 11, 28)), "20:00"),
    ("3 tuần/lần chủ nhật 16h", Weekly(SUN, 3, date(2026, 11, 22)), "16:00"),
    ("2 tuần một lần chủ nhật 12h", Weekly(SUN, 2, date(2026, 11, 29)), "12:00"),
    ("thứ 7 đầu tiên hàng tháng 20h", NthWeekday(1, 5), "20:00"),
    ("thứ 7 đầu mỗi tháng 20h", NthWeekday(1, 5), "20:00"),
    ("chủ nhật tuần thứ 2 hàng tháng 20h", NthWeekday(2, 6), "20:00"),
    ("chủ nhật tuần cuối hàng tháng 20h", NthWeekday(LAST, 6), "20:00"),
    ("ngày 5 hàng tháng 19h", MonthDays(frozenset({5})), "19:00"),
    ("15 hàng tháng 19h", MonthDays(frozenset({15})), "19:00"),
    ("ngày 1 và 15 hàng tháng 19h", MonthDays(frozenset({1, 15})), "19:00"),
    ("cuối mỗi tháng 17h", MonthDays(frozenset({LAST})), "17:00"),
    ("hàng tháng vào ngày cuối tháng 17h", MonthDays(frozenset({LAST})), "17:00"),
    ("25/12 hàng năm 19h", Yearly(25, 12), "19:00"),
    ("rằm hàng tháng 6h sáng", LunarMonthly(frozenset({15})), "06:00"),
    ("ram hang thang 6h sang", LunarMonthly(frozenset({15})), "06:00"),
    ("mùng một hàng tháng 6h sáng", LunarMonthly(frozenset({1})), "06:00"),
    ("các ngày rằm 18h", LunarMonthly(frozenset({15})), "18:00"),
    ("mùng một và rằm hàng tháng 18h", LunarMonthly(frozenset({1, 15})), "18:00"),
    ("ngày 23 âm hàng tháng 18h", LunarMonthly(frozenset({23})), "18:00"),
    ("rằm tháng giêng hàng năm 19h", LunarYearly(15, 1), "19:00"),
    ("23 tháng chạp hàng năm 19h", LunarYearly(23, 12), "19:00"),
    ("trung thu hàng năm 19h", LunarYearly(15, 8), "19:00"),
    ("every saturday 8am", Weekly(SAT), "08:00"),
    ("saturdays at 8am", Weekly(SAT), "08:00"),
    ("every day at 7pm", Daily(), "19:00"),
    ("daily 6am", Daily(), "06:00"),
    ("weekdays 7am", Weekly(WORKDAYS), "07:00"),
    ("every other friday 6pm", Weekly(FRI, 2, date(2026, 11, 27)), "18:00"),
    ("every 2 weeks on saturday 8am", Weekly(SAT, 2, date(2026, 11, 28)), "08:00"),
    ("first saturday of every month 8am", NthWeekday(1, 5), "08:00"),
    ("last friday of every month 6pm", NthWeekday(LAST, 4), "18:00"),
    ("second sunday of every month 9am", NthWeekday(2, 6), "09:00"),
    ("last day of every month 5pm", MonthDays(frozenset({LAST})), "17:00"),
    ("every month on the 15th 8am", MonthDays(frozenset({15})), "08:00"),
    ("every year on 25/12 8am", Yearly(25, 12), "08:00"),
]


@pytest.mark.parametrize(("said", "pattern", "hour"), REPEATED)
def test_a_time_that_repeats(said: str, pattern: Pattern, hour: str) -> None:
    spoken = read_time(said, NOW)
    assert spoken.rule == Rule(pattern, time.fromisoformat(hour))
    assert (spoken.at, spoken.past, spoken.missing) == (None, False, None)
    assert notes(spoken) <= {"night"}


# Nobody said that these repeat: it is taken for granted, and said.
@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ("thứ 7 đầu tháng 20h", NthWeekday(1, 5)),
        ("chủ nhật cuối tháng 20h", NthWeekday(LAST, 6)),
        ("chủ nhật thứ 2 của tháng 20h", NthWeekday(2, 6)),
        ("ngày cuối tháng 20h", MonthDays(frozenset({LAST}))),
        ("thứ 2, 4, 6 20h", Weekly(MON | WED | FRI)),
        ("t2-t6 20h", Weekly(WORKDAYS)),
        ("rằm mùng một 20h", LunarMonthly(frozenset({1, 15}))),
        ("first saturday of the month 8pm", NthWeekday(1, 5)),
    ],
)
def test_what_is_said_of_every_month_or_week(said: str, pattern: Pattern) -> None:
    spoken = read_time(said, NOW)
    assert spoken.rule == Rule(pattern, time(20))
    assert notes(spoken) == {"repeats"}


@pytest.mark.parametrize(
    ("said", "assumed"),
    [
        ("ngày 31 hàng tháng 19h", "short_months"),
        ("ngày 30 âm hàng tháng 19h", "short_lunar_months"),
        ("29/2 hàng năm 19h", "leap_years"),
        ("mùng 5 hàng tháng 19h", "lunar"),
        ("hàng ngày 7h", "morning"),
        ("thứ 7 hàng tuần 2h", "afternoon"),
    ],
)
def test_what_a_repetition_leaves_out_is_said(said: str, assumed: str) -> None:
    spoken = read_time(said, NOW)
    assert spoken.rule is not None
    assert notes(spoken) == {assumed}


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("thứ 7 hàng tuần 20h đến hết tháng 12", date(2026, 12, 31)),
        ("thứ 7 hàng tuần 20h đến hết tháng 2", date(2027, 2, 28)),
        ("thứ 7 hàng tuần 20h đến 31/3", date(2027, 3, 31)),
        ("thứ 7 hàng tuần 20h đến 31/12", date(2026, 12, 31)),
        ("mỗi thứ 7 20h đến hết ngày 31/3/2027", date(2027, 3, 31)),
        ("mỗi thứ 7 20h tới 31/3/27", date(2027, 3, 31)),
        ("thứ 7 20h hàng tuần đến hết năm", date(2026, 12, 31)),
        ("every saturday 8pm until 31/3/2027", date(2027, 3, 31)),
    ],
)
def test_until_when_it_repeats(said: str, until: date) -> None:
    assert read_time(said, NOW).rule == Rule(Weekly(SAT), time(20), until)


def test_a_repetition_that_has_ended_is_past() -> None:
    spoken = read_time("hàng ngày 6h sáng đến 1/1/2020", NOW)
    assert spoken.past
    assert spoken.suggestion is None


# What is missing is asked for; what is known is kept.
WITHOUT_HOUR = [
    ("mai", date(2026, 11, 23)),
    ("hôm nay", date(2026, 11, 22)),
    ("ngày kia", date(2026, 11, 24)),
    ("ngày mốt", date(2026, 11, 24)),
    ("tối nay", date(2026, 11, 22)),
    ("trưa mai", date(2026, 11, 23)),
    ("t7", date(2026, 11, 28)),
    ("cn", date(2026, 11, 22)),
    ("thứ bảy tuần sau", date(2026, 11, 28)),
    ("next friday", date(2026, 11, 27)),
    ("25/12", date(2026, 12, 25)),
    ("ngày 5", date(2026, 12, 5)),
    ("cuối tháng", date(2026, 11, 30)),
    ("mùng 1 tết", date(2027, 2, 6)),
    ("tết", date(2027, 2, 6)),
    ("rằm tháng 7", date(2027, 8, 16)),
    ("23 tháng chạp", date(2027, 1, 30)),
    ("25h mai", date(2026, 11, 23)),
    ("7:75 mai", date(2026, 11, 23)),
    ("3h trưa mai", date(2026, 11, 23)),
    ("20h sáng mai", date(2026, 11, 23)),
    ("sáng tối mai 8h", date(2026, 11, 23)),
]


@pytest.mark.parametrize(("said", "on"), WITHOUT_HOUR)
def test_a_day_without_an_hour(said: str, on: date) -> None:
    spoken = read_time(said, NOW)
    assert (spoken.missing, spoken.on, spoken.complete) == ("hour", on, False)


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ("mỗi ngày", Daily()),
        ("thứ 2 hàng tuần", Weekly(MON)),
        ("2 tuần một lần thứ 7", Weekly(SAT, 2, date(2026, 11, 22))),
        ("thứ 7 đầu tháng", NthWeekday(1, 5)),
        ("ngày cuối tháng", MonthDays(frozenset({LAST}))),
        ("mùng một hàng tháng", LunarMonthly(frozenset({1}))),
        ("rằm hàng tháng 12h đêm", LunarMonthly(frozenset({15}))),
    ],
)
def test_a_repetition_without_an_hour(said: str, pattern: Pattern) -> None:
    spoken = read_time(said, NOW)
    assert (spoken.missing, spoken.pattern, spoken.complete) == ("hour", pattern, False)


@pytest.mark.parametrize(
    "said",
    [
        "25/13 19h", "32/12 19h", "31/2 19h", "31/4/2027 19h", "ngày 0 19h", "ngày 32 19h",
        "tuần sau 19h", "tháng sau 19h", "năm sau 19h", "1 tháng nữa 19h", "thứ 7 hàng tháng 19h",
        "hàng tuần 19h", "hàng ngày trừ 1/1 19h", "30/3/2027 âm lịch 19h", "25 - 12 19h",
        "2 tháng một lần ngày 5 19h", "thứ 4 tuần sau nữa 19h", "cuối tháng giêng 19h",
        "cuối tháng 12 âm lịch 19h",
        "19h các ngày trong tuần",
    ],
)  # fmt: skip
def test_an_hour_without_a_day(said: str) -> None:
    spoken = read_time(said, NOW)
    assert (spoken.missing, spoken.hour, spoken.complete) == ("date", time(19), False)


@pytest.mark.parametrize(
    "said",
    ["thứ 7 25/12 19h", "25/12, 26/12 19h", "hôm nay hoặc mai 19h", "21/2 rằm tháng giêng 19h",
     "mai mốt", "chủ nhật ngày mai"],
)  # fmt: skip
def test_days_that_contradict_each_other(said: str) -> None:
    spoken = read_time(said, NOW)
    assert (spoken.missing, spoken.at, spoken.on) == ("date", None, None)
    assert notes(spoken) == {"days_differ"}


@pytest.mark.parametrize(
    "said",
    ["", " ", "không biết", "mấy giờ cũng được", "giờ hành chính", "ok", "99h", "20h sáng",
     "8h 9h mai", "7-8h mai", "7h - 8h mai", "0", "5", "ngày 30/2",
     "24h30 mai", "🕖", "ừ", "hẹn gặp lại", "x" * (LONGEST + 1), "mai 19h " + "x" * LONGEST],
)  # fmt: skip
def test_what_is_not_understood_is_not_guessed(said: str) -> None:
    assert read_time(said, NOW) == Spoken()
    assert not Spoken().understood


@pytest.mark.parametrize("said", ["bây giờ", "bay gio", "ngay bây giờ", "gửi luôn", "now"])
def test_now_is_now(said: str) -> None:
    assert read_time(said, NOW) == Spoken(at=NOW)


@pytest.mark.parametrize(
    ("earlier", "said", "meant"),
    [
        ("mai", "19h", "19:00 23/11/2026"),
        ("tối mai", "7", "19:00 23/11/2026"),
        ("trưa mai", "11 giờ", "11:00 23/11/2026"),
        ("25h mai", "20", "20:00 23/11/2026"),
        ("32/12 19h", "25/12", "19:00 25/12/2026"),
        ("25/13 19h", "25", "19:00 25/11/2026"),
        ("thứ 7 25/12 19h", "thứ 6 25/12 19h", "19:00 25/12/2026"),
        ("tuần sau 19h", "thứ 7 tuần sau", "19:00 28/11/2026"),
        ("tối nay", "thứ 7 8h sáng", "08:00 28/11/2026"),
        ("rằm tháng giêng", "19:00", "19:00 20/02/2027"),
    ],
)
def test_a_second_answer_fills_in_what_was_missing(earlier: str, said: str, meant: str) -> None:
    assert not read_time(earlier, NOW).complete
    assert shown(read_time(said, NOW, earlier=earlier).at) == meant


@pytest.mark.parametrize(
    ("earlier", "said", "pattern"),
    [
        ("rằm hàng tháng", "18", LunarMonthly(frozenset({15}))),
        ("hàng tuần 18h", "thứ 7", Weekly(SAT)),
        ("thứ 7 hàng tháng 18h", "thứ 7 đầu tháng", NthWeekday(1, 5)),
        ("hàng ngày", "6 giờ chiều", Daily()),
    ],
)
def test_a_second_answer_completes_a_repetition(earlier: str, said: str, pattern: Pattern) -> None:
    assert read_time(said, NOW, earlier=earlier).rule == Rule(pattern, time(18))


@pytest.mark.parametrize(
    "earlier",
    ["mai", "25h mai", "32/12 19h", "thứ 7 25/12 19h", "tuần sau 19h", "thứ 4 tuần sau nữa 19h",
     "hàng tuần 19h", "thứ 7 hàng tháng 19h", "rằm hàng tháng"],
)  # fmt: skip
def test_an_answer_that_says_nothing_completes_nothing(earlier: str) -> None:
    first, then = read_time(earlier, NOW), read_time("không nhớ ạ", NOW, earlier=earlier)
    assert then.missing == first.missing
    assert (then.on, then.pattern) == (first.on, first.pattern)
    assert not then.complete


INSTANTS = st.timedeltas(timedelta(), timedelta(days=3000)).map(
    lambda span: datetime(2024, 1, 1, tzinfo=UTC) + span
)
WORDS = words(
    "mai kia nay hôm ngày tháng tuần năm thứ 2 7 t7 cn chủ nhật rằm mùng một tết giêng chạp âm "
    "lịch nhuận 5 15 30 31 7h 19h30 8 rưỡi kém giờ phút sáng trưa chiều tối đêm hàng mỗi sau tới "
    "này trước đầu cuối đến hết trừ nữa lần hai ba mươi next every saturday am pm month 99 0 24h "
    "12h giao thừa"
)
SIGNS = ["25/12", "31/2", "1/1/2027", "29/2", "19:45", "7.30", ",", "-", "~"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=9).map(" ".join), INSTANTS)
def test_any_words_give_a_sound_answer(said: str, now: datetime) -> None:
    spoken = read_time(said, now)
    if spoken.at is not None:
        assert spoken.at.utcoffset() == timedelta()
        assert (spoken.at < now) <= spoken.past
        assert spoken.past == (spoken.at <= now) or spoken.at == now
    if spoken.suggestion is not None:
        assert spoken.past
        assert spoken.suggestion > now
    assert not (spoken.at and spoken.rule)
    assert not (spoken.complete and spoken.missing)
    assert all(key.startswith("times.assumed.") for key in spoken.assumed)


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_text_is_borne(said: str) -> None:
    assert read_time(said, NOW, earlier=said).past in {True, False}


@settings(max_examples=150)
@given(
    st.dates(date(2026, 11, 23), date(2035, 12, 31)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["{:%H:%M %d/%m/%Y}", "{:%d/%m/%Y %Hh%M}", "{:%Hg%M ngày %d-%m-%Y}"]),
)
def test_a_full_date_is_read_day_first(on: date, hour: time, form: str) -> None:
    wall = datetime.combine(on, hour)
    spoken = read_time(form.format(wall), NOW)
    assert spoken.at == instant_of(on, hour)
    assert not spoken.past
    # A zero in front says that the hours are counted to 24; "10:00" cannot.
    assert notes(spoken) == ({"morning"} if hour.hour in {10, 11} else set())


@settings(max_examples=100)
@given(INSTANTS, st.integers(0, 23), st.integers(0, 6))
def test_a_weekday_is_the_next_one_to_come(now: datetime, hour: int, weekday: int) -> None:
    day = ["thứ 2", "thứ 3", "t4", "t5", "thứ sáu", "thứ 7", "cn"][weekday]
    spoken = read_time(f"{day} {hour:02}:00", now)
    assert spoken.at is not None
    wall = wall_of(spoken.at)
    assert wall.weekday() == weekday
    assert wall.hour == hour
    assert timedelta() < spoken.at - now <= timedelta(days=7)
