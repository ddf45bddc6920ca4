"""What a Bot API refusal means: a closed list, and the token in none of it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.channels import base
from bot.channels.telegram import TelegramChannel, refusal
from sandbox.server import serve

CASES: list[tuple[int, str, dict[str, int], type[base.SendError]]] = [
    (429, "Too Many Requests: retry after 7", {"retry_after": 7}, base.Throttled),
    (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": -1001},
        base.Migrated,
    ),
    (403, "Forbidden: bot was blocked by the user", {}, base.Unreachable),
    (400, "Bad Request: chat not found", {}, base.Unreachable),
    (400, "Bad Request: message is not modified: …", {}, base.Unchanged),
    (400, "Bad Request: can't parse entities: …", {}, base.BadMarkup),
    (400, "Bad Request: message is too long", {}, base.Refused),
    (401, "Unauthorized", {}, base.Misconfigured),
    (500, "Internal Server Error", {}, base.Unavailable),
    (502, "Bad Gateway", {}, base.Unavailable),
]


@pytest.mark.parametrize(("code", "said", "parameters", "meaning"), CASES)
def test_each_refusal_has_one_meaning(
    code: int, said: str, parameters: dict[str, int], meaning: type[base.SendError]
) -> None:
    answer: dict[str, Any] = {"ok": False, "error_code": code, "description": said}
    fault = refusal({**answer, "parameters": parameters})
    assert type(fault) is meaning
    if isinstance(fault, base.Throttled):
        assert fault.retry_after == timedelta(seconds=7)
    if isinstance(fault, base.Migrated):
        assert fault.chat == "-1001"


async def test_a_wrong_token_is_a_fault_of_the_settings_and_is_never_quoted() -> None:
    token = "7000000009:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    async with serve() as sandbox:
        channel = TelegramChannel("phuong", token, sandbox.url)
        try:
            for call in (channel.receive(), channel.send(base.Outgoing(chat="1", text="x"))):
                with pytest.raises(base.Misconfigured) as caught:
                    await call
                assert token not in repr(caught.value)
        finally:
            await channel.close()


async def test_a_server_that_is_not_there_is_unavailable_and_keeps_the_token() -> None:
    server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    token = "7000000009:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
    channel = TelegramChannel("phuong", token, f"http://127.0.0.1:{port}")
    async with server:
        try:
            with pytest.raises(base.Unavailable) as caught:
                await channel.receive()
            assert token not in repr(caught.value)
            assert caught.value.__cause__ is None
            with pytest.raises(base.Unavailable) as sent:
                await channel.send(base.Outgoing(chat="1", text="x"))
            assert token not in repr(sent.value)
            assert sent.value.uncertain, "it took the request, and said nothing"
        finally:
            await channel.close()


async def test_where_nobody_takes_the_call_nothing_can_have_arrived() -> None:
    server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    channel = TelegramChannel("phuong", "7000000009:CCC", f"http://127.0.0.1:{port}")
    try:
        with pytest.raises(base.Unavailable) as sent:
            await channel.send(base.Outgoing(chat="1", text="x"))
    finally:
        await channel.close()
    assert not sent.value.uncertain
