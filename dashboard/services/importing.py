"""Turning a file into examples: every fault names its line and its remedy, nothing is stored.

What others decided about a row (verdicts, labels, responses) is counted and stays outside: rows
come in unreviewed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import islice

from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import MAX_TAG, NewExample, normalized
from dashboard.domain.exchange import ID, MESSAGE, TAGS, ColumnMapping, Problem, Said
from dashboard.domain.findings import RuleChecker, Severity
from dashboard.domain.studies import Inputs, Study
from dashboard.formats.reading import read_table
from dashboard.formats.tables import Table, TableRow
from dashboard.services.mapping import cell, guessed, meant, missing
from dashboard.services.remedies import problem_of

MAX_PROBLEMS = 100
"""Letters of a tag."""


@dataclass(frozen=True)
class Incoming:
    """A file that was read: its rows, and which column probably stands for what.

    `missing` names the fields, and the message, for which no column was recognized.
    """

    filename: str
    table: Table
    guess: ColumnMapping
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What an import would bring; with problems it brings nothing.

    `notes` say what was skipped and keep nothing out; `judgments` counts what others decided.
    """

    filename: str
    rows: tuple[NewExample, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Said, ...] = ()
    judgments: int = 0


@dataclass(frozen=True)
class Taken:
    """What a study holds already: its keys, and its messages as `normalized` leaves them."""

    keys: Set[str]
    messages: Set[str]


def read_incoming(study: Study, filename: str, content: bytes) -> Incoming:
    """Read a file and guess its columns; raises InvalidInput where it cannot be read at all."""
    table = read_table(filename, content)
    guess = guessed(study, table)
    return Incoming(filename, table, guess, missing(study, guess) if table.rows else ())


def preview_of(
    study: Study, checker: RuleChecker, taken: Taken, incoming: Incoming, mapping: ColumnMapping
) -> Preview:
    """Check every row against a study; raises InvalidInput while a field has no column."""
    table = incoming.table
    if table.rows:
        _require_columns(study, mapping)
    rows = [row_of(study, mapping, entry) for entry in table.rows]
    found = _row_problems(study, checker, taken, zip(table.rows, rows, strict=True))
    problems = [*table.faults, *islice(found, MAX_PROBLEMS)]
    problems.sort(key=lambda one: one.line)
    return Preview(
        filename=incoming.filename,
        rows=tuple(rows),
        problems=tuple(problems[:MAX_PROBLEMS]),
        notes=table.notes,
        judgments=table.judgments,
    )


def _row_problems(
    study: Study, checker: RuleChecker, taken: Taken, rows: Iterable[tuple[TableRow, NewExample]]
) -> Iterator[Problem]:
    repeats = _Repeats(taken)
    for entry, row in rows:
        yield from repeats.of(entry.line, row)
        yield from _broken_rules(study, checker, entry.line, row)


def _require_columns(study: Study, mapping: ColumnMapping) -> None:
    lacking = missing(study, mapping)
    if lacking:
        raise InvalidInput(
            "No column was recognized for {names}; choose one for each.", names=", ".join(lacking)
        )


def row_of(study: Study, mapping: ColumnMapping, entry: TableRow) -> NewExample:
    """The example that a row of a file stands for."""
    inputs = {one.key: meant(one, cell(entry, mapping, one.key), mapping) for one in study.fields}
    message = cell(entry, mapping, MESSAGE)
    key = cell(entry, mapping, ID) or _content_key(inputs, message)
    return NewExample(key, inputs, message, _tags(cell(entry, mapping, TAGS)))


def _tags(text: str) -> tuple[str, ...]:
    """Tags as a JSON list, or one a line."""
    try:
        listed = json.loads(text) if text.startswith("[") else text.splitlines()
    except (ValueError, RecursionError):
        listed = text.splitlines()
    tags = (" ".join(str(one).split())[:MAX_TAG] for one in listed)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _content_key(inputs: Inputs, message: str) -> str:
    """A key for a row without an id: the same row again gets the same key."""
    content = json.dumps([dict(inputs), message], ensure_ascii=False, sort_keys=True)
    return "row-" + hashlib.sha256(content.encode()).hexdigest()[:12]


class _Repeats:
    """What two rows may not share: their id, and their message."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.lines_of: dict[tuple[str, str], int] = {}

    def of(self, line: int, row: NewExample) -> Iterator[Problem]:
        """Why this row repeats the study or an earlier line; an empty message repeats none."""
        message, remove = normalized(row.message), Said("Remove line {line}.", {"line": line})
        first_message = self.lines_of.setdefault((MESSAGE, message), line)
        first_key = self.lines_of.setdefault((ID, row.key), line)
        if message and message in self.taken.messages:
            sentence = "This message is in the study already; remove this row."
            yield Problem(line, sentence, remove, place=MESSAGE, value=row.message)
        elif row.key in self.taken.keys:
            yield _taken_key(line, row.key)
        if message and first_message != line:
            sentence = "This repeats line {first}; keep one of them."
            said = {"first": first_message}
            yield Problem(line, sentence, remove, said, place=MESSAGE, value=row.message)
        elif first_key != line:
            yield _repeated_key(line, row.key, first_key)


def _taken_key(line: int, key: str) -> Problem:
    return Problem(
        line,
        "“{key}” is in the study already; remove this row or give it another id.",
        Said("Write another id, or leave the id empty."),
        {"key": key},
        place=ID,
        value=key,
    )


def _repeated_key(line: int, key: str, first: int) -> Problem:
    return Problem(
        line,
        "The id “{key}” stands on line {first} already; give this row another.",
        Said("Write another id, or leave the id empty."),
        {"key": key, "first": first},
        place=ID,
        value=key,
    )


def _broken_rules(
    study: Study, checker: RuleChecker, line: int, row: NewExample
) -> Iterator[Problem]:
    for finding in checker.check(study, row.inputs, row.message):
        if finding.severity is Severity.ERROR:
            yield problem_of(study, line, row.inputs, row.message, finding)
