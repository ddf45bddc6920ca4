"""Whether the promises were kept: the judge compares what people were told, what the messenger
took and what the database holds. Plain values in, findings out; its own test feeds it records
in which something is missing, doubled or out of order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from domain.notices import Lane
from tests.faults.plan import LONGEST_SLOW
from tests.faults.record import Kill, Place, Record, Report, Row, Sent, Told

# Seconds between a late acceptance and the kill of its sender: the messenger was slow.
SLOW: Final = LONGEST_SLOW + 1.0
# What the card of a report in this state says.
STANDS: Final = {"new": "CHƯA AI NHẬN", "taken": "đã nhận lúc", "closed": "Đã xử lý"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken promise; `kind` is one of a few words, `detail` is for who looks into it."""

    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Repeats:
    """Messages that the messenger took and that no row names: sent again. `allowed` are those
    that were in flight at a kill, or whose line was cut after they had been taken."""

    extra: tuple[Sent, ...]
    allowed: frozenset[Place]


def judge(record: Record, *, overlap: float = 0.0) -> list[Finding]:
    """Every broken promise. `overlap` is how many seconds apart two rows of one chat may leave
    in the wrong order: several processes write at once, and a number is drawn before it is
    committed."""
    return [
        *_updates(record),
        *_reports(record),
        *_announcements(record),
        *_cards(record),
        *_steps(record),
        *_outbox(record),
        *_repeats(record),
        *_order(record, overlap),
    ]


def find_repeats(record: Record) -> Repeats:
    """What was sent again, and what might have been."""
    known = {(row.chat, row.message_id) for row in record.rows if row.message_id and row.plain}
    extra = [s for s in record.sent if not s.is_edit and s.place not in known]
    in_flight = frozenset(chain.from_iterable(kill.in_flight for kill in record.kills))
    cut = {s.place for s in record.sent if s.fault == "drop_after" and not s.is_edit}
    late = {s.place for s in extra if s.fault == "slow" and _was_killed(record.kills, s)}
    return Repeats(tuple(extra), in_flight | cut | late)


def _was_killed(kills: Iterable[Kill], sent: Sent) -> bool:
    return any(sent.at - SLOW <= kill.at <= sent.at for kill in kills)


def _updates(record: Record) -> Iterator[Finding]:
    """What was received is never lost, and is taken once."""
    for number in sorted(record.handed - record.kept.keys()):
        yield Finding("lost update", str(number))
    for number, state in record.kept.items():
        if state != "done":
            yield Finding("undone update", f"{number} {state}")
    if record.waiting:
        yield Finding("unconfirmed updates", str(record.waiting))
    for person in record.stuck:
        yield Finding("stuck", person)
    if record.late:
        yield Finding("late", record.late)


def _reports(record: Record) -> Iterator[Finding]:
    """What is confirmed is true: one report, with these words, for each confirmation."""
    by_code = {report.code: report for report in record.reports}
    for told in record.told:
        report = by_code.get(told.code)
        if report is None:
            yield Finding("missing report", f"{told.code} {told.mark}")
        elif report.chat != told.chat or not _are_theirs(report, told, record):
            yield Finding("wrong report", f"{told.code} is {report.words!r}, not {told.mark}")
    confirmed = {told.code for told in record.told}
    for mark in {told.mark for told in record.told}:
        count = sum(mark in report.words for report in record.reports)
        if count > 1:
            yield Finding("doubled report", f"{mark} {count} times")
    for report in record.reports:
        if report.code not in confirmed:
            yield Finding("untold report", f"{report.code} was filed, and nobody was told")


def _are_theirs(report: Report, told: Told, record: Record) -> bool:
    """Whether these are the words for this mark. Where a question had been given up meanwhile,
    its answer begins a report of its own, and what is said beside a question goes on with it:
    then all of it is at least words of that person."""
    said = record.said.get(told.chat, set())
    return told.mark in report.words or set(report.words.splitlines()) <= said


def _announcements(record: Record) -> Iterator[Finding]:
    by_code = {each.code: each for each in record.announced}
    rows = {row.id: row for row in record.rows}
    for told in record.promised:
        announced = by_code.get(told.code)
        if announced is None:
            yield Finding("missing announcement", f"{told.code} {told.mark}")
            continue
        if told.mark not in announced.words:
            yield Finding("wrong announcement", f"{told.code} is not {told.mark}")
        if set(announced.fates) & {"due", "sending"}:
            yield Finding("missing notice", f"announcement {told.code} is {announced.fates}")
        posted = Counter(rows[key].chat for key in announced.rows if key in rows)
        if "sent" in announced.fates and not posted:
            yield Finding("missing notice", f"announcement {told.code} was posted nowhere")
        for chat, count in posted.items():
            if count > 1:
                yield Finding("doubled post", f"{told.code} {count} times in {chat}")


def _cards(record: Record) -> Iterator[Finding]:
    """One card for each report in the duty chat, which says what became of it."""
    shown, allowed = _last_words(record), find_repeats(record).allowed
    for report in record.reports:
        cards = [row for row in record.rows if _is_card(row, report, record.desk)]
        if len(cards) != 1:
            yield Finding("cards", f"{report.code} has {len(cards)}")
        for card in cards:
            words = shown.get((card.chat, card.message_id or ""))
            if words is None:
                yield Finding("missing card", report.code)
            elif STANDS.get(report.state, "") not in words:
                yield Finding("old card", f"{report.code} is {report.state}: {words[:80]!r}")
        fresh = [s for s in _cards_of(record, report) if s.place not in allowed]
        if len(fresh) > 1:
            yield Finding("doubled card", f"{report.code} {len(fresh)} times")


def _is_card(row: Row, report: Report, desk: str) -> bool:
    mine = row.concerns == f"incident:{report.id}" and row.chat == desk
    return mine and row.plain and not row.follows


def _cards_of(record: Record, report: Report) -> Iterator[Sent]:
    for sent in record.sent:
        fits = sent.place[0] == record.desk and f"Mã: {report.code}" in sent.text
        if fits and not sent.is_edit and "Diễn biến" in sent.text:
            yield sent


def _last_words(record: Record) -> dict[Place, str]:
    return {sent.place: sent.text for sent in record.sent}


def _steps(record: Record) -> Iterator[Finding]:
    """Every step of a report reached the one who reported it."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for sent in record.sent:
        said[sent.place[0]].append(sent.text)
    for report in record.reports:
        owed = {"taken": f"đã nhận tin lúc|{report.code}", "closed": f"Tin {report.code}|Đã xử lý"}
        for what, words in owed.items():
            if what not in report.happened:
                continue
            parts = words.split("|")
            if not any(all(part in text for part in parts) for text in said[report.chat]):
                yield Finding("missing notice", f"{report.code}: {what} was not told")


def _outbox(record: Record) -> Iterator[Finding]:
    """Nothing is owed any more, nothing was given up, and what counts as sent was taken."""
    taken = {sent.place for sent in record.sent}
    unsure = 0
    for row in record.rows:
        if row.state in {"due", "dead"}:
            yield Finding("missing notice", f"row {row.id} is {row.state}")
        elif row.state == "dropped" and row.plain:
            yield Finding("missing notice", f"row {row.id} was dropped")
        elif row.state == "sent" and row.plain and row.message_id:
            if (row.chat, row.message_id) not in taken:
                yield Finding("missing notice", f"row {row.id} was never taken")
        elif row.state == "sent" and row.plain:
            unsure += 1
            if not row.unsure:
                yield Finding("missing notice", f"row {row.id} has no message")
    if unsure > record.cuts:
        yield Finding("missing notice", f"{unsure} given up as unsure, {record.cuts} were cut")


def _repeats(record: Record) -> Iterator[Finding]:
    """At most what was in flight at a kill, or cut after it was taken, is sent again."""
    repeats = find_repeats(record)
    for sent in repeats.extra:
        if sent.place not in repeats.allowed:
            yield Finding("doubled message", f"call {sent.number} in {sent.place}")
    for kill in record.kills:
        for chat, count in Counter(chat for chat, _ in kill.in_flight).items():
            if count > 1:
                where = f"{count} in {chat} at the kill of step {kill.step}"
                yield Finding("several in flight", where)


def _order(record: Record, overlap: float) -> Iterator[Finding]:
    """Rows of one lane reach their chat in the order in which they were put. A row that waited
    for its time, or that was set aside, may be passed; in an emergency cards go first."""
    lanes: defaultdict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in record.rows:
        passed = row.waited or (row.follows and row.lane == Lane.EMERGENCY)
        if row.plain and row.message_id and not passed:
            lanes[row.chat, row.lane].append(row)
    at = {sent.place: sent.at for sent in record.sent if not sent.is_edit}
    for rows in lanes.values():
        for first, second in pairwise(sorted(rows, key=lambda row: int(row.message_id or 0))):
            apart = abs(_at(at, second) - _at(at, first))
            if first.id > second.id and (not overlap or apart > overlap):
                yield Finding("order", f"row {second.id} came after row {first.id}")


def _at(at: dict[Place, float], row: Row) -> float:
    return at.get((row.chat, row.message_id or ""), 0.0)
