"""The 160 starters as parents, and single messages for tables of cases."""

from __future__ import annotations

import json
from functools import cache

from dashboard.domain.augmentation import Parent
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.settings import ROOT

FILE = ROOT / "data" / "studies" / "affective-intervention" / "examples.jsonl"
FIELDS = ("username", "emotion", "reinforcement", "arcsmodel", "classname", "subject")


@cache
def starters() -> tuple[Parent, ...]:
    """Every starter of the study."""
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return tuple(
        parent_of(row["message"], key=row["id"], **{field: row[field] for field in FIELDS})
        for row in rows
    )


def parent_of(message: str, key: str = "one", **inputs: str) -> Parent:
    """A parent with this message; inputs that are not named are those of a calm lesson."""
    said = {
        "username": "Dinda",
        "emotion": "neutral",
        "reinforcement": "positive",
        "arcsmodel": "confidence",
        "classname": "VIII-A",
        "subject": "Matematika",
    } | inputs
    example = ExampleId(key)
    return Parent(example, RevisionId(key), key, example, said, message)
