"""What may enter a dataset version: texts that stand, and where children come from."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.datasets import Candidate
from dashboard.domain.verdicts import Verdict
from storage.tables.examples import ExampleRow

ALLOWED = (Verdict.ACCEPTED, Verdict.UNREVIEWED)


def candidates(session: Session, study: str) -> tuple[Candidate, ...]:
    """Current revisions in key order: nothing refused or disputed, and no child of such a one."""
    wanted = select(ExampleRow).where(
        ExampleRow.study == study,
        ExampleRow.retired.is_(False),
        ExampleRow.verdict.in_(ALLOWED),
    )
    rows = session.scalars(wanted.order_by(ExampleRow.key))
    return tuple(_candidate(row) for row in rows)


def _candidate(row: ExampleRow) -> Candidate:
    return Candidate(
        example_id=row.id,
        revision_id=row.revision_id,
        key=row.key,
        inputs=row.inputs,
        message=row.message,
        family=row.key,
        accepted=row.verdict is Verdict.ACCEPTED,
    )
