"""Where children come from, and the originals that may have some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dashboard.domain.augmentation import Lineage, Parent
from dashboard.domain.examples import Origin
from dashboard.domain.ids import ExampleId
from dashboard.domain.verdicts import Verdict
from storage.examples import CHUNK
from storage.tables.augmentation import LineageRow
from storage.tables.examples import ExampleRow


@dataclass(frozen=True)
class Lineages:
    """What stands; new lineages go through the ledger."""

    session: Session

    def of(self, example_id: ExampleId) -> Lineage | None:
        """Where an example comes from; None for an original."""
        wanted = select(LineageRow).where(LineageRow.example_id == example_id)
        row = self.session.scalars(wanted).one_or_none()
        return row.as_fact() if row else None

    def children(self, parent_id: ExampleId) -> tuple[Lineage, ...]:
        """What was made from an example, oldest first."""
        return self._some(LineageRow.parent_id == parent_id)

    def parents_of(self, ids: Sequence[ExampleId]) -> Mapping[ExampleId, ExampleId]:
        """The parent of each of these children, in the order asked for."""
        found: dict[ExampleId, ExampleId] = {}
        for start in range(0, len(ids), CHUNK):
            some = LineageRow.example_id.in_(ids[start : start + CHUNK])
            wanted = select(LineageRow.example_id, LineageRow.parent_id).where(some)
            found |= {row.example_id: row.parent_id for row in self.session.execute(wanted)}
        return {one: found[one] for one in ids if one in found}

    def members(self, family_id: ExampleId) -> tuple[Lineage, ...]:
        """Every child of a family, oldest first; the root has no lineage."""
        return self._some(LineageRow.family_id == family_id)

    def parents(self, study: str) -> tuple[Parent, ...]:
        """Originals that may have children, in key order: none retired, refused or disputed."""
        wanted = select(ExampleRow).where(
            ExampleRow.study == study,
            ExampleRow.retired.is_(False),
            ExampleRow.origin != Origin.AUGMENTED,
            ExampleRow.verdict.in_([Verdict.ACCEPTED, Verdict.UNREVIEWED]),
        )
        rows = self.session.scalars(wanted.order_by(ExampleRow.key))
        return tuple(
            Parent(row.id, row.revision_id, row.key, row.id, row.inputs, row.message)
            for row in rows
        )

    def standing_messages(self, study: str) -> tuple[str, ...]:
        """The texts of examples that are not retired, in alphabetical order."""
        wanted = select(ExampleRow.message).where(
            ExampleRow.study == study, ExampleRow.retired.is_(False)
        )
        return tuple(sorted(self.session.scalars(wanted)))

    def _some(self, condition: ColumnElement[bool]) -> tuple[Lineage, ...]:
        wanted = (
            select(LineageRow)
            .join(ExampleRow, ExampleRow.id == LineageRow.example_id)
            .where(condition)
            .order_by(ExampleRow.sequence)
        )
        return tuple(row.as_fact() for row in self.session.scalars(wanted))
