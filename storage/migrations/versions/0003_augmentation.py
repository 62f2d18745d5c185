"""Augmentation: where children come from, runs with their cells, attempts, calls to models."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATE = sa.String(20)


def upgrade() -> None:
    """Create the new tables; what a lineage says never changes afterwards."""
    create_lineages()
    create_runs()
    create_attempts()
    create_calls()
    protect()


def downgrade() -> None:
    """Not offered: going back means restoring the copy made before the upgrade."""
    raise NotImplementedError


def reference(table: str, column: str, target: str, *, is_needed: bool = True) -> sa.Column[str]:
    """A text column that points at a row of another table."""
    key = sa.ForeignKey(target, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Text(), key, nullable=not is_needed)


def create_lineages() -> None:
    """One row for each child."""
    op.create_table(
        "lineages",
        reference("lineages", "example_id", "examples.id"),
        reference("lineages", "parent_id", "examples.id"),
        reference("lineages", "parent_revision_id", "revisions.id"),
        reference("lineages", "family_id", "examples.id"),
        sa.Column("technique", STATE, nullable=False),
        sa.Column("route", STATE, nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("pivot", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("resources", sa.JSON(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("example_id", name="pk_lineages"),
    )
    for column in ("parent_id", "family_id"):
        op.create_index(f"ix_lineages_{column}", "lineages", [column])


def create_runs() -> None:
    """Runs, and how far each is in the cells it has begun."""
    op.create_table(
        "augmentation_runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("plan", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("status", STATE, nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("resources", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_augmentation_runs"),
    )
    op.create_index("ix_augmentation_runs_study", "augmentation_runs", ["study"])
    op.create_table(
        "augmentation_cells",
        reference("augmentation_cells", "run_id", "augmentation_runs.id"),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("turns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "cell", name="pk_augmentation_cells"),
    )


def create_attempts() -> None:
    """What came out of every attempt, whatever became of it."""
    op.create_table(
        "attempts",
        reference("attempts", "run_id", "augmentation_runs.id"),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        reference("attempts", "parent_id", "examples.id"),
        reference("attempts", "parent_revision_id", "revisions.id"),
        sa.Column("technique", STATE, nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("pivot", sa.Text(), nullable=False),
        sa.Column("fate", STATE, nullable=False),
        sa.Column("reason", STATE),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        reference("attempts", "example_id", "examples.id", is_needed=False),
        sa.Column("left_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "cell", "number", name="pk_attempts"),
    )
    op.create_index("ix_attempts_example_id", "attempts", ["example_id"])


def create_calls() -> None:
    """Every request to a language model; its cost is exact, so it is text."""
    in_bytes = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    key = ("run_id", "batch", "parent_key", "technique", "number", "part")
    op.create_table(
        "augmentation_calls",
        reference("augmentation_calls", "run_id", "augmentation_runs.id"),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("parent_key", in_bytes, nullable=False),
        sa.Column("technique", STATE, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("part", STATE, nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("prompt_tokens", sa.BigInteger(), nullable=False),
        sa.Column("completion_tokens", sa.BigInteger(), nullable=False),
        sa.Column("latency_seconds", sa.Double(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("pivot", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_augmentation_calls"),
    )


def protect() -> None:
    """Refuse every change of a lineage, as of a revision."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER lineages_no_{change.lower()} BEFORE {change} ON lineages "
                "BEGIN SELECT RAISE(ABORT, 'lineages are append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER lineages_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lineages "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
