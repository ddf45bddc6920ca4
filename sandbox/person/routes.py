"""The table of the person API: path, verb, and the function that answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.model import Wire
from sandbox.person import directory, operating, tapping, watching, writing
from sandbox.person.fields import Fields, Refusal
from sandbox.world import World

Answer = Callable[[web.Request, Fields], Awaitable[Wire]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ID = "{id:-?[0-9]+}"

ROUTES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "/sandbox/state", directory.state),
    ("POST", "/sandbox/bots", directory.add_bot),
    ("PATCH", f"/sandbox/bots/{ID}", directory.change_bot),
    ("GET", f"/sandbox/bots/{ID}/limits", directory.limits),
    ("POST", "/sandbox/people", directory.add_person),
    ("GET", f"/sandbox/people/{ID}/chats", watching.chats),
    ("POST", "/sandbox/chats", directory.add_group),
    ("POST", f"/sandbox/chats/{ID}/members", directory.change_members),
    ("POST", f"/sandbox/chats/{ID}/migrate", directory.migrate),
    ("GET", f"/sandbox/chats/{ID}/messages", watching.messages),
    ("POST", "/sandbox/messages", writing.send),
    ("PATCH", "/sandbox/messages", writing.edit),
    ("DELETE", "/sandbox/messages", writing.delete),
    ("POST", "/sandbox/votes", tapping.vote),
    ("POST", "/sandbox/start", writing.start),
    ("POST", "/sandbox/taps", tapping.tap),
    ("POST", "/sandbox/blocks", tapping.block),
    ("POST", "/sandbox/reads", watching.read),
    ("POST", "/sandbox/faults", operating.add_fault),
    ("DELETE", "/sandbox/faults", operating.clear_faults),
    ("GET", "/sandbox/sent", operating.sent),
    ("GET", "/sandbox/unknown-methods", operating.unknown_methods),
)


def add_routes(app: web.Application, world: World) -> None:
    """Put the person API into the application."""
    for verb, path, answer in ROUTES:
        app.router.add_route(verb, path, _answered(world, answer))
    app.router.add_get("/sandbox/events", _with_world(world, watching.events))
    app.router.add_get("/sandbox/media/{id}", _with_world(world, operating.media))


def _answered(world: World, answer: Answer) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            if request.method == "GET":
                fields = Fields(world, request.query)
            else:
                fields = await Fields.of_body(request, world)
            return web.json_response(await answer(request, fields))
        except Refusal as refusal:
            return _refused(refusal)

    return handler


def _with_world(
    world: World, answer: Callable[[web.Request, World], Awaitable[web.StreamResponse]]
) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return await answer(request, world)
        except Refusal as refusal:
            return _refused(refusal)

    return handler


def _refused(refusal: Refusal) -> web.Response:
    return web.json_response({"error": refusal.reason}, status=refusal.status)
