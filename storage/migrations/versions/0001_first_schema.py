"""First schema: examples, datasets, training, generation, scores and study runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATE = sa.String(20)


def upgrade() -> None:
    """Create everything."""
    create_examples()
    create_datasets()
    create_training()
    create_generation()
    create_study_runs()
    if op.get_bind().dialect.name == "sqlite":
        search_and_protect_sqlite()
    else:
        search_and_protect_postgresql()


def downgrade() -> None:
    """Not offered: going back means restoring the copy made before the upgrade."""
    raise NotImplementedError


def reference(table: str, column: str, target: str, *, nullable: bool = False) -> sa.Column[str]:
    """A text column that points at a row of another table."""
    key = sa.ForeignKey(target, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Text(), key, nullable=nullable)


def create_examples() -> None:
    """Examples, revisions and responses."""
    key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "examples",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("origin", STATE, nullable=False),
        sa.Column("verdict", STATE, nullable=False),
        sa.Column("revision_id", sa.Text(), nullable=False),
        sa.Column("revision_number", sa.BigInteger(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_examples"),
        sa.UniqueConstraint("id", name="uq_examples_id"),
        sa.UniqueConstraint("study", "key", name="uq_examples_study_key"),
    )
    op.create_index("ix_examples_study_verdict", "examples", ["study", "verdict"])
    op.create_table(
        "revisions",
        sa.Column("id", sa.Text(), nullable=False),
        reference("revisions", "example_id", "examples.id"),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("example_id", "number", name="uq_revisions_example_id_number"),
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.Text(), nullable=False),
        reference("responses", "example_id", "examples.id"),
        reference("responses", "revision_id", "revisions.id"),
        sa.Column("expert", sa.Text(), nullable=False),
        sa.Column("decision", STATE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_responses"),
    )
    op.create_index("ix_responses_example_id", "responses", ["example_id"])


def create_datasets() -> None:
    """Dataset versions and their rows."""
    op.create_table(
        "dataset_versions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("unreviewed", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dataset_versions"),
    )
    op.create_index("ix_dataset_versions_study_sha256", "dataset_versions", ["study", "sha256"])
    key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "dataset_rows",
        reference("dataset_rows", "version_id", "dataset_versions.id"),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("split", STATE, nullable=False),
        reference("dataset_rows", "revision_id", "revisions.id"),
        sa.Column("key", key, nullable=False),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_dataset_rows"),
        sa.UniqueConstraint(
            "version_id", "revision_id", name="uq_dataset_rows_version_id_revision_id"
        ),
    )


def create_training() -> None:
    """Training runs with curve, events and checkpoints."""
    op.create_table(
        "training_runs",
        sa.Column("id", sa.Text(), nullable=False),
        reference("training_runs", "version_id", "dataset_versions.id"),
        sa.Column("engine_url", sa.Text(), nullable=False),
        sa.Column("base_model", sa.Text(), nullable=False),
        sa.Column("system_prompt", sa.Text(), nullable=False),
        sa.Column("hyperparameters", sa.JSON(), nullable=False),
        sa.Column("adapter", sa.JSON(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("status", STATE, nullable=False),
        sa.Column("job_id", sa.Text()),
        sa.Column("model", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.Column("total_steps", sa.BigInteger()),
        sa.Column("trained_tokens", sa.BigInteger()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_training_runs"),
    )
    op.create_table(
        "curve_points",
        reference("curve_points", "run_id", "training_runs.id"),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("train_loss", sa.Double()),
        sa.Column("train_accuracy", sa.Double()),
        sa.Column("valid_loss", sa.Double()),
        sa.Column("valid_accuracy", sa.Double()),
        sa.PrimaryKeyConstraint("run_id", "step", name="pk_curve_points"),
    )
    op.create_table(
        "run_events",
        reference("run_events", "run_id", "training_runs.id"),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "event_id", name="pk_run_events"),
    )
    op.create_table(
        "checkpoints",
        reference("checkpoints", "run_id", "training_runs.id"),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("valid_loss", sa.Double()),
        sa.PrimaryKeyConstraint("run_id", "step", name="pk_checkpoints"),
    )


def create_generation() -> None:
    """Generation runs, systems, outputs and scores."""
    op.create_table(
        "generation_runs",
        sa.Column("id", sa.Text(), nullable=False),
        reference("generation_runs", "version_id", "dataset_versions.id"),
        reference("generation_runs", "training_run_id", "training_runs.id"),
        sa.Column("engine_url", sa.Text(), nullable=False),
        sa.Column("max_tokens", sa.BigInteger(), nullable=False),
        sa.Column("temperature", sa.Double(), nullable=False),
        sa.Column("repeats", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("status", STATE, nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_generation_runs"),
    )
    op.create_table(
        "systems",
        reference("systems", "run_id", "generation_runs.id"),
        sa.Column("kind", STATE, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("shots", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "kind", name="pk_systems"),
    )
    op.create_table(
        "outputs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("system", STATE, nullable=False),
        reference("outputs", "revision_id", "revisions.id"),
        sa.Column("repeat", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", STATE, nullable=False),
        sa.Column("finish_reason", sa.Text()),
        sa.Column("prompt_tokens", sa.BigInteger()),
        sa.Column("completion_tokens", sa.BigInteger()),
        sa.Column("latency_seconds", sa.Double()),
        sa.Column("error", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outputs"),
        sa.UniqueConstraint(
            "run_id",
            "system",
            "revision_id",
            "repeat",
            name="uq_outputs_run_id_system_revision_id_repeat",
        ),
        sa.ForeignKeyConstraint(
            ["run_id", "system"],
            ["systems.run_id", "systems.kind"],
            name="fk_outputs_run_id_system",
        ),
    )
    op.create_table(
        "scores",
        reference("scores", "output_id", "outputs.id"),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("output_id", "metric", "signature", name="pk_scores"),
    )


def create_study_runs() -> None:
    """Study runs and their steps."""
    op.create_table(
        "study_runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("status", STATE, nullable=False),
        sa.Column("error", sa.Text()),
        reference("study_runs", "version_id", "dataset_versions.id", nullable=True),
        reference("study_runs", "training_run_id", "training_runs.id", nullable=True),
        reference("study_runs", "generation_run_id", "generation_runs.id", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_study_runs"),
    )
    op.create_index("ix_study_runs_study", "study_runs", ["study"])
    op.create_table(
        "study_steps",
        reference("study_steps", "run_id", "study_runs.id"),
        sa.Column("name", STATE, nullable=False),
        sa.Column("status", STATE, nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "name", name="pk_study_steps"),
    )


def search_and_protect_sqlite() -> None:
    """The full-text index, kept in step by triggers, and the guards of what is append-only."""
    op.execute(
        "CREATE VIRTUAL TABLE examples_fts USING fts5("
        "search, content='examples', content_rowid='sequence')"
    )
    # An index without a copy of its text must be told the old words to forget (FTS5, section 4.4).
    add = "INSERT INTO examples_fts (rowid, search) VALUES (new.sequence, new.search);"
    forget = (
        "INSERT INTO examples_fts (examples_fts, rowid, search) "
        "VALUES ('delete', old.sequence, old.search);"
    )
    after = "CREATE TRIGGER examples_fts_{} AFTER {} ON examples BEGIN {} END"
    op.execute(after.format("insert", "INSERT", add))
    op.execute(after.format("delete", "DELETE", forget))
    op.execute(after.format("update", "UPDATE OF search", f"{forget} {add}"))
    for table in ("revisions", "responses"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )


def search_and_protect_postgresql() -> None:
    """The same on PostgreSQL: a GIN index and one trigger function."""
    op.execute(
        "CREATE INDEX ix_examples_search ON examples USING gin (to_tsvector('simple', search))"
    )
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME; END $$"
    )
    for table in ("revisions", "responses"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
