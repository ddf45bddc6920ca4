"""A person taps an inline button, chooses in a poll, or blocks a bot."""

from __future__ import annotations

import re

from aiohttp import web

from sandbox import membership, polls
from sandbox.model import Bot, Message, Wire
from sandbox.person.fields import Fields, Refusal
from sandbox.person.writing import press_start
from sandbox.taps import answered

DEEP_LINK = re.compile(r"https?://t\.me/(\w+)\?start=([\w-]*)")


async def tap(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/taps, by "data" or "label"; waits up to 10 s for the bot's answer.

    Data that the message never offered needs "forged": true. A button with a deep link presses
    Start; one with another address only gives it back.
    """
    person = fields.person()
    message = fields.message(fields.chat(person))
    if not isinstance(message.sender, Bot):
        raise Refusal("this message has no buttons")
    button = _button(fields, message)
    if "url" in button:
        link = DEEP_LINK.match(button["url"])
        bot = fields.world.bots_by_username.get(link[1].lower()) if link else None
        if link is not None and bot is not None:
            press_start(fields.world, person, bot, link[2])
        return {"text": None, "alert": False, "answered": True, "url": button["url"]}
    if "callback_data" not in button:
        raise Refusal("this kind of button is not played", 422)
    data = button["callback_data"]
    return await answered(
        fields.world.taps.begin(fields.world, message.sender, person, message, data)
    )


async def block(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/blocks."""
    blocked = fields.values.get("blocked", True) is True
    membership.block(fields.world, fields.person(), fields.bot(), blocked)
    return {}


async def vote(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/votes: one option by its number from 0; [] takes a choice back, where the
    poll is no quiz."""
    person = fields.person()
    poll = fields.message(fields.chat(person)).poll
    if poll is None:
        raise Refusal("this message is no poll")
    chosen = fields.ids("options")
    if len(chosen) > 1 or any(not 0 <= at < len(poll.options) for at in chosen):
        raise Refusal('"options" names one of the options')
    if poll.closed:
        raise Refusal("the poll is closed", 409)
    if poll.correct is not None and (not chosen or person.id in poll.votes):
        raise Refusal("an answer to a quiz stands", 409)
    polls.vote(fields.world, poll, person, chosen[0] if chosen else None)
    return {}


def _button(fields: Fields, message: Message) -> Wire:
    if fields.values.get("data") is not None:
        data = fields.text("data")
        if data not in message.offered and fields.values.get("forged") is not True:
            raise Refusal(f"the message never had a button with the data {data!r}", 404)
        return {"callback_data": data}
    label = fields.text("label")
    rows = (message.markup or {}).get("inline_keyboard", [])
    buttons: list[Wire] = [button for row in rows for button in row]
    for fits in (str.__eq__, str.endswith):
        for button in buttons:
            if fits(button["text"], label):
                return button
    labels = ", ".join(repr(button["text"]) for button in buttons)
    raise Refusal(f"no button {label!r} among: {labels}", 404)
