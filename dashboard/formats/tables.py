"""What every reader shares: rows of text with their lines, their limits, and what a cell may be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dashboard.domain.errors import InvalidInput
from dashboard.domain.exchange import Form, Problem, Said
from dashboard.formats.formulas import restored

MAX_COLUMNS = 200
MAX_MILLION_CELLS = 2

Cell = TypeVar("Cell")


@dataclass(frozen=True)
class TableRow:
    """One row of a file and its place, counted from 1: a line, a sheet row, or a JSON record."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A file as rows of text; `judgments` counts what other people or models decided in it."""

    form: Form
    rows: tuple[TableRow, ...]
    faults: tuple[Problem, ...] = ()
    notes: tuple[Said, ...] = ()
    judgments: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column in the order it first stands."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.values))


@dataclass
class Reading:
    """What a reader has found so far."""

    rows: list[TableRow] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    judgments: int = 0


def text_of(value: object) -> str:
    """A value of JSON or a sheet as a cell; nothing is an empty text."""
    if value is None:
        return ""
    if not isinstance(value, bool | int | float | list | dict):
        return str(value)
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        raise InvalidInput(
            "The JSON is nested too deeply to be read; write a text or a number for every name."
        ) from None


def bounded(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows, as long as their cells fit in memory; a small file can claim very many."""
    cells = 0
    for row in rows:
        cells += max(1, len(row))
        if cells > MAX_MILLION_CELLS * 1_000_000:
            raise too_many_cells()
        yield row


def too_many_cells() -> InvalidInput:
    """The table would not fit in memory."""
    return InvalidInput(
        "The table has more than {limit} million cells, empty ones included; copy the "
        "columns you need into a new file and import that.",
        limit=MAX_MILLION_CELLS,
    )


def require_few_columns(count: int) -> None:
    """Raise InvalidInput for a table that is wider than anybody reads."""
    if count > MAX_COLUMNS:
        raise InvalidInput(
            "The table has {count} columns and the limit is {limit}; remove those that you do "
            "not need and import it again.",
            count=count,
            limit=MAX_COLUMNS,
        )


def header_of(cells: Sequence[str]) -> list[str]:
    """The names of a sheet's columns; raises InvalidInput for too many or a doubled one."""
    names = [restored(cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    require_few_columns(len(names))
    doubled = sorted(name for name, count in Counter(names).items() if count > 1)
    if doubled:
        raise InvalidInput(
            "The column “{name}” stands twice in the header; keep one.", name=doubled[0]
        )
    return names


def row_of(line: int, header: Sequence[str], cells: Sequence[str]) -> TableRow:
    """A row of a sheet under its header; raises InvalidInput for cells beyond it."""
    if any(cell.strip() for cell in cells[len(header) :]):
        raise InvalidInput(
            "Line {line} has more cells than the header; check its commas and quotes.", line=line
        )
    values = {name: restored(cell) for name, cell in zip(header, cells, strict=False)}
    return TableRow(line, values)
