"""Receiving: at least once from the messenger, effects exactly once, in order, none lost."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from bot.channels.telegram import TelegramChannel
from bot.intake import CROWD, Intake
from bot.webhook import SECRET_HEADER, Hook, hook_path, webhook_application
from storage.engine import writer_engine
from tests.intake.conftest import Door

Client = TestClient[web.Request, web.Application]
SECRET = "bi-mat-cua-bai-thu-nghiem"


async def test_every_update_is_taken_once_though_the_messenger_repeats_it(door: Door) -> None:
    resident = await door.person()
    await door.api.post("faults", kind="duplicate_update", times=10)
    for number in range(5):
        await resident.says(f"câu {number}")
    async with door.polling():
        await door.until(lambda: len(door.owed()) == 6)
        await resident.says("hết")
        await door.until(lambda: "hết" in door.owed())
    assert door.owed() == ["/start", *(f"câu {n}" for n in range(5)), "hết"]


async def test_a_restart_takes_nothing_again(door: Door) -> None:
    resident = await door.person()
    await resident.says("một")
    async with door.polling():
        await door.until(lambda: door.owed() == ["/start", "một"])
    async with door.polling():
        await resident.says("hai")
        await door.until(lambda: "hai" in door.owed())
    assert door.owed() == ["/start", "một", "hai"]


async def test_a_failing_update_is_tried_twice_then_parked_and_the_others_go_on(
    door: Door,
) -> None:
    resident = await door.person()
    for words in ("trước", "tin hỏng", "sau"):
        await resident.says(words)
    async with door.polling():
        await door.until(lambda: "sau" in door.owed())
    assert door.heard.count("tin hỏng") == 2
    assert door.owed() == ["/start", "trước", "intake.failed", "sau"]
    assert door.inbox() == [("done", False), ("done", False), ("parked", True), ("done", False)]


async def test_the_words_of_a_parked_update_are_not_in_the_log(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    resident = await door.person()
    await resident.says("bí mật bị hỏng")
    async with door.polling():
        await door.until(lambda: "intake.failed" in door.owed())
    assert "parked" in caplog.text
    assert "bí mật" not in caplog.text


async def test_nothing_is_confirmed_to_the_messenger_before_it_is_on_disk(door: Door) -> None:
    witnessed: list[tuple[int, int]] = []

    class Witness(TelegramChannel):
        async def receive(self) -> list[dict[str, Any]]:
            witnessed.append((self._offset, len(door.inbox())))
            return await super().receive()

    resident = await door.person()
    await resident.says("tin báo")
    async with door.running(door.intake(Witness).poll):
        await door.until(lambda: len(witnessed) > 1)
    assert witnessed[0] == (0, 0)
    assert witnessed[1][0] > 0
    assert witnessed[1][1] == 2


async def test_behind_a_crowd_is_asked_again_once_its_answers_could_leave(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.BREATH_SECONDS", 3600.0)
    asked: list[int] = []

    class Counting(TelegramChannel):
        async def receive(self) -> list[dict[str, Any]]:
            asked.append(len(door.owed()))
            return await super().receive()

    resident = await door.person()
    async with door.running(door.intake(Counting).poll):
        await door.until(lambda: asked == [0, 1])
    for number in range(CROWD):
        await resident.says(f"câu {number}")
    async with door.running(door.intake(Counting).poll):
        await door.until(lambda: len(door.owed()) == 1 + CROWD)
        await resident.says("sau")
    assert asked == [0, 1, 1]


async def test_a_locked_database_delays_and_loses_nothing(door: Door) -> None:
    resident = await door.person()
    await resident.says("trong lúc khóa")
    with writer_engine(door.engine).connect() as other:
        lock = other.begin()
        async with door.polling():
            taken = asyncio.ensure_future(door.until(lambda: "trong lúc khóa" in door.owed()))
            done, _ = await asyncio.wait({taken}, timeout=0.5)
            assert not done
            lock.rollback()
            await taken
    assert door.owed() == ["/start", "trong lúc khóa"]


async def test_an_unreadable_update_is_parked(door: Door) -> None:
    intake = door.intake()
    await intake.store({"update_id": 1, "message": {"nonsense": True}})
    async with door.running(intake.drain):
        await door.until(lambda: door.inbox() == [("parked", True)])


async def test_a_webhook_stores_before_it_answers_and_takes_in_order(door: Door) -> None:
    intake = door.intake()
    async with hooked(intake) as client:
        for number in (3, 1, 2):
            assert await call(client, update(number), SECRET) == 200
        assert door.inbox() == [("new", True)] * 3
        async with door.running(intake.drain):
            await door.until(lambda: len(door.owed()) == 3)
            assert await call(client, update(2), SECRET) == 200
            assert await call(client, update(4), SECRET) == 200
            await door.until(lambda: "tin 4" in door.owed())
    assert door.owed() == ["tin 1", "tin 2", "tin 3", "tin 4"]
    assert {state for state, _ in door.inbox()} == {"done"}
    assert not any(kept for _, kept in door.inbox())


@pytest.mark.parametrize("shown", ["", "wrong", "sai mật khẩu"])
async def test_a_webhook_without_the_secret_stores_nothing(door: Door, shown: str) -> None:
    async with hooked(door.intake()) as client:
        assert await call(client, update(1), shown) == 401
    assert door.inbox() == []


async def test_a_webhook_refuses_what_is_no_update(door: Door) -> None:
    async with hooked(door.intake()) as client:
        for body in ("{", "[]", '{"update_id": "x"}'):
            headers = {SECRET_HEADER: SECRET}
            answer = await client.post(hook_path("phuong"), data=body, headers=headers)
            assert answer.status == 400
    assert door.inbox() == []


async def test_the_messengers_own_webhook_calls_are_taken(door: Door) -> None:
    intake = door.intake()
    async with hooked(intake) as client, door.running(intake.drain):
        url = str(client.make_url(hook_path("phuong")))
        await set_webhook(door, url)
        resident = await door.person()
        await resident.says("qua webhook")
        await door.until(lambda: door.owed() == ["/start", "qua webhook"])


async def set_webhook(door: Door, url: str) -> None:
    target = f"{door.api.url}/bot{door.bot['token']}/setWebhook"
    async with aiohttp.ClientSession() as session:
        answer = await session.post(target, json={"url": url, "secret_token": SECRET})
        assert answer.status == 200, await answer.text()


def hooked(intake: Intake) -> Client:
    application = webhook_application({"phuong": Hook(intake, SECRET)})
    return TestClient(TestServer(application))


def update(number: int) -> dict[str, object]:
    person = {"id": 7000009, "is_bot": False, "first_name": "Sáu"}
    message = {
        "message_id": number,
        "from": person,
        "chat": {"id": 7000009, "type": "private"},
        "date": 1,
        "text": f"tin {number}",
    }
    return {"update_id": number, "message": message}


async def call(client: Client, body: dict[str, object], secret: str) -> int:
    headers = {SECRET_HEADER: secret.encode("utf-8").decode("latin-1")} if secret else {}
    answer = await client.post(hook_path("phuong"), json=body, headers=headers)
    return answer.status


async def test_a_lone_surrogate_does_not_stop_the_others(door: Door) -> None:
    intake = door.intake()
    strange = update(1)
    strange["message"]["text"] = "hỏng \ud800"  # type: ignore[index]
    await intake.store(strange)
    await intake.store(update(2))
    async with door.running(intake.drain):
        await door.until(lambda: "tin 2" in door.owed())
    assert [state for state, _ in door.inbox()] == ["parked", "done"]


async def test_a_stored_update_that_cannot_be_read_is_parked_and_stops_no_other(
    door: Door,
) -> None:
    intake = door.intake()
    await intake.store(update(1))
    with door.engine.begin() as db:
        db.execute(text("UPDATE inbox SET payload = x'0102030405'"))
    await intake.store(update(2))
    async with door.running(intake.drain):
        await door.until(lambda: "tin 2" in door.owed())
    with door.engine.connect() as db:
        assert db.execute(text("SELECT state FROM inbox WHERE update_id = 1")).scalar() == "parked"
