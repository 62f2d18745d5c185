"""JSON objects out of text: one a line, or one array of them; nested ones become flat columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.domain.errors import InvalidInput
from dashboard.domain.exchange import Problem, Said
from dashboard.formats.decoding import is_foreign, not_utf8
from dashboard.formats.tables import MAX_MILLION_CELLS, text_of, too_many_cells

MAX_DEPTH = 4
"""Objects nested deeper than this stay JSON in one cell."""
NO_OBJECT = "This is no JSON object with names and values."
AS_OBJECT = Said("Write one object in braces per line, with a name for every value.")


@dataclass(frozen=True)
class Record:
    """One JSON object of a file and its place."""

    line: int
    value: Mapping[str, object]


@dataclass(frozen=True)
class Records:
    """The objects of a file, and the places where something else stands."""

    found: tuple[Record, ...]
    faults: tuple[Problem, ...]


def read_records(text: str) -> Records:
    """Objects of a JSON array, of a single JSON object, or one of every line."""
    if sum(text.count(mark) for mark in ",[{") > 2 * MAX_MILLION_CELLS * 1_000_000:
        raise too_many_cells()
    start = text.lstrip()[:1]
    if start == "[":
        return _sorted_out(enumerate(_array(text), start=1))
    whole = _whole(text) if start == "{" else None
    if whole is not None:
        return _sorted_out([(1, whole)])
    return _lines(text)


def flattened(value: Mapping[str, object], depth: int = MAX_DEPTH) -> dict[str, str]:
    """Columns of an object; what stands inside `a` under `b` becomes `a.b`."""
    return dict(_flat(value, depth))


def _flat(value: Mapping[str, object], depth: int) -> Iterator[tuple[str, str]]:
    for name, item in value.items():
        if isinstance(item, dict) and depth > 1:
            yield from ((f"{name}.{inner}", text) for inner, text in _flat(item, depth - 1))
        else:
            yield name, text_of(item)


def _array(text: str) -> Sequence[object]:
    if is_foreign(text):
        line = next(n for n, one in enumerate(text.split("\n"), start=1) if is_foreign(one))
        raise InvalidInput(
            "Line {line} is not UTF-8 text; save the file as UTF-8 and import it again.", line=line
        )
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        raise InvalidInput(
            "The JSON is broken near line {line}; export the file again.",
            line=getattr(error, "lineno", 1),
        ) from None
    assert isinstance(values, list), "what starts with a bracket is a list"
    return values


def _whole(text: str) -> object | None:
    if is_foreign(text):
        return None
    try:
        return json.loads(text)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        return None


def _sorted_out(values: Iterator[tuple[int, object]] | list[tuple[int, object]]) -> Records:
    found, faults = [], []
    for place, value in values:
        if isinstance(value, dict):
            found.append(Record(place, value))
        else:
            faults.append(Problem(place, NO_OBJECT, AS_OBJECT, value=text_of(value)[:80]))
    return Records(tuple(found), tuple(faults))


def _lines(text: str) -> Records:
    found: list[Record] = []
    faults: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        read = _line(number, line)
        if isinstance(read, Record):
            found.append(read)
        else:
            faults.append(read)
    return Records(tuple(found), tuple(faults))


def _line(number: int, line: str) -> Record | Problem:
    if is_foreign(line):
        return not_utf8(number, line)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return Problem(
            number,
            "This line is not complete JSON.",
            Said("Check its quotes, commas and braces, or remove the line."),
            value=line.strip()[:80],
        )
    if isinstance(value, dict):
        return Record(number, value)
    return Problem(number, NO_OBJECT, AS_OBJECT, value=line.strip()[:80])
