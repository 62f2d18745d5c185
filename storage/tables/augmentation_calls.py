"""The table of calls to language models: what each was about, what it cost, what it came to."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.augmentation import Technique
from dashboard.domain.augmentation_calls import Call, CallState, Part, Question
from dashboard.domain.ids import AugmentationRunId
from storage.tables.columns import CELL_MARK, KEY, Base


class CallRow(Base):
    """One request; its cost is decimal text, since SQLite knows no exact decimals."""

    __tablename__ = "augmentation_calls"

    run_id: Mapped[AugmentationRunId] = mapped_column(
        ForeignKey("augmentation_runs.id"), primary_key=True
    )
    batch: Mapped[int] = mapped_column(primary_key=True)
    parent_key: Mapped[str] = mapped_column(KEY, primary_key=True)
    technique: Mapped[Technique] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[Part] = mapped_column(primary_key=True)
    cell: Mapped[str]
    state: Mapped[CallState]
    cost: Mapped[str]
    at: Mapped[datetime]
    prompt_tokens: Mapped[int]
    completion_tokens: Mapped[int]
    latency_seconds: Mapped[float]
    answer: Mapped[str]
    pivot: Mapped[str]
    error: Mapped[str]
    is_used: Mapped[bool]

    def as_call(self) -> Call:
        """The domain's value."""
        cell = tuple(self.cell.split(CELL_MARK))
        return Call(
            run_id=self.run_id,
            batch=self.batch,
            question=Question(cell, self.parent_key, self.technique, self.number),
            part=self.part,
            state=self.state,
            cost=Decimal(self.cost),
            at=self.at,
            prompt_tokens=self.prompt_tokens,
            completion_tokens=self.completion_tokens,
            latency_seconds=self.latency_seconds,
            answer=self.answer,
            pivot=self.pivot,
            error=self.error,
            is_used=self.is_used,
        )


def call_values(call: Call) -> dict[str, Any]:
    """A call as columns."""
    asked = call.question
    values = {
        **vars(call),
        "cell": CELL_MARK.join(asked.cell),
        "parent_key": asked.parent_key,
        "technique": asked.technique,
        "number": asked.number,
        "cost": str(call.cost),
    }
    del values["question"]
    return values
