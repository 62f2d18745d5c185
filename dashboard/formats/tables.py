"""Reads and writes tables of text as JSONL, CSV or XLSX; every fault names its line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dashboard.domain.errors import InvalidInput
from dashboard.formats.formulas import neutralized, restored
from dashboard.formats.workbooks import read_grid, write_grid

MAX_BYTES = 50 * 1024 * 1024
FORMATS = ("jsonl", "csv", "xlsx")
DELIMITERS = ",;\t"
"""Spreadsheets save CSV with semicolons where the comma is the decimal mark, as in Indonesia."""


@dataclass(frozen=True)
class TableRow:
    """One row of a file and the line (or sheet row) it stands on, counted from 1."""

    line: int
    values: dict[str, str]


def read_table(filename: str, content: bytes) -> list[TableRow]:
    """Rows of a JSONL, CSV or XLSX file; raises InvalidInput with one sentence."""
    if len(content) > MAX_BYTES:
        raise InvalidInput(
            "The file is {size} MB; the limit is {limit} MB. Split it and import the parts.",
            size=len(content) // 1024**2,
            limit=MAX_BYTES // 1024**2,
        )
    suffix = PurePath(filename).suffix.lower().lstrip(".")
    if suffix not in READERS:
        raise InvalidInput(
            "Afektif reads .jsonl, .csv and .xlsx files; save “{name}” as one of these.",
            name=PurePath(filename).name[:80],
        )
    rows = READERS[suffix](content)
    if not rows:
        raise InvalidInput("The file has no rows; add at least one below the header.")
    for row in rows:
        _require_storable(row)
    return rows


def _require_storable(row: TableRow) -> None:
    """No database keeps NUL or half of a surrogate pair."""
    text = "".join([*row.values, *row.values.values()])
    if "\x00" in text:
        raise InvalidInput(
            "Line {line} holds a NUL character; save the file as plain UTF-8 text.", line=row.line
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidInput(
            "Line {line} holds half of a character; type its emoji again.", line=row.line
        ) from None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidInput(
            "Line {line} is not UTF-8 text; save the file as UTF-8 and import it again.",
            line=line,
        ) from None


def _read_jsonl(content: bytes) -> list[TableRow]:
    rows = []
    for number, line in enumerate(_text(content).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError
            raise InvalidInput(
                "Line {line} is not a complete JSON object; correct that line.", line=number
            ) from None
        if not isinstance(value, dict):
            raise InvalidInput(
                "Line {line} must be a JSON object like {{…}}; correct that line.", line=number
            )
        rows.append(TableRow(number, {str(key): _cell(item) for key, item in value.items()}))
    return rows


def _read_csv(content: bytes) -> list[TableRow]:
    text = _text(content)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    rows: list[TableRow] = []
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if header is None:
                header = _header(cells)
            elif any(cell.strip() for cell in cells):
                rows.append(_row(line, header, cells))
            line = reader.line_num + 1
    except csv.Error:
        raise InvalidInput(
            "Line {line} has an unclosed quote or a cell that is too long; correct that line.",
            line=line,
        ) from None
    return rows


def _read_xlsx(content: bytes) -> list[TableRow]:
    grid = [[_cell(cell) for cell in row] for row in read_grid(content)]
    if not grid:
        return []
    header = _header(grid[0])
    return [
        _row(number, header, cells)
        for number, cells in enumerate(grid[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _header(cells: Sequence[str]) -> list[str]:
    names = [restored(cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise InvalidInput(
            "The column “{name}” stands twice in the header; keep one.", name=doubled[0]
        )
    return names


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> TableRow:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise InvalidInput(
            "Line {line} has more cells than the header; check its commas and quotes.", line=line
        )
    values = {name: restored(cell) for name, cell in zip(header, cells, strict=False)}
    return TableRow(line, values)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | int | float | list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


READERS: dict[str, Callable[[bytes], list[TableRow]]] = {
    "jsonl": _read_jsonl,
    "csv": _read_csv,
    "xlsx": _read_xlsx,
}


def write_table(form: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as bytes; cells that a spreadsheet would run as formulas are neutralized."""
    if form == "jsonl":
        lines = (
            json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) for row in rows
        )
        return "".join(line + "\n" for line in lines).encode()
    if form == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(header)
        writer.writerows([neutralized(cell) for cell in row] for row in rows)
        return text.getvalue().encode("utf-8-sig")
    if form == "xlsx":
        return write_grid([header, *([neutralized(cell) for cell in row] for row in rows)])
    raise InvalidInput("Afektif writes jsonl, csv and xlsx; choose one of these.")
