"""What a ward chose for urgent reports that nobody takes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ladder",
        sa.Column("ward_code", sa.String(5), nullable=False),
        sa.Column("minutes", sa.JSON(), nullable=True),
        sa.Column("phones", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["ward_code"], ["ward.code"], name=op.f("fk_ladder_ward_code")),
        sa.PrimaryKeyConstraint("ward_code", name=op.f("pk_ladder")),
    )


def downgrade() -> None:
    op.drop_table("ladder")
