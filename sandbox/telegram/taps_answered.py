"""answerCallbackQuery: the bot's answer to a tap on an inline button."""

from __future__ import annotations

from sandbox.entities import utf16_length
from sandbox.model import Wire
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request

MOST_TEXT = 200


def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery; only the first answer reaches the person."""
    tap = call.world.taps.find(
        call.params.text("callback_query_id") or "", call.bot, call.world.clock()
    )
    if tap is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.params.text("text")
    if utf16_length(text or "") > MOST_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    answer: Wire = {"text": text, "alert": call.params.flag("show_alert"), "answered": True}
    if url := call.params.text("url"):
        answer["url"] = url
    if not tap.answer.done():
        tap.answer.set_result(answer)
        chat = tap.message.chat
        call.world.hub.tell(
            tap.person.id,
            {
                "type": "tap_answer",
                "chat": chat.address_for(tap.person),
                "message_id": tap.message.message_id,
                **answer,
            },
        )
    return True
