"""Logging, set up in one place: one line per event on standard error, without secrets.

Libraries (aiohttp, aiogram, APScheduler) log through the same formatter. People's words are
never logged by us; tokens, which libraries put into their URLs, are taken out at the very end,
tracebacks included.
"""

import logging
import re
import sys
from collections.abc import Sequence
from typing import TextIO
from urllib.parse import quote

import structlog

HIDDEN = "[hidden]"
# Any Telegram token, also one that is not in our settings, plain or as part of a URL.
_TOKEN = re.compile(r"\d{5,16}(?::|%3[Aa])[A-Za-z0-9_-]{20,100}")
# Libraries that say in "info" what only a developer wants to read.
_TALKATIVE = ("aiogram", "aiohttp.access", "apscheduler", "alembic", "asyncio")


class Redacting(structlog.stdlib.ProcessorFormatter):
    """Formats a record and then hides every known secret and everything like a token."""

    def __init__(self, secrets: Sequence[str], console: bool) -> None:
        renderer = (
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if console
            else structlog.processors.JSONRenderer(ensure_ascii=False)
        )
        structured = (structlog.processors.format_exc_info,) if not console else ()
        super().__init__(
            processors=[self.remove_processors_meta, *structured, renderer],
            foreign_pre_chain=_SHARED,
        )
        # The longest first: one secret may be a part of another.
        every = {form for secret in secrets for form in (secret, quote(secret, safe=""))}
        self._secrets = sorted(every, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The finished line."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return _TOKEN.sub(HIDDEN, line)


_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def set_up_logs(level: str, secrets: Sequence[str] = (), stream: TextIO | None = None) -> None:
    """Log to `stream` (standard error by default): readable on a terminal, else JSON lines.

    `level` is debug, info, warning or error; `secrets` never appear.
    """
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    handler.setFormatter(Redacting(secrets, console=target.isatty()))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel("DEBUG" if level == "debug" else "WARNING")
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
