"""Review: a ledger, responses with a whole form, rulings, drafts, claims and faceted search.

The one-click judgments of the first schema become responses. What the ledger would have held so
far is written into it, so that replaying it gives what stands.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATE = sa.String(20)
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the new tables, carry the old judgments over, and index anew."""
    stop_searching()
    create_ledger()
    widen_examples()
    replace_responses()
    create_review()
    bind = op.get_bind()
    write_ledger(bind)
    settle(bind)
    if bind.dialect.name == "sqlite":
        search_and_protect_sqlite()
    else:
        search_and_protect_postgresql()


def downgrade() -> None:
    """Not offered: going back means restoring the copy made before the upgrade."""
    raise NotImplementedError


def reference(table: str, column: str, target: str) -> sa.Column[str]:
    """A text column that points at a row of another table."""
    key = sa.ForeignKey(target, name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Text(), key, nullable=False)


def stop_searching() -> None:
    """Take the old index and the guards of the old responses away."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER examples_fts_{change}")
        op.execute("DROP TABLE examples_fts")
        for change in ("update", "delete"):
            op.execute(f"DROP TRIGGER responses_no_{change}")
    else:
        op.execute("DROP INDEX ix_examples_search")
        op.execute("DROP TRIGGER responses_append_only ON responses")


def create_ledger() -> None:
    """Actions, their changes, and small facts."""
    op.create_table(
        "actions",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("deed", STATE, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Text()),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_actions"),
        sa.UniqueConstraint("id", name="uq_actions_id"),
        sa.UniqueConstraint("undoes", name="uq_actions_undoes"),
    )
    op.create_index("ix_actions_study_person", "actions", ["study", "person"])
    op.create_index("ix_actions_request", "actions", ["request"])
    op.create_table(
        "changes",
        reference("changes", "action_id", "actions.id"),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("example_id", sa.Text()),
        sa.Column("old", sa.JSON(none_as_null=True)),
        sa.Column("new", sa.JSON(none_as_null=True)),
        sa.PrimaryKeyConstraint("action_id", "position", name="pk_changes"),
    )
    op.create_index("ix_changes_example_id", "changes", ["example_id"])
    op.create_table(
        "records",
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("study", "noun", "subject", name="pk_records"),
    )


def widen_examples() -> None:
    """What is derived from answers, and what an example is filtered by."""
    op.drop_index("ix_examples_study_verdict", "examples")
    for column in (
        sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("author", sa.Text(), nullable=False, server_default=""),
        sa.Column("facets", sa.Text(), nullable=False, server_default=""),
        sa.Column("state", sa.Text(), nullable=False, server_default=""),
        sa.Column("said", sa.Text(), nullable=False, server_default=""),
        sa.Column("own", sa.Text(), nullable=False, server_default=""),
        sa.Column("cell", sa.Text(), nullable=False, server_default=""),
        sa.Column("basis", STATE),
        sa.Column("answered", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("needed", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("priority", sa.BigInteger()),
    ):
        op.add_column("examples", column)
    op.create_index("ix_examples_revision_id", "examples", ["revision_id"], unique=True)
    for columns in (
        ["study", "retired", "sequence"],
        ["study", "retired", "priority", "cell"],
        ["study", "retired", "cell", "verdict"],
    ):
        op.create_index("ix_examples_" + "_".join(columns), "examples", columns)
    op.create_table(
        "field_values",
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", KEY, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("study", "retired", "name", "value", name="pk_field_values"),
    )


def replace_responses() -> None:
    """One row for each revision and expert, with the whole form; the latest judgment stands."""
    op.rename_table("responses", "old_responses")
    op.drop_index("ix_responses_example_id", "old_responses")
    if op.get_bind().dialect.name != "sqlite":
        for kind in ("example_id", "revision_id"):
            op.drop_constraint(f"fk_responses_{kind}", "old_responses", type_="foreignkey")
        op.drop_constraint("pk_responses", "old_responses", type_="primary")
    op.create_table(
        "responses",
        reference("responses", "revision_id", "revisions.id"),
        sa.Column("expert", sa.Text(), nullable=False),
        reference("responses", "example_id", "examples.id"),
        sa.Column("state", STATE, nullable=False),
        sa.Column("decision", STATE),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("confidence", STATE),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("skip", STATE),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("guideline_version", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "expert", name="pk_responses"),
    )
    op.create_index("ix_responses_example_id", "responses", ["example_id"])
    op.create_index("ix_responses_expert_at", "responses", ["expert", "at"])


def create_review() -> None:
    """Rulings, drafts and claims."""
    op.create_table(
        "rulings",
        reference("rulings", "revision_id", "revisions.id"),
        reference("rulings", "example_id", "examples.id"),
        sa.Column("decision", STATE, nullable=False),
        sa.Column("adjudicator", sa.Text(), nullable=False),
        sa.Column("cause", STATE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_self", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("revision_id", name="pk_rulings"),
    )
    op.create_index("ix_rulings_example_id", "rulings", ["example_id"])
    for table, columns in (
        (
            "drafts",
            (
                sa.Column("answer", sa.JSON(), nullable=False),
                sa.Column("version", sa.BigInteger(), nullable=False),
                sa.Column("saved_at", MOMENT, nullable=False),
            ),
        ),
        (
            "claims",
            (
                sa.Column("claimed_at", MOMENT, nullable=False),
                sa.Column("expires_at", MOMENT, nullable=False),
            ),
        ),
    ):
        op.create_table(
            table,
            reference(table, "revision_id", "revisions.id"),
            sa.Column("expert", sa.Text(), nullable=False),
            reference(table, "example_id", "examples.id"),
            *columns,
            sa.PrimaryKeyConstraint("revision_id", "expert", name=f"pk_{table}"),
        )
    op.create_index("ix_claims_expert", "claims", ["expert"])
    op.create_table(
        "openings",
        reference("openings", "revision_id", "revisions.id"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("revision_id", name="pk_openings"),
    )


EXAMPLES = sa.table(
    "examples",
    *(sa.column(name, sa.Text()) for name in ("id", "study", "key", "origin", "revision_id")),
    sa.column("inputs", sa.JSON()),
    *(sa.column(name, sa.Text()) for name in ("author", "facets", "verdict")),
    sa.column("answered", sa.BigInteger()),
)
REVISIONS = sa.table(
    "revisions",
    *(sa.column(name, sa.Text()) for name in ("id", "example_id", "message", "author", "reason")),
    sa.column("number", sa.BigInteger()),
    sa.column("inputs", sa.JSON()),
    sa.column("created_at", MOMENT),
)
OLD = sa.table(
    "old_responses",
    *(
        sa.column(name, sa.Text())
        for name in ("id", "example_id", "revision_id", "expert", "decision", "reason")
    ),
    sa.column("created_at", MOMENT),
)
OPENINGS = sa.table("openings", sa.column("revision_id", sa.Text()), sa.column("at", MOMENT))
RESPONSES = sa.table(
    "responses",
    *(
        sa.column(name, sa.Text())
        for name in ("revision_id", "expert", "example_id", "state", "decision", "confidence")
    ),
    sa.column("ratings", sa.JSON()),
    sa.column("flags", sa.JSON()),
    *(sa.column(name, sa.Text()) for name in ("reason", "message", "skip", "form_version")),
    sa.column("independent", sa.Boolean()),
    sa.column("guideline_version", sa.BigInteger()),
    sa.column("version", sa.BigInteger()),
    sa.column("at", MOMENT),
)
FIELD_VALUES = sa.table(
    "field_values",
    *(sa.column(name, sa.Text()) for name in ("study", "name", "value")),
    sa.column("retired", sa.Boolean()),
    sa.column("count", sa.BigInteger()),
)
ACTIONS = sa.table(
    "actions",
    *(sa.column(name, sa.Text()) for name in ("id", "study", "person", "deed", "note", "undoes")),
    sa.column("request", sa.Text()),
    sa.column("at", MOMENT),
)
CHANGES = sa.table(
    "changes",
    *(sa.column(name, sa.Text()) for name in ("action_id", "noun", "subject", "example_id")),
    sa.column("position", sa.BigInteger()),
    sa.column("old", sa.JSON(none_as_null=True)),
    sa.column("new", sa.JSON(none_as_null=True)),
)


Written = tuple[str, str, dict[str, Any] | None, dict[str, Any]]
"""A change: noun, subject, old and new value."""


def write_ledger(bind: sa.Connection) -> None:
    """Every text and judgment so far as an action, in the order they happened."""
    examples = {row.id: row for row in bind.execute(sa.select(EXAMPLES))}
    happened = [("revision", row.created_at, row) for row in bind.execute(sa.select(REVISIONS))]
    happened += [("response", row.created_at, row) for row in bind.execute(sa.select(OLD))]
    happened.sort(key=lambda one: (one[1], one[2].id))
    standing: dict[str, dict[str, Any]] = {}
    for kind, _at, row in happened:
        example = examples[row.example_id]
        if kind == "revision":
            write_revision(bind, example, row, standing)
        else:
            write_response(bind, example, row, standing)
    op.drop_table("old_responses")


def write_revision(bind: sa.Connection, example: Any, row: Any, standing: dict[str, Any]) -> None:
    """A text, and the example that now shows it."""
    text = {
        "id": row.id,
        "example_id": row.example_id,
        "number": row.number,
        "inputs": row.inputs,
        "message": row.message,
        "author": row.author,
        "reason": row.reason,
        "created_at": moment(row.created_at),
    }
    entry = {
        "id": example.id,
        "study": example.study,
        "key": example.key,
        "origin": example.origin,
        "revision_id": row.id,
        "tags": [],
        "retired": False,
    }
    deed = "edit" if example.id in standing else "add"
    changes: list[Written] = [("revision", row.id, None, text)]
    changes.append(("entry", example.id, standing.get(example.id), entry))
    standing[example.id] = entry
    write_action(bind, example, deed, (row.author, row.created_at, row.reason), changes)


def write_response(bind: sa.Connection, example: Any, row: Any, standing: dict[str, Any]) -> None:
    """A judgment as a response."""
    answer = {
        "decision": row.decision,
        "ratings": {},
        "flags": [],
        "confidence": None,
        "reason": row.reason,
        "message": "",
    }
    response = {
        "example_id": row.example_id,
        "revision_id": row.revision_id,
        "expert": row.expert,
        "state": "submitted",
        "answer": answer,
        "at": moment(row.created_at),
        "skip": None,
        # Judgments of the first schema were open for everybody to read.
        "independent": False,
        "form_version": "",
        "guideline_version": 1,
        "version": 0,
    }
    subject = f"{row.revision_id}/{row.expert}"
    changes: list[Written] = [("response", subject, standing.get(subject), response)]
    standing[subject] = response
    values = {**response, **answer, "at": row.created_at}
    del values["answer"]
    same = (RESPONSES.c.revision_id == row.revision_id) & (RESPONSES.c.expert == row.expert)
    bind.execute(sa.delete(RESPONSES).where(same))
    bind.execute(sa.insert(RESPONSES).values(values))
    write_action(bind, example, "submit", (row.expert, row.created_at, ""), changes)


def write_action(
    bind: sa.Connection,
    example: Any,
    deed: str,
    said: tuple[str, datetime, str],
    changes: list[Written],
) -> None:
    """One action with its changes; its id follows from what it did."""
    person, at, note = said
    content = json.dumps([deed, person, moment(at), changes], sort_keys=True)
    action = "0002-" + hashlib.sha256(content.encode()).hexdigest()[:24]
    bind.execute(
        sa.insert(ACTIONS).values(
            id=action, study=example.study, person=person, deed=deed, note=note, request="", at=at
        )
    )
    for position, (noun, subject, old, new) in enumerate(changes):
        bind.execute(
            sa.insert(CHANGES).values(
                action_id=action,
                position=position,
                noun=noun,
                subject=subject,
                example_id=example.id,
                old=old,
                new=new,
            )
        )


def settle(bind: sa.Connection) -> None:
    """Facets, authors and values now; verdicts when Afektif starts, since the study says the rule.

    What is found by answers is indexed with the verdicts.
    """
    authors = dict(bind.execute(sa.select(REVISIONS.c.id, REVISIONS.c.author)).all())
    values: Counter[tuple[str, str, str]] = Counter()
    for row in bind.execute(sa.select(EXAMPLES)).all():
        author = authors[row.revision_id]
        facts = [("study", row.study), ("origin", row.origin), ("author", author)]
        inputs = [(f"inputs.{name}", value) for name, value in row.inputs.items()]
        facts += [("retired", "False"), *inputs]
        values.update((row.study, name, value) for name, value in inputs)
        bind.execute(
            sa.update(EXAMPLES)
            .where(EXAMPLES.c.id == row.id)
            .values(facets=" ".join(facet(name, value) for name, value in facts), author=author)
        )
    # Judgments of the first schema were open for everybody to read.
    answered = sa.select(RESPONSES.c.revision_id, sa.func.max(RESPONSES.c.at))
    answered = answered.group_by(RESPONSES.c.revision_id)
    bind.execute(sa.insert(OPENINGS).from_select(["revision_id", "at"], answered))
    for (study, name, value), count in values.items():
        bind.execute(
            sa.insert(FIELD_VALUES).values(
                study=study, retired=False, name=name, value=value, count=count
            )
        )


def facet(name: str, value: str) -> str:
    """The word for a field with a value, as `storage.search` makes it."""
    return "f" + hashlib.blake2b(f"{name}={value}".encode(), digest_size=8).hexdigest()


def moment(at: datetime) -> str:
    """A time as the ledger writes it."""
    zoned = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return zoned.isoformat().replace("+00:00", "Z")


INDEXED = ("search", "facets", "state", "said", "own")


def search_and_protect_sqlite() -> None:
    """The full-text index over words and facets, and the guards of the ledger.

    Our words hold letters and digits only, folded already, so that the plainest tokenizer takes
    each for one; nobody asks for phrases, so that no positions are kept.
    """
    columns = ", ".join(INDEXED)
    op.execute(
        f"CREATE VIRTUAL TABLE examples_fts USING fts5({columns}, content='examples', "
        "content_rowid='sequence', tokenize='ascii', detail='column', prefix='1 2 3 4')"
    )
    op.execute("INSERT INTO examples_fts (examples_fts) VALUES ('rebuild')")
    new, old = (", ".join(f"{row}.{one}" for one in INDEXED) for row in ("new", "old"))
    add = f"INSERT INTO examples_fts (rowid, {columns}) VALUES (new.sequence, {new});"
    # An index without a copy of its text must be told the old words to forget (FTS5, section 4.4).
    forget = (
        f"INSERT INTO examples_fts (examples_fts, rowid, {columns}) "
        f"VALUES ('delete', old.sequence, {old});"
    )
    differ = " OR ".join(f"old.{one} <> new.{one}" for one in INDEXED)
    after = "CREATE TRIGGER examples_fts_{} AFTER {} ON examples {}BEGIN {} END"
    op.execute(after.format("insert", "INSERT", "", add))
    op.execute(after.format("delete", "DELETE", "", forget))
    update = f"UPDATE OF {columns}"
    op.execute(after.format("update", update, f"WHEN {differ} ", f"{forget} {add}"))
    for table in ("actions", "changes"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )


def search_and_protect_postgresql() -> None:
    """The same on PostgreSQL, where weights tell the columns apart."""
    weighted = " || ".join(
        f"setweight(to_tsvector('simple'::regconfig, {words}), '{weight}')"
        for words, weight in (
            ("search", "A"),
            ("said", "B"),
            ("own", "C"),
            ("facets || ' ' || state", "D"),
        )
    )
    op.execute(f"ALTER TABLE examples ADD terms tsvector GENERATED ALWAYS AS ({weighted}) STORED")
    op.execute("CREATE INDEX ix_examples_terms ON examples USING gin (terms)")
    for table in ("actions", "changes"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
