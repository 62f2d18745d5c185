"""Dataset versions: frozen, ordered, split and hashed; the same inputs give the same bytes."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.domain.examples import normalized
from dashboard.domain.ids import ExampleId, RevisionId, VersionId
from dashboard.domain.studies import Inputs, Study


class Split(StrEnum):
    """Training rows teach, validation rows choose the checkpoint, test rows prove."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


@dataclass(frozen=True)
class Candidate:
    """A revision that may enter a version."""

    example_id: ExampleId
    revision_id: RevisionId
    key: str
    inputs: Inputs
    message: str


@dataclass(frozen=True)
class Row:
    """A revision's place in a version."""

    position: int
    split: Split
    example_id: ExampleId
    revision_id: RevisionId
    key: str
    inputs: Inputs
    message: str


@dataclass(frozen=True)
class Recipe:
    """How a version is cut: shares of all rows, and the seed that decides ties."""

    seed: int = 20251
    test_share: float = 0.2
    validation_share: float = 0.1
    accepted_only: bool = False
    limit: int | None = None


@dataclass(frozen=True)
class DatasetVersion:
    """A frozen selection of revisions with its split and fingerprint."""

    id: VersionId
    study: str
    name: str
    sha256: str
    recipe: Recipe
    counts: dict[str, int]
    unreviewed: int
    created_at: datetime


def cut(study: Study, candidates: Sequence[Candidate], recipe: Recipe) -> tuple[Row, ...]:
    """Rows in a fixed order, each with its split; equal messages never part.

    Systematic sampling (Cochran 1977, ch. 8) down the list sorted by cell, with a seeded order
    inside a cell and a seeded start: every cell, and every value of the cell's leading fields,
    gives its share within one row.
    """
    chance = random.Random(recipe.seed)
    families = _families(study, candidates, chance)
    if recipe.limit is not None and recipe.limit < len(families):
        families = _systematic(families, recipe.limit, chance)
    test = _systematic(families, round(len(families) * recipe.test_share), chance)
    rest = [family for family in families if family not in test]
    validation = _systematic(rest, round(len(families) * recipe.validation_share), chance)
    split_of = {one.revision_id: Split.TEST for family in test for one in family}
    split_of |= {one.revision_id: Split.VALIDATION for family in validation for one in family}
    return tuple(
        Row(
            position=position,
            split=split_of.get(one.revision_id, Split.TRAIN),
            example_id=one.example_id,
            revision_id=one.revision_id,
            key=one.key,
            inputs=one.inputs,
            message=one.message,
        )
        for position, one in enumerate(one for family in families for one in family)
    )


Family = tuple[Candidate, ...]
"""Candidates that must stay on one side of a split."""


def _families(study: Study, candidates: Sequence[Candidate], chance: random.Random) -> list[Family]:
    """Candidates with the same message together, in the order of their cells, ties by chance."""
    ordered = sorted(candidates, key=lambda one: one.key)
    tie = {one.key: chance.random() for one in ordered}
    ordered.sort(key=lambda one: (study.cell(one.inputs), tie[one.key]))
    families: dict[str, list[Candidate]] = {}
    for one in ordered:
        families.setdefault(normalized(one.message), []).append(one)
    return [tuple(members) for members in families.values()]


def _systematic(families: list[Family], count: int, chance: random.Random) -> list[Family]:
    """`count` items at even distances from a random start."""
    if count <= 0:
        return []
    step = len(families) / count
    start = chance.random() * step
    return [families[int(start + index * step)] for index in range(count)]


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
