"""Why a message was not sent, in words: read from what the messenger answered, or from what our
delivery noted itself. What is shown as it was said is first freed of names and addresses.
"""

import re
from typing import Final

from storage.deliveries import UNSURE
from storage.letters import Letter

# Parts of what the messenger says (https://core.telegram.org/bots/api#making-requests) and of
# what bot/delivery notes; the first that is found counts.
_SAID: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("passed_over", ("cannot be reached",)),
    ("gone", ("deactivated", "chat not found", "peer_id_invalid", "group chat was deleted")),
    ("blocked", ("blocked by the user", "can't initiate")),
    ("message_gone", ("message to edit", "message to delete", "message can't be", "message_id")),
    ("silenced", ("rights", "write_forbidden", "restricted", "topic_closed")),
    ("removed", ("kicked", "not a member", "forbidden")),
    ("too_long", ("too long", "too_long", "too large")),
    ("key", ("unreadable: invalidtag", "unreadable: keyfault")),
    ("ours", ("unreadable", "lookuperror", "valueerror", "typeerror", "keyerror")),
    ("throttled", ("throttled", "too many requests")),
    ("network", ("network", "timeout", "unreadable answer", "http 5", "bad gateway", "server")),
)
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|\S*://\S*|@\w+|\d{5,}")
_PLAIN: Final = re.compile(r"[^\x20-\x7e]+")


def reason_of(letter: Letter) -> str:
    """A code (`terminal.outbox.reason.…`); "waiting" where nothing went wrong."""
    fault = said(letter).casefold()
    if not fault:
        return "refused" if letter.state == "dead" else "waiting"
    found = (name for name, parts in _SAID if any(part in fault for part in parts))
    return next(found, "refused")


def said(letter: Letter) -> str:
    """What was answered, in the messenger's language, without what is quoted in it, links,
    accounts and long numbers; "" for nothing."""
    fault = (letter.fault or "").removeprefix(UNSURE)
    return _PLAIN.sub("…", _QUOTED.sub("…", fault))
