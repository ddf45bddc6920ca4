"""What doctor says of the self-test: when the last one was, and how it ended."""

from datetime import datetime

from cli.backup import spoken_time
from cli.findings import Finding, State
from cli.self_test_note import read_note
from domain.notices import Param, Text
from domain.self_test import Run, is_missing
from settings import Settings


def check_self_test(settings: Settings, now: datetime) -> Finding:
    """A warning at most: it tells of then, the other checks of now."""
    last = read_note(settings.data_dir)
    if last is None:
        return Finding("self-test", State.OK, Text("self_test.doctor.never"))
    params: dict[str, Param] = {"at": spoken_time(last.at.isoformat())}
    if is_missing(last, now):
        return _warning("old", params)
    if last.fault:
        return _warning("failed", {**params, "why": Text(f"self_test.fault.{last.fault}")})
    return _ended(last, params)


def _ended(last: Run, params: dict[str, Param]) -> Finding:
    if last.seconds is None:
        return _warning("broken_off", params)
    words = Text("self_test.doctor.succeeded", {**params, "seconds": f"{last.seconds:.1f}"})
    return Finding("self-test", State.OK, words)


def _warning(what: str, params: dict[str, Param]) -> Finding:
    words, advice = Text(f"self_test.doctor.{what}", params), Text(f"self_test.doctor.{what}_do")
    return Finding("self-test", State.WARN, words, advice)
