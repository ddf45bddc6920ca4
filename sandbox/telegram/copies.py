"""copyMessage and forwardMessage."""

from __future__ import annotations

from sandbox.model import Message, Wire
from sandbox.posting import post
from sandbox.telegram.call import Call
from sandbox.telegram.errors import NotBuilt, bad_request
from sandbox.telegram.sending import deliver
from sandbox.telegram.wording import caption_body

LEFT_BEHIND = frozenset({"media_group_id", "forward_origin"})


def forward_origin(message: Message) -> Wire:
    """The MessageOrigin of what is forwarded; a forward keeps its first origin."""
    first: Wire | None = message.body.get("forward_origin")
    return first or {"type": "user", "sender_user": message.sender.user, "date": message.date}


def copy_message(call: Call) -> Wire:
    """copyMessage; a given caption replaces the old one, buttons stay behind."""
    chat = call.writable_chat()
    source = _source(call, "copied", "message to copy not found")
    if source.poll is not None:
        raise NotBuilt("copyMessage of a poll")
    body = {name: value for name, value in source.body.items() if name not in LEFT_BEHIND}
    if call.params.text("caption") is not None:
        body = {name: value for name, value in body.items() if not name.startswith("caption")}
        body |= caption_body(call.params)
    sent = deliver(call, chat, body, source.media)
    return {"message_id": sent.message_id}


def forward_message(call: Call) -> Wire:
    """forwardMessage."""
    chat = call.writable_chat()
    source = _source(call, "forwarded", "message to forward not found")
    body = {name: value for name, value in source.body.items() if name != "media_group_id"}
    body["forward_origin"] = forward_origin(source)
    silent = call.params.flag("disable_notification")
    sent = post(
        call.world, chat, call.bot, body, media=source.media, silent=silent, poll=source.poll
    )
    return call.shown(sent)


def _source(call: Call, done: str, missing: str) -> Message:
    message = call.message(call.chat("from_chat_id"), missing)
    if message.service or message.protected:
        raise bad_request(f"message can't be {done}")
    return message
