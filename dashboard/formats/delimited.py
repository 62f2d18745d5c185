"""CSV in and out; what a spreadsheet would run as a formula is neutralized and restored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from dashboard.domain.errors import InvalidInput
from dashboard.formats.decoding import is_foreign
from dashboard.formats.formulas import neutralized
from dashboard.formats.tables import Reading, bounded, header_of, row_of

DELIMITERS = ",;\t"
"""Spreadsheets save CSV with semicolons where the comma is the decimal mark, as in Indonesia."""


def read_csv(text: str) -> Reading:
    """Rows under the first line; raises InvalidInput where the text is no table at all."""
    found = Reading()
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    header: list[str] | None = None
    line = 1
    try:
        for cells in bounded(reader):
            if header is None:
                header = _header(cells)
            elif any(cell.strip() for cell in cells):
                found.rows.append(row_of(line, header, cells))
            line = reader.line_num + 1
    except csv.Error:
        raise InvalidInput(
            "Line {line} has an unclosed quote or a cell that is too long; correct that line.",
            line=line,
        ) from None
    return found


def _header(cells: Sequence[str]) -> list[str]:
    if any(is_foreign(cell) for cell in cells):
        raise InvalidInput(
            "The header is not UTF-8 text; save the file as UTF-8 and import it again."
        )
    return header_of(cells)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """A table as UTF-8 with a byte order mark, which spreadsheets need to see emoji."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(
        [neutralized(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")
