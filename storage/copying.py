"""Copies everything from one database into an empty one of either kind, and compares what arrived
with what was sent, table by table, before it is committed.
"""

from dataclasses import dataclass

from sqlalchemy.engine import Engine

from storage.engine import writer_engine
from storage.migrate import current_revision, upgrade
from storage.portable import (
    Measure,
    batches,
    check_references_late,
    faults_of_file,
    fingerprint,
    insert_lines,
    is_empty,
    set_sequences,
    tables_of,
)


class CannotCopy(Exception):
    """Why: "no_layout" (the source holds no tables), "layouts" (they differ), "not_empty"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Differs(Exception):
    """Something arrived otherwise than it was; the target is as empty as before."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(", ".join(tables))
        self.tables = tables


@dataclass(frozen=True, slots=True)
class Copied:
    """How many tables and rows were copied and found equal."""

    tables: int
    rows: int


def copy_database(source: Engine, target: Engine) -> Copied:
    """Nobody else may write to either meanwhile. A target without tables gets those of the
    source's layout. Raises CannotCopy, Differs, SQLAlchemyError; then nothing was copied."""
    revision = current_revision(source)
    if revision is None:
        raise CannotCopy("no_layout")
    if current_revision(target) is None:
        upgrade(target, revision)
    if current_revision(target) != revision:
        raise CannotCopy("layouts")
    return _copy(source, target)


def _copy(source: Engine, target: Engine) -> Copied:
    with source.connect() as read, read.begin(), writer_engine(target).begin() as written:
        theirs = {table.name: table for table in tables_of(read)}
        ours = tables_of(written)
        if not is_empty(written, ours):
            raise CannotCopy("not_empty")
        check_references_late(written)
        sent = {}
        for table in ours:
            measure = Measure()
            for lines in batches(read, theirs[table.name]):
                insert_lines(written, table, lines)
                measure.add(lines)
            sent[table.name] = measure.taken()
        set_sequences(written, ours)
        differing = [t.name for t in ours if fingerprint(written, t) != sent[t.name]]
        differing += sorted(theirs.keys() - sent.keys())
        if differing or (differing := faults_of_file(written)):
            raise Differs(differing)
    return Copied(len(sent), sum(each.rows for each in sent.values()))
