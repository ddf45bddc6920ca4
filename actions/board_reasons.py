"""Why a copy is not in its group, in words: read from what the messenger answered, of which people
never see a letter.
"""

from typing import Final

from domain.board import Fate
from domain.notices import Text
from storage.boards import GroupCopy

# Parts of what the messenger says (https://core.telegram.org/bots/api#making-requests), and of
# what our delivery notes itself; the first that is found counts.
_SAID: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("gone", ("deleted", "deactivated", "chat not found", "peer_id_invalid")),
    ("silenced", ("rights", "write_forbidden", "restricted", "topic_closed")),
    ("removed", ("kicked", "not a member", "cannot be reached", "forbidden")),
    ("ours", ("unreadable", "lookuperror", "valueerror", "typeerror", "keyerror")),
)


def fate_of(copy: GroupCopy) -> Fate:
    """What became of it so far."""
    if copy.address_id is None:
        return Fate.UNPASTED if copy.pasted_at is None else Fate.PASTED
    if copy.state == "sent":
        # The messenger cut the line before it answered (bot/delivery/sender.py).
        return Fate.UNSURE if copy.message_id == "" else Fate.SENT
    if copy.state in {"dead", "dropped"}:
        return Fate.FAILED
    return Fate.HELD if copy.held else Fate.LEAVING


def reason_of(copy: GroupCopy) -> Text:
    """Why it failed, or why it is not there yet; what to do about it."""
    if copy.state == "dropped":
        return Text("board.reason.given_up")
    if copy.state != "dead":
        return Text("board.reason.retrying" if copy.attempts else "board.reason.leaving")
    fault = (copy.fault or "").casefold()
    found = (name for name, parts in _SAID if any(part in fault for part in parts))
    name = next(found, "refused")
    # Let in again, it still serves nobody until somebody binds it.
    if name != "gone" and not copy.serves:
        name = "unbound"
    return Text(f"board.reason.{name}")
