"""XLSX as a grid of cells: the first sheet in, one sheet out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence

from dashboard.domain.errors import InvalidInput

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
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


def write_grid(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook with one sheet; control characters, which XLSX cannot hold, are left out."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Afektif")
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
