"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(length=40), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attempts_bucket_key_at", ["bucket", "key_hash", "at"], unique=False
        )

    op.create_table(
        "barrier_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=300), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_reports")),
        sa.UniqueConstraint("receipt", name=op.f("uq_barrier_reports_receipt")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_jobs_state_known")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_jobs_attempts_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("name_skeleton", sa.String(length=200), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "deleted_at IS NOT NULL OR email IS NOT NULL",
            name=op.f("ck_people_reachable_or_deleted"),
        ),
        sa.CheckConstraint(
            "deleted_at IS NULL OR (email IS NULL AND password_hash IS NULL)",
            name=op.f("ck_people_deleted_is_empty"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
        sa.UniqueConstraint("name_skeleton", name=op.f("uq_people_name_skeleton")),
    )
    op.create_table(
        "subjects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subjects")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("name", name=op.f("uq_units_name")),
    )
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_follows_person_id")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_follows_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint(
            "person_id", "subject_id", name=op.f("uq_follows_person_id_subject_id")
        ),
    )
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.create_index(
            "ix_follows_subject_id_person_id", ["subject_id", "person_id"], unique=False
        )

    op.create_table(
        "legal_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('imprint', 'privacy', 'rules', 'accessibility')",
            name=op.f("ck_legal_texts_kind_known"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_legal_texts_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_texts")),
        sa.UniqueConstraint(
            "kind", "language", "number", name=op.f("uq_legal_texts_kind_language_number")
        ),
    )
    op.create_table(
        "mail_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_mail_choices_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choices")),
    )
    op.create_table(
        "mail_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('confirm', 'sign-in', 'reset', 'change-email', 'delete')",
            name=op.f("ck_mail_links_purpose_known"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mail_links_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_mail_links_token_hash")),
    )
    with op.batch_alter_table("mail_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_links_person_id"), ["person_id"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('proposal-published', 'proposal-returned', 'proposal-hidden', 'proposal-withdrawn', 'proposal-in-round', 'comment', 'comment-returned', 'comment-hidden', 'question-opened', 'result', 'answered', 'measure-changed', 'round-announced', 'round-opened', 'window-changed', 'accredited', 'accreditation-refused', 'organisation-verified', 'organisation-refused')",
            name=op.f("ck_notices_kind_known"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_notices_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_notices_person_id_key")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_person_id_id", ["person_id", "id"], unique=False)
        batch_op.create_index(
            "ix_notices_person_id_read_at", ["person_id", "read_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_notices_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_skeleton", sa.String(length=300), nullable=False),
        sa.Column("name_sort", sa.String(length=200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("districts", sa.JSON(), nullable=False),
        sa.Column("district_bits", sa.Integer(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('migrant', 'welfare', 'volunteer-centre', 'neighbourhood', 'family-centre')",
            name=op.f("ck_organisations_kind_known"),
        ),
        sa.CheckConstraint(
            "state != 'refused' OR state_reason != ''",
            name=op.f("ck_organisations_refused_has_reason"),
        ),
        sa.CheckConstraint(
            "state != 'dissolved' OR state_reason != ''",
            name=op.f("ck_organisations_dissolved_has_reason"),
        ),
        sa.CheckConstraint(
            "state != 'verified' OR verified_at IS NOT NULL",
            name=op.f("ck_organisations_verified_at_some_time"),
        ),
        sa.CheckConstraint(
            "state IN ('registered', 'verified', 'refused', 'dissolved')",
            name=op.f("ck_organisations_state_known"),
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_organisations_id")),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["people.id"], name=op.f("fk_organisations_registered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name_skeleton", name=op.f("uq_organisations_name_skeleton")),
    )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisations_kind"), ["kind"], unique=False)
        batch_op.create_index(
            "ix_organisations_state_name_sort_id", ["state", "name_sort", "id"], unique=False
        )

    op.create_table(
        "plans",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_plans_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("key", name=op.f("uq_plans_key")),
    )
    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('operator', 'registry')", name=op.f("ck_roles_role_known")),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["people.id"], name=op.f("fk_roles_granted_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roles_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
    )
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.create_index("ix_roles_person_id_role", ["person_id", "role"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "trace_edges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('put-to-vote', 'answered-by', 'changed-plan', 'milestone')",
            name=op.f("ck_trace_edges_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["subjects.id"], name=op.f("fk_trace_edges_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["subjects.id"], name=op.f("fk_trace_edges_target_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace_edges")),
        sa.UniqueConstraint(
            "source_id", "target_id", "kind", name=op.f("uq_trace_edges_source_id_target_id_kind")
        ),
    )
    with op.batch_alter_table("trace_edges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trace_edges_target_id"), ["target_id"], unique=False)

    op.create_table(
        "unit_mandates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_unit_mandates_person_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_mandates_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_mandates")),
    )
    with op.batch_alter_table("unit_mandates", schema=None) as batch_op:
        batch_op.create_index(
            "ix_unit_mandates_person_id_unit_id", ["person_id", "unit_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_unit_mandates_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "dialogues",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_dialogues_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_dialogues_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogues")),
    )
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dialogues_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "fields",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("goals_lead", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_fields_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_fields_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fields")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_fields_plan_id_key")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('representative', 'deputy', 'editor', 'member')",
            name=op.f("ck_invitations_role_known"),
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR withdrawn_at IS NULL",
            name=op.f("ck_invitations_accepted_or_withdrawn"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["people.id"], name=op.f("fk_invitations_invited_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitations_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "log_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_log_lines_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_log_lines_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_lines")),
    )
    with op.batch_alter_table("log_lines", schema=None) as batch_op:
        batch_op.create_index("ix_log_lines_event", ["event", "id"], unique=False)

    op.create_table(
        "mandates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('representative', 'deputy', 'editor', 'member')",
            name=op.f("ck_mandates_role_known"),
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_mandates_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_mandates_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mandates_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mandates_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_mandates_person_id_organisation_id", ["person_id", "organisation_id"], unique=False
        )

    op.create_table(
        "measures",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("city_wide", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("council_involvement", sa.Text(), nullable=False),
        sa.Column("public_participation", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("predecessor_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'running', 'completed')", name=op.f("ck_measures_state_known")
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_measures_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_measures_plan_id")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["measures.id"], name=op.f("fk_measures_predecessor_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_measures_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_measures_plan_id_key")),
    )
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measures_predecessor_id"), ["predecessor_id"], unique=False
        )

    op.create_table(
        "accreditations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state != 'refused' OR reason != ''", name=op.f("ck_accreditations_refused_has_reason")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'accredited', 'refused')",
            name=op.f("ck_accreditations_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_accreditations_dialogue_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_accreditations_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditations")),
        sa.UniqueConstraint(
            "dialogue_id",
            "organisation_id",
            name=op.f("uq_accreditations_dialogue_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("accreditations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accreditations_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "costs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('planned', 'approved', 'spent')", name=op.f("ck_costs_kind_known")
        ),
        sa.CheckConstraint("period IN ('per-year', 'once')", name=op.f("ck_costs_period_known")),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_costs_not_negative")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_costs_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_costs")),
    )
    with op.batch_alter_table("costs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_costs_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "council_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=160), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_council_papers_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_papers")),
    )
    with op.batch_alter_table("council_papers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_council_papers_measure_id"), ["measure_id"], unique=False
        )

    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "action IN ('publish', 'return', 'hide', 'keep')",
            name=op.f("ck_decisions_action_known"),
        ),
        sa.CheckConstraint(
            "action NOT IN ('return', 'hide') OR (rule IS NOT NULL AND facts != '')",
            name=op.f("ck_decisions_reasons_given"),
        ),
        sa.CheckConstraint(
            "rule IN ('insult', 'hate', 'private-data', 'advertising', 'off-topic', 'unlawful', 'incomplete')",
            name=op.f("ck_decisions_rule_known"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_decisions_by_id")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_decisions_dialogue_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_decisions_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_dialogue_id_at", ["dialogue_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "former_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_former_names_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_names")),
        sa.UniqueConstraint("measure_id", "title", name=op.f("uq_former_names_measure_id_title")),
    )

    op.create_table(
        "goals",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(level = 'year') = (year IS NOT NULL)", name=op.f("ck_goals_year_where_due")
        ),
        sa.CheckConstraint(
            "level IN ('overarching', 'year', 'deliverable')", name=op.f("ck_goals_level_known")
        ),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name=op.f("fk_goals_field_id")),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_goals_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_goals_measure_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_goals_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goals_field_id"), ["field_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goals_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "measure_districts",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_measure_districts_measure_id")
        ),
        sa.PrimaryKeyConstraint("measure_id", "district", name=op.f("pk_measure_districts")),
    )
    with op.batch_alter_table("measure_districts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_districts_district"), ["district"], unique=False
        )

    op.create_table(
        "measure_fields",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"], ["fields.id"], name=op.f("fk_measure_fields_field_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_measure_fields_measure_id")
        ),
        sa.PrimaryKeyConstraint("measure_id", "field_id", name=op.f("pk_measure_fields")),
    )
    with op.batch_alter_table("measure_fields", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_fields_field_id"), ["field_id"], unique=False)

    op.create_table(
        "measure_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_measure_versions_by_id")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_measure_versions_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_versions")),
        sa.UniqueConstraint(
            "measure_id", "number", name=op.f("uq_measure_versions_measure_id_number")
        ),
    )
    op.create_table(
        "milestones",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("target_least", sa.Integer(), nullable=True),
        sa.Column("target_most", sa.Integer(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "precision IN ('day', 'month', 'year')", name=op.f("ck_milestones_precision_known")
        ),
        sa.CheckConstraint(
            "qualifier IN ('from', 'until', 'on', 'ongoing')",
            name=op.f("ck_milestones_qualifier_known"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'running', 'done')", name=op.f("ck_milestones_state_known")
        ),
        sa.CheckConstraint(
            '("on" IS NULL) = (precision IS NULL)', name=op.f("ck_milestones_precise_where_dated")
        ),
        sa.CheckConstraint(
            "(qualifier = 'ongoing') = (\"on\" IS NULL)",
            name=op.f("ck_milestones_dated_unless_ongoing"),
        ),
        sa.CheckConstraint(
            "target_least IS NULL OR target_most >= target_least",
            name=op.f("ck_milestones_target_in_order"),
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_milestones_id")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_milestones_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "moderators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_moderators_dialogue_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_moderators_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderators")),
    )
    with op.batch_alter_table("moderators", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_moderators_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index(
            "ix_moderators_person_id_dialogue_id", ["person_id", "dialogue_id"], unique=False
        )

    op.create_table(
        "partners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_partners_measure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
    )
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partners_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "rounds",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("procedure_data", sa.JSON(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'paused') = (paused_at IS NOT NULL)", name=op.f("ck_rounds_paused_since")
        ),
        sa.CheckConstraint(
            "kind IN ('method', 'call', 'discussion', 'text-review', 'vote', 'follow-up')",
            name=op.f("ck_rounds_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'announced') OR opened_at IS NOT NULL",
            name=op.f("ck_rounds_opened_at_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'announced', 'open', 'paused', 'closed', 'answered', 'archived')",
            name=op.f("ck_rounds_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_rounds_dialogue_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_rounds_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("dialogue_id", "number", name=op.f("uq_rounds_dialogue_id_number")),
    )
    op.create_table(
        "comments",
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("guest_name", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=True),
        sa.Column("stance", sa.String(length=40), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("visibility_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(author_id IS NULL) != (guest_name = '')", name=op.f("ck_comments_person_or_guest")
        ),
        sa.CheckConstraint(
            "mark IN ('moderation', 'administration')", name=op.f("ck_comments_mark_known")
        ),
        sa.CheckConstraint(
            "stance IN ('for', 'against', 'question', 'suggestion')",
            name=op.f("ck_comments_stance_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('held', 'visible', 'returned', 'hidden')",
            name=op.f("ck_comments_visibility_known"),
        ),
        sa.CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name=op.f("ck_comments_reason_where_not_visible"),
        ),
        sa.CheckConstraint(
            "organisation_id IS NULL OR author_id IS NOT NULL",
            name=op.f("ck_comments_written_by_someone"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_comments_author_id")),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_comments_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_comments_organisation_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["comments.id"], name=op.f("fk_comments_parent_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_comments_round_id")),
        sa.ForeignKeyConstraint(["target_id"], ["subjects.id"], name=op.f("fk_comments_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("target_id", "form_key", name=op.f("uq_comments_target_id_form_key")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_comments_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_comments_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            "ix_comments_target_newest", ["target_id", "parent_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_comments_target_stance", ["target_id", "parent_id", "stance", "id"], unique=False
        )
        batch_op.create_index(
            "ix_comments_round_visibility", ["round_id", "visibility"], unique=False
        )

    op.create_table(
        "contact_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("district", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("opening_hours", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("target_group", sa.Text(), nullable=False),
        sa.Column("partners", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "mode IN ('full-time', 'by-day', 'open-hours')",
            name=op.f("ck_contact_points_mode_known"),
        ),
        sa.CheckConstraint(
            "state IN ('in-operation', 'in-preparation')",
            name=op.f("ck_contact_points_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_contact_points_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_contact_points_milestone_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_points")),
    )
    with op.batch_alter_table("contact_points", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contact_points_measure_id_state", ["measure_id", "state", "number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_points_milestone_id"), ["milestone_id"], unique=False
        )

    op.create_table(
        "proposals",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("field_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("visibility_reason", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("carried_by", sa.Text(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("city_wide", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.Column("organisation_support_count", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'published', 'withdrawn', 'merged', 'shortlisted', 'decided')",
            name=op.f("ck_proposals_state_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'withdrawn') OR published_at IS NOT NULL",
            name=op.f("ck_proposals_published_at_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('held', 'visible', 'returned', 'hidden')",
            name=op.f("ck_proposals_visibility_known"),
        ),
        sa.CheckConstraint(
            "visibility NOT IN ('hidden', 'returned') OR visibility_reason != ''",
            name=op.f("ck_proposals_reason_where_not_visible"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_proposals_author_id")),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name=op.f("fk_proposals_field_id")),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_proposals_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_proposals_organisation_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_proposals_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("author_id", "form_key", name=op.f("uq_proposals_author_id_form_key")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_field_id"), ["field_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposals_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_proposals_round_discussed", ["round_id", "comment_count", "id"], unique=False
        )
        batch_op.create_index(
            "ix_proposals_round_newest", ["round_id", "published_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_proposals_round_supported", ["round_id", "support_count", "id"], unique=False
        )

    op.create_table(
        "questions",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("persons_secret", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("manifest_hash", sa.String(length=64), nullable=False),
        sa.Column("chain_head", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("result_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'counted') = (counted_at IS NOT NULL)",
            name=op.f("ck_questions_counted_at_known"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR manifest_hash != ''", name=op.f("ck_questions_published_has_hash")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'open', 'closed', 'counted')",
            name=op.f("ck_questions_state_known"),
        ),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_questions_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_questions_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questions_round_id"), ["round_id"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "rule IN ('insult', 'hate', 'private-data', 'advertising', 'off-topic', 'unlawful', 'incomplete')",
            name=op.f("ck_reports_rule_known"),
        ),
        sa.CheckConstraint(
            "(decision_id IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_reports_decided_with_a_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_reports_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_reports_dialogue_id")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["people.id"], name=op.f("fk_reports_reporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_reports_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_reports_receipt_hash")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reports_dialogue_id_decided_at", ["dialogue_id", "decided_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reports_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "activity IN ('propose', 'comment', 'support', 'vote', 'answer')",
            name=op.f("ck_windows_activity_known"),
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_windows_closes_after_opening")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_windows_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_windows")),
        sa.UniqueConstraint("round_id", "activity", name=op.f("uq_windows_round_id_activity")),
    )
    with op.batch_alter_table("windows", schema=None) as batch_op:
        batch_op.create_index(
            "ix_windows_activity_closes_at", ["activity", "closes_at"], unique=False
        )

    op.create_table(
        "answers",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("deferred_until", sa.Date(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("plan_text", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('adopted', 'adopted-with-changes', 'merged', 'elsewhere', 'recommended', 'deferred', 'returned', 'declined')",
            name=op.f("ck_answers_outcome_known"),
        ),
        sa.CheckConstraint(
            "state != 'published' OR (outcome = 'deferred') = (deferred_until IS NOT NULL)",
            name=op.f("ck_answers_deferred_until_known"),
        ),
        sa.CheckConstraint(
            "state != 'published' OR (outcome IS NOT NULL AND reason != '' AND published_at IS NOT NULL)",
            name=op.f("ck_answers_published_with_reason"),
        ),
        sa.CheckConstraint(
            "state != 'published' OR outcome NOT IN ('adopted', 'adopted-with-changes', 'merged') OR measure_id IS NOT NULL",
            name=op.f("ck_answers_adopted_into_a_measure"),
        ),
        sa.CheckConstraint(
            "state IN ('prepared', 'published')", name=op.f("ck_answers_state_known")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_answers_by_id")),
        sa.ForeignKeyConstraint(["id"], ["subjects.id"], name=op.f("fk_answers_id")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_answers_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_answers_proposal_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_answers_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_answers_proposal_id")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(
            "ix_answers_unit_id_state_due_on", ["unit_id", "state", "due_on"], unique=False
        )

    op.create_table(
        "ballots",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_ballots_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ballots_question_id_commitment", ["question_id", "commitment"], unique=True
        )

    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commitments", sa.JSON(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_batches_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_batches_question_id_number")),
    )
    op.create_table(
        "electors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("chamber", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "chamber IN ('organisations', 'persons')", name=op.f("ck_electors_chamber_known")
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) != (organisation_id IS NULL)", name=op.f("ck_electors_one_elector")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_electors_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_electors_person_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_electors_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_electors")),
        sa.UniqueConstraint(
            "question_id", "organisation_id", name=op.f("uq_electors_question_id_organisation_id")
        ),
        sa.UniqueConstraint(
            "question_id", "person_id", name=op.f("uq_electors_question_id_person_id")
        ),
    )
    with op.batch_alter_table("electors", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_electors_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_electors_person_id"), ["person_id"], unique=False)

    op.create_table(
        "open_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("cast_by_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cast_by_id"], ["people.id"], name=op.f("fk_open_votes_cast_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_open_votes_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_open_votes_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_votes")),
        sa.UniqueConstraint(
            "question_id", "organisation_id", name=op.f("uq_open_votes_question_id_organisation_id")
        ),
    )
    with op.batch_alter_table("open_votes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_open_votes_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("version_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_options_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_options_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_options")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_options_question_id_number")),
    )
    with op.batch_alter_table("options", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_options_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "proposal_districts",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_districts_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "district", name=op.f("pk_proposal_districts")),
    )
    with op.batch_alter_table("proposal_districts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_districts_district"), ["district"], unique=False
        )

    op.create_table(
        "proposal_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("carried_by", sa.Text(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_proposal_versions_by_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_versions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_versions")),
        sa.UniqueConstraint(
            "proposal_id", "number", name=op.f("uq_proposal_versions_proposal_id_number")
        ),
    )
    op.create_table(
        "rolls",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_rolls_person_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_rolls_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_rolls")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("rolls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rolls_person_id"), ["person_id"], unique=False)

    op.create_table(
        "supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) != (organisation_id IS NULL)",
            name=op.f("ck_supports_one_supporter"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_supports_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_supports_person_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_supports_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
        sa.UniqueConstraint(
            "proposal_id", "organisation_id", name=op.f("uq_supports_proposal_id_organisation_id")
        ),
        sa.UniqueConstraint(
            "proposal_id", "person_id", name=op.f("uq_supports_proposal_id_person_id")
        ),
    )
    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supports_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_supports_person_id"), ["person_id"], unique=False)

    op.create_table(
        "window_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("old_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("old_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "activity IN ('propose', 'comment', 'support', 'vote', 'answer')",
            name=op.f("ck_window_changes_activity_known"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_window_changes_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_changes")),
    )
    with op.batch_alter_table("window_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_window_changes_round_id"), ["round_id"], unique=False)

    op.create_table(
        "window_edges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("edge", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("edge IN ('opens', 'closes')", name=op.f("ck_window_edges_edge_known")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["windows.id"], name=op.f("fk_window_edges_window_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_edges")),
        sa.UniqueConstraint("window_id", "edge", name=op.f("uq_window_edges_window_id_edge")),
    )


def downgrade() -> None:
    op.drop_table("window_edges")
    with op.batch_alter_table("window_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_window_changes_round_id"))

    op.drop_table("window_changes")
    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supports_person_id"))
        batch_op.drop_index(batch_op.f("ix_supports_organisation_id"))

    op.drop_table("supports")
    with op.batch_alter_table("rolls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rolls_person_id"))

    op.drop_table("rolls")
    op.drop_table("proposal_versions")
    with op.batch_alter_table("proposal_districts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_districts_district"))

    op.drop_table("proposal_districts")
    with op.batch_alter_table("options", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_options_proposal_id"))

    op.drop_table("options")
    with op.batch_alter_table("open_votes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_open_votes_organisation_id"))

    op.drop_table("open_votes")
    with op.batch_alter_table("electors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_electors_person_id"))
        batch_op.drop_index(batch_op.f("ix_electors_organisation_id"))

    op.drop_table("electors")
    op.drop_table("batches")
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.drop_index("ix_ballots_question_id_commitment")

    op.drop_table("ballots")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index("ix_answers_unit_id_state_due_on")
        batch_op.drop_index(batch_op.f("ix_answers_measure_id"))

    op.drop_table("answers")
    with op.batch_alter_table("windows", schema=None) as batch_op:
        batch_op.drop_index("ix_windows_activity_closes_at")

    op.drop_table("windows")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_subject_id"))
        batch_op.drop_index("ix_reports_dialogue_id_decided_at")

    op.drop_table("reports")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questions_round_id"))

    op.drop_table("questions")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index("ix_proposals_round_supported")
        batch_op.drop_index("ix_proposals_round_newest")
        batch_op.drop_index("ix_proposals_round_discussed")
        batch_op.drop_index(batch_op.f("ix_proposals_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_field_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_author_id"))

    op.drop_table("proposals")
    with op.batch_alter_table("contact_points", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_points_milestone_id"))
        batch_op.drop_index("ix_contact_points_measure_id_state")

    op.drop_table("contact_points")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index("ix_comments_round_visibility")
        batch_op.drop_index("ix_comments_target_stance")
        batch_op.drop_index("ix_comments_target_newest")
        batch_op.drop_index(batch_op.f("ix_comments_parent_id"))
        batch_op.drop_index(batch_op.f("ix_comments_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_comments_author_id"))

    op.drop_table("comments")
    op.drop_table("rounds")
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partners_measure_id"))

    op.drop_table("partners")
    with op.batch_alter_table("moderators", schema=None) as batch_op:
        batch_op.drop_index("ix_moderators_person_id_dialogue_id")
        batch_op.drop_index(batch_op.f("ix_moderators_dialogue_id"))

    op.drop_table("moderators")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_measure_id"))

    op.drop_table("milestones")
    op.drop_table("measure_versions")
    with op.batch_alter_table("measure_fields", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_fields_field_id"))

    op.drop_table("measure_fields")
    with op.batch_alter_table("measure_districts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_districts_district"))

    op.drop_table("measure_districts")
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goals_measure_id"))
        batch_op.drop_index(batch_op.f("ix_goals_field_id"))

    op.drop_table("goals")
    op.drop_table("former_names")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_subject_id"))
        batch_op.drop_index("ix_decisions_dialogue_id_at")

    op.drop_table("decisions")
    with op.batch_alter_table("council_papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_papers_measure_id"))

    op.drop_table("council_papers")
    with op.batch_alter_table("costs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_costs_measure_id"))

    op.drop_table("costs")
    with op.batch_alter_table("accreditations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accreditations_organisation_id"))

    op.drop_table("accreditations")
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measures_predecessor_id"))

    op.drop_table("measures")
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.drop_index("ix_mandates_person_id_organisation_id")
        batch_op.drop_index(batch_op.f("ix_mandates_organisation_id"))

    op.drop_table("mandates")
    with op.batch_alter_table("log_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_log_lines_event")

    op.drop_table("log_lines")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_organisation_id"))

    op.drop_table("invitations")
    op.drop_table("fields")
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dialogues_plan_id"))

    op.drop_table("dialogues")
    with op.batch_alter_table("unit_mandates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_mandates_unit_id"))
        batch_op.drop_index("ix_unit_mandates_person_id_unit_id")

    op.drop_table("unit_mandates")
    with op.batch_alter_table("trace_edges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trace_edges_target_id"))

    op.drop_table("trace_edges")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_person_id"))

    op.drop_table("sessions")
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.drop_index("ix_roles_person_id_role")

    op.drop_table("roles")
    op.drop_table("plans")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_index("ix_organisations_state_name_sort_id")
        batch_op.drop_index(batch_op.f("ix_organisations_kind"))

    op.drop_table("organisations")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_subject_id"))
        batch_op.drop_index("ix_notices_person_id_read_at")
        batch_op.drop_index("ix_notices_person_id_id")

    op.drop_table("notices")
    with op.batch_alter_table("mail_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_links_person_id"))

    op.drop_table("mail_links")
    op.drop_table("mail_choices")
    op.drop_table("legal_texts")
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.drop_index("ix_follows_subject_id_person_id")

    op.drop_table("follows")
    op.drop_table("units")
    op.drop_table("subjects")
    op.drop_table("people")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index("ix_jobs_state_due_at")

    op.drop_table("jobs")
    op.drop_table("barrier_reports")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_attempts_bucket_key_at")

    op.drop_table("attempts")
