"""With TUQUAN_NO_SKIP=1 (CI sets it) a skipped test is a failed one: no gap goes unseen."""

import os
from collections.abc import Generator

import pytest

STRICT = os.environ.get("TUQUAN_NO_SKIP") == "1"


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that was skipped."""
    report = yield
    _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A whole file that was skipped."""
    report = yield
    _fail(report)
    return report
