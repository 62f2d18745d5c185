"""Reads and writes tables of text as JSONL, CSV or XLSX; every fault names its line."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dashboard.domain.errors import InvalidInput
from dashboard.formats.formulas import neutralized, restored

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
FORMATS = ("jsonl", "csv", "xlsx")
# What openpyxl lets through when a file only claims to be a workbook.
UNREADABLE_WORKBOOK = (
    zipfile.BadZipFile,
    KeyError,
    IndexError,
    ValueError,
    SyntaxError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    zlib.error,
)


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
    return rows


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
        except (json.JSONDecodeError, RecursionError):
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
    if "\x00" in text:
        raise InvalidInput(
            "Line {line} holds a NUL character; save the file as plain UTF-8 text.",
            line=text[: text.index("\x00")].count("\n") + 1,
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[TableRow] = []
    header: list[str] | None = None
    try:
        for cells in reader:
            if header is None:
                header = _header(cells)
            elif any(cell.strip() for cell in cells):
                rows.append(_row(reader.line_num, header, cells))
    except csv.Error:
        raise InvalidInput(
            "Line {line} has an unclosed quote or a cell that is too long; correct that line.",
            line=reader.line_num,
        ) from None
    return rows


def _read_xlsx(content: bytes) -> list[TableRow]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise InvalidInput("The workbook unpacks to far more than it should; save it anew.")
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        grid = [[_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except UNREADABLE_WORKBOOK:
        raise InvalidInput(
            "The file is not a readable .xlsx workbook; open it in a spreadsheet and save it anew."
        ) from None
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
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


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
        return _write_xlsx(header, rows)
    raise InvalidInput("Afektif writes jsonl, csv and xlsx; choose one of these.")


def _write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Afektif")
    sheet.append(list(header))
    for row in rows:
        sheet.append([neutralized(cell) for cell in row])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
