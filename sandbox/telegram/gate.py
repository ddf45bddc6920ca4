"""The door of the Bot API: token, parameters, faults, limits, the method, the log, the answer."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import Any

from aiohttp import web

from sandbox.faults import CALL_KINDS, Fault
from sandbox.model import Wire
from sandbox.telegram.albums import items_of
from sandbox.telegram.call import Call
from sandbox.telegram.errors import NOT_FOUND, UNAUTHORIZED, ApiError, NotBuilt, too_many
from sandbox.telegram.params import read_params
from sandbox.telegram.table import BY_NAME, COUNTED_NAMES
from sandbox.world import World

BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body></html>"
INTERNAL = {"ok": False, "error_code": 500, "description": "Internal Server Error"}


class Gate:
    """Answers /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One Bot API call."""
        bot = self._world.bots_by_token.get(request.match_info["token"])
        if bot is None:
            return _answer(401, ApiError(401, UNAUTHORIZED).body())
        spoken = request.match_info["method"]
        name, _ = BY_NAME.get(spoken.lower(), (spoken, None))
        try:
            call = Call(self._world, bot, name, await read_params(request))
        except ApiError as error:
            return _answer(error.code, error.body())
        if bot.latency_ms:
            await asyncio.sleep(bot.latency_ms / 1000)
        fault = self._fault(call)
        if fault is not None:
            return await self._faulty(request, call, fault)
        return await self._played(call)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A download that getFile announced."""
        bot = self._world.bots_by_token.get(request.match_info["token"])
        if bot is None:
            return _answer(401, ApiError(401, UNAUTHORIZED).body())
        media = self._world.paths.get((bot.id, request.match_info["path"]))
        if media is None:
            return _answer(404, ApiError(404, NOT_FOUND).body())
        return web.Response(body=media.content, content_type="application/octet-stream")

    async def _played(self, call: Call, fault: str | None = None) -> web.Response:
        status, body = await self._carried_out(call)
        self._log(call, status, body, fault)
        return _answer(status, body)

    async def _carried_out(self, call: Call) -> tuple[int, Wire]:
        _, method = BY_NAME.get(call.method.lower(), (call.method, None))
        try:
            if method is None:
                raise NotBuilt("")
            self._require_within_limits(call)
            result = method(call)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            return error.code, error.body()
        except NotBuilt as missing:
            self._world.unknown_methods[" ".join((call.method, *missing.args)).strip()] += 1
            return 404, ApiError(404, NOT_FOUND).body()
        return 200, {"ok": True, "result": result}

    def _require_within_limits(self, call: Call) -> None:
        if call.method not in COUNTED_NAMES:
            return
        chat = call.find_chat()
        if chat is None:
            return
        items = len(items_of(call.params)) if call.method == "sendMediaGroup" else 1
        retry_after = call.bot.limits.admit(chat.id, max(1, items))
        if retry_after:
            raise too_many(retry_after)

    def _fault(self, call: Call) -> Fault | None:
        value = call.params.text("chat_id") or ""
        chat = int(value) if value.lstrip("-").isdigit() else None
        return self._world.faults.strike(CALL_KINDS, call.bot.id, call.method, chat)

    async def _faulty(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds or 1.0)
            return await self._played(call, fault.kind)
        if fault.kind == "drop_after":
            await self._played(call, fault.kind)
            return _cut(request)
        status, body = _broken(fault)
        self._log(call, status, body, fault.kind)
        if fault.kind == "drop_before":
            return _cut(request)
        if fault.kind == "http_502_html":
            return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
        return _answer(status or 500, body)

    def _log(self, call: Call, status: int | None, body: Any, fault: str | None) -> None:
        values = call.params.values
        if call.params.uploads:
            values = values | {
                name: {"file_name": upload.name, "size": len(upload.content)}
                for name, upload in call.params.uploads.items()
            }
        log = self._world.sent
        log.add(self._world.clock(), call.bot.id, call.method, values, status, body, fault)


def _broken(fault: Fault) -> tuple[int | None, Any]:
    if fault.kind == "retry_after":
        error = too_many(max(1, round(fault.seconds or 1)))
        return error.code, error.body()
    if fault.kind == "drop_before":
        return None, None
    return (502, BAD_GATEWAY) if fault.kind == "http_502_html" else (500, INTERNAL)


def _cut(request: web.Request) -> web.Response:
    """Cut the connection; the response is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _answer(status: int, body: Any) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(status=status, text=text, content_type="application/json")
