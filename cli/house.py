"""Who answers for the bot: four settings, all or none. Without them `run` starts all the same,
as a trial, and every greeting and receipt says so.
"""

from datetime import date

from bot.wording import House
from cli.findings import Finding, State
from cli.terminal import Terminal
from content.numbers import read_numbers
from domain.notices import Param, Text, plain
from domain.numbers import FRESH_FOR, stale_numbers
from domain.phones import parse_phone, spoken_phone
from settings import HOUSE, Fault, Settings, SettingsFault


def house_of(settings: Settings) -> House | None:
    """None for a trial. Raises SettingsFault for a telephone that is none."""
    if not settings.controller_name:
        return None
    phone = parse_phone(settings.controller_phone)
    if phone is None:
        raise SettingsFault(Fault("controller_phone", "settings.phone"))
    return House(
        settings.controller_name,
        settings.controller_address,
        spoken_phone(phone),
        settings.authorised_by,
    )


def check_house(settings: Settings) -> Finding:
    """Whether it is a trial; not a fault, since a trial is how every ward begins."""
    try:
        house = house_of(settings)
    except SettingsFault:
        advice = Text("doctor.settings.wrong_do")
        return Finding("controller", State.FAULT, Text("doctor.house.wrong"), advice)
    if house is None:
        advice = Text("doctor.house.trial_do")
        return Finding("controller", State.WARN, Text("doctor.house.trial"), advice)
    controller = plain(f"{house.name}, {house.address}, {house.phone}")
    params: dict[str, Param] = {
        "controller": controller,
        "authorised_by": house.authorised_by,
    }
    return Finding("controller", State.OK, Text("doctor.house.given", params))


def check_numbers(today: date) -> list[Finding]:
    """The numbers to call that were not checked for long. `today` is the day in Việt Nam."""
    checked_on = {each.number: each.checked_on for each in read_numbers()}
    advice = Text("doctor.numbers.stale_do")
    return [
        Finding("numbers", State.WARN, _stale(number, checked_on[number]), advice)
        for number in stale_numbers(checked_on, today)
    ]


def ask_house(terminal: Terminal) -> dict[str, str]:
    """The four settings as they are answered; none at all from the first that is skipped."""
    terminal.say("init.house.intro")
    given: dict[str, str] = {}
    for name in HOUSE:
        given[name] = _ask(terminal, name)
        if not given[name]:
            terminal.say("init.house.trial")
            return {}
    return given


def _ask(terminal: Terminal, name: str) -> str:
    while True:
        said = " ".join(terminal.ask(f"init.house.{name}", default="").split())
        if name != "controller_phone" or not said or parse_phone(said):
            return said
        terminal.say("init.house.phone_wrong")


def _stale(number: str, checked_on: date) -> Text:
    day, days = f"{checked_on:%d/%m/%Y}", FRESH_FOR.days
    return Text("doctor.numbers.stale", {"number": number, "date": day, "days": days})
