"""Tables of examples, their revisions and the responses to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.datasets import Candidate
from dashboard.domain.examples import (
    Decision,
    Example,
    Origin,
    Response,
    Revision,
    Verdict,
)
from dashboard.domain.ids import ExampleId, RevisionId
from storage.tables.columns import KEY, Base


class ExampleRow(Base):
    """An example with its current text, so that a list needs no join."""

    __tablename__ = "examples"
    __table_args__ = (
        UniqueConstraint("study", "key"),
        Index(None, "study", "verdict"),
    )

    # The full-text index points at this number: VACUUM may renumber a table that has none.
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[ExampleId] = mapped_column(unique=True)
    study: Mapped[str]
    key: Mapped[str] = mapped_column(KEY)
    origin: Mapped[Origin]
    verdict: Mapped[Verdict]
    # No foreign key: revisions point here already, and a circle cannot be inserted in order.
    revision_id: Mapped[RevisionId]
    revision_number: Mapped[int]
    inputs: Mapped[dict[str, str]]
    message: Mapped[str]
    search: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    def as_example(self) -> Example:
        """The domain's value."""
        return Example(
            id=self.id,
            study=self.study,
            key=self.key,
            origin=self.origin,
            verdict=self.verdict,
            revision_id=self.revision_id,
            revision_number=self.revision_number,
            inputs=self.inputs,
            message=self.message,
            updated_at=self.updated_at,
        )

    def as_candidate(self) -> Candidate:
        """The current revision as something that may enter a version."""
        return Candidate(self.id, self.revision_id, self.key, self.inputs, self.message)


class RevisionRow(Base):
    """One text of an example; triggers refuse any change."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("example_id", "number"),)

    id: Mapped[RevisionId] = mapped_column(primary_key=True)
    example_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"))
    number: Mapped[int]
    inputs: Mapped[dict[str, str]]
    message: Mapped[str]
    author: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[datetime]

    def as_revision(self) -> Revision:
        """The domain's value."""
        return Revision(
            id=self.id,
            example_id=self.example_id,
            number=self.number,
            inputs=self.inputs,
            message=self.message,
            author=self.author,
            reason=self.reason,
            created_at=self.created_at,
        )


class ResponseRow(Base):
    """One expert's judgment of one revision; triggers refuse any change."""

    __tablename__ = "responses"

    id: Mapped[str] = mapped_column(primary_key=True)
    example_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"), index=True)
    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"))
    expert: Mapped[str]
    decision: Mapped[Decision]
    reason: Mapped[str]
    created_at: Mapped[datetime]

    def as_response(self) -> Response:
        """The domain's value."""
        return Response(
            id=self.id,
            example_id=self.example_id,
            revision_id=self.revision_id,
            expert=self.expert,
            decision=self.decision,
            reason=self.reason,
            created_at=self.created_at,
        )
