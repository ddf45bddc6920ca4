"""The updates that wait, found by their conversation, so that several processes can take them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["bot", "conversation", "update_id"],
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_waiting", table_name="inbox")
