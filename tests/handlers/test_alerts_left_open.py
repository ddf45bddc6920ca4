"""Somebody writes of danger and never taps: after a minute they hear that nobody was told."""

from datetime import timedelta

import pytest

from actions.conversations import ALERT_WAITS_FOR, nudge_alerts, nudge_drafts
from storage.tables import Address
from tests.handlers.chats import Chats
from tests.precinct import Precinct, say

SECOND = timedelta(seconds=1)


def texts(precinct: Precinct) -> list[str]:
    return [say(n.text) for n in precinct.notices(precinct.resident_home) if n.text]


def test_after_a_minute_the_alert_is_said_not_to_be_sent_and_once(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "cháy nhà rồi")
    said = len(texts(precinct))
    nudge_alerts(precinct.db, precinct.now + ALERT_WAITS_FOR - SECOND)
    assert len(texts(precinct)) == said
    for later in (ALERT_WAITS_FOR, 2 * ALERT_WAITS_FOR):
        nudge_alerts(precinct.db, precinct.now + later)
    nudge_drafts(precinct.db, precinct.now + timedelta(hours=1))
    (reminder,) = texts(precinct)[said:]
    assert "114" in reminder.split("\n")[0]
    assert "CHƯA báo công an" in reminder
    chats.says(precinct.resident, "1")
    assert precinct.texts(duty)


@pytest.mark.parametrize("words", ["chồng đánh tôi", "ck dang danh em"])
def test_no_reminder_where_the_phone_may_be_watched(
    precinct: Precinct, chats: Chats, duty: Address, words: str
) -> None:
    chats.says(precinct.resident, words)
    said = len(texts(precinct))
    nudge_alerts(precinct.db, precinct.now + ALERT_WAITS_FOR)
    assert len(texts(precinct)) == said


def test_nothing_is_said_once_it_was_sent_or_denied(
    precinct: Precinct, chats: Chats, duty: Address
) -> None:
    chats.says(precinct.resident, "cháy nhà rồi")
    chats.says(precinct.resident, "1")
    said = len(texts(precinct))
    nudge_alerts(precinct.db, precinct.now + ALERT_WAITS_FOR)
    assert len(texts(precinct)) == said
