"""Opens the database of the settings with its key ring, for one command."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine

from settings import Settings
from storage.engine import open_engine
from storage.keys import read_keyring


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """An engine that is closed at the end. Raises storage.keys.KeyFault."""
    engine = open_engine(settings.database_url, read_keyring(settings.key_file))
    try:
        yield engine
    finally:
        engine.dispose()
