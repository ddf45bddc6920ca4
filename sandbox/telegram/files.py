"""getFile, and the download that follows it."""

from __future__ import annotations

from sandbox.model import Wire
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request

# https://core.telegram.org/bots/api#getfile
MOST_DOWNLOAD_BYTES = 20 * 1024 * 1024


def get_file(call: Call) -> Wire:
    """getFile; the path works for this bot only."""
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    owner, media = call.world.files.get(file_id, (None, None))
    if media is None or owner != call.bot.id:
        raise bad_request("invalid file_id")
    if len(media.content) > MOST_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    call.world.paths[call.bot.id, media.path] = media
    return {
        "file_id": file_id,
        "file_unique_id": media.unique_id,
        "file_size": len(media.content),
        "file_path": media.path,
    }
