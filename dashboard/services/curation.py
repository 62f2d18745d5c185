"""Curation: browsing and editing examples, in ones and in bulk, and bringing files in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import (
    MAX_TAG,
    Entry,
    Example,
    ExampleFilter,
    ExamplePage,
    NewExample,
    Origin,
    Revision,
    ValueCount,
    normalized,
)
from dashboard.domain.exchange import ColumnMapping
from dashboard.domain.findings import Finding, RuleChecker, refuse_errors
from dashboard.domain.ids import ExampleId, RevisionId, new_id, now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.studies import Inputs, Study
from dashboard.domain.team import HOUSE
from dashboard.domain.verdicts import Verdict
from dashboard.services.importing import (
    Incoming,
    Preview,
    Taken,
    preview_of,
    read_incoming,
)
from dashboard.services.mapping import UnknownValue, unknown_values
from dashboard.services.recording import Doing, Recorder
from dashboard.services.stores import Database, Stores

PAGE_SIZE = 50
BULK_LIMIT = 1000
VALUES_SHOWN = 200


@dataclass(frozen=True)
class ExampleDetail:
    """One example with its texts, newest first, and what the checks notice now."""

    example: Example
    revisions: tuple[Revision, ...]
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
            self.recorder.record(stores, doing, _added(doing, starters, Origin.AUTHORED))
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
        row = replace(row, message=row.message.strip())
        refuse_errors(self.check(study, row.inputs, row.message))
        with self.database.transaction() as stores:
            if _is_taken(stores, study, row):
                raise InvalidInput("This message is in the study already; write another one.")
            doing = Doing(study, author, Deed.ADD)
            changes = _added(doing, [row], Origin.AUTHORED)
            self.recorder.record(stores, doing, changes)
            return stores.examples.with_key(study, row.key)

    def edit(self, edit: Edit) -> Example:
        """Append a revision, which starts unreviewed; raises InvalidInput or Conflict."""
        return self._revise(edit, Deed.EDIT)

    def restore(self, example_id: ExampleId, number: int, seen_number: int, author: str) -> Example:
        """Append an earlier text again as a new revision; raises InvalidInput or Conflict."""
        earlier = next(one for one in self.one(example_id).revisions if one.number == number)
        again = Edit(example_id, seen_number, earlier.inputs, earlier.message, author, f"v{number}")
        return self._revise(again, Deed.RESTORE)

    def tag(self, ids: Sequence[ExampleId], tag: str, person: str) -> int:
        """Give examples a tag, in one action; returns how many did not have it."""
        name = " ".join(tag.split())
        if not name or len(name) > MAX_TAG:
            raise InvalidInput("Write a tag of 1 to {limit} characters.", limit=MAX_TAG)
        return self._change(ids, Deed.TAG, person, name, lambda one: _tagged(one, name))

    def untag(self, ids: Sequence[ExampleId], tag: str, person: str) -> int:
        """Take a tag away, in one action; returns how many had it."""

        def without(one: Entry) -> Entry:
            return replace(one, tags=tuple(held for held in one.tags if held != tag))

        return self._change(ids, Deed.TAG, person, tag, without)

    def retire(self, ids: Sequence[ExampleId], person: str, reason: str) -> int:
        """Take examples out of queues and lists, in one action; nothing is deleted."""
        if not reason.strip():
            raise InvalidInput("Say in a few words why, so that others can learn.")
        return self._change(
            ids, Deed.RETIRE, person, reason, lambda one: replace(one, retired=True)
        )

    def bring_back(self, ids: Sequence[ExampleId], person: str) -> int:
        """Return retired examples, in one action."""
        return self._change(ids, Deed.RETURN, person, "", lambda one: replace(one, retired=False))

    def matching(self, wanted: ExampleFilter) -> tuple[Example, ...]:
        """The examples a bulk action would touch; raises InvalidInput when they are too many."""
        with self.database.reading() as stores:
            ids = stores.examples.ids(wanted, BULK_LIMIT + 1)
            if len(ids) > BULK_LIMIT:
                raise InvalidInput(
                    "More than {limit} examples match; narrow the search first.",
                    limit=BULK_LIMIT,
                )
            return stores.examples.some(ids)

    def read_file(self, study: str, filename: str, content: bytes) -> Incoming:
        """A file as a table, with a guess at its columns; raises InvalidInput."""
        return read_incoming(self.study(study), filename, content)

    def unknown_words(
        self, study: str, incoming: Incoming, mapping: ColumnMapping
    ) -> tuple[UnknownValue, ...]:
        """Words of the file that mean nothing in the study yet, most frequent first."""
        return unknown_values(self.study(study), incoming.table.rows, mapping)

    def look_at(self, study: str, incoming: Incoming, mapping: ColumnMapping) -> Preview:
        """What an import would bring, and every row that keeps it out; nothing is stored."""
        with self.database.reading() as stores:
            taken = _taken(stores, study)
        return preview_of(self.study(study), self.checker, taken, incoming, mapping)

    def preview(
        self, study: str, filename: str, content: bytes, mapping: ColumnMapping | None = None
    ) -> Preview:
        """What an import of a file would bring, by the guessed columns unless others are given."""
        incoming = self.read_file(study, filename, content)
        return self.look_at(study, incoming, mapping or incoming.guess)

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
            doing = Doing(study, author, Deed.IMPORT, preview.filename)
            self.recorder.record(stores, doing, _added(doing, preview.rows, Origin.IMPORTED))
        return len(preview.rows)

    def _revise(self, edit: Edit, deed: Deed) -> Example:
        message = edit.message.strip()
        with self.database.transaction() as stores:
            current = stores.examples.get(edit.example_id)
            refuse_errors(self.check(current.study, edit.inputs, message))
            if (message, dict(edit.inputs)) == (current.message, dict(current.inputs)):
                raise InvalidInput("Nothing was changed, so nothing was saved.")
            if current.revision_number != edit.seen_number:
                raise Overtaken(edit, current)
            last = stores.examples.revisions(current.id)[0].number
            revision = _revision(current.id, last + 1, edit)
            doing = Doing(current.study, edit.author, deed, edit.reason)
            changes = [
                Change(None, revision),
                Change(current.entry, current.entry.showing(revision)),
            ]
            self.recorder.record(stores, doing, changes)
            return stores.examples.get(current.id)

    def _change(
        self,
        ids: Sequence[ExampleId],
        deed: Deed,
        person: str,
        note: str,
        changed: Callable[[Entry], Entry],
    ) -> int:
        with self.database.transaction() as stores:
            entries = [one.entry for one in stores.examples.some(ids)]
            changes = [Change(one, changed(one)) for one in entries if changed(one) != one]
            if not changes:
                raise InvalidInput("Nothing was changed, so nothing was saved.")
            doing = Doing(entries[0].study, person, deed, note)
            self.recorder.record(stores, doing, changes)
            return len(changes)


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


def _added(doing: Doing, rows: Sequence[NewExample], origin: Origin) -> list[Change]:
    """New examples, each with revision 1."""
    changes: list[Change] = []
    for row in rows:
        entry_id = ExampleId(new_id())
        text = Edit(entry_id, 0, row.inputs, row.message, doing.person, doing.note)
        revision = _revision(entry_id, 1, text)
        entry = Entry(entry_id, doing.study, row.key, origin, revision.id, row.tags)
        changes += [Change(None, revision), Change(None, entry)]
    return changes


def _revision(example_id: ExampleId, number: int, edit: Edit) -> Revision:
    return Revision(
        id=RevisionId(new_id()),
        example_id=example_id,
        number=number,
        inputs=dict(edit.inputs),
        message=edit.message.strip(),
        author=" ".join(edit.author.split()),
        reason=edit.reason.strip(),
        created_at=now(),
    )


def _tagged(entry: Entry, tag: str) -> Entry:
    return entry if tag in entry.tags else replace(entry, tags=(*entry.tags, tag))


def _is_taken(stores: Stores, study: str, row: NewExample) -> bool:
    """Whether an example, retired or not, has this key or this message."""
    alike = (
        one
        for retired in (False, True)
        for text in (row.key, row.message)
        for one in stores.examples.page(
            ExampleFilter(study, text=text, retired=retired), 0, BULK_LIMIT
        ).examples
    )
    message = normalized(row.message)
    return any(one.key == row.key or normalized(one.message) == message for one in alike)


def _taken(stores: Stores, study: str) -> Taken:
    """What no imported row may repeat."""
    messages = frozenset(normalized(one) for one in stores.examples.messages(study))
    return Taken(stores.examples.keys(study), messages)
