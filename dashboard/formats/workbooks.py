"""XLSX in and out: the first sheet is read; what is written depends on no clock."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.domain.errors import InvalidInput
from dashboard.formats.archives import packed, unpacked
from dashboard.formats.formulas import neutralized
from dashboard.formats.tables import Reading, bounded, header_of, row_of, text_of

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
PROPERTIES = "docProps/core.xml"
TIME = rb">1980-01-01T00:00:00Z<"
_TIMES = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")
# What openpyxl lets through when a file only claims to be a workbook.
UNREADABLE = (
    zipfile.BadZipFile,
    KeyError,
    IndexError,
    ValueError,
    SyntaxError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    RuntimeError,
    zlib.error,
)


def read_grid(content: bytes) -> Iterator[Sequence[object]]:
    """Rows of the first sheet, one at a time; raises InvalidInput with one sentence."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise InvalidInput("The workbook unpacks to far more than it should; save it anew.")
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # what the file claims would widen every row to the widest one
        yield from sheet.iter_rows(values_only=True)
    except UNREADABLE:
        raise InvalidInput(
            "The file is not a readable .xlsx workbook; open it in a spreadsheet and save it anew."
        ) from None


def read_workbook(content: bytes) -> Reading:
    """Rows of the first sheet under its first row; raises InvalidInput with one sentence."""
    found = Reading()
    grid = ([text_of(cell) for cell in row] for row in bounded(read_grid(content)))
    header = header_of(next(grid, []))
    for number, cells in enumerate(grid, start=2):
        if any(cell.strip() for cell in cells):
            empty = [""] * (len(header) - len(cells))  # a sheet leaves out what stands empty
            found.rows.append(row_of(number, header, [*cells, *empty]))
    return found


def write_workbook(sheets: Mapping[str, Iterable[Sequence[str | int]]]) -> bytes:
    """A workbook with these sheets by name: numbers as numbers, texts never as formulas.

    Control characters, which XLSX cannot hold, are left out.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([_cell(value) for value in row])
    target = io.BytesIO()
    workbook.save(target)
    files = unpacked(target.getvalue())
    files[PROPERTIES] = _TIMES.sub(TIME, files[PROPERTIES])
    return packed(files)


def _cell(value: str | int) -> str | int:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, int):
        return value
    return neutralized(ILLEGAL_CHARACTERS_RE.sub("", value))
