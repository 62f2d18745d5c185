"""Dataset versions: frozen, ordered, split and hashed; the same inputs give the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dashboard.domain.ids import ExampleId, RevisionId, VersionId
from dashboard.domain.studies import Inputs, Study


class Split(StrEnum):
    """Training rows teach, validation rows choose the checkpoint, test rows prove."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class Children(StrEnum):
    """Which children may enter; refused and disputed ones never do."""

    NONE = "none"
    REVIEWED = "reviewed"
    OF_ACCEPTED = "of_accepted"
    ALL = "all"

    @property
    def is_loosened(self) -> bool:
        """Whether children that no expert has accepted may enter."""
        return self in (Children.OF_ACCEPTED, Children.ALL)


class HeldOut(StrEnum):
    """What is held out: originals only, or whole families with their children."""

    ORIGINALS = "originals"
    ALL = "all"


@dataclass(frozen=True)
class Candidate:
    """A revision that may enter a version.

    `family` is the key of the original at the root, an original's own key. An original has no
    technique.
    """

    example_id: ExampleId
    revision_id: RevisionId
    key: str
    inputs: Inputs
    message: str
    family: str
    technique: str = ""
    accepted: bool = False
    parent_accepted: bool = False

    @property
    def is_original(self) -> bool:
        """Whether a person wrote it, and no technique."""
        return not self.technique


@dataclass(frozen=True)
class Row:
    """A revision's place in a version; an original has no technique."""

    position: int
    split: Split
    example_id: ExampleId
    revision_id: RevisionId
    key: str
    inputs: Inputs
    message: str
    technique: str = ""


ALIKE = 95.0
"""Out of 100, from where two messages count as nearly the same (token-sort ratio)."""


@dataclass(frozen=True)
class Recipe:
    """How a version is cut: shares of all families, which children enter, and the seed of ties.

    `growth` times as many rows as originals; `techniques` and `values` (of the cell's leading
    field) divide the children in these proportions, empty as they come; `parents` is how many
    originals of a cell may bring children. Messages `alike` to this degree stay together; None
    keeps only equal ones together, as the first versions did.
    """

    seed: int = 20251
    test_share: float = 0.2
    validation_share: float = 0.1
    accepted_only: bool = False
    limit: int | None = None
    children: Children = Children.NONE
    growth: float | None = None
    test_on: HeldOut = HeldOut.ORIGINALS
    techniques: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, int] = field(default_factory=dict)
    parents: int | None = None
    alike: float | None = ALIKE


@dataclass(frozen=True)
class DatasetVersion:
    """A frozen selection of revisions with its split and fingerprint.

    `techniques` counts the rows that are children by how they were made.
    """

    id: VersionId
    study: str
    name: str
    sha256: str
    recipe: Recipe
    counts: Mapping[str, int]
    unreviewed: int
    created_at: datetime
    techniques: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All of its rows."""
        return sum(self.counts.values())

    @property
    def children(self) -> int:
        """Rows that a technique made."""
        return sum(self.techniques.values())

    @property
    def originals(self) -> int:
        """Rows that people wrote; each is the root of a family."""
        return self.rows - self.children


def fingerprint(rows: Sequence[Row]) -> str:
    """SHA-256 over keys, splits, inputs and messages in order; ids and times play no part."""
    digest = hashlib.sha256()
    for row in rows:
        content = [row.key, row.split.value, dict(row.inputs), row.message]
        digest.update(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def chat_jsonl(study: Study, rows: Sequence[Row], prompt: str) -> bytes:
    """Rows as OpenAI chat JSONL: system prompt, the input, the reference message."""
    lines = []
    for row in rows:
        turns = [{"role": t.role, "content": t.content} for t in study.chat(prompt, row.inputs)]
        turns.append({"role": "assistant", "content": row.message})
        lines.append(json.dumps({"messages": turns}, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode() if lines else b""
