"""sendMediaGroup: several photos, videos or files that appear as one."""

from __future__ import annotations

from typing import Any

from sandbox.model import Media, Wire
from sandbox.posting import post
from sandbox.telegram.attachments import media_of
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.sending import replied
from sandbox.telegram.wording import caption_body

MOST_ITEMS = 10
KINDS = frozenset({"photo", "video", "audio", "document"})


def send_media_group(call: Call) -> list[Wire]:
    """sendMediaGroup; nothing is sent unless every item is good."""
    chat = call.writable_chat()
    items = items_of(call.params)
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MOST_ITEMS:
        raise bad_request("too many messages to send as an album")
    _require_one_sort(items)
    reply_to = replied(call, chat)
    parts = [_part(call, item) for item in items]
    group = {"media_group_id": call.world.ids.album()} if len(parts) > 1 else {}
    silent, protected = (
        call.params.flag(name) for name in ("disable_notification", "protect_content")
    )
    sent = [
        post(
            call.world,
            chat,
            call.bot,
            group | body,
            media=media,
            reply_to=reply_to,
            silent=silent,
            protected=protected,
        )
        for media, body in parts
    ]
    return [call.shown(message) for message in sent]


def items_of(params: Params) -> list[Any]:
    """The items of the "media" parameter; raises 400 where it is no list."""
    items = params.tree("media", "media")
    if items is not None and not isinstance(items, list):
        raise bad_request("can't parse media JSON object")
    return items or []


def _require_one_sort(items: list[Any]) -> None:
    kinds = {item.get("type") if isinstance(item, dict) else None for item in items}
    if not kinds <= KINDS:
        raise bad_request("can't parse InputMedia: Media type is invalid")
    for kind in ("document", "audio"):
        if kind in kinds and len(kinds) > 1:
            raise bad_request(f"{kind} can't be mixed with other media types")


def _part(call: Call, item: Wire) -> tuple[Media, Wire]:
    media = media_of(call, item["type"], str(item.get("media", "")), item.get("duration", 0))
    return media, caption_body(Params(item))
