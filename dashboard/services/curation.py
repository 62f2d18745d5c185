"""Curation: browsing examples, writing and editing them one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.domain.errors import Conflict, InvalidInput, NotFound
from dashboard.domain.examples import (
    Example,
    ExampleFilter,
    ExamplePage,
    NewExample,
    Origin,
    Revision,
    ValueCount,
    normalized,
)
from dashboard.domain.findings import Finding, RuleChecker, refuse_errors
from dashboard.domain.ids import ExampleId
from dashboard.domain.ledger import Deed
from dashboard.domain.studies import Inputs, Study
from dashboard.domain.team import HOUSE, person_name
from dashboard.domain.verdicts import Verdict
from dashboard.services.adding import Edit, added, next_revision, replaced_by
from dashboard.services.recording import Doing, Recorder
from dashboard.services.stores import Database, Stores

PAGE_SIZE = 50
ALIKE = 1000
"""Examples with the same words among which a repeated one is sought."""
VALUES_SHOWN = 200


@dataclass(frozen=True)
class ExampleDetail:
    """One example with its texts, newest first, and what the checks notice now."""

    example: Example
    revisions: tuple[Revision, ...]
    findings: tuple[Finding, ...]


class Curation:
    """What experts do with examples besides judging them."""

    def __init__(self, database: Database, recorder: Recorder, checker: RuleChecker) -> None:
        self.database = database
        self.recorder = recorder
        self.checker = checker

    def study(self, name: str) -> Study:
        """The study with this name; raises NotFound."""
        return self.recorder.study(name)

    def seed(self, study: str, starters: tuple[NewExample, ...]) -> int:
        """Load the starters into an empty study; returns how many were added."""
        with self.database.transaction() as stores:
            if stores.examples.keys(study):
                return 0
            doing = Doing(study, HOUSE, Deed.ADD, "starter")
            self.recorder.record(stores, doing, added(doing, starters, Origin.AUTHORED))
            return len(starters)

    def settle(self, study: str) -> int:
        """Derive where examples stand that an upgrade has left open; returns how many."""
        with self.database.transaction() as stores:
            ids = stores.examples.unsettled(study)
            self.recorder.settle(stores, study, ids)
            return len(ids)

    def browse(self, wanted: ExampleFilter, page: int = 1) -> ExamplePage:
        """One page of matching examples, counted from 1, `PAGE_SIZE` to a page."""
        with self.database.reading() as stores:
            return stores.examples.page(wanted, (page - 1) * PAGE_SIZE, PAGE_SIZE)

    def counts(self, study: str) -> Mapping[Verdict, int]:
        """Examples by verdict; those that are retired are left out."""
        with self.database.reading() as stores:
            return stores.examples.counts(study)

    def tags(self, study: str) -> tuple[str, ...]:
        """The tags in use."""
        with self.database.reading() as stores:
            return stores.examples.tags(study)

    def values(self, wanted: ExampleFilter, name: str) -> tuple[ValueCount, ...]:
        """The values of a field among listed (or retired) examples, the most frequent first.

        `name` is `inputs.` and a field's key; `VALUES_SHOWN` at most.
        """
        with self.database.reading() as stores:
            return stores.examples.values(wanted, name, VALUES_SHOWN)

    def one(self, example_id: ExampleId) -> ExampleDetail:
        """An example with its texts and findings; raises NotFound."""
        with self.database.reading() as stores:
            example = stores.examples.get(example_id)
            revisions = stores.examples.revisions(example_id)
        findings = self.check(example.study, example.inputs, example.message)
        return ExampleDetail(example, revisions, findings)

    def check(self, study: str, inputs: Inputs, message: str) -> tuple[Finding, ...]:
        """What the study's rules notice about a message."""
        return self.checker.check(self.study(study), inputs, message)

    def write_one(self, study: str, row: NewExample, author: str) -> Example:
        """Add an example that somebody wrote; it starts unreviewed. Raises InvalidInput."""
        row, author = replace(row, message=row.message.strip()), person_name(author)
        refuse_errors(self.check(study, row.inputs, row.message))
        with self.database.transaction() as stores:
            if _is_taken(stores, study, row):
                raise InvalidInput("This message is in the study already; write another one.")
            doing = Doing(study, author, Deed.ADD)
            changes = added(doing, [row], Origin.AUTHORED)
            self.recorder.record(stores, doing, changes)
            return stores.examples.with_key(study, row.key)

    def edit(self, edit: Edit) -> Example:
        """Append a revision, which starts unreviewed; raises InvalidInput or Conflict."""
        return self._revise(edit, Deed.EDIT)

    def restore(self, example_id: ExampleId, number: int, seen_number: int, author: str) -> Example:
        """Append an earlier text again as a new revision; raises InvalidInput or Conflict."""
        found = [one for one in self.one(example_id).revisions if one.number == number]
        if not found:
            raise NotFound("This version does not exist.")
        [earlier] = found
        again = Edit(example_id, seen_number, earlier.inputs, earlier.message, author, f"v{number}")
        # The words stay their author's: whoever brings them back may judge them, their author not.
        return self._revise(again, Deed.RESTORE, words_of=earlier.author)

    def _revise(self, edit: Edit, deed: Deed, words_of: str | None = None) -> Example:
        message = edit.message.strip()
        with self.database.transaction() as stores:
            current = stores.examples.get(edit.example_id)
            refuse_errors(self.check(current.study, edit.inputs, message))
            if (message, dict(edit.inputs)) == (current.message, dict(current.inputs)):
                raise InvalidInput("Nothing was changed, so nothing was saved.")
            if current.retired:
                raise InvalidInput("This example is retired; bring it back before you change it.")
            if current.revision_number != edit.seen_number:
                raise Overtaken(edit, current)
            revision = next_revision(stores, edit)
            revision = replace(revision, author=words_of or revision.author)
            doing = Doing(current.study, edit.author, deed, edit.reason)
            self.recorder.record(stores, doing, replaced_by(current, revision))
            return stores.examples.get(current.id)


class Overtaken(Conflict):
    """Somebody saved another text meanwhile; both texts are kept, nothing was overwritten."""

    def __init__(self, mine: Edit, theirs: Example) -> None:
        self.mine = mine
        self.theirs = theirs
        super().__init__(
            "Somebody changed this example while you were editing (version {seen} is now "
            "version {current}). Your text is still here: compare and save again.",
            seen=mine.seen_number,
            current=theirs.revision_number,
        )


def _is_taken(stores: Stores, study: str, row: NewExample) -> bool:
    """Whether an example, retired or not, has this key or this message."""
    alike = (
        one
        for retired in (False, True)
        for text in (row.key, row.message)
        for one in stores.examples.page(
            ExampleFilter(study, text=text, retired=retired), 0, ALIKE
        ).examples
    )
    message = normalized(row.message)
    return any(one.key == row.key or normalized(one.message) == message for one in alike)
