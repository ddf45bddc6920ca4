"""The question below a law item: closed after a day, and its result said to the group in one line.
Only the group's total is known, to nobody who answered what.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from actions.broadcasting import post
from actions.law_face import title_of
from domain.announcing import Sort
from domain.notices import Notice, Param, Text
from storage import law, outbox, posts
from storage.addresses import get_address
from storage.tables import Outbox

OPEN_FOR: Final = timedelta(days=1)
# A score of fewer answers would tell who was wrong.
FEWEST: Final = 5
# After a longer downtime nobody remembers the question: it stays open, and nothing is said.
SAID_WITHIN: Final = timedelta(days=4)


def close_quizzes(db: Connection, now: datetime) -> None:
    """A tick: end the questions that stood for a day; what comes of it is `quiz_was_counted`."""
    for _, row in law.list_sent_law(db, now - SAID_WITHIN):
        old = row.sent_at is not None and row.sent_at <= now - OPEN_FOR
        if old and row.message_id and outbox.load_notice(row.notice).poll is not None:
            outbox.close_poll(db, row, now)


def quiz_was_counted(db: Connection, row: Outbox, votes: tuple[int, ...], now: datetime) -> None:
    """`row` closed a question, and these are its votes, option by option: kept as right and
    wrong ones, and said. Of few answers only the right one is said, and nothing is kept: it would
    be the score of somebody. Where nobody answered nothing is said."""
    question = outbox.get(db, row.edits or 0)
    asked, key = outbox.load_notice(question.notice).poll, posts.post_in(question.concerns)
    if asked is None or key is None or not any(votes) or len(votes) != len(asked.options):
        return
    right, number = votes[asked.correct], sum(votes)
    said: dict[str, Param] = {
        "title": title_of(posts.get_post(db, key).law_item or ""),
        "answer": asked.options[asked.correct],
    }
    text = Text("law.right_answer", said)
    if number >= FEWEST:
        posts.set_post(db, key, right_answers=right, wrong_answers=number - right)
        text = Text("law.score", {**said, "right": right, "number": number})
    chat = get_address(db, question.address_id)
    post(db, chat, Notice(text, silent=True), Sort.ORDINARY, now)
