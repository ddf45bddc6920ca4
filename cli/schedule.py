"""`schedule`: what will go out next, for the operator; nothing is changed."""

import json
from collections.abc import Callable
from datetime import datetime

import typer
from cryptography.exceptions import InvalidTag
from sqlalchemy.exc import SQLAlchemyError

from actions.upcoming import Upcoming, list_upcoming
from cli.database import opened
from cli.terminal import Terminal
from domain.codes import spoken
from domain.notices import Moment, Param, Text
from settings import Settings
from storage.keys import KeyFault


def show_schedule(
    settings: Settings, clock: Callable[[], datetime], limit: int, *, as_json: bool
) -> int:
    """The exit code: 1 where the database could not be read."""
    terminal = Terminal(settings.language)
    try:
        with opened(settings) as engine, engine.connect() as db:
            coming = list_upcoming(db, limit)
    except (KeyFault, InvalidTag):
        terminal.say("terminal.key_unusable", file=str(settings.key_file))
        return 1
    except SQLAlchemyError as fault:
        terminal.say("terminal.database_unusable", fault=type(fault).__name__)
        return 1
    if as_json:
        typer.echo(json.dumps([_plain(each) for each in coming], ensure_ascii=False, indent=2))
        return 0
    now = clock()
    terminal.say("terminal.schedule.heading" if coming else "terminal.schedule.empty")
    for each in coming:
        terminal.say(f"terminal.schedule.{_how(each)}", **_params(each, now))
    return 0


def _how(each: Upcoming) -> str:
    return each.state if each.sort == "announcement" else each.sort


def _params(each: Upcoming, now: datetime) -> dict[str, Param]:
    """What is overdue (the bot stood still) is marked."""
    late = Text("terminal.schedule.overdue") if each.at <= now else Text("text.nothing")
    params: dict[str, Param] = {"at": Moment(each.at), "ward": each.ward, "late": late}
    params["places"] = ", ".join(each.places) or each.ward
    if each.code:
        params["code"] = spoken(each.code)
    if each.copies:
        params["number"] = each.copies
    return params


def _plain(each: Upcoming) -> dict[str, object]:
    return {
        "at": each.at.isoformat(),
        "sort": each.sort,
        "ward": each.ward,
        "places": list(each.places),
        "code": each.code or None,
        "state": each.state or None,
        "copies": each.copies or None,
    }
