"""What may enter a dataset version: texts that stand, and where children come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from dashboard.domain.augmentation import Technique
from dashboard.domain.datasets import Candidate
from dashboard.domain.ids import VersionId
from dashboard.domain.verdicts import Verdict
from storage.tables.augmentation import LineageRow
from storage.tables.datasets import VersionEntryRow
from storage.tables.examples import ExampleRow, RevisionRow

ALLOWED = (Verdict.ACCEPTED, Verdict.UNREVIEWED)


def candidates(session: Session, study: str) -> tuple[Candidate, ...]:
    """Current revisions in key order: nothing refused or disputed, and no child of such a one."""
    parent, root = aliased(ExampleRow), aliased(ExampleRow)
    wanted = (
        select(ExampleRow, LineageRow.technique, parent.verdict, root.key)
        .outerjoin(LineageRow, LineageRow.example_id == ExampleRow.id)
        .outerjoin(parent, parent.id == LineageRow.parent_id)
        .outerjoin(root, root.id == LineageRow.family_id)
        .where(
            ExampleRow.study == study,
            ExampleRow.retired.is_(False),
            ExampleRow.verdict.in_(ALLOWED),
            or_(LineageRow.example_id.is_(None), parent.verdict.in_(ALLOWED)),
        )
        .order_by(ExampleRow.key)
    )
    return tuple(_candidate(*found) for found in session.execute(wanted))


def _candidate(
    row: ExampleRow, technique: Technique | None, parent: Verdict | None, root: str | None
) -> Candidate:
    return Candidate(
        example_id=row.id,
        revision_id=row.revision_id,
        key=row.key,
        inputs=row.inputs,
        message=row.message,
        family=root or row.key,
        technique=technique.value if technique else "",
        accepted=row.verdict is Verdict.ACCEPTED,
        parent_accepted=parent is Verdict.ACCEPTED,
    )


def techniques_of(
    session: Session, versions: Iterable[VersionId]
) -> Mapping[VersionId, Mapping[str, int]]:
    """How many rows of each version are children, by technique; lineages never change."""
    counted = (
        select(VersionEntryRow.version_id, LineageRow.technique, func.count())
        .join(RevisionRow, RevisionRow.id == VersionEntryRow.revision_id)
        .join(LineageRow, LineageRow.example_id == RevisionRow.example_id)
        .where(VersionEntryRow.version_id.in_(list(versions)))
        .group_by(VersionEntryRow.version_id, LineageRow.technique)
    )
    found: dict[VersionId, dict[str, int]] = {}
    for version_id, technique, count in session.execute(counted):
        found.setdefault(version_id, {})[technique.value] = count
    return found
