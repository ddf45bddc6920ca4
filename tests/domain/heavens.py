"""The Vietnamese lunar calendar computed from the sky, to check the library by: new moons and
the sun's longitude after Jean Meeus, Astronomical Algorithms (chapters 25 and 49), and the
rule of the calendar. Exact to a minute or so, for the years around 2000.
"""

from datetime import date
from functools import cache
from math import floor, radians, sin

# Multiples of E, and of the angles M (sun), M' (moon), F (latitude): chapter 49.
NEW_MOON = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0),
    (-0.00111, 0, 0, 1, -2), (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2), (0.00038, 1, 1, 0, -2),
    (-0.00024, 1, -1, 2, 0), (-0.00007, 0, 2, 1, 0), (0.00004, 0, 0, 2, -2),
    (0.00004, 0, 3, 0, 0), (0.00003, 0, 1, 1, -2), (0.00003, 0, 0, 2, 2),
    (-0.00003, 0, 1, 1, 2), (0.00003, 0, -1, 1, 2), (-0.00002, 0, -1, 1, -2),
    (-0.00002, 0, 1, 3, 0), (0.00002, 0, 0, 4, 0),
)  # fmt: skip
PLANETS = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
)  # fmt: skip
MONTHS_A_CENTURY = 1236.85
ERA = 2451545.0
ORDINAL = 1721424.5  # Julian days before the day 0 of date.fromordinal
EAST = 7 / 24


def sine(degrees: float) -> float:
    """The sine of an angle in degrees."""
    return sin(radians(degrees % 360))


def behind(julian: float) -> float:
    """Days by which universal time is behind dynamical time, around the year 2000."""
    years = (julian - ERA) / 365.25
    return (62.92 + 0.32217 * years + 0.005589 * years * years) / 86400


def on_the_wall(julian: float) -> date:
    """The day in Vietnam at this moment of dynamical time."""
    return date.fromordinal(floor(julian - behind(julian) + EAST - ORDINAL))


@cache
def new_moon(k: int) -> date:
    """The day of the k-th new moon since the one of 06/01/2000."""
    t = k / MONTHS_A_CENTURY
    moment = 2451550.09766 + 29.530588861 * k + 0.00015437 * t**2 - 0.00000015 * t**3
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t**2
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2
    for size, power, m, n, f in NEW_MOON:
        moment += size * e**power * sine(m * sun + n * moon + f * latitude)
    moment -= 0.00017 * sine(node)
    moment += sum(size * sine(start + speed * k) for size, start, speed in PLANETS)
    return on_the_wall(moment)


def sector(on: date) -> int:
    """The twelfth of the zodiac (0 from the spring equinox) in which the sun stands as the day
    begins in Vietnam."""
    julian = on.toordinal() + ORDINAL - EAST
    t = (julian + behind(julian) - ERA) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    m = 357.52911 + 35999.05029 * t - 0.0001537 * t**2
    centre = (1.914602 - 0.004817 * t) * sine(m) + (0.019993 - 0.000101 * t) * sine(2 * m)
    centre += 0.000289 * sine(3 * m)
    seen = mean + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t)
    return floor(seen % 360 / 30)


def eleventh(year: int) -> int:
    """Which new moon begins the month of the winter solstice, the eleventh of a lunar year."""
    near = floor((year + 0.97 - 2000) * 12.3685)
    return next(
        k for k in range(near - 2, near + 3) if sector(new_moon(k)) < 9 <= sector(new_moon(k + 1))
    )


def months_to(year: int) -> dict[date, tuple[int, int, bool]]:
    """The first days of the months from one winter solstice to the next, which is in `year`:
    (month, lunar year, leap). Of thirteen months the first is leap in which the sun enters no
    new twelfth of the zodiac."""
    first, last = eleventh(year - 1), eleventh(year)
    months: dict[date, tuple[int, int, bool]] = {}
    number, had_leap = 10, last - first == 12
    for k in range(first, last):
        leap = not had_leap and k > first and sector(new_moon(k)) == sector(new_moon(k + 1))
        had_leap = had_leap or leap
        number += not leap
        named = (number - 1) % 12 + 1
        months[new_moon(k)] = (named, year if number > 12 else year - 1, leap)
    return months
