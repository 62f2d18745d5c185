"""Work in hand: drafts and claims, which count nowhere and stand in no ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.domain.errors import Conflict
from dashboard.domain.examples import Example
from dashboard.domain.ids import RevisionId
from dashboard.domain.queues import Claim
from dashboard.domain.responses import Draft
from storage.tables.examples import ExampleRow
from storage.tables.review import ClaimRow, DraftRow, answer_values
from storage.writing import insert_into, write


@dataclass(frozen=True)
class WorkInHand:
    """What experts have begun, and the places they hold meanwhile."""

    session: Session

    def draft(self, revision_id: RevisionId, expert: str) -> Draft | None:
        """What this expert has entered so far."""
        wanted = select(DraftRow).where(
            DraftRow.revision_id == revision_id, DraftRow.expert == expert
        )
        row = self.session.scalars(wanted).one_or_none()
        return row.as_draft() if row else None

    def drafts(self, study: str, expert: str) -> tuple[Draft, ...]:
        """Everything this expert has begun in a study, oldest first."""
        wanted = select(DraftRow).where(DraftRow.expert == expert).order_by(DraftRow.saved_at)
        drafts = [row.as_draft() for row in self.session.scalars(wanted)]
        # In a join SQLite walks through the whole study.
        of_study = select(ExampleRow.revision_id).where(
            ExampleRow.study == study,
            ExampleRow.revision_id.in_([one.revision_id for one in drafts]),
        )
        current = set(self.session.scalars(of_study)) if drafts else set()
        return tuple(one for one in drafts if one.revision_id in current)

    def save_draft(self, draft: Draft, seen_version: int) -> None:
        """Keep a draft if the one that was seen still stands; raises Conflict if not."""
        standing = self.draft(draft.revision_id, draft.expert)
        if standing and standing.version != seen_version:
            raise Conflict("Your draft has changed meanwhile. Load the page and look again.")
        self.drop_draft(draft.revision_id, draft.expert)
        values = {**vars(draft), "answer": answer_values(draft.answer)}
        write(self.session, insert_into(self.session, DraftRow), [values])

    def drop_draft(self, revision_id: RevisionId, expert: str) -> None:
        """Forget a draft."""
        self.session.execute(
            delete(DraftRow).where(DraftRow.revision_id == revision_id, DraftRow.expert == expert)
        )

    def claim(self, example: Example, expert: str, at: datetime, until: datetime) -> None:
        """Hold a place among an example's answers; a place held already is held anew."""
        values = {
            "revision_id": example.revision_id,
            "expert": expert,
            "example_id": example.id,
            "claimed_at": at,
            "expires_at": until,
        }
        held = insert_into(self.session, ClaimRow)
        held = held.on_conflict_do_update(
            index_elements=["revision_id", "expert"], set_={"expires_at": until}
        )
        write(self.session, held, [values])

    def release(self, revision_id: RevisionId, expert: str) -> None:
        """Give a place back."""
        self.session.execute(
            delete(ClaimRow).where(ClaimRow.revision_id == revision_id, ClaimRow.expert == expert)
        )

    def release_all(self, study: str, expert: str) -> None:
        """Give back every place somebody holds."""
        of_study = select(ExampleRow.id).where(ExampleRow.study == study)
        self.session.execute(
            delete(ClaimRow).where(ClaimRow.expert == expert, ClaimRow.example_id.in_(of_study))
        )

    def claims(self, study: str, at: datetime) -> tuple[Claim, ...]:
        """Who holds which example until when, soonest first."""
        wanted = (
            select(ClaimRow.expert, ClaimRow.example_id, ClaimRow.expires_at)
            .join(ExampleRow, ExampleRow.revision_id == ClaimRow.revision_id)
            .where(ExampleRow.study == study, ClaimRow.expires_at > at)
            .order_by(ClaimRow.expires_at)
        )
        return tuple(Claim(*row) for row in self.session.execute(wanted))
