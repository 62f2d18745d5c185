"""Any file people bring, read as a table; what it is follows from its content, not its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath

from dashboard.domain.errors import InvalidInput
from dashboard.domain.exchange import Form, Problem, Said
from dashboard.formats import argilla, chats, doccano, label_studio, plain_rows
from dashboard.formats.decoding import decoded, unstorable
from dashboard.formats.delimited import read_csv
from dashboard.formats.objects import Record, read_records
from dashboard.formats.tables import Reading, Table, require_few_columns
from dashboard.formats.workbooks import read_workbook

MAX_BYTES = 50 * 1024 * 1024
JSON = ("jsonl", "json")
READABLE = (*JSON, "csv", "xlsx")
"""How the names of readable files end."""

Recognizer = Callable[[Mapping[str, object]], bool]
TOOLS: Mapping[Form, tuple[Recognizer, Callable[[Iterable[Record]], Reading]]] = {
    Form.CHAT: (chats.recognizes, chats.read),
    Form.ARGILLA: (argilla.recognizes, argilla.read),
    Form.LABEL_STUDIO: (label_studio.recognizes, label_studio.read),
    Form.DOCCANO: (doccano.recognizes, doccano.read),
    Form.JSONL: (lambda value: True, plain_rows.read),
}


def read_table(filename: str, content: bytes) -> Table:
    """Rows of a file with what cannot be read in it; raises InvalidInput where nothing can."""
    if len(content) > MAX_BYTES:
        raise InvalidInput(
            "The file is {size} MB; the limit is {limit} MB. Split it and import the parts.",
            size=len(content) // 1024**2,
            limit=MAX_BYTES // 1024**2,
        )
    suffix = PurePath(filename).suffix.lower().lstrip(".")
    if suffix not in READABLE:
        raise InvalidInput(
            "Afektif reads .jsonl, .json, .csv and .xlsx files; save “{name}” as one of these.",
            name=PurePath(filename).name[:80],
        )
    table = _table(suffix, content)
    if not (table.rows or table.faults):
        raise InvalidInput("The file has no rows; add at least one below the header.")
    require_few_columns(len(table.columns))
    return table


def _table(suffix: str, content: bytes) -> Table:
    if suffix == "xlsx":
        return _checked(Form.XLSX, _with_verdicts(read_workbook(content)))
    text, notes = decoded(content)
    if suffix == "csv":
        return _checked(Form.CSV, _with_verdicts(read_csv(text)), notes)
    records = read_records(text)
    form = _form(record.value for record in records.found)
    found = TOOLS[form][1](records.found)
    found.faults.extend(records.faults)
    return _checked(form, found, notes)


def _form(values: Iterable[Mapping[str, object]]) -> Form:
    """The first tool that knows more than half of the objects; plain rows else."""
    seen = list(values)
    for form, (recognizes, _) in TOOLS.items():
        if 2 * sum(map(recognizes, seen)) > len(seen):
            return form
    return Form.JSONL


def _with_verdicts(found: Reading) -> Reading:
    found.judgments = sum(plain_rows.is_decided(row.values) for row in found.rows)
    return found


def _checked(form: Form, found: Reading, notes: Sequence[Said] = ()) -> Table:
    """The table without the rows that no database would keep."""
    rows, faults = [], list[Problem](found.faults)
    for row in found.rows:
        fault = unstorable(row.line, row.values)
        if fault is None:
            rows.append(row)
        else:
            faults.append(fault)
    return Table(
        form=form,
        rows=tuple(rows),
        faults=tuple(sorted(faults, key=lambda one: one.line)),
        notes=tuple(notes),
        judgments=found.judgments,
    )
