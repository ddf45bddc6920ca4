"""Announcements."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rhythm",
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("quiet", sa.LargeBinary(), nullable=True),
        sa.Column("posts_a_day", sa.Integer(), nullable=True),
        sa.Column("law_weekday", sa.Integer(), nullable=True),
        sa.Column("law_minute", sa.Integer(), nullable=True),
        sa.Column("law_paused", sa.Boolean(), nullable=False),
        sa.Column("law_next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paste_groups", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_rhythm_neighbourhood_id")
        ),
        sa.PrimaryKeyConstraint("neighbourhood_id", name=op.f("pk_rhythm")),
    )
    with op.batch_alter_table("rhythm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rhythm_law_next_at"), ["law_next_at"], unique=False)

    op.create_table(
        "audience_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(20), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_audience_tag_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_tag")),
        sa.UniqueConstraint("person_id", "tag", name=op.f("uq_audience_tag_person_id_tag")),
    )
    with op.batch_alter_table("audience_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audience_tag_person_id"), ["person_id"], unique=False)

    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_code", sa.String(5), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("topics", sa.LargeBinary(), nullable=True),
        sa.Column("begins_on", sa.String(10), nullable=False),
        sa.Column("ends_on", sa.String(10), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_campaign_created_by")
        ),
        sa.ForeignKeyConstraint(["ward_code"], ["ward.code"], name=op.f("fk_campaign_ward_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_ward_code"), ["ward_code"], unique=False)

    op.create_table(
        "law_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_code", sa.String(5), nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("words_hash", sa.String(64), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_law_approval_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["ward_code"], ["ward.code"], name=op.f("fk_law_approval_ward_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_approval")),
        sa.UniqueConstraint(
            "ward_code",
            "item",
            "words_hash",
            name=op.f("uq_law_approval_ward_code_item_words_hash"),
        ),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("filed", sa.String(32), nullable=True),
        sa.Column("ward_code", sa.String(5), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_role", sa.String(20), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("media", sa.LargeBinary(), nullable=True),
        sa.Column("bot", sa.String(64), nullable=False),
        sa.Column("sort", sa.String(12), nullable=False),
        sa.Column("template", sa.String(40), nullable=True),
        sa.Column("rule", sa.LargeBinary(), nullable=True),
        sa.Column("late_for", sa.Integer(), nullable=False),
        sa.Column("asks_reading", sa.Boolean(), nullable=False),
        sa.Column("pinned_for", sa.Integer(), nullable=False),
        sa.Column("names_person", sa.Boolean(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_announcement_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_announcement_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects"], ["announcement.id"], name=op.f("fk_announcement_corrects")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_announcement_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["ward_code"], ["ward.code"], name=op.f("fk_announcement_ward_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("code", name=op.f("uq_announcement_code")),
        sa.UniqueConstraint("filed", name=op.f("uq_announcement_filed")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_announcement_ward_code_state", ["ward_code", "state"], unique=False
        )

    op.create_table(
        "announcement_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_announcement_change_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_change_announcement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_change")),
    )
    with op.batch_alter_table("announcement_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_announcement_change_announcement_id"), ["announcement_id"], unique=False
        )

    op.create_table(
        "announcement_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("tag", sa.String(20), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_target_announcement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"],
            ["neighbourhood.id"],
            name=op.f("fk_announcement_target_neighbourhood_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_target")),
    )
    with op.batch_alter_table("announcement_target", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_announcement_target_announcement_id"), ["announcement_id"], unique=False
        )

    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(60), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_occurrence_announcement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint(
            "announcement_id", "due_at", name=op.f("uq_occurrence_announcement_id_due_at")
        ),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_occurrence_announcement_id"), ["announcement_id"], unique=False
        )
        batch_op.create_index("ix_occurrence_state_send_at", ["state", "send_at"], unique=False)

    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("law_item", sa.String(60), nullable=True),
        sa.Column("address_id", sa.Integer(), nullable=True),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=True),
        sa.Column("paste_group", sa.LargeBinary(), nullable=True),
        sa.Column("pasted_by", sa.Integer(), nullable=True),
        sa.Column("pasted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unpin_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("right_answers", sa.Integer(), nullable=False),
        sa.Column("wrong_answers", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_post_address_id")),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_post_neighbourhood_id")
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_post_occurrence_id")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_post_outbox_id")),
        sa.ForeignKeyConstraint(["pasted_by"], ["person.id"], name=op.f("fk_post_pasted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint(
            "occurrence_id", "address_id", name=op.f("uq_post_occurrence_id_address_id")
        ),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_address_id"), ["address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_occurrence_id"), ["occurrence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_unpin_at"), ["unpin_at"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_reading_occurrence_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reading_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint(
            "occurrence_id", "person_id", name=op.f("uq_reading_occurrence_id_person_id")
        ),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_person_id"))

    op.drop_table("reading")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_unpin_at"))
        batch_op.drop_index(batch_op.f("ix_post_occurrence_id"))
        batch_op.drop_index(batch_op.f("ix_post_created_at"))
        batch_op.drop_index(batch_op.f("ix_post_address_id"))

    op.drop_table("post")
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_index("ix_occurrence_state_send_at")
        batch_op.drop_index(batch_op.f("ix_occurrence_announcement_id"))

    op.drop_table("occurrence")
    with op.batch_alter_table("announcement_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_target_announcement_id"))

    op.drop_table("announcement_target")
    with op.batch_alter_table("announcement_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_change_announcement_id"))

    op.drop_table("announcement_change")
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_index("ix_announcement_ward_code_state")
        batch_op.drop_index(batch_op.f("ix_announcement_author_id"))

    op.drop_table("announcement")
    op.drop_table("law_approval")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_ward_code"))

    op.drop_table("campaign")
    with op.batch_alter_table("audience_tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audience_tag_person_id"))

    op.drop_table("audience_tag")
    with op.batch_alter_table("rhythm", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rhythm_law_next_at"))

    op.drop_table("rhythm")
