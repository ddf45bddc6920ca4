"""Names kept apart: the link between report and person gets keys of its own and leaves the
rows of content; consents, reveals, alerts, quiet and recorded reports get their columns.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-22 15:00:00
"""

import base64
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TO_REPORTERS = ("receipt", "question", "closed")


def upgrade() -> None:
    """Add the columns and tables, then move and reseal what links reports to people."""
    _add_tables()
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("house", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("phone", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("incident_media") as batch:
        batch.add_column(sa.Column("original", sa.String(40), nullable=True))
        batch.add_column(sa.Column("sha256", sa.String(64), nullable=True))
        batch.add_column(sa.Column("clean", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("message_id", sa.String(40), nullable=True))
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("deletes", sa.String(40), nullable=True))
        batch.alter_column("concerns", existing_type=sa.String(40), type_=sa.String(120))
    with op.batch_alter_table("incident_reporter") as batch:
        batch.add_column(sa.Column("receipt", sa.LargeBinary(), nullable=True))
    _add_to_incidents()
    _set_apart()
    with op.batch_alter_table("incident") as batch:
        batch.drop_constraint("uq_incident_draft_id", type_="unique")
        batch.drop_column("draft_id")
        batch.drop_column("receipt_id")


def downgrade() -> None:
    """Put the links back where they were, and drop what is new."""
    with op.batch_alter_table("incident") as batch:
        batch.add_column(sa.Column("draft_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("receipt_id", sa.Integer(), nullable=True))
        batch.create_unique_constraint("uq_incident_draft_id", ["draft_id"])
    _put_back()
    with op.batch_alter_table("incident") as batch:
        batch.drop_constraint("uq_incident_filed", type_="unique")
        batch.drop_constraint("fk_incident_recorded_by", type_="foreignkey")
        for name in _NEW_IN_INCIDENT:
            batch.drop_column(name)
    _drop("incident_reporter", "receipt")
    _drop("outbox", "deletes")
    with op.batch_alter_table("outbox") as batch:
        batch.alter_column("concerns", existing_type=sa.String(120), type_=sa.String(40))
    _drop("inbox", "message_id")
    _drop("incident_media", "original", "sha256", "clean")
    _drop("person", "house", "phone", "seen_at", "asked_at")
    op.drop_table("reveal")
    op.drop_table("consent")


_NEW_IN_INCIDENT = (
    "filed", "source", "recorded_by", "helped", "callback", "quiet", "contact", "suspect",
    "warned", "tell_neighbours", "urgent_since", "withdrawn_at", "erased_at", "waits_told",
)  # fmt: skip


def _add_to_incidents() -> None:
    no, at = sa.false(), sa.DateTime(timezone=True)
    with op.batch_alter_table("incident") as batch:
        batch.add_column(sa.Column("filed", sa.String(32), nullable=True))
        batch.add_column(
            sa.Column("source", sa.String(12), nullable=False, server_default="resident")
        )
        batch.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("helped", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("callback", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("quiet", sa.Boolean(), nullable=False, server_default=no))
        batch.add_column(sa.Column("contact", sa.String(8), nullable=False, server_default="any"))
        batch.add_column(sa.Column("suspect", sa.Boolean(), nullable=False, server_default=no))
        batch.add_column(sa.Column("warned", sa.Boolean(), nullable=False, server_default=no))
        batch.add_column(sa.Column("tell_neighbours", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("urgent_since", at, nullable=True))
        batch.add_column(sa.Column("withdrawn_at", at, nullable=True))
        batch.add_column(sa.Column("erased_at", at, nullable=True))
        batch.add_column(sa.Column("waits_told", sa.Integer(), nullable=False, server_default="0"))
        batch.create_unique_constraint("uq_incident_filed", ["filed"])
        batch.create_foreign_key("fk_incident_recorded_by", "person", ["recorded_by"], ["id"])
    # The defaults were only for the rows that were there.
    with op.batch_alter_table("incident") as batch:
        for name, kind in (
            ("source", sa.String(12)), ("quiet", sa.Boolean()), ("contact", sa.String(8)),
            ("suspect", sa.Boolean()), ("warned", sa.Boolean()), ("waits_told", sa.Integer()),
        ):  # fmt: skip
            batch.alter_column(name, existing_type=kind, server_default=None)


def _add_tables() -> None:
    at = sa.DateTime(timezone=True)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("text_key", sa.String(60), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("bot", sa.String(64), nullable=False),
        sa.Column("shown_at", at, nullable=False),
        sa.Column("answered_at", at, nullable=False),
        sa.Column("withdrawn_at", at, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_consent_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id"])
    op.create_table(
        "reveal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", at, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", at, nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("untold", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_reveal_incident_id"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="fk_reveal_asked_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_reveal_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_reveal"),
    )
    op.create_index("ix_reveal_incident_id", "reveal", ["incident_id"])


def _drop(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.drop_column(column)


def _ring() -> Any:
    """The key ring travels on the dialect (storage/keys.py)."""
    return op.get_bind().dialect.tuquan_keyring  # type: ignore[attr-defined]


def _set_apart() -> None:
    """Addresses and receipts are sealed with the keys for links, drafts become marks."""
    db, ring = op.get_bind(), _ring()
    links = db.execute(
        sa.text(
            "SELECT r.incident_id, r.address, i.receipt_id, i.draft_id"
            " FROM incident_reporter r JOIN incident i ON i.id = r.incident_id"
        )
    ).all()
    for incident_id, address, receipt_id, draft_id in links:
        receipt = None if receipt_id is None else ring.apart.seal(str(receipt_id).encode())
        db.execute(
            sa.text(
                "UPDATE incident_reporter SET address = :address, receipt = :receipt"
                " WHERE incident_id = :key"
            ),
            {
                "address": ring.apart.seal(ring.open(bytes(address))),
                "receipt": receipt,
                "key": incident_id,
            },
        )
        filed = None if draft_id is None else ring.mark(f"draft:{draft_id}")
        _set("incident", "filed", filed, incident_id)
    for key, concerns in _concerning_reports():
        subject, _, number = concerns.partition(":")
        sealed = base64.urlsafe_b64encode(ring.apart.seal(number.encode())).decode()
        _set("outbox", "concerns", f"{subject}:{sealed}", key)


def _put_back() -> None:
    db, ring = op.get_bind(), _ring()
    links = db.execute(sa.text("SELECT incident_id, address, receipt FROM incident_reporter"))
    for incident_id, address, receipt in links.all():
        sealed = ring.seal(ring.apart.open(bytes(address)))
        db.execute(
            sa.text("UPDATE incident_reporter SET address = :address WHERE incident_id = :key"),
            {"address": sealed, "key": incident_id},
        )
        if receipt is not None:
            number = int(ring.apart.open(bytes(receipt)))
            _set("incident", "receipt_id", number, incident_id)
    for key, concerns in _concerning_reports():
        subject, _, sealed = concerns.partition(":")
        number = ring.apart.open(base64.urlsafe_b64decode(sealed)).decode()
        _set("outbox", "concerns", f"{subject}:{number}", key)


def _concerning_reports() -> list[tuple[int, str]]:
    about = " OR ".join(f"concerns LIKE '{subject}:%'" for subject in _TO_REPORTERS)
    found = op.get_bind().execute(sa.text(f"SELECT id, concerns FROM outbox WHERE {about}"))  # noqa: S608
    return [(key, concerns) for key, concerns in found]


def _set(table: str, column: str, value: object, key: int) -> None:
    statement = sa.text(f"UPDATE {table} SET {column} = :value WHERE id = :key")  # noqa: S608
    op.get_bind().execute(statement, {"value": value, "key": key})
