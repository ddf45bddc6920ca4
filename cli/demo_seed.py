"""Fills the demo: people and groups in the sandbox, and their roles in the bot's database,
through the same actions that a real ward's set-up goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.people import arrive, set_neighbourhood
from actions.rooms import bind_room
from actions.standings import grant
from actions.wards import merge_ward
from cli.demo_ward import (
    BOT_NAME,
    BOT_SHOWN,
    BOT_USERNAME,
    CAST,
    GROUPS,
    PLACES,
    WARD_CODE,
    WARD_NAME,
)
from cli.sandbox_client import SandboxClient
from domain.roles import Role
from storage.addresses import add_address
from storage.tables import Person
from storage.wards import set_landmarks

# The cast are no newcomers: whoever just got a role may not decide everything yet.
SERVING_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands in the sandbox: ids of the cast and the groups by their names here."""

    bot: int
    token: str
    cast: Mapping[str, int]
    groups: Mapping[str, int]


async def set_stage(client: SandboxClient) -> Stage:
    """Make the bot, the people and the groups in an empty sandbox."""
    bot = await client.add_bot(BOT_SHOWN, BOT_USERNAME)
    cast = {key: await client.add_person(one.name, one.shown) for key, one in CAST.items()}
    groups = {
        key: await client.add_group(group.title, [cast[m] for m in group.members], bot["id"])
        for key, group in GROUPS.items()
    }
    return Stage(int(bot["id"]), str(bot["token"]), cast, groups)


async def press_start(client: SandboxClient, stage: Stage) -> dict[int, int]:
    """Everyone but the newcomer opens their private chat: where each one's Start stands."""
    writers = [stage.cast[key] for key, one in CAST.items() if one.written]
    return {person: await client.start(person, stage.bot) for person in writers}


async def wait_for_greetings(
    client: SandboxClient, stage: Stage, started: Mapping[int, int]
) -> None:
    """Until the bot has answered every Start, and so has asked for updates and can send."""
    for person, after in started.items():
        await client.answered(person, stage.bot, after)


def seed(db: Connection, stage: Stage, now: datetime) -> None:
    """The ward, its neighbourhoods, everyone's role, and what each group is for."""
    made = merge_ward(db, WARD_CODE, WARD_NAME, [place.name for place in PLACES])
    homes = [neighbourhood.id for neighbourhood in made.neighbourhoods]
    for home, place in zip(homes, PLACES, strict=True):
        set_landmarks(db, home, place.landmarks)
    people = {key: _enrol(db, key, stage, homes, now) for key in CAST if CAST[key].written}
    for key, group in GROUPS.items():
        address = add_address(db, BOT_NAME, str(stage.groups[key]), now, title=group.title)
        home_id = None if group.place is None else homes[group.place]
        by = people[group.members[0]].id
        bind_room(db, address, group.purpose, WARD_CODE, home_id, by, now)


def _enrol(db: Connection, key: str, stage: Stage, homes: list[int], now: datetime) -> Person:
    actor, chat = CAST[key], str(stage.cast[key])
    person = arrive(
        db,
        bot=BOT_NAME,
        chat=chat,
        private=True,
        title="",
        sender_id=chat,
        sender_name=actor.name,
        language="vi",
        now=now,
    ).person
    home = None if actor.place is None else homes[actor.place]
    if home is not None:
        set_neighbourhood(db, person, home)
    if actor.role is Role.ADMINISTRATOR:
        grant(db, person.id, actor.role, None, None, None, now - SERVING_FOR)
    elif actor.role is not None:
        grant(db, person.id, actor.role, WARD_CODE, home, None, now - SERVING_FOR)
    return person
