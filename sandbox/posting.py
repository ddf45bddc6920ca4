"""Messages come into being, change and go, and everyone who may see that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import events, views
from sandbox.model import Account, Bot, Chat, Media, Message, Person, Wire
from sandbox.privacy import sees

if TYPE_CHECKING:
    from sandbox.polls import Poll
    from sandbox.world import World


def post(
    world: World,
    chat: Chat,
    sender: Account,
    body: Wire,
    *,
    media: Media | None = None,
    markup: Wire | None = None,
    reply_to: Message | None = None,
    silent: bool = False,
    protected: bool = False,
    service: bool = False,
    poll: Poll | None = None,
) -> Message:
    """Put a message into a chat; `body` is kept, not copied."""
    chat.last_message_id += 1
    message = Message(
        chat,
        chat.last_message_id,
        world.ids.seq(),
        sender,
        world.now(),
        body,
        media,
        markup,
        reply_to,
        silent=silent,
        protected=protected,
        service=service,
        poll=poll,
    )
    if poll is not None:
        poll.messages.append(message)
    message.offered |= offered_data(markup)
    chat.messages[message.message_id] = message
    chat.order.append(message)
    _tell_bots(world, message, "message")
    _tell_people(world, message, "message")
    return message


def serve_notice(world: World, chat: Chat, sender: Account, body: Wire) -> Message:
    """Put a service message ("… joined") into a chat."""
    return post(world, chat, sender, body, service=True)


def change(world: World, message: Message, body: Wire, markup: Wire | None) -> None:
    """Replace a message's content; bots learn of it when a person did it."""
    message.body = body
    message.markup = markup
    message.offered |= offered_data(markup)
    message.edit_date = world.now()
    message.edit_seq = world.ids.seq()
    message.chat.edited.append(message)
    _tell_bots(world, message, "edited_message")
    _tell_people(world, message, "edit")


def redraw(world: World, message: Message) -> None:
    """Show people a message whose poll moved on: that is no edit, and bots are not told of it."""
    if message.deleted:
        return
    message.edit_seq = world.ids.seq()
    message.chat.edited.append(message)
    _tell_people(world, message, "edit")


def remove(world: World, message: Message) -> None:
    """Delete a message for everybody; bots are not told, as in Telegram."""
    message.deleted = True
    del message.chat.messages[message.message_id]
    if message.chat.pinned is message:
        message.chat.pinned = None

    def event(person: Person) -> Wire:
        return {
            "type": "delete",
            "chat": message.chat.address_for(person),
            "message_id": message.message_id,
            "seq": message.seq,
        }

    world.hub.tell_chat(message.chat, world.people, event)
    events.wake(message.chat)


def offered_data(markup: Wire | None) -> set[str]:
    """The callback data of all buttons of an inline keyboard."""
    rows = (markup or {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


def _tell_bots(world: World, message: Message, kind: str) -> None:
    if isinstance(message.sender, Bot) and not message.service:
        return
    for bot in message.chat.bots.values():
        if bot is not message.sender and sees(bot, message):
            bot.mailbox.push(kind, views.for_bot(world, message, bot))


def _tell_people(world: World, message: Message, kind: str) -> None:
    def event(person: Person) -> Wire:
        return {
            "type": kind,
            "chat": message.chat.address_for(person),
            "seq": message.seq,
            "message": views.for_person(world, message, person),
        }

    world.hub.tell_chat(message.chat, world.people, event)
    events.wake(message.chat)
