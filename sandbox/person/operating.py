"""What a tester does to the messenger itself: faults, the log of calls, files."""

from __future__ import annotations

from aiohttp import web

from sandbox.faults import KINDS
from sandbox.model import Wire
from sandbox.person.fields import Fields, Refusal
from sandbox.world import World


async def add_fault(request: web.Request, fields: Fields) -> Wire:
    """POST /sandbox/faults."""
    kind = fields.text("kind")
    if kind not in KINDS:
        raise Refusal('"kind" must be one of ' + ", ".join(sorted(KINDS)))
    method = fields.values.get("method")
    chance = fields.find_real("probability")
    fault_id = fields.world.faults.add(
        kind,
        bot=fields.find_number("bot"),
        method=str(method) if method else None,
        chat=fields.find_number("chat"),
        seconds=fields.find_real("seconds"),
        times=fields.find_number("times"),
        probability=1.0 if chance is None else chance,
    )
    return {"id": fault_id}


async def clear_faults(request: web.Request, fields: Fields) -> Wire:
    """DELETE /sandbox/faults."""
    fields.world.faults.clear()
    return {}


async def sent(request: web.Request, fields: Fields) -> Wire:
    """GET /sandbox/sent?bot=&chat=&method=; `after` leaves out entries up to that "n"."""
    calls = fields.world.sent.find(
        fields.find_number("bot"),
        fields.values.get("chat") or None,
        fields.values.get("method") or None,
        fields.find_number("after") or 0,
    )
    return {"calls": [call.wire() for call in calls]}


async def unknown_methods(request: web.Request, fields: Fields) -> Wire:
    """GET /sandbox/unknown-methods: name and number of calls."""
    return {"methods": dict(fields.world.unknown_methods)}


async def media(request: web.Request, world: World) -> web.Response:
    """GET /sandbox/media/<file_unique_id>: the bytes, for the page to show."""
    found = world.media.get(request.match_info["id"])
    if found is None:
        return web.json_response({"error": "no such file"}, status=404)
    # The page must never run what somebody attached.
    headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=found.content, content_type=found.mime_type, headers=headers)
