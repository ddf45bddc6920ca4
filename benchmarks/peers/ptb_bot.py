"""The conversation of the comparison as python-telegram-bot's own examples would write it, with
its pickle on disk every second: `python -m benchmarks.peers.ptb_bot URL FILE`.
"""

import sys
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from benchmarks.peers.words import ASKED, BUTTONS, summary

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, Any]]


def keyboard(step: str) -> InlineKeyboardMarkup | None:
    """The buttons of a question."""
    rows = [[InlineKeyboardButton(each, callback_data=each)] for each in BUTTONS[step]]
    return InlineKeyboardMarkup(rows) if rows else None


async def say(update: Update, text: str, step: str) -> None:
    """Answer, and stop a pressed button's spinner."""
    if update.callback_query is not None:
        await update.callback_query.answer()
    if update.effective_message is not None:
        await update.effective_message.reply_text(text, reply_markup=keyboard(step))


def step(keeps: str | None, asks: str) -> Handler:
    """A step that keeps its answer and asks the next question, at which it then stands."""

    async def take(update: Update, context: ContextTypes.DEFAULT_TYPE) -> str:
        if keeps is not None and context.user_data is not None:
            tap, message = update.callback_query, update.effective_message
            context.user_data[keeps] = tap.data if tap else message.text if message else ""
        asked = ASKED.get(asks)
        await say(update, summary(context.user_data or {}) if asked is None else asked, asks)
        return asks

    return take


async def send(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Done."""
    await say(update, f"Received. {summary(context.user_data or {})}", "what")
    return ConversationHandler.END


def main() -> None:
    """Poll until killed."""
    url, file = sys.argv[1:]
    words = filters.TEXT & ~filters.COMMAND
    conversation = ConversationHandler(
        entry_points=[CommandHandler("start", step(None, "begun"))],
        states={
            "begun": [CallbackQueryHandler(step(None, "what"))],
            "what": [MessageHandler(words, step("what", "kind"))],
            "kind": [CallbackQueryHandler(step("kind", "neighbourhood"))],
            "neighbourhood": [CallbackQueryHandler(step("neighbourhood", "place"))],
            "place": [MessageHandler(words, step("place", "name"))],
            "name": [CallbackQueryHandler(step("name", "review"))],
            "review": [CallbackQueryHandler(send)],
        },
        fallbacks=[],
        name="report",
        persistent=True,
    )
    application = (
        Application.builder()
        .token("1234567:benchmarkbenchmarkbenchmark")
        .base_url(f"{url}/bot")
        .persistence(PicklePersistence(file, update_interval=1))
        .build()
    )
    application.add_handler(conversation)
    application.run_polling()


if __name__ == "__main__":
    main()
