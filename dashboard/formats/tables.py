"""Reads and writes tables of text as JSONL, CSV or XLSX; every fault names its line."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from dashboard.domain.errors import InvalidInput
from dashboard.formats.formulas import neutralized, restored
from dashboard.formats.workbooks import read_grid, write_grid

MAX_BYTES = 50 * 1024 * 1024
MAX_COLUMNS = 200
MAX_MILLION_CELLS = 2
FORMATS = ("jsonl", "csv", "xlsx")
DELIMITERS = ",;\t"
"""Spreadsheets save CSV with semicolons where the comma is the decimal mark, as in Indonesia."""

Cell = TypeVar("Cell")


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
    rows = []
    for row in READERS[suffix](content):
        _require_storable(row)
        rows.append(row)
    if not rows:
        raise InvalidInput("The file has no rows; add at least one below the header.")
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


def _read_jsonl(content: bytes) -> Iterator[TableRow]:
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
        yield TableRow(number, {str(key): _cell(item) for key, item in value.items()})


def _read_csv(content: bytes) -> Iterator[TableRow]:
    text = _text(content)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    header: list[str] | None = None
    line = 1
    try:
        for cells in _bounded(reader):
            if header is None:
                header = _header(cells)
            elif any(cell.strip() for cell in cells):
                yield _row(line, header, cells)
            line = reader.line_num + 1
    except csv.Error:
        raise InvalidInput(
            "Line {line} has an unclosed quote or a cell that is too long; correct that line.",
            line=line,
        ) from None


def _read_xlsx(content: bytes) -> Iterator[TableRow]:
    grid = ([_cell(cell) for cell in row] for row in _bounded(read_grid(content)))
    header = _header(next(grid, []))
    for number, cells in enumerate(grid, start=2):
        if any(cell.strip() for cell in cells):
            empty = [""] * (len(header) - len(cells))  # a sheet leaves out what stands empty
            yield _row(number, header, [*cells, *empty])


def _bounded(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows, as long as their cells fit in memory; a small file can claim very many."""
    cells = 0
    for row in rows:
        cells += max(1, len(row))
        if cells > MAX_MILLION_CELLS * 1_000_000:
            raise InvalidInput(
                "The table has more than {limit} million cells, empty ones included; copy the "
                "columns you need into a new file and import that.",
                limit=MAX_MILLION_CELLS,
            )
        yield row


def _header(cells: Sequence[str]) -> list[str]:
    names = [restored(cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise InvalidInput(
            "The table has {count} columns and the limit is {limit}; remove those that you do "
            "not need and import it again.",
            count=len(names),
            limit=MAX_COLUMNS,
        )
    doubled = sorted(name for name, count in Counter(names).items() if count > 1)
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


READERS: dict[str, Callable[[bytes], Iterator[TableRow]]] = {
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
