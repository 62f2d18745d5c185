"""Answers of experts; every reading of them names who reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.queues import Tally
from dashboard.domain.responses import Response, ResponseState
from dashboard.domain.verdicts import Ruling, Verdict
from storage.tables.examples import ExampleRow
from storage.tables.review import OpeningRow, ResponseRow, RulingRow


@dataclass(frozen=True)
class Responses:
    """Responses that stand, and the rulings on them; changes go through the ledger."""

    session: Session

    def get(self, revision_id: RevisionId, expert: str) -> Response | None:
        """What this expert has answered."""
        wanted = select(ResponseRow).where(
            ResponseRow.revision_id == revision_id, ResponseRow.expert == expert
        )
        row = self.session.scalars(wanted).one_or_none()
        return row.as_fact() if row else None

    def visible(
        self, example_id: ExampleId, viewer: str, blind: Sequence[ExampleId] = ()
    ) -> tuple[Response, ...]:
        """Answers a person may read, newest first: their own, and the others' once theirs is in.

        Answers to a text that takes no more are open to everybody, also once another text has
        taken its place; those of `blind` examples (a calibration round before it is revealed) to
        nobody but their author.
        """
        own = aliased(ResponseRow)
        answered = (
            select(own.expert)
            .where(own.revision_id == ResponseRow.revision_id, own.expert == viewer)
            .where(own.state == ResponseState.SUBMITTED)
            .exists()
        )
        waits = (
            select(ExampleRow.id)
            .where(
                ExampleRow.revision_id == ResponseRow.revision_id,
                ExampleRow.verdict == Verdict.UNREVIEWED,
            )
            .exists()
        )
        opened = (
            select(OpeningRow.at).where(OpeningRow.revision_id == ResponseRow.revision_id).exists()
        )
        shown = (answered | (opened & ~waits)) & ResponseRow.example_id.not_in(blind)
        wanted = (
            select(ResponseRow)
            .where(ResponseRow.example_id == example_id)
            .where(or_(ResponseRow.expert == viewer, shown))
            .order_by(ResponseRow.at.desc(), ResponseRow.expert)
        )
        return tuple(row.as_fact() for row in self.session.scalars(wanted))

    def last_open(self, revision_id: RevisionId) -> datetime | None:
        """When the answers to a text last lay open to everybody; None if they never did."""
        wanted = select(OpeningRow.at).where(OpeningRow.revision_id == revision_id)
        return self.session.scalars(wanted).one_or_none()

    def closed(self, study: str, blind: Sequence[ExampleId]) -> tuple[Response, ...]:
        """Submitted answers to current texts that take no more and are not blind."""
        wanted = (
            select(ResponseRow)
            .join(ExampleRow, ExampleRow.revision_id == ResponseRow.revision_id)
            .where(ExampleRow.study == study, ExampleRow.verdict != Verdict.UNREVIEWED)
            .where(ExampleRow.retired.is_(False), ExampleRow.id.not_in(blind))
            .where(ResponseRow.state == ResponseState.SUBMITTED)
            .order_by(ExampleRow.sequence, ResponseRow.expert)
        )
        return tuple(row.as_fact() for row in self.session.scalars(wanted))

    def finished(self, study: str, blind: Sequence[ExampleId]) -> tuple[Response, ...]:
        """Submitted answers to texts that take no more and are not blind, earlier texts included.

        An earlier text takes none: leaving its answers out would leave out what was disputed most.
        """
        is_earlier = ResponseRow.revision_id != ExampleRow.revision_id
        wanted = (
            select(ResponseRow)
            .join(ExampleRow, ExampleRow.id == ResponseRow.example_id)
            .where(ExampleRow.study == study, ExampleRow.retired.is_(False))
            .where(or_(is_earlier, ExampleRow.verdict != Verdict.UNREVIEWED))
            .where(ExampleRow.id.not_in(blind), ResponseRow.state == ResponseState.SUBMITTED)
            .order_by(ExampleRow.sequence, ResponseRow.revision_id, ResponseRow.expert)
        )
        return tuple(row.as_fact() for row in self.session.scalars(wanted))

    def own(self, study: str, expert: str, limit: int) -> tuple[Response, ...]:
        """This expert's answers, newest first."""
        wanted = (
            select(ResponseRow)
            .join(ExampleRow, ExampleRow.id == ResponseRow.example_id)
            .where(ExampleRow.study == study, ResponseRow.expert == expert)
            .order_by(ResponseRow.at.desc(), ResponseRow.revision_id.desc())
            .limit(limit)
        )
        return tuple(row.as_fact() for row in self.session.scalars(wanted))

    def tallies(self, study: str) -> tuple[Tally, ...]:
        """How many answers of each kind every expert has given."""
        grouped = (
            select(ResponseRow.expert, ResponseRow.state, func.count())
            .join(ExampleRow, ExampleRow.id == ResponseRow.example_id)
            .where(ExampleRow.study == study)
            .group_by(ResponseRow.expert, ResponseRow.state)
        )
        return tuple(Tally(*row) for row in self.session.execute(grouped))

    def ruling(self, revision_id: RevisionId) -> Ruling | None:
        """The adjudicator's decision on a revision."""
        wanted = select(RulingRow).where(RulingRow.revision_id == revision_id)
        row = self.session.scalars(wanted).one_or_none()
        return row.as_fact() if row else None
