"""Adding: new examples and new texts of examples, as changes for the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain.examples import Entry, Example, NewExample, Origin, Revision
from dashboard.domain.ids import ExampleId, RevisionId, new_id, now
from dashboard.domain.ledger import Change
from dashboard.domain.studies import Inputs
from dashboard.services.recording import Doing
from dashboard.services.stores import Stores


@dataclass(frozen=True)
class Edit:
    """A new text for an example; `seen_number` is the revision the person started from."""

    example_id: ExampleId
    seen_number: int
    inputs: Inputs
    message: str
    author: str
    reason: str


def added(
    doing: Doing, rows: Sequence[NewExample], origin: Origin, author: str = ""
) -> list[Change]:
    """New examples, each with revision 1; the author is who adds them unless told otherwise."""
    changes: list[Change] = []
    for row in rows:
        entry_id = ExampleId(new_id())
        text = Edit(entry_id, 0, row.inputs, row.message, author or doing.person, doing.note)
        revision = _revision(text, 1)
        entry = Entry(entry_id, doing.study, row.key, origin, revision.id, row.tags)
        changes += [Change(None, revision), Change(None, entry)]
    return changes


def next_revision(stores: Stores, edit: Edit) -> Revision:
    """The text of an edit as the revision after all its example has had."""
    return _revision(edit, stores.examples.revisions(edit.example_id)[0].number + 1)


def replaced_by(example: Example, revision: Revision) -> list[Change]:
    """An example with a new text in place of the one that stands."""
    return [Change(None, revision), Change(example.entry, example.entry.showing(revision))]


def _revision(edit: Edit, number: int) -> Revision:
    return Revision(
        id=RevisionId(new_id()),
        example_id=edit.example_id,
        number=number,
        inputs=dict(edit.inputs),
        message=edit.message.strip(),
        author=" ".join(edit.author.split()),
        reason=edit.reason.strip(),
        created_at=now(),
    )
