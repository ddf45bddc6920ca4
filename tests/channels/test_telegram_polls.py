"""A poll on the wire: what is asked, how it is closed, and what its votes are."""

from aiogram.methods import SendPoll, StopPoll
from aiogram.types import Poll, PollOption

from bot.channels.base import Outgoing, Refused, Unchanged, WordedPoll
from bot.channels.telegram import TelegramChannel, bad_request
from bot.channels.telegram_calls import calls_of
from bot.channels.telegram_sending import votes_of
from bot.channels.telegram_updates import ALLOWED_UPDATES, read_update

QUIZ = WordedPoll("Loại nào?", ("Pháo nổ", "Pháo hoa không nổ"), 1, "Điều 0 (bịa).")


def test_a_quiz_asks_without_names() -> None:
    (call,) = calls_of(Outgoing("-5", poll=QUIZ, silent=True))
    method = call.method
    assert isinstance(method, SendPoll)
    assert (method.chat_id, method.question, method.type) == ("-5", QUIZ.question, "quiz")
    assert method.options == list(QUIZ.options)
    assert method.correct_option_ids == [1]
    assert method.is_anonymous is True
    assert method.explanation == QUIZ.explanation
    assert method.disable_notification is True


def test_a_poll_is_closed_by_the_message_that_it_is() -> None:
    (call,) = calls_of(Outgoing("-5", edits="7", closes_poll=True))
    assert isinstance(call.method, StopPoll)
    assert (call.method.chat_id, call.method.message_id) == ("-5", 7)


def test_the_votes_of_a_closed_poll() -> None:
    options = [
        PollOption(persistent_id=str(at), text=str(at), voter_count=count)
        for at, count in enumerate((2, 5))
    ]
    poll = Poll(
        id="1", question="?", options=options, total_voter_count=7, is_closed=True,
        is_anonymous=True, type="quiz", allows_multiple_answers=False, allows_revoting=False,
        members_only=False,
    )  # fmt: skip
    assert votes_of(poll) == (2, 5)
    assert votes_of(True) == ()


def test_a_poll_that_is_closed_already_is_as_good_as_done() -> None:
    assert isinstance(bad_request("Bad Request: poll has already been closed"), Unchanged)
    assert isinstance(bad_request("Bad Request: message is not a poll"), Refused)


def test_single_votes_are_not_even_asked_for() -> None:
    assert not {"poll", "poll_answer"} & set(ALLOWED_UPDATES)
    assert read_update("phuong", {"update_id": 1, "poll": {"id": "1"}}) is None
    answer = {"poll_id": "1", "user": {"id": 5}, "option_ids": [0]}
    assert read_update("phuong", {"update_id": 1, "poll_answer": answer}) is None
    assert TelegramChannel.capabilities.polls
