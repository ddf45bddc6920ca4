"""How media appear in messages, and the file ids by which a bot refers to them.

A file_id belongs to one bot; a file_unique_id is the same for all. Smaller sizes of a photo are
announced with their true proportions but all carry the original's bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.ids import file_id_of
from sandbox.model import Bot, Media, Wire

if TYPE_CHECKING:
    from sandbox.world import World


def media_fields(world: World, media: Media, bot: Bot | None) -> Wire:
    """The field of a Message that shows this media; a person's (bot None) file_id is the unique
    id, which GET /sandbox/media/<file_unique_id> takes.
    """
    if media.kind == "photo":
        sizes = range(len(media.sizes))
        return {"photo": [_sized(world, media, bot, size) for size in sizes]}
    wire = _reference(world, media, bot, 0)
    if media.kind in {"video", "sticker"}:
        width, height = media.sizes[0]
        wire |= {"width": width, "height": height}
    if media.kind in {"video", "voice", "audio"}:
        wire["duration"] = media.duration
    if media.kind == "sticker":
        return {"sticker": wire | {"type": "regular", "is_animated": False, "is_video": False}}
    if media.file_name:
        wire["file_name"] = media.file_name
    if media.title:
        wire["title"] = media.title
    return {media.kind: wire | {"mime_type": media.mime_type}}


def _sized(world: World, media: Media, bot: Bot | None, size: int) -> Wire:
    width, height = media.sizes[size]
    return _reference(world, media, bot, size) | {"width": width, "height": height}


def _reference(world: World, media: Media, bot: Bot | None, size: int) -> Wire:
    unique_id = (
        media.unique_id
        if size == len(media.sizes) - 1 or not media.sizes
        else (f"{media.unique_id[:-1]}{'stuv'[size % 4]}")
    )
    if bot is None:
        file_id = media.unique_id
    else:
        file_id = file_id_of(bot.id, media.unique_id, size)
        world.files[file_id] = (bot.id, media)
    world.media[unique_id] = media
    return {"file_id": file_id, "file_unique_id": unique_id, "file_size": len(media.content)}
