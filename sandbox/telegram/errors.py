"""The errors of the Bot API, with the codes and words of the real server."""

from __future__ import annotations

from sandbox.model import Wire


class ApiError(Exception):
    """An answer with "ok": false. `code` is also the HTTP status."""

    def __init__(self, code: int, description: str, parameters: Wire | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Wire:
        """The JSON body."""
        body: Wire = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """400 Bad Request."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403 Forbidden."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409 Conflict."""
    return ApiError(409, f"Conflict: {reason}")


def too_many(retry_after: int) -> ApiError:
    """429 with the whole seconds to wait."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


def migrated(new_id: int) -> ApiError:
    """400 for a group that has become a supergroup."""
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_id},
    )


NOT_FOUND = "Not Found"
UNAUTHORIZED = "Unauthorized"


class NotBuilt(Exception):
    """The sandbox does not play this yet; answered with 404 and listed, never pretended."""
