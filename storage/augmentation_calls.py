"""Calls to language models as rows; writing one again replaces what was known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.augmentation_calls import Call
from dashboard.domain.ids import AugmentationRunId
from storage.tables.augmentation_calls import CallRow, call_values
from storage.writing import insert_into, write

KEY = ("run_id", "batch", "parent_key", "technique", "number", "part")


@dataclass(frozen=True)
class AugmentationCalls:
    """Every request of every run."""

    session: Session

    def of(self, run_id: AugmentationRunId) -> tuple[Call, ...]:
        """The calls of a run, batch by batch in one order."""
        wanted = select(CallRow).where(CallRow.run_id == run_id)
        order = (CallRow.batch, CallRow.parent_key, CallRow.technique, CallRow.number, CallRow.part)
        return tuple(row.as_call() for row in self.session.scalars(wanted.order_by(*order)))

    def put(self, calls: Sequence[Call]) -> None:
        """Write calls, in the place of what stood about them."""
        if not calls:
            return
        rows = [call_values(one) for one in calls]
        insert = insert_into(self.session, CallRow)
        changing = {name: insert.excluded[name] for name in rows[0] if name not in KEY}
        write(
            self.session,
            insert.on_conflict_do_update(index_elements=list(KEY), set_=changing),
            rows,
        )
