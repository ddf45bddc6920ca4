"""sendPoll and stopPoll, as far as they are played: anonymous, one choice, quiz or regular.

https://core.telegram.org/bots/api#sendpoll
"""

from __future__ import annotations

from typing import Any

from sandbox import polls
from sandbox.entities import from_html, from_plain, utf16_length
from sandbox.html_text import HtmlError
from sandbox.model import Wire
from sandbox.telegram.call import Call
from sandbox.telegram.errors import NotBuilt, bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.sending import deliver

MOST_QUESTION = 300
MOST_OPTION = 100
MOST_EXPLANATION = 200
MOST_EXPLANATION_LINES = 3
OPTIONS = range(2, 13)
NOT_PLAYED = (
    "allows_multiple_answers",
    "allows_revoting",
    "shuffle_options",
    "allow_adding_options",
    "hide_results_until_closes",
    "members_only",
    "country_codes",
    "open_period",
    "close_date",
    "is_closed",
    "description",
    "media",
    "explanation_media",
    "question_parse_mode",
    "question_entities",
    "explanation_entities",
)


def send_poll(call: Call) -> Wire:
    """sendPoll."""
    chat = call.writable_chat()
    params = call.params
    _refuse_unbuilt(params)
    question = params.text("question") or ""
    if not question.strip():
        raise bad_request("poll question must be non-empty")
    if utf16_length(question) > MOST_QUESTION:
        raise bad_request("poll question length must not exceed 300")
    options = _options(params)
    explanation, entities = _explanation(params)
    poll = polls.Poll(
        call.world.ids.poll(),
        call.bot,
        question,
        options,
        _correct(params, len(options)),
        explanation,
        entities,
    )
    return call.shown(deliver(call, chat, {}, poll=poll))


def stop_poll(call: Call) -> Wire:
    """stopPoll; its own only, and once."""
    chat = call.writable_chat()
    message = call.message(chat, "message with poll to stop not found")
    if message.poll is None:
        raise bad_request("message is not a poll")
    if message.sender is not call.bot or "forward_origin" in message.body:
        raise bad_request("poll can't be stopped")
    if message.poll.closed:
        raise bad_request("poll has already been closed")
    polls.close(call.world, message.poll)
    return message.poll.for_bot(call.bot)


def _refuse_unbuilt(params: Params) -> None:
    for name in NOT_PLAYED:
        if params.text(name) not in (None, "", "False", "false"):
            raise NotBuilt(name)
    if params.text("is_anonymous") is not None and not params.flag("is_anonymous"):
        raise NotBuilt("is_anonymous=false")


def _options(params: Params) -> tuple[str, ...]:
    given = params.tree("options", "options")
    if not isinstance(given, list):
        raise bad_request("options must be an Array")
    options = tuple(_option(each) for each in given)
    if len(options) not in OPTIONS:
        few = len(options) < OPTIONS.start
        raise bad_request(
            "poll must have at least 2 option" if few else "poll can't have more than 12 options"
        )
    return options


def _option(given: Any) -> str:
    text = given.get("text") if isinstance(given, dict) else given
    if not isinstance(text, str) or not text.strip():
        raise bad_request("poll options must be non-empty")
    if utf16_length(text) > MOST_OPTION:
        raise bad_request("poll options length must not exceed 100")
    return text


def _correct(params: Params, count: int) -> int | None:
    """Newer clients name a list of right options, older ones a single one."""
    if (params.text("type") or "regular") != "quiz":
        return None
    listed = params.tree("correct_option_ids", "correct option identifiers")
    if isinstance(listed, list) and len(listed) > 1:
        raise NotBuilt("several correct_option_ids")
    given = listed[0] if isinstance(listed, list) and listed else None
    found = params.number("correct_option_id") if given is None else given
    if not isinstance(found, int) or not 0 <= found < count:
        raise bad_request("wrong correct option ID specified")
    return found


def _explanation(params: Params) -> tuple[str, list[Wire]]:
    source = params.text("explanation") or ""
    try:
        html = (params.text("explanation_parse_mode") or "").lower() == "html"
        text, entities = from_html(source) if html else from_plain(source)
    except HtmlError as error:
        raise bad_request(f"can't parse entities: {error}") from None
    long = utf16_length(text) > MOST_EXPLANATION
    if long or len(text.split("\n")) > MOST_EXPLANATION_LINES:
        raise bad_request("message is too long")
    return text, entities
