"""The conversation of the comparison as aiogram's own documentation would write it:
`python -m benchmarks.peers.aiogram_bot URL [redis URL]`.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.peers.words import ASKED, BUTTONS, summary

router = Router()


class Report(StatesGroup):
    """Where a conversation stands."""

    begun = State()
    what = State()
    kind = State()
    neighbourhood = State()
    place = State()
    name = State()
    review = State()


def keyboard(step: str) -> InlineKeyboardMarkup | None:
    """The buttons of a question."""
    rows = [[InlineKeyboardButton(text=each, callback_data=each)] for each in BUTTONS[step]]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


async def ask(message: Message, state: FSMContext, step: State, name: str) -> None:
    """Stand at the next step and ask its question."""
    await state.set_state(step)
    await message.answer(ASKED[name], reply_markup=keyboard(name))


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """The menu."""
    await ask(message, state, Report.begun, "begun")


@router.callback_query(Report.begun)
async def begin(tap: CallbackQuery, state: FSMContext) -> None:
    """A report."""
    await tap.answer()
    if isinstance(tap.message, Message):
        await ask(tap.message, state, Report.what, "what")


@router.message(Report.what, F.text)
async def told(message: Message, state: FSMContext) -> None:
    """What happened."""
    await state.update_data(what=message.text)
    await ask(message, state, Report.kind, "kind")


@router.callback_query(Report.kind)
async def kind(tap: CallbackQuery, state: FSMContext) -> None:
    """Which kind."""
    await tap.answer()
    await state.update_data(kind=tap.data)
    if isinstance(tap.message, Message):
        await ask(tap.message, state, Report.neighbourhood, "neighbourhood")


@router.callback_query(Report.neighbourhood)
async def neighbourhood(tap: CallbackQuery, state: FSMContext) -> None:
    """Which neighbourhood."""
    await tap.answer()
    await state.update_data(neighbourhood=tap.data)
    if isinstance(tap.message, Message):
        await ask(tap.message, state, Report.place, "place")


@router.message(Report.place, F.text)
async def place(message: Message, state: FSMContext) -> None:
    """Where."""
    await state.update_data(place=message.text)
    await ask(message, state, Report.name, "name")


@router.callback_query(Report.name)
async def name(tap: CallbackQuery, state: FSMContext) -> None:
    """Whether with a name: then the review."""
    await tap.answer()
    data = await state.update_data(name=tap.data)
    await state.set_state(Report.review)
    if isinstance(tap.message, Message):
        await tap.message.answer(summary(data), reply_markup=keyboard("review"))


@router.callback_query(Report.review)
async def send(tap: CallbackQuery, state: FSMContext) -> None:
    """Done."""
    await tap.answer()
    data = await state.get_data()
    await state.clear()
    if isinstance(tap.message, Message):
        await tap.message.answer(f"Received. {summary(data)}")


def storage_of(arguments: list[str]) -> BaseStorage:
    """MemoryStorage, or Redis where its address is given."""
    if len(arguments) < 3:
        return MemoryStorage()
    from aiogram.fsm.storage.redis import RedisStorage

    return RedisStorage.from_url(arguments[2], connection_kwargs={"max_connections": 2000})


async def main() -> None:
    """Poll until killed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1]))
    bot = Bot("1234567:benchmarkbenchmarkbenchmark", session=session)
    dispatcher = Dispatcher(storage=storage_of(sys.argv))
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main())
