"""Examples with their revisions and responses; a stale edit is refused, never merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Update, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dashboard.domain.datasets import Candidate
from dashboard.domain.errors import Conflict, NotFound
from dashboard.domain.examples import (
    Example,
    ExampleFilter,
    ExamplePage,
    NewExample,
    Origin,
    Response,
    Revision,
    Verdict,
)
from dashboard.domain.ids import ExampleId, RevisionId, new_id, now
from storage.search import has_value, matches, searchable
from storage.tables.examples import ExampleRow, ResponseRow, RevisionRow
from storage.writing import changed, insert_into, write


@dataclass(frozen=True)
class Examples:
    """Examples as people see them now, and everything they have been."""

    session: Session

    def add(
        self, study: str, rows: Sequence[NewExample], origin: Origin, author: str, reason: str
    ) -> None:
        """New examples, each with revision 1; raises Conflict when a key is taken."""
        first = [_first_revision(row, author, reason) for row in rows]
        examples = [
            _first_state(study, row.key, origin, revision)
            for row, revision in zip(rows, first, strict=True)
        ]
        try:
            write(self.session, insert_into(self.session, ExampleRow), examples)
        except IntegrityError as error:
            raise Conflict(
                "One of these keys is already used in this study; nothing was added. "
                "Load the page again and choose other keys."
            ) from error
        revisions = [_revision_values(revision) for revision in first]
        write(self.session, insert_into(self.session, RevisionRow), revisions)

    def get(self, example_id: ExampleId) -> Example:
        """The example as it stands; raises NotFound."""
        wanted = select(ExampleRow).where(ExampleRow.id == example_id)
        row = self.session.scalars(wanted).one_or_none()
        if row is None:
            raise NotFound("This example does not exist, or no longer.")
        return row.as_example()

    def page(self, wanted: ExampleFilter, offset: int, limit: int) -> ExamplePage:
        """Matching examples in key order, found by SQL and full-text search."""
        conditions = self._conditions(wanted)
        count = select(func.count()).select_from(ExampleRow).where(*conditions)
        matching = select(ExampleRow).where(*conditions)
        rows = self.session.scalars(matching.order_by(ExampleRow.key).offset(offset).limit(limit))
        return ExamplePage(
            examples=tuple(row.as_example() for row in rows),
            total=self.session.scalars(count).one(),
        )

    def revisions(self, example_id: ExampleId) -> tuple[Revision, ...]:
        """Every text the example has had, newest first."""
        wanted = select(RevisionRow).where(RevisionRow.example_id == example_id)
        rows = self.session.scalars(wanted.order_by(RevisionRow.number.desc()))
        return tuple(row.as_revision() for row in rows)

    def responses(self, example_id: ExampleId) -> tuple[Response, ...]:
        """Every judgment of any of its revisions, newest first."""
        wanted = select(ResponseRow).where(ResponseRow.example_id == example_id)
        newest_first = (ResponseRow.created_at.desc(), ResponseRow.id.desc())
        rows = self.session.scalars(wanted.order_by(*newest_first))
        return tuple(row.as_response() for row in rows)

    def revise(self, revision: Revision, seen_number: int) -> None:
        """Append a revision and make it current, so far unreviewed; raises Conflict if stale."""
        example = self.get(revision.example_id)
        replaced = changed(self.session, _replacement(example.key, revision, seen_number))
        if not replaced:
            raise Conflict(
                "Somebody changed this example while you were editing (version {seen} is now "
                "version {current}). Your text is still here: compare and save again.",
                seen=seen_number,
                current=self.get(revision.example_id).revision_number,
            )
        write(self.session, insert_into(self.session, RevisionRow), [_revision_values(revision)])

    def respond(self, response: Response, verdict: Verdict) -> None:
        """Append a response and store the verdict; raises Conflict if its revision is stale."""
        judged = (
            update(ExampleRow)
            .where(ExampleRow.id == response.example_id)
            .where(ExampleRow.revision_id == response.revision_id)
            .values(verdict=verdict, updated_at=response.created_at)
        )
        if not changed(self.session, judged):
            raise Conflict(
                "Somebody changed this example while you were judging it (it is now version "
                "{current}). Read the new text and judge again.",
                current=self.get(response.example_id).revision_number,
            )
        write(self.session, insert_into(self.session, ResponseRow), [vars(response)])

    def candidates(self, study: str, accepted_only: bool) -> tuple[Candidate, ...]:
        """Current revisions that may enter a version, in key order: none that is rejected."""
        allowed = {Verdict.ACCEPTED} if accepted_only else set(Verdict) - {Verdict.REJECTED}
        wanted = select(ExampleRow).where(
            ExampleRow.study == study, ExampleRow.verdict.in_(allowed)
        )
        rows = self.session.scalars(wanted.order_by(ExampleRow.key))
        return tuple(row.as_candidate() for row in rows)

    def counts(self, study: str) -> Mapping[Verdict, int]:
        """Examples by verdict; every verdict is a key."""
        grouped = (
            select(ExampleRow.verdict, func.count())
            .where(ExampleRow.study == study)
            .group_by(ExampleRow.verdict)
        )
        found = dict(self.session.execute(grouped).all())
        return {verdict: found.get(verdict, 0) for verdict in Verdict}

    def keys(self, study: str) -> frozenset[str]:
        """The keys in use."""
        return frozenset(
            self.session.scalars(select(ExampleRow.key).where(ExampleRow.study == study))
        )

    def messages(self, study: str) -> frozenset[str]:
        """The texts that stand, whatever their verdict."""
        return frozenset(
            self.session.scalars(select(ExampleRow.message).where(ExampleRow.study == study))
        )

    def _conditions(self, wanted: ExampleFilter) -> list[ColumnElement[bool]]:
        conditions = [ExampleRow.study == wanted.study, matches(self.session, wanted.text)]
        if wanted.verdict is not None:
            conditions.append(ExampleRow.verdict == wanted.verdict)
        if wanted.origin is not None:
            conditions.append(ExampleRow.origin == wanted.origin)
        for field, value in wanted.inputs:
            conditions.append(has_value(self.session, field, value))
        return conditions


def _first_revision(row: NewExample, author: str, reason: str) -> Revision:
    """Revision 1 of an example that is about to exist."""
    return Revision(
        id=RevisionId(new_id()),
        example_id=ExampleId(new_id()),
        number=1,
        inputs=row.inputs,
        message=row.message,
        author=author,
        reason=reason,
        created_at=now(),
    )


def _first_state(study: str, key: str, origin: Origin, revision: Revision) -> dict[str, Any]:
    return {
        "id": revision.example_id,
        "study": study,
        "key": key,
        "origin": origin,
        "created_at": revision.created_at,
        **_current_values(key, revision),
    }


def _current_values(key: str, revision: Revision) -> dict[str, Any]:
    """What an example shows once this revision is current; nobody has judged it yet."""
    return {
        "verdict": Verdict.UNREVIEWED,
        "revision_id": revision.id,
        "revision_number": revision.number,
        "inputs": dict(revision.inputs),
        "message": revision.message,
        "search": searchable(key, revision.inputs, revision.message),
        "updated_at": revision.created_at,
    }


def _replacement(key: str, revision: Revision, seen_number: int) -> Update:
    """Makes a revision current if the one that was seen still is."""
    return (
        update(ExampleRow)
        .where(ExampleRow.id == revision.example_id, ExampleRow.revision_number == seen_number)
        .values(_current_values(key, revision))
    )


def _revision_values(revision: Revision) -> dict[str, Any]:
    return {**vars(revision), "inputs": dict(revision.inputs)}
