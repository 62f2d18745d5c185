"""The table that CSV and XLSX hold: a row per example, a text per cell, a line per tag or name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.domain.exchange import ExchangedRow
from dashboard.domain.studies import Study
from dashboard.formats.delimited import write_csv
from dashboard.formats.workbooks import write_workbook

ABOUT = ("origin", "verdict", "basis", "tags", "revision", "deciders")


def write_as_csv(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """A row per example; one sheet has no room for the answers."""
    return write_csv(_header(study), _rows(study, rows))


def write_as_workbook(study: Study, rows: Sequence[ExchangedRow]) -> bytes:
    """A sheet of examples, and one with a row per answer."""
    return write_workbook(
        {
            "examples": [_header(study), *_rows(study, rows)],
            "answers": list(_answers(study, rows)),
        }
    )


def _header(study: Study) -> list[str]:
    return ["id", *(one.key for one in study.fields), "message", *ABOUT]


def _rows(study: Study, rows: Sequence[ExchangedRow]) -> Iterator[list[str | int]]:
    for row in rows:
        yield [
            row.id,
            *(row.inputs[one.key] for one in study.fields),
            row.message,
            row.origin,
            row.verdict,
            row.basis,
            "\n".join(row.tags),
            row.revision,
            "\n".join(row.deciders),
        ]


def _answers(study: Study, rows: Sequence[ExchangedRow]) -> Iterator[list[str | int]]:
    ratings = [one.key for one in study.form.ratings]
    yield ["id", "expert", "decision", *ratings, "flags", "confidence", "reason", "message"]
    for row in rows:
        for one in row.answers:
            yield [
                row.id,
                one.expert,
                one.decision,
                *(one.ratings.get(key, "") for key in ratings),
                "\n".join(one.flags),
                one.confidence,
                one.reason,
                one.message,
            ]
