"""Scores of outputs; each recipe, named by its signature, is kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.domain.ids import GenerationRunId, OutputId, now
from dashboard.domain.scores import Score
from storage.tables.generation import OutputRow, ScoreRow
from storage.writing import insert_into, write


@dataclass(frozen=True)
class Scores:
    """Numbers about outputs."""

    session: Session

    def save(self, scores: Sequence[Score]) -> None:
        """Scores; the same (output, metric, signature) again replaces the value."""
        insert = insert_into(self.session, ScoreRow)
        upsert = insert.on_conflict_do_update(
            index_elements=["output_id", "metric", "signature"],
            set_={"value": insert.excluded.value, "created_at": insert.excluded.created_at},
        )
        moment = now()
        write(self.session, upsert, [{**vars(score), "created_at": moment} for score in scores])

    def of_run(self, run_id: GenerationRunId, signature: str | None = None) -> tuple[Score, ...]:
        """Scores of a run's outputs, of one signature or all."""
        wanted = (
            select(ScoreRow)
            .join(OutputRow, OutputRow.id == ScoreRow.output_id)
            .where(OutputRow.run_id == run_id)
            .order_by(ScoreRow.output_id, ScoreRow.metric, ScoreRow.signature)
        )
        if signature is not None:
            wanted = wanted.where(ScoreRow.signature == signature)
        return tuple(row.as_score() for row in self.session.scalars(wanted))

    def signatures(self, run_id: GenerationRunId) -> tuple[str, ...]:
        """The signatures present, newest first."""
        wanted = (
            select(ScoreRow.signature)
            .join(OutputRow, OutputRow.id == ScoreRow.output_id)
            .where(OutputRow.run_id == run_id)
            .group_by(ScoreRow.signature)
            .order_by(func.max(ScoreRow.created_at).desc(), ScoreRow.signature)
        )
        return tuple(self.session.scalars(wanted))

    def scored(self, run_id: GenerationRunId, signature: str) -> frozenset[OutputId]:
        """Outputs that already have a score of this signature."""
        wanted = (
            select(ScoreRow.output_id)
            .join(OutputRow, OutputRow.id == ScoreRow.output_id)
            .where(OutputRow.run_id == run_id, ScoreRow.signature == signature)
        )
        return frozenset(self.session.scalars(wanted))
