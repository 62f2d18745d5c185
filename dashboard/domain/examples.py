"""Examples: one input with one reference message, its revisions and its verdict."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.studies import Inputs


class Origin(StrEnum):
    """Where an example comes from; says nothing about whether anybody reviewed it."""

    AUTHORED = "authored"
    IMPORTED = "imported"
    AUGMENTED = "augmented"


class Verdict(StrEnum):
    """What people have decided about the current revision."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Decision(StrEnum):
    """One expert's answer."""

    ACCEPT = "accept"
    REJECT = "reject"


VERDICT_OF: dict[Decision, Verdict] = {
    Decision.ACCEPT: Verdict.ACCEPTED,
    Decision.REJECT: Verdict.REJECTED,
}


@dataclass(frozen=True)
class Example:
    """An example as it stands now; `revision_number` is the version a person saw."""

    id: ExampleId
    study: str
    key: str
    origin: Origin
    verdict: Verdict
    revision_id: RevisionId
    revision_number: int
    inputs: Inputs
    message: str
    updated_at: datetime


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


@dataclass(frozen=True)
class Response:
    """One expert's judgment of one revision."""

    id: str
    example_id: ExampleId
    revision_id: RevisionId
    expert: str
    decision: Decision
    reason: str
    created_at: datetime


def verdict_after(responses: tuple[Response, ...], revision_id: RevisionId) -> Verdict:
    """The verdict of a revision: that of its latest response; unreviewed when it has none."""
    of_revision = [one for one in responses if one.revision_id == revision_id]
    if not of_revision:
        return Verdict.UNREVIEWED
    latest = max(of_revision, key=lambda one: (one.created_at, one.id))
    return VERDICT_OF[latest.decision]


def normalized(message: str) -> str:
    """What two messages share when a reader would call them the same text."""
    # Folding the case may take characters apart, so they are composed again after it.
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", message).casefold())
    return " ".join(folded.split())


@dataclass(frozen=True)
class ExampleFilter:
    """Which examples to list; empty means all. `inputs` are exact field values."""

    study: str
    text: str = ""
    verdict: Verdict | None = None
    origin: Origin | None = None
    inputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ExamplePage:
    """One page of a list, with the number of all that match."""

    examples: tuple[Example, ...]
    total: int


@dataclass(frozen=True)
class NewExample:
    """A row on its way in."""

    key: str
    inputs: Inputs
    message: str
