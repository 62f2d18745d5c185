"""doccano's JSONL, in and out.

An export is `{"id", "text", "label": [...], "Comments": [...]}` with the columns of its `meta`
beside them (doccano, backend/data_export/models.py `ExportedExample.to_dict` and
pipeline/factories.py); labels are categories, texts or spans `[start, end, label]`, named `cats`
in intent projects. Older ones say `labels` and keep `meta` apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dashboard.domain.exchange import ExchangedRow
from dashboard.domain.studies import Study
from dashboard.formats.objects import Record, flattened
from dashboard.formats.plain_rows import UNDECIDED, lines
from dashboard.formats.tables import Reading, TableRow

TEXTS = ("text", "data")
LABELS = ("label", "labels", "cats", "entities", "relations", "annotations")
COMMENTS = ("Comments", "comments")


def recognizes(value: Mapping[str, object]) -> bool:
    """Whether the object is an example of doccano."""
    labeled = any(isinstance(value.get(name), list) for name in (*LABELS, *COMMENTS))
    return labeled and any(isinstance(value.get(name), str) for name in TEXTS)


def read(records: Iterable[Record]) -> Reading:
    """Text and meta as columns; labels are counted, and a column where they are texts."""
    found = Reading()
    for record in records:
        columns: dict[str, object] = {}
        for name, value in record.value.items():
            if name in LABELS and isinstance(value, list):
                found.judgments += len(value)
                if value and all(isinstance(one, str) for one in value):
                    columns[name] = "\n".join(value)
            elif name not in COMMENTS:
                columns[name] = value
        found.rows.append(TableRow(record.line, flattened(columns)))
    return found


def write(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """The message as text, the verdict as its label, all else as columns that become meta."""
    return lines(
        {
            "id": row.id,
            "text": row.message,
            "label": [row.verdict] if row.verdict not in UNDECIDED else [],
            **row.inputs,
            "origin": row.origin,
            "basis": row.basis,
            "tags": list(row.tags),
            "revision": row.revision,
            "deciders": list(row.deciders),
        }
        for row in rows
    )
