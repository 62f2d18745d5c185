"""Examples as people see them now, found by their words, values and state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from dashboard.domain.datasets import Candidate
from dashboard.domain.errors import NotFound
from dashboard.domain.examples import (
    CellCount,
    Example,
    ExampleFilter,
    ExamplePage,
    Origin,
    Revision,
    ValueCount,
)
from dashboard.domain.ids import ExampleId, RevisionId, now
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Case, Standing, Verdict
from storage.candidates import candidates
from storage.field_values import TAG
from storage.search import sequences, standing_words
from storage.tables.columns import CELL_MARK
from storage.tables.examples import ExampleRow, FieldValueRow, RevisionRow
from storage.tables.review import OpeningRow, ResponseRow, RulingRow
from storage.writing import insert_into, write

COUNTED = 1000
"""Matches are counted up to here; past it a list says only that there are more."""
CHUNK = 500


@dataclass(frozen=True)
class Examples:
    """What stands; changes go through the ledger."""

    session: Session

    def get(self, example_id: ExampleId) -> Example:
        """The example as it stands; raises NotFound."""
        return self._one(ExampleRow.id == example_id)

    def with_key(self, study: str, key: str) -> Example:
        """The example with this key; raises NotFound."""
        return self._one((ExampleRow.study == study) & (ExampleRow.key == key))

    def some(self, ids: Sequence[ExampleId]) -> tuple[Example, ...]:
        """These examples, in the order they were added."""
        return self._some(ExampleRow.id, ids)

    def page(self, wanted: ExampleFilter, offset: int, limit: int) -> ExamplePage:
        """Matching examples in the order they were added."""
        counted = max(COUNTED + 1, offset + limit)
        # Core hands out plain numbers at a third of the session's cost.
        matching = sequences(self.session, wanted).limit(counted)
        found = self.session.connection().execute(matching).scalars().all()
        return ExamplePage(
            examples=self._some(ExampleRow.sequence, found[offset : offset + limit]),
            total=min(len(found), COUNTED),
            is_more=len(found) > COUNTED,
        )

    def ids(self, wanted: ExampleFilter, limit: int) -> tuple[ExampleId, ...]:
        """The first matching examples by id, in the order they were added."""
        found = sequences(self.session, wanted).limit(limit).subquery()
        matching = select(ExampleRow.id).where(ExampleRow.sequence.in_(select(found.c[0])))
        return tuple(self.session.scalars(matching.order_by(ExampleRow.sequence)))

    def revisions(self, example_id: ExampleId) -> tuple[Revision, ...]:
        """Every text the example has had, newest first."""
        wanted = select(RevisionRow).where(RevisionRow.example_id == example_id)
        rows = self.session.scalars(wanted.order_by(RevisionRow.number.desc()))
        return tuple(row.as_fact() for row in rows)

    def candidates(self, study: str) -> tuple[Candidate, ...]:
        """Current revisions that may enter a version, in key order: nothing refused or disputed,
        and no child of such a one."""
        return candidates(self.session, study)

    def counts(self, study: str) -> Mapping[Verdict, int]:
        """Examples that are not retired, by verdict; every verdict is a key."""
        found = dict.fromkeys(Verdict, 0)
        for one in self.cells(study):
            found[one.verdict] += one.count
        return found

    def cells(self, study: str) -> tuple[CellCount, ...]:
        """Examples that are not retired, by cell and verdict."""
        grouped = (
            select(ExampleRow.cell, ExampleRow.verdict, func.count())
            .where(ExampleRow.study == study, ExampleRow.retired.is_(False))
            .group_by(ExampleRow.cell, ExampleRow.verdict)
        )
        rows = self.session.execute(grouped)
        return tuple(CellCount(tuple(c.split(CELL_MARK)), verdict, n) for c, verdict, n in rows)

    def coverage(self, study: str) -> Mapping[int, int]:
        """How many examples that are not retired have so many answers, fewest answers first."""
        grouped = (
            select(ExampleRow.answered, func.count())
            .where(ExampleRow.study == study, ExampleRow.retired.is_(False))
            .group_by(ExampleRow.answered)
            .order_by(ExampleRow.answered)
        )
        return dict(self.session.execute(grouped).all())

    def keys(self, study: str) -> frozenset[str]:
        """The keys in use."""
        return frozenset(
            self.session.scalars(select(ExampleRow.key).where(ExampleRow.study == study))
        )

    def messages(self, study: str) -> frozenset[str]:
        """The texts that stand, whatever their verdict."""
        return frozenset(
            self.session.scalars(select(ExampleRow.message).where(ExampleRow.study == study))
        )

    def tags(self, study: str) -> tuple[str, ...]:
        """The tags in use, in alphabetical order."""
        held = select(FieldValueRow.value).where(
            FieldValueRow.study == study, FieldValueRow.name == TAG
        )
        return tuple(sorted(set(self.session.scalars(held))))

    def values(self, wanted: ExampleFilter, name: str, limit: int) -> tuple[ValueCount, ...]:
        """The values of a field that listed or retired examples have, the most frequent first."""
        held = (
            select(FieldValueRow.value, FieldValueRow.count)
            .where(FieldValueRow.study == wanted.study, FieldValueRow.name == name)
            .where(FieldValueRow.retired.is_(wanted.retired))
            .order_by(FieldValueRow.count.desc(), FieldValueRow.value)
            .limit(limit)
        )
        return tuple(ValueCount(*row) for row in self.session.execute(held))

    def unsettled(self, study: str) -> tuple[ExampleId, ...]:
        """Examples whose standing an upgrade has left to be derived."""
        wanted = select(ExampleRow.id).where(ExampleRow.study == study, ExampleRow.needed == 0)
        return tuple(self.session.scalars(wanted))

    def touched(self, study: str) -> tuple[ExampleId, ...]:
        """Every example of the study that somebody has answered or ruled on."""
        known = select(ResponseRow.example_id).union(select(RulingRow.example_id)).subquery()
        wanted = select(ExampleRow.id).where(
            ExampleRow.study == study, ExampleRow.id.in_(select(known.c.example_id))
        )
        return tuple(self.session.scalars(wanted.order_by(ExampleRow.sequence)))

    def cases(self, ids: Sequence[ExampleId]) -> tuple[Case, ...]:
        """What the verdicts of these examples are derived from."""
        found: list[Case] = []
        for start in range(0, len(ids), CHUNK):
            found.extend(self._cases(ids[start : start + CHUNK]))
        return tuple(found)

    def settle(self, standings: Sequence[Standing]) -> None:
        """Store where examples stand."""
        if not standings:
            return
        # By primary key, which SQLAlchemy turns into one prepared statement for all.
        statement = (
            update(ExampleRow.__table__)  # type: ignore[arg-type]
            .where(ExampleRow.__table__.c.id == bindparam("of"))
            .values({name: bindparam(f"new_{name}") for name in (*_SETTLED, *_FOUND_BY)})
        )
        rows = [_settled(one) for one in standings]
        self.session.connection().execute(statement, rows)
        self._note_open(standings)

    def need(self, policy: Policy) -> None:
        """Every example that nobody has touched needs as many answers as the policy says."""
        untouched = (ExampleRow.answered == 0) & (ExampleRow.verdict == Verdict.UNREVIEWED)
        is_child = ExampleRow.origin == Origin.AUGMENTED
        needed = case((is_child, policy.needed(is_child=True)), else_=policy.overlap)
        self.session.execute(
            update(ExampleRow)
            .where(ExampleRow.study == policy.study, untouched)
            .values(needed=needed)
        )

    def _note_open(self, standings: Sequence[Standing]) -> None:
        """Keep when answers lay open: who could have read them never judges alone again."""
        openings = {
            answer.revision_id: {"revision_id": answer.revision_id, "at": now()}
            for one in standings
            for answer in one.responses
            if answer.is_submitted and one.verdict is not Verdict.UNREVIEWED
        }
        statement = insert_into(self.session, OpeningRow)
        statement = statement.on_conflict_do_update(
            index_elements=["revision_id"], set_={"at": statement.excluded.at}
        )
        write(self.session, statement, list(openings.values()))

    def _one(self, condition: ColumnElement[bool]) -> Example:
        row = self.session.scalars(select(ExampleRow).where(condition)).one_or_none()
        if row is None:
            raise NotFound("This example does not exist, or no longer.")
        return row.as_example()

    def _cases(self, ids: Sequence[ExampleId]) -> list[Case]:
        examples = self.some(ids)
        current = [one.revision_id for one in examples]
        responses: dict[RevisionId, list[Any]] = {}
        for row in self.session.scalars(
            select(ResponseRow)
            .where(ResponseRow.revision_id.in_(current))
            .order_by(ResponseRow.at, ResponseRow.expert)
        ):
            responses.setdefault(row.revision_id, []).append(row.as_fact())
        ruled = self.session.scalars(select(RulingRow).where(RulingRow.revision_id.in_(current)))
        rulings = {row.revision_id: row.as_fact() for row in ruled}
        return [
            Case(
                example_id=one.id,
                revision_id=one.revision_id,
                inputs=one.inputs,
                author=one.author,
                responses=tuple(responses.get(one.revision_id, ())),
                ruling=rulings.get(one.revision_id),
                is_child=one.origin is Origin.AUGMENTED,
            )
            for one in examples
        ]

    def _some(self, column: Any, known: Sequence[Any]) -> tuple[Example, ...]:
        found: list[ExampleRow] = []
        for start in range(0, len(known), CHUNK):
            these = select(ExampleRow).where(column.in_(known[start : start + CHUNK]))
            found.extend(self.session.scalars(these))
        return tuple(row.as_example() for row in sorted(found, key=lambda row: row.sequence))


_SETTLED = ("cell", "verdict", "basis", "answered", "needed", "priority")
_FOUND_BY = ("state", "said", "own")


def _settled(one: Standing) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _SETTLED} | standing_words(one)
    values["cell"] = CELL_MARK.join(one.cell)
    return {"of": one.example_id} | {f"new_{name}": value for name, value in values.items()}
