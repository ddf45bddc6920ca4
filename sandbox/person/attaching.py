"""Media that a person sends: base64 text, or {"data", "file_name", "mime_type", "duration"}."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from sandbox.media import FOLDERS, make_media
from sandbox.model import Media, Wire
from sandbox.person.fields import Refusal
from sandbox.world import World

MEDIA = tuple(FOLDERS)
ALBUM_KINDS = ("photo", "video", "document", "audio")


def attachment(world: World, values: Any) -> Media | None:
    """The media among the fields, if any."""
    for kind in MEDIA:
        if values.get(kind):
            return _media(world, kind, values[kind])
    return None


def album(world: World, items: Any) -> list[Media]:
    """The media of an album: a list of objects with one of ALBUM_KINDS each."""
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise Refusal('"album" must be a list of 2 to 10 items')
    found = [
        _media(world, kind, item[kind])
        for item in items
        if isinstance(item, dict)
        for kind in ALBUM_KINDS
        if item.get(kind)
    ]
    if len(found) != len(items):
        raise Refusal('each item of "album" must be one of ' + ", ".join(ALBUM_KINDS))
    return found


def place_or_contact(values: Any) -> Wire:
    """The location or the contact among the fields, if any."""
    if location := values.get("location"):
        try:
            place = {name: float(location[name]) for name in ("latitude", "longitude")}
        except (TypeError, KeyError, ValueError):
            raise Refusal('"location" must have latitude and longitude') from None
        if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
            raise Refusal('"location" is not on Earth')
        return {"location": place}
    if contact := values.get("contact"):
        if not isinstance(contact, dict) or not {"phone_number", "first_name"} <= contact.keys():
            raise Refusal('"contact" must have phone_number and first_name')
        return {"contact": contact}
    return {}


def _media(world: World, kind: str, given: Any) -> Media:
    details = given if isinstance(given, dict) else {"data": given}
    try:
        content = base64.b64decode(str(details.get("data", "")).encode(), validate=True)
    except (binascii.Error, ValueError):
        raise Refusal(f'"{kind}" must be base64') from None
    if not content:
        raise Refusal(f'"{kind}" is empty')
    return make_media(
        world.ids,
        kind,
        content,
        file_name=details.get("file_name"),
        mime_type=details.get("mime_type"),
        duration=details.get("duration") or 0,
    )
