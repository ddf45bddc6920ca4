"""SQLite can tell from the index alone which of the due rows may leave: a chat that is slower than
what it is owed keeps hundreds, which every look passes over. (PostgreSQL reads the rows all the
same, so there it neither helps nor harms.)
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NAME = "ix_outbox_due"
ORDER = ("bot", "lane", "id")
PASSED_OVER_BY = ("address_id", "not_before", "edits", "deletes")


def upgrade() -> None:
    _create((*ORDER, *PASSED_OVER_BY))


def downgrade() -> None:
    _create(ORDER)


def _create(columns: tuple[str, ...]) -> None:
    op.drop_index(NAME, table_name="outbox")
    due = sa.text("state = 'due'")
    op.create_index(NAME, "outbox", list(columns), sqlite_where=due, postgresql_where=due)
