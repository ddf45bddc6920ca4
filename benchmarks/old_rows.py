"""What the rows of a report look like in an earlier copy of it: other ids, another ward, and as
much forgotten as its age says (domain/retention.py). SQL expressions over a row `t` of the real
ones and a row of `copy`, which is the `k`-th and `old` days old.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.retention import KEPT_FOR, Kept
from storage.keys import Keyring

# No real conversation makes so many updates.
APART: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of a table that the real conversations left: those after `first`, up to `last`."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How far the ids of one copy are from those of the next."""
        return self.last - self.first


def kept_rows(name: str) -> str:
    """Which copies still have such rows."""
    if name == "inbox":
        return f"WHERE old < {_days(Kept.UPDATE_NUMBERS)}"
    if name == "incident_reporter":
        return f"WHERE old < {_days(Kept.WITHHELD_LINK)}"
    return ""


def changed_columns(name: str, spans: dict[str, Span], ring: Keyring) -> Iterator[tuple[str, str]]:
    """The columns whose value is another one in each copy."""
    moved = f"t.{key_of(name)} + k * {spans[name].length}"
    if name != "incident_reporter":
        yield "id", moved
    for column, of in (("person_id", "person"), ("address_id", "address")):
        shifted = f"t.{column} + k * {spans[of].length}"
        fixed = "desk" if of == "address" else f"t.{column}"
        yield column, f"CASE WHEN t.{column} > {spans[of].first} THEN {shifted} ELSE {fixed} END"
    for column, of in (("incident_id", "incident"), ("edits", "outbox"), ("answers", "outbox")):
        yield column, f"t.{column} + k * {spans[of].length}"
    yield "bot", "copy.bot"
    yield "ward_code", "copy.ward_code"
    home = "first_home + (k * 31 + t.id) % homes"
    yield "neighbourhood_id", home if name == "incident" else _until(Kept.PROFILE, home, "NULL")
    for column in ("chat_mark", "address_mark", "conversation"):
        yield column, "lower(hex(randomblob(16)))"
    for column in ("officer_id", "actor_id"):
        gone = f"old < {_days(Kept.ACTORS)}"
        yield column, f"CASE WHEN t.{column} IS NULL THEN NULL WHEN {gone} THEN officer END"
    if name in _OF:
        yield from _OF[name](spans, ring)


def _person(_spans: dict[str, Span], ring: Keyring) -> Iterator[tuple[str, str]]:
    yield "name", _until(Kept.PROFILE, "t.name", _sealed(ring, ""))


def _incident(spans: dict[str, Span], ring: Keyring) -> Iterator[tuple[str, str]]:
    """Calm ones: a year after their closing only what is counted is left."""
    over = _days(Kept.CALM_REPORT)
    yield "code", f"code_of(t.id + k * {spans['incident'].length})"
    link = "lower(hex(randomblob(16)))"
    yield "filed", _until(Kept.WITHHELD_LINK, link, "NULL")
    yield "words", _until(Kept.CALM_REPORT, "t.words", _sealed(ring, ""))
    for column in ("place", "helped", "reporter_name"):
        yield column, _until(Kept.CALM_REPORT, f"t.{column}", "NULL")
    yield "erased_at", f"CASE WHEN old < {over} THEN NULL ELSE copy.at END"


def _outbox(spans: dict[str, Span], ring: Keyring) -> Iterator[tuple[str, str]]:
    """The desk's cards say in clear which incident they are about; receipts do not."""
    length = spans["incident"].length
    number = f"(CAST(substr(t.concerns, 10) AS INTEGER) + k * {length})"
    card = "t.concerns LIKE 'incident:%'"
    about = f"CASE WHEN {card} THEN 'incident:' || {number} WHEN old <"
    yield "concerns", f"{about} {_days(Kept.WITHHELD_LINK)} THEN t.concerns END"
    once = f"'incident:' || {number} || ':card:' || desk || ':1'"
    yield "once", f"CASE WHEN t.once IS NULL THEN NULL ELSE {once} END"
    # No two messages of a chat have the same, and none that a load server gives is among them.
    own = f"CAST(t.message_id AS INTEGER) + k * {APART} + {APART * APART}"
    yield "message_id", f"CASE WHEN t.message_id IS NULL THEN NULL ELSE CAST({own} AS TEXT) END"
    yield "notice", _until(Kept.SENT_WORDS, "t.notice", _sealed(ring, {}))
    yield "erased", _until(Kept.SENT_WORDS, "0", "1")


def _inbox(_spans: dict[str, Span], _ring: Keyring) -> Iterator[tuple[str, str]]:
    yield "update_id", f"t.update_id - k * {APART}"


_OF: Final = {
    "person": _person,
    "incident": _incident,
    "outbox": _outbox,
    "inbox": _inbox,
}


def key_of(name: str) -> str:
    """The primary key's column."""
    return "incident_id" if name == "incident_reporter" else "id"


def _days(kept: Kept) -> float:
    return KEPT_FOR[kept] / timedelta(days=1)


def _until(kept: Kept, value: str, after: str) -> str:
    return f"CASE WHEN old < {_days(kept)} THEN {value} ELSE {after} END"


def _sealed(ring: Keyring, value: object) -> str:
    plain = value if isinstance(value, str) else json.dumps(value)
    return f"x'{ring.seal(plain.encode()).hex()}'"
