"""No token reaches a log, whoever logs it and however it is dressed."""

import io
import json
import logging

import pytest
import structlog

from cli.logs import HIDDEN, set_up_logs
from tests.cli.conftest import TOKEN

ADDRESS = f"https://api.telegram.org/bot{TOKEN}/getMe"


@pytest.fixture
def lines() -> io.StringIO:
    """Where the log goes."""
    stream = io.StringIO()
    set_up_logs("info", ["hook-secret/9"], stream)
    return stream


def test_a_library_that_logs_an_address(lines: io.StringIO) -> None:
    logging.getLogger("aiohttp.client").warning("GET %s", ADDRESS)
    assert TOKEN not in lines.getvalue()
    assert (
        json.loads(lines.getvalue())["event"] == f"GET https://api.telegram.org/bot{HIDDEN}/getMe"
    )


def test_a_quoted_token_and_a_known_secret(lines: io.StringIO) -> None:
    logging.getLogger("aiogram").error("%s %s", TOKEN.replace(":", "%3A"), "hook-secret%2F9")
    structlog.get_logger("ours").info("called", secret="hook-secret/9")
    said = lines.getvalue()
    assert TOKEN.partition(":")[2] not in said
    assert "hook-secret" not in said
    assert said.count(HIDDEN) == 3


def test_a_traceback(lines: io.StringIO) -> None:
    try:
        raise ConnectionError(f"cannot reach {ADDRESS}")
    except ConnectionError:
        logging.getLogger("ours").exception("no answer")
    (said,) = map(json.loads, lines.getvalue().splitlines())
    assert "ConnectionError" in said["exception"]
    assert TOKEN not in said["exception"]


def test_a_warning_and_extra_values(lines: io.StringIO) -> None:
    logging.getLogger("py.warnings").warning("unclosed %s", ADDRESS)
    logging.getLogger("ours").warning("sent", extra={"url": ADDRESS, "chat": "Tổ 5"})
    assert TOKEN not in lines.getvalue()
    assert "Tổ 5" in lines.getvalue()


def test_talkative_libraries_speak_in_debug_only(lines: io.StringIO) -> None:
    logging.getLogger("aiohttp.access").info("GET /")
    assert lines.getvalue() == ""
    set_up_logs("debug", (), lines)
    logging.getLogger("aiohttp.access").info("GET /")
    assert lines.getvalue() != ""


def test_a_terminal_gets_readable_lines() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    set_up_logs("info", (), screen)
    structlog.get_logger("ours").info("bot started", token=TOKEN)
    assert "bot started" in screen.getvalue()
    assert TOKEN not in screen.getvalue()
    with pytest.raises(json.JSONDecodeError):
        json.loads(screen.getvalue())
