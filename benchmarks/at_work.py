"""What people at work type and press, as raw updates into the handlers: an officer in the duty
chat, the chief and a resident in private. Whoever lists, lists among all that is stored.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from benchmarks.variants import stage
from bot.channels.telegram_updates import read_update
from bot.handlers import router
from bot.handlers.turn import BotFacts
from bot.taking import Received, Taking
from bot.wording import Wording
from cli.demo_ward import BOT_NAME, WARD_CODE
from storage.cards import list_cards
from storage.incidents import list_open
from storage.rooms import list_room_addresses
from storage.rows import table
from storage.tables import Incident, Outbox

# Higher than any that a load server gave.
_NUMBERS: Final = 2_000_000_000
_OUTBOX = table(Outbox)
Work = Callable[[Connection, datetime], object]


class NotAnswered(Exception):
    """The bot had nothing to say to it: then its time means nothing."""


def typed_and_pressed(db: Connection) -> dict[str, Work]:
    """By name, about the newest report of the demo's ward that nobody has taken."""
    cast, groups = stage().cast, stage().groups
    officer, chief, resident = cast["officer"], cast["chief"], cast["resident"]
    desk, waiting = groups["police"], list_open(db, WARD_CODE, 1)[0]
    works = {
        "resident: my reports": _typed(resident, resident, "/vuviec"),
        "resident: my data": _typed(resident, resident, "/dulieu"),
        "officer: open reports": _typed(desk, officer, "/vuviec"),
        "officer: one report": _typed(desk, officer, f"/vuviec {waiting.code}"),
        "officer: takes one": _pressed(desk, officer, f"i:{waiting.id}:take"),
        "officer: takes one by words": _replied(desk, officer, _card_of(db, waiting), "nhận"),
        "chief: journal": _typed(chief, chief, f"/nhatky {waiting.code}"),
        "chief: board": _typed(chief, chief, "/bang"),
        "chief: schedule": _typed(chief, chief, "/lich"),
        "chief: ladder": _typed(chief, chief, "/truc"),
        "chief: finds a post": _typed(chief, chief, "/xacminh 1234 5678"),
    }
    taking, numbers = _taking(), count(_NUMBERS)
    return {name: partial(_take, taking, numbers, update) for name, update in works.items()}


def _take(
    taking: Callable[[datetime], Taking],
    numbers: "count[int]",
    update: dict[str, Any],
    db: Connection,
    now: datetime,
) -> None:
    before = db.execute(select(func.max(_OUTBOX.c.id))).scalar_one()
    raw = {"update_id": next(numbers), **update}
    taking(now).take_all(db, [Received(raw, read_update(BOT_NAME, raw))])
    if db.execute(select(func.max(_OUTBOX.c.id))).scalar_one() == before:
        raise NotAnswered(str(update))


def _taking() -> Callable[[datetime], Taking]:
    words = Wording()
    facts = BotFacts(
        BOT_NAME, "bench_bot", (WARD_CODE,), words.say, words.label, words.labels_ever
    )
    return lambda now: Taking(facts, router.handle, lambda: now, secrets.randbelow)


def _card_of(db: Connection, incident: Incident) -> str:
    """The message of its card in the duty chat."""
    (desk,) = list_room_addresses(db, WARD_CODE, "duty")
    card = list_cards(db, f"incident:{incident.id}", desk.id)[-1]
    return card.message_id or ""


def _typed(chat: int, sender: int, text: str) -> dict[str, Any]:
    return {"message": _message(chat, sender, text)}


def _replied(chat: int, sender: int, to: str, text: str) -> dict[str, Any]:
    original = {**_message(chat, sender, "…"), "message_id": int(to)}
    original["from"] = {"id": 1, "is_bot": True, "first_name": "Bench"}
    return {"message": {**_message(chat, sender, text), "reply_to_message": original}}


def _pressed(chat: int, sender: int, data: str) -> dict[str, Any]:
    message = _message(chat, sender, "…")
    press = {"id": "1", "chat_instance": "1", "message": message, "data": data}
    return {"callback_query": {**press, "from": message["from"]}}


def _message(chat: int, sender: int, text: str) -> dict[str, Any]:
    kind = "private" if chat > 0 else "group"
    return {
        "message_id": 1,
        "date": 0,
        "chat": {"id": chat, "type": kind, "title": "Nhóm bịa"},
        "from": {"id": sender, "is_bot": False, "first_name": "Người bịa"},
        "text": text,
    }
