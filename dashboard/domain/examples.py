"""Examples: one input with one reference message, and its revisions."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dashboard.domain.errors import Conflict
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.studies import Cell, Inputs
from dashboard.domain.verdicts import Basis, Verdict

MAX_TAG = 40
"""Characters of a tag."""


class Origin(StrEnum):
    """Where an example comes from; says nothing about whether anybody reviewed it."""

    AUTHORED = "authored"
    IMPORTED = "imported"
    AUGMENTED = "augmented"


@dataclass(frozen=True)
class Entry:
    """What people have settled about an example: the text that stands, its tags, its place."""

    id: ExampleId
    study: str
    key: str
    origin: Origin
    revision_id: RevisionId
    tags: tuple[str, ...] = ()
    retired: bool = False

    def showing(self, revision: Revision) -> Entry:
        """The same example with another text."""
        return replace(self, revision_id=revision.id)

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return self.id

    @property
    def example_id(self) -> ExampleId:
        """The example it is about."""
        return self.id


@dataclass(frozen=True)
class Revision:
    """One text of an example: who wrote it, when and why; never changed afterwards."""

    id: RevisionId
    example_id: ExampleId
    number: int
    inputs: Inputs
    message: str
    author: str
    reason: str
    created_at: datetime

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return self.id


@dataclass(frozen=True)
class Example:
    """An example as it stands now; `revision_number` is the version a person saw."""

    id: ExampleId
    study: str
    key: str
    origin: Origin
    tags: tuple[str, ...]
    retired: bool
    revision_id: RevisionId
    revision_number: int
    inputs: Inputs
    message: str
    author: str
    verdict: Verdict
    basis: Basis | None
    answered: int
    needed: int
    updated_at: datetime

    @property
    def entry(self) -> Entry:
        """What people have settled about it."""
        return Entry(
            self.id, self.study, self.key, self.origin, self.revision_id, self.tags, self.retired
        )

    def require_shown(self, revision_id: RevisionId) -> None:
        """Raise Conflict when it shows another text than the one that was judged."""
        if self.revision_id != revision_id:
            raise Conflict(
                "Somebody changed this example while you were judging it (it is now version "
                "{current}). Read the new text and judge again.",
                current=self.revision_number,
            )


def normalized(message: str) -> str:
    """What two messages share when a reader would call them the same text."""
    # Folding the case may take characters apart, so they are composed again after it.
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", message).casefold())
    return " ".join(folded.split())


@dataclass(frozen=True)
class ExampleFilter:
    """Which examples to list; empty means all. `inputs` are exact field values.

    The words of `text` are sought in the example, in the answers that lie open to everybody, and
    in those of the `viewer`. `answered_by` and `open_to` name an expert: examples they have
    answered, or that wait for an answer they have neither given nor skipped.
    """

    study: str
    text: str = ""
    viewer: str = ""
    verdict: Verdict | None = None
    basis: Basis | None = None
    origin: Origin | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    tag: str = ""
    retired: bool = False
    answered_by: str = ""
    open_to: str = ""


@dataclass(frozen=True)
class ExamplePage:
    """One page of a list; `total` counts matches up to a limit, `is_more` says there are more."""

    examples: tuple[Example, ...]
    total: int
    is_more: bool = False


@dataclass(frozen=True)
class NewExample:
    """A row on its way in."""

    key: str
    inputs: Inputs
    message: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class CellCount:
    """How many examples of a cell have a verdict."""

    cell: Cell
    verdict: Verdict
    count: int


@dataclass(frozen=True)
class ValueCount:
    """A value that a field or tag has, and how many examples have it."""

    value: str
    count: int
