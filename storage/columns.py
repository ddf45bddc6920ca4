"""Column types that no query may do without: UTC instants, and words sealed at rest."""

from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from domain.json_text import dumped, parsed
from storage.keys import keyring_of_dialect


class _AsWritten(sqlite.DATETIME):
    """SQLite's DATETIME as the text that it is: SQLAlchemy's own way there and back takes three
    times as long, several times with each step of a conversation."""

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant. SQLite keeps no zone: there it is text in UTC, as SQLAlchemy writes it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """See `_AsWritten`."""
        if dialect.name != "sqlite":
            return self.impl_instance
        return _AsWritten()  # type: ignore[no-untyped-call]

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return instant
        return instant.replace(tzinfo=None).isoformat(" ", "microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return cast("datetime", value).astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """People's words or identity, encrypted with the key ring that travels with the engine."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return (
            None
            if value is None
            else keyring_of_dialect(dialect).seal(value.encode("utf-8", "surrogatepass"))
        )

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else open_text(dialect, value)


class SealedApart(TypeDecorator[str]):
    """The link between a report and a person: sealed like `Sealed`, with keys of its own."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring_of_dialect(dialect).apart.seal(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring_of_dialect(dialect).apart.open(value).decode()


class SealedJson(TypeDecorator[Any]):
    """Plain JSON values, encrypted like `Sealed`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None or isinstance(value, SealedBytes):
            return value
        return seal_json(dialect, value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return open_json(dialect, value)


class SealedBytes(bytes):
    """JSON that was sealed before it is bound, since somebody wants to know it again as it is
    stored."""


def seal_json(dialect: Dialect, value: Any) -> SealedBytes:
    """What `open_json` opens. Raises ValueError, TypeError."""
    return SealedBytes(keyring_of_dialect(dialect).seal(dumped(value)))


def open_text(dialect: Dialect, sealed: bytes) -> str:
    """What was sealed as words. Raises KeyFault, InvalidTag, ValueError."""
    return keyring_of_dialect(dialect).open(sealed).decode("utf-8", "surrogatepass")


def open_json(dialect: Dialect, sealed: bytes) -> Any:
    """What was sealed as JSON. Raises KeyFault, InvalidTag, ValueError."""
    return parsed(keyring_of_dialect(dialect).open(sealed))
