"""Curation: browsing, editing and judging examples, and moving them in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.examples import (
    Decision,
    Example,
    ExampleFilter,
    ExamplePage,
    NewExample,
    Origin,
    Response,
    Revision,
    Verdict,
    normalized,
    verdict_after,
)
from dashboard.domain.findings import Finding, RuleChecker, Severity
from dashboard.domain.ids import ExampleId, RevisionId, new_id, now
from dashboard.domain.studies import Inputs, Study
from dashboard.formats.tables import write_table
from dashboard.services.importing import Preview, Taken, read_examples
from dashboard.services.stores import Database, Stores

PAGE_SIZE = 50


@dataclass(frozen=True)
class ExampleDetail:
    """One example with its history, newest first, and what the checks notice now."""

    example: Example
    revisions: tuple[Revision, ...]
    responses: tuple[Response, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Edit:
    """A new text for an example; `seen_number` is the revision the person started from."""

    example_id: ExampleId
    seen_number: int
    inputs: Inputs
    message: str
    author: str
    reason: str


class Curation:
    """What experts do with examples."""

    def __init__(
        self, database: Database, studies: Mapping[str, Study], checker: RuleChecker
    ) -> None:
        self.database = database
        self.studies = studies
        self.checker = checker

    def study(self, name: str) -> Study:
        """The study with this name; raises NotFound."""
        if name not in self.studies:
            raise NotFound("There is no study “{name}” under data/studies.", name=name)
        return self.studies[name]

    def seed(self, study: str, starters: tuple[NewExample, ...], author: str) -> int:
        """Load the starters into an empty study; returns how many were added."""
        with self.database.transaction() as stores:
            if stores.examples.keys(study):
                return 0
            stores.examples.add(study, starters, Origin.AUTHORED, author, "starter")
            return len(starters)

    def browse(self, wanted: ExampleFilter, page: int = 1) -> ExamplePage:
        """One page of matching examples, counted from 1, `PAGE_SIZE` to a page."""
        with self.database.reading() as stores:
            return stores.examples.page(wanted, (page - 1) * PAGE_SIZE, PAGE_SIZE)

    def counts(self, study: str) -> Mapping[Verdict, int]:
        """Examples by verdict."""
        with self.database.reading() as stores:
            return stores.examples.counts(study)

    def one(self, example_id: ExampleId) -> ExampleDetail:
        """An example with its history and findings; raises NotFound."""
        with self.database.reading() as stores:
            example = stores.examples.get(example_id)
            revisions = stores.examples.revisions(example_id)
            responses = stores.examples.responses(example_id)
        findings = self.check(example.study, example.inputs, example.message)
        return ExampleDetail(example, revisions, responses, findings)

    def check(self, study: str, inputs: Inputs, message: str) -> tuple[Finding, ...]:
        """What the study's rules notice about a message."""
        return self.checker.check(self.study(study), inputs, message)

    def edit(self, edit: Edit) -> Example:
        """Append a revision, which starts unreviewed; raises InvalidInput or Conflict."""
        with self.database.transaction() as stores:
            current = stores.examples.get(edit.example_id)
            message = edit.message.strip()
            self._refuse_errors(current.study, edit.inputs, message)
            if (message, dict(edit.inputs)) == (current.message, dict(current.inputs)):
                raise InvalidInput("Nothing was changed, so nothing was saved.")
            revision = Revision(
                id=RevisionId(new_id()),
                example_id=edit.example_id,
                number=edit.seen_number + 1,
                inputs=dict(edit.inputs),
                message=message,
                author=edit.author,
                reason=edit.reason.strip(),
                created_at=now(),
            )
            stores.examples.revise(revision, edit.seen_number)
            return stores.examples.get(edit.example_id)

    def decide(self, seen: Example, decision: Decision, expert: str, reason: str = "") -> Example:
        """Record an expert's judgment of the revision they saw; raises Conflict if it is stale."""
        if decision is Decision.REJECT and not reason.strip():
            raise InvalidInput("Say in a few words why you reject it, so that others can learn.")
        response = Response(
            id=new_id(),
            example_id=seen.id,
            revision_id=seen.revision_id,
            expert=expert,
            decision=decision,
            reason=reason.strip(),
            created_at=now(),
        )
        with self.database.transaction() as stores:
            earlier = stores.examples.responses(seen.id)
            verdict = verdict_after((*earlier, response), seen.revision_id)
            stores.examples.respond(response, verdict)
            return stores.examples.get(seen.id)

    def preview(self, study: str, filename: str, content: bytes) -> Preview:
        """What an import would bring, and every row that keeps it out; nothing is stored."""
        with self.database.reading() as stores:
            taken = _taken(stores, study)
        return read_examples(self.study(study), self.checker, taken, filename, content)

    def import_rows(self, study: str, preview: Preview, author: str) -> int:
        """Store a preview without problems, all or nothing; returns how many were added."""
        if preview.problems:
            raise InvalidInput("The file still has problems; correct them and choose it again.")
        with self.database.transaction() as stores:
            taken = _taken(stores, study)
            if any(
                row.key in taken.keys or normalized(row.message) in taken.messages
                for row in preview.rows
            ):
                raise InvalidInput("These rows are in already; nothing was imported twice.")
            stores.examples.add(study, preview.rows, Origin.IMPORTED, author, preview.filename)
        return len(preview.rows)

    def export(self, wanted: ExampleFilter, form: str) -> bytes:
        """Every matching example as a JSONL, CSV or XLSX file."""
        keys = [field.key for field in self.study(wanted.study).fields]
        with self.database.reading() as stores:
            found = stores.examples.page(wanted, 0, 1_000_000).examples
        rows = (
            [one.key, *(one.inputs[key] for key in keys), one.message, one.origin, one.verdict]
            for one in found
        )
        return write_table(form, ["id", *keys, "message", "origin", "verdict"], rows)

    def _refuse_errors(self, study: str, inputs: Inputs, message: str) -> None:
        for finding in self.check(study, inputs, message):
            if finding.severity is Severity.ERROR:
                raise InvalidInput(finding.template, **finding.values)


def _taken(stores: Stores, study: str) -> Taken:
    """What no imported row may repeat."""
    messages = frozenset(normalized(one) for one in stores.examples.messages(study))
    return Taken(stores.examples.keys(study), messages)
