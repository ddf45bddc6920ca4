"""A person writes, edits, deletes, and presses Start."""

from __future__ import annotations

from aiohttp import web

from sandbox import membership, posting, views
from sandbox.entities import from_plain, utf16_length
from sandbox.model import Bot, Chat, Media, Message, Person, Wire
from sandbox.person.attaching import album, attachment, place_or_contact
from sandbox.person.fields import Fields, Refusal
from sandbox.world import World

MOST_TEXT = 4096
MOST_CAPTION = 1024


async def send(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/messages; an album answers with its first message and all in "album"."""
    if fields.values.get("thread"):
        raise Refusal("topics are not played", 422)
    person = fields.person()
    chat = fields.chat(person)
    _require_open(chat, person)
    reply_to = fields.message(chat, "reply_to") if fields.values.get("reply_to") else None
    posted = [
        posting.post(fields.world, chat, person, body, media=media, reply_to=reply_to)
        for media, body in _parts(fields, chat)
    ]
    shown = [views.for_person(fields.world, message, person) for message in posted]
    return shown[0] if len(shown) == 1 else shown[0] | {"album": shown}


async def edit(request: web.Request, fields: Fields) -> Wire:
    """PATCH /sandbox/messages: one's own text or caption."""
    person = fields.person()
    message = fields.message(fields.chat(person))
    if message.sender is not person or message.service:
        raise Refusal("only one's own messages can be edited", 403)
    name = "text" if "text" in message.body else "caption"
    if name == "caption" and message.media is None:
        raise Refusal("this message has no text")
    kept = {
        key: value
        for key, value in message.body.items()
        if key not in {name, "entities", "caption_entities"}
    }
    body = kept | _words(name, fields.text("text"))
    posting.change(fields.world, message, body, message.markup)
    return views.for_person(fields.world, message, person)


async def delete(request: web.Request, fields: Fields) -> Wire:
    """DELETE /sandbox/messages: one's own, in private the bot's too, as administrator any."""
    person = fields.person("by")
    message = fields.message(fields.chat(person))
    chat = message.chat
    if message.sender is not person and not chat.private and not chat.is_admin(person.id):
        raise Refusal("this message cannot be deleted by this person", 403)
    posting.remove(fields.world, message)
    return {}


async def start(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/start."""
    person, bot = fields.person(), fields.bot()
    payload = str(fields.values.get("payload") or "")
    return views.for_person(fields.world, press_start(fields.world, person, bot, payload), person)


def press_start(world: World, person: Person, bot: Bot, payload: str) -> Message:
    """Open the private chat, unblock the bot, and send /start with the payload."""
    if len(payload) > 64:
        raise Refusal("a start payload has at most 64 characters")
    membership.block(world, person, bot, False)
    chat = world.private_chat(person, bot)
    bot.started_by.add(person.id)
    body = _words("text", f"/start {payload}".strip())
    return posting.post(world, chat, person, body)


def _require_open(chat: Chat, person: Person) -> None:
    if chat.bot is None:
        return
    if person.id in chat.bot.blocked_by:
        raise Refusal("this person has blocked the bot", 403)
    # In Telegram the first message of any kind opens the chat for the bot.
    chat.bot.started_by.add(person.id)


def _parts(fields: Fields, chat: Chat) -> list[tuple[Media | None, Wire]]:
    values, world = fields.values, fields.world
    text = str(values.get("text") or "")
    if values.get("mention"):
        text = f"@{_mentioned(chat).username} {text}".strip()
    origin = _origin(fields)
    if values.get("album"):
        group = {"media_group_id": world.ids.album()} | origin
        first, *rest = album(world, values["album"])
        return [(first, group | _words("caption", text)), *((media, group) for media in rest)]
    media = attachment(world, values)
    if media is not None:
        return [(media, origin | (_words("caption", text) if media.kind != "sticker" else {}))]
    body = place_or_contact(values) or _words("text", text)
    if not body:
        raise Refusal("there is nothing to send")
    return [(None, origin | body)]


def _mentioned(chat: Chat) -> Bot:
    bot = next(iter(chat.bots.values()), None)
    if bot is None:
        raise Refusal("there is no bot here to mention")
    return bot


def _origin(fields: Fields) -> Wire:
    given = fields.values.get("forwarded_from")
    if not given:
        return {}
    account = fields.world.account(given) if isinstance(given, int) else None
    origin: Wire = {"type": "hidden_user", "sender_user_name": str(given)}
    if account is not None:
        origin = {"type": "user", "sender_user": account.user}
    return {"forward_origin": origin | {"date": fields.world.now()}}


def _words(name: str, source: str) -> Wire:
    text, entities = from_plain(source)
    if utf16_length(text) > (MOST_TEXT if name == "text" else MOST_CAPTION):
        raise Refusal(f"the {name} is too long")
    if not text:
        return {}
    key = "entities" if name == "text" else "caption_entities"
    return {name: text, key: entities} if entities else {name: text}
