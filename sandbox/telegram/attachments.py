"""Files that a bot sends: uploads, and what it names by file_id."""

from __future__ import annotations

from sandbox.media import make_media, size_of_image
from sandbox.model import Media
from sandbox.telegram.call import Call
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.params import Upload

MOST_PHOTO_BYTES = 10 * 1024 * 1024
MOST_UPLOAD_BYTES = 50 * 1024 * 1024
MOST_SIDES = 10_000
NO_SUCH_FILE = "wrong file identifier/HTTP URL specified"


def media_of(call: Call, kind: str, value: str | None, duration: int = 0) -> Media:
    """The media behind a parameter's value: attach://name, a file_id of this bot, or a URL.

    Raises 400 for what does not exist; URLs are never fetched, since the sandbox has no network.
    """
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith("attach://"):
        upload = call.params.uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request(NO_SUCH_FILE)
        return _uploaded(call, kind, upload, duration)
    if value.lower().startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    owner, media = call.world.files.get(value, (None, None))
    if media is None or owner != call.bot.id:
        raise bad_request(NO_SUCH_FILE)
    if media.kind != kind:
        raise bad_request("type of file mismatch")
    return media


def _uploaded(call: Call, kind: str, upload: Upload, duration: int) -> Media:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MOST_UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo":
        _require_photo(upload)
    mime_type = upload.mime_type if upload.mime_type != "application/octet-stream" else None
    return make_media(
        call.world.ids,
        kind,
        upload.content,
        file_name=upload.name,
        mime_type=mime_type if kind != "photo" else None,
        duration=duration,
    )


def _require_photo(upload: Upload) -> None:
    if len(upload.content) > MOST_PHOTO_BYTES:
        raise bad_request("file is too big")
    size = size_of_image(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > MOST_SIDES:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
