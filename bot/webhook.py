"""Where messengers call us: an update is on disk before it is answered with 200."""

import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.intake import Intake

log = logging.getLogger(__name__)

# https://core.telegram.org/bots/api#setwebhook
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (a header's name)


@dataclass(frozen=True, slots=True)
class Hook:
    """One bot's webhook: where its updates go, and what proves that the messenger calls."""

    intake: Intake
    secret: str = field(repr=False)


def hook_path(bot: str) -> str:
    """The path under the public URL that this bot's messenger calls."""
    return f"/telegram/{bot}"


def webhook_application(hooks: Mapping[str, Hook]) -> web.Application:
    """Answers 401 without the secret, 404 for an unknown bot, 400 for what is no update, and
    503, so that the messenger tries again, while the database cannot take it."""

    async def receive(request: web.Request) -> web.Response:
        hook = hooks.get(request.match_info["bot"])
        if hook is None:
            return web.Response(status=404)
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), hook.secret.encode()):
            return web.Response(status=401)
        return await _store(hook.intake, request)

    application = web.Application(client_max_size=1024 * 1024)
    application.router.add_post(hook_path("{bot}"), receive)
    return application


async def _store(intake: Intake, request: web.Request) -> web.Response:
    try:
        update = await request.json()
    except ValueError:
        return web.Response(status=400)
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        return web.Response(status=400)
    try:
        await intake.store(update)
    except SQLAlchemyError as fault:
        log.error("cannot store an update: %s", type(fault).__name__)
        return web.Response(status=503)
    return web.Response()
