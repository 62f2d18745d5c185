"""Rows as they are: one JSON object per example, whose names are its columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from dashboard.domain.exchange import ExchangedRow
from dashboard.domain.studies import Study
from dashboard.formats.objects import Record, flattened
from dashboard.formats.tables import Reading, TableRow

UNDECIDED = ("", "unreviewed")


def read(records: Iterable[Record]) -> Reading:
    """Columns of every object, nested ones flat; verdicts and answers in it are counted."""
    found = Reading()
    for record in records:
        values = flattened(record.value)
        answers = record.value.get("answers")
        count = len(answers) if isinstance(answers, list) else 0
        found.judgments += count or is_decided(values)
        found.rows.append(TableRow(record.line, values))
    return found


def is_decided(values: Mapping[str, str]) -> bool:
    """Whether a row carries somebody's verdict."""
    return values.get("verdict", "").strip().lower() not in UNDECIDED


def write(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """One JSON object a line, with the answers as a list of objects."""
    return lines(as_object(row) for row in rows)


def as_object(row: ExchangedRow) -> dict[str, object]:
    """A row as one flat object: id, the inputs by key, message, then what became of it."""
    return {
        "id": row.id,
        **row.inputs,
        "message": row.message,
        "origin": row.origin,
        "verdict": row.verdict,
        "basis": row.basis,
        "tags": list(row.tags),
        "revision": row.revision,
        "deciders": list(row.deciders),
        "answers": [asdict(one) for one in row.answers],
    }


def lines(objects: Iterable[Mapping[str, object]]) -> bytes:
    """JSON, one object a line, emoji as they are."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects).encode()
