"""Tables of examples and their revisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.examples import Entry, Example, Origin, Revision
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.verdicts import Basis, Verdict
from storage.tables.columns import KEY, Base


class ExampleRow(Base):
    """An example with its current text and where it stands, so that a list needs no join.

    The first columns are what the ledger records; from `revision_number` on all is derived.
    """

    __tablename__ = "examples"
    __table_args__ = (
        UniqueConstraint("study", "key"),
        Index(None, "study", "retired", "sequence"),
        Index(None, "study", "retired", "priority", "cell"),
        Index(None, "study", "retired", "cell", "verdict"),
    )

    # The full-text index points at this number: VACUUM may renumber a table that has none.
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[ExampleId] = mapped_column(unique=True)
    study: Mapped[str]
    key: Mapped[str] = mapped_column(KEY)
    origin: Mapped[Origin]
    # No foreign key: revisions point here already, and a circle cannot be inserted in order.
    revision_id: Mapped[RevisionId] = mapped_column(index=True, unique=True)
    tags: Mapped[list[str]]
    retired: Mapped[bool]
    created_at: Mapped[datetime]

    revision_number: Mapped[int]
    inputs: Mapped[dict[str, str]]
    message: Mapped[str]
    author: Mapped[str]
    search: Mapped[str] = mapped_column(deferred=True)
    facets: Mapped[str] = mapped_column(deferred=True)
    state: Mapped[str] = mapped_column(deferred=True)
    said: Mapped[str] = mapped_column(deferred=True)
    own: Mapped[str] = mapped_column(deferred=True)
    cell: Mapped[str]
    verdict: Mapped[Verdict]
    basis: Mapped[Basis | None]
    answered: Mapped[int]
    needed: Mapped[int]
    priority: Mapped[int | None]
    updated_at: Mapped[datetime]

    def as_example(self) -> Example:
        """The domain's value."""
        return Example(
            id=self.id,
            study=self.study,
            key=self.key,
            origin=self.origin,
            tags=tuple(self.tags),
            retired=self.retired,
            revision_id=self.revision_id,
            revision_number=self.revision_number,
            inputs=self.inputs,
            message=self.message,
            author=self.author,
            verdict=self.verdict,
            basis=self.basis,
            answered=self.answered,
            needed=self.needed,
            updated_at=self.updated_at,
        )

    def as_fact(self) -> Entry:
        """What the ledger records of it."""
        return self.as_example().entry


class FieldValueRow(Base):
    """How many examples have a value of an input field, or a tag; derived, and kept in step."""

    __tablename__ = "field_values"

    study: Mapped[str] = mapped_column(primary_key=True)
    retired: Mapped[bool] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(KEY, primary_key=True)
    count: Mapped[int]


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

    def as_fact(self) -> Revision:
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
