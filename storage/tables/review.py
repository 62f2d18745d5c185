"""Tables of review: responses, rulings, and the work in hand that counts nowhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.responses import (
    Answer,
    Confidence,
    Decision,
    Draft,
    Response,
    ResponseState,
    SkipReason,
)
from dashboard.domain.verdicts import Cause, Ruling
from storage.tables.columns import Base


def answer_values(answer: Answer) -> dict[str, Any]:
    """An answer as columns, or as the JSON of a draft."""
    return {
        "decision": answer.decision,
        "ratings": dict(answer.ratings),
        "flags": list(answer.flags),
        "confidence": answer.confidence,
        "reason": answer.reason,
        "message": answer.message,
    }


class ResponseRow(Base):
    """The response that stands, one for each revision and expert; the ledger has the earlier."""

    __tablename__ = "responses"
    __table_args__ = (Index(None, "example_id"), Index(None, "expert", "at"))

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    expert: Mapped[str] = mapped_column(primary_key=True)
    example_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"))
    state: Mapped[ResponseState]
    decision: Mapped[Decision | None]
    ratings: Mapped[dict[str, int]]
    flags: Mapped[list[str]]
    confidence: Mapped[Confidence | None]
    reason: Mapped[str]
    message: Mapped[str]
    skip: Mapped[SkipReason | None]
    independent: Mapped[bool]
    form_version: Mapped[str]
    guideline_version: Mapped[int]
    version: Mapped[int]
    at: Mapped[datetime]

    def as_fact(self) -> Response:
        """The domain's value."""
        return Response(
            example_id=self.example_id,
            revision_id=self.revision_id,
            expert=self.expert,
            state=self.state,
            answer=Answer(
                decision=self.decision,
                ratings=self.ratings,
                flags=tuple(self.flags),
                confidence=self.confidence,
                reason=self.reason,
                message=self.message,
            ),
            at=self.at,
            skip=self.skip,
            independent=self.independent,
            form_version=self.form_version,
            guideline_version=self.guideline_version,
            version=self.version,
        )


class OpeningRow(Base):
    """When the answers to a text last lay open to everybody; derived whenever verdicts are."""

    __tablename__ = "openings"

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    at: Mapped[datetime]


class RulingRow(Base):
    """The adjudicator's decision on a revision."""

    __tablename__ = "rulings"

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    example_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"), index=True)
    decision: Mapped[Decision]
    adjudicator: Mapped[str]
    cause: Mapped[Cause]
    reason: Mapped[str]
    answered_self: Mapped[bool]
    at: Mapped[datetime]

    def as_fact(self) -> Ruling:
        """The domain's value."""
        return Ruling(
            revision_id=self.revision_id,
            example_id=self.example_id,
            decision=self.decision,
            adjudicator=self.adjudicator,
            cause=self.cause,
            reason=self.reason,
            answered_self=self.answered_self,
            at=self.at,
        )


class DraftRow(Base):
    """What an expert has entered so far; replaced as they type, gone when they submit."""

    __tablename__ = "drafts"

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    expert: Mapped[str] = mapped_column(primary_key=True)
    example_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"))
    answer: Mapped[dict[str, Any]]
    version: Mapped[int]
    saved_at: Mapped[datetime]

    def as_draft(self) -> Draft:
        """The domain's value."""
        held = dict(self.answer)
        decision, confidence = held.pop("decision"), held.pop("confidence")
        return Draft(
            example_id=self.example_id,
            revision_id=self.revision_id,
            expert=self.expert,
            answer=Answer(
                decision=Decision(decision) if decision else None,
                confidence=Confidence(confidence) if confidence else None,
                flags=tuple(held.pop("flags")),
                **held,
            ),
            version=self.version,
            saved_at=self.saved_at,
        )


class ClaimRow(Base):
    """A place in an example's answers, held for an expert until a moment."""

    __tablename__ = "claims"
    __table_args__ = (Index(None, "expert"),)

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    expert: Mapped[str] = mapped_column(primary_key=True)
    example_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"))
    claimed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
