"""What a person wrote in private is remembered by its id, so that it can be taken back."""

from sqlmodel import col, select

from bot.webhook import hook_path
from storage.keys import mark
from storage.rows import rows
from storage.tables import Inbox
from tests.intake.conftest import Door
from tests.intake.test_intake import hooked, set_webhook


def kept(door: Door) -> list[Inbox]:
    """All updates, in order."""
    with door.engine.connect() as db:
        return rows(db, Inbox, select(Inbox).order_by(col(Inbox.id)))


async def test_by_polling_also_what_could_not_be_handled(door: Door) -> None:
    resident = await door.person()
    for words in ("một", "tin hỏng", "ba"):
        await resident.says(words)
    async with door.polling():
        await door.until(lambda: "ba" in door.owed())
    mine = [m["message_id"] for m in await resident.history() if m["from"]["id"] == resident.id]
    assert [row.message_id for row in kept(door)] == [str(number) for number in mine]
    with door.engine.connect() as db:
        assert {row.conversation for row in kept(door)} == {mark(db, str(resident.id))}


async def test_by_webhook_once_it_was_read(door: Door) -> None:
    resident = await door.person()
    intake = door.intake()
    async with hooked(intake) as client, door.running(intake.drain):
        await set_webhook(door, str(client.make_url(hook_path("phuong"))))
        written = await resident.says("qua webhook")
        await door.until(lambda: "qua webhook" in door.owed())
    last = kept(door)[-1]
    assert (last.state, last.payload) == ("done", None)
    assert last.message_id == str(written["message_id"])


async def test_what_is_said_in_a_group_is_not_remembered(door: Door) -> None:
    resident = await door.person()
    bot = int(str(door.bot["id"]))
    group = await door.api.post(
        "chats", title="Khu bịa", type="group", messenger="telegram", members=[resident.id],
        bots=[bot], admins=[],
    )  # fmt: skip
    await resident.says("/lenh@tro_ly_bot", chat=group["id"])
    async with door.polling():
        await door.until(lambda: "/lenh@tro_ly_bot" in door.owed())
    assert len([row for row in kept(door) if row.message_id]) == 1
