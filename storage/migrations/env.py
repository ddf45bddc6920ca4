"""Alembic's environment: runs on the connection that storage/migrate.py hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from storage import announcement_tables as announcement_tables
from storage import tables as tables
from storage.columns import Sealed, SealedApart, SealedJson, UtcDateTime


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Types of ours as plain SQLAlchemy ones, so that old migrations never import our code."""
    if kind != "type":
        return False
    match item:
        case AutoString():
            return f"sa.String({item.length or ''})"
        case UtcDateTime():
            return "sa.DateTime(timezone=True)"
        case Sealed() | SealedApart() | SealedJson():
            return "sa.LargeBinary()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=render_item,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
