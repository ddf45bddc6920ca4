"""One process, one port: the Bot API, the person API and the chat page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from sandbox.person.routes import add_routes
from sandbox.telegram.gate import Gate
from sandbox.world import World

PAGE = Path(__file__).parent / "page"
MOST_BODY_BYTES = 80 * 1024 * 1024
# Nothing from elsewhere, no inline script: people's words can never become code.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Served:
    """A running sandbox."""

    url: str
    world: World


def make_app(world: World) -> web.Application:
    """The web application over a world."""
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=[_errors_as_json])
    gate = Gate(world)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", gate.call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", gate.file)
    add_routes(app, world)
    app.router.add_get("/", _page)
    app.router.add_static("/page", PAGE)
    app.on_response_prepare.append(_guard)
    return app


@web.middleware
async def _errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What never reached a handler (no such path, too large a body) still speaks JSON."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if request.path.startswith("/sandbox/"):
            return web.json_response({"error": error.reason}, status=error.status)
        if request.path.startswith(("/bot", "/file/bot")):
            body = {"ok": False, "error_code": error.status, "description": error.reason}
            return web.json_response(body, status=error.status)
        raise


async def _page(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


async def _guard(request: web.Request, response: web.StreamResponse) -> None:
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["Cache-Control"] = "no-cache"


@asynccontextmanager
async def serve(
    port: int = 0,
    host: str = "127.0.0.1",
    *,
    world: World | None = None,
    clock: Callable[[], float] | None = None,
) -> AsyncIterator[Served]:
    """Serve until the block ends; port 0 takes a free one. The address is in `.url`."""
    if world is None:
        world = World(clock) if clock is not None else World()
    runner = web.AppRunner(make_app(world), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
        bound = runner.addresses[0][1]
        name = f"[{host}]" if ":" in host else host
        yield Served(f"http://{name}:{bound}", world)
    finally:
        await world.close()
        await runner.cleanup()
