"""Seals every value again with the newest key, so that a key that leaked opens nothing new."""

from sqlalchemy import Column, LargeBinary, Table, select, type_coerce
from sqlalchemy.engine import Connection, Engine

from storage.columns import Sealed, SealedApart, SealedJson
from storage.engine import writer_engine
from storage.keys import Keyring
from storage.tables import Person

BATCH = 500


def reseal_everything(engine: Engine, ring: Keyring) -> int:
    """How many values were sealed anew. Nothing else may write meanwhile; what was sealed
    with the newest key already is left alone, so a second call goes on after a crash."""
    total = 0
    for table in Person.metadata.sorted_tables:
        for kinds, keys in (((Sealed, SealedJson), ring), ((SealedApart,), ring.apart)):
            sealed = [c for c in table.columns if isinstance(c.type, kinds)]
            if sealed:
                total += _reseal_table(engine, keys, table, sealed)
    if engine.dialect.name == "sqlite":
        # The log would keep the old pages until something else is written over them.
        with engine.connect() as db:
            db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return total


def _reseal_table(engine: Engine, ring: Keyring, table: Table, sealed: list[Column[bytes]]) -> int:
    (key,) = table.primary_key.columns
    total, after = 0, None
    while True:
        with writer_engine(engine).begin() as db:
            wanted = select(key, *(type_coerce(c, LargeBinary).label(c.name) for c in sealed))
            if after is not None:
                wanted = wanted.where(key > after)
            batch = db.execute(wanted.order_by(key).limit(BATCH)).all()
            for found in batch:
                total += _reseal_row(db, ring, table, found._asdict())
        if not batch:
            return total
        after = batch[-1][0]


def _reseal_row(db: Connection, ring: Keyring, table: Table, found: dict[str, bytes]) -> int:
    (key,) = table.primary_key.columns
    old = {n: v for n, v in found.items() if n != key.name and v and v[0] != ring.newest}
    if old:
        fresh = {name: ring.seal(ring.open(value)) for name, value in old.items()}
        raw = {name: type_coerce(value, LargeBinary) for name, value in fresh.items()}
        db.execute(table.update().where(key == found[key.name]).values(raw))
    return len(old)
