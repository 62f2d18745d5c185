"""Turning a file into examples: every fault names its line and its remedy, nothing is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import NewExample, normalized
from dashboard.domain.findings import RuleChecker, Severity
from dashboard.domain.studies import Inputs, Study
from dashboard.formats.tables import TableRow, read_table

MAX_PROBLEMS = 100
Mark = tuple[str, str]
"""What no two rows may share, and its kind."""


@dataclass(frozen=True)
class Problem:
    """Why a row stays out; `template` is the catalog's English message id."""

    line: int
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"Line {self.line}: {self.template.format(**self.values)}"


@dataclass(frozen=True)
class Preview:
    """What an import would bring; with problems it brings nothing."""

    filename: str
    rows: tuple[NewExample, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Taken:
    """What a study holds already: its keys, and its messages as `normalized` leaves them."""

    keys: Set[str]
    messages: Set[str]


def read_examples(
    study: Study, checker: RuleChecker, taken: Taken, filename: str, content: bytes
) -> Preview:
    """Check a whole file against a study; raises InvalidInput where it cannot be read at all."""
    table = read_table(filename, content)
    _require_columns(study, table)
    rows = [_example(study, entry) for entry in table]
    problems: list[Problem] = []
    seen: dict[Mark, int] = {}
    for entry, row in zip(table, rows, strict=True):
        problems.extend(_repeats(entry.line, row, seen, taken))
        problems.extend(_broken_rules(study, checker, entry.line, row))
        for mark in _marks(row):
            seen.setdefault(mark, entry.line)
    return Preview(filename, tuple(rows), tuple(problems[:MAX_PROBLEMS]))


def _require_columns(study: Study, table: list[TableRow]) -> None:
    needed = [*(one.key for one in study.fields), "message"]
    for entry in table:
        names = {name.strip().lower() for name in entry.values}
        missing = [name for name in needed if name not in names]
        if missing:
            raise InvalidInput(
                "Line {line} lacks “{columns}”; every row needs {needed}.",
                line=entry.line,
                columns=", ".join(missing),
                needed=", ".join(needed),
            )


def _example(study: Study, entry: TableRow) -> NewExample:
    values = {name.strip().lower(): text.strip() for name, text in entry.values.items()}
    inputs = {}
    for one in study.fields:
        value = values[one.key]
        inputs[one.key] = value.lower() if one.values else value
    return NewExample(
        key=values.get("id") or _content_key(inputs, values["message"]),
        inputs=inputs,
        message=values["message"],
    )


def _content_key(inputs: Inputs, message: str) -> str:
    """A key for a row without an id: the same row again gets the same key."""
    content = json.dumps([dict(inputs), message], ensure_ascii=False, sort_keys=True)
    return "row-" + hashlib.sha256(content.encode()).hexdigest()[:12]


def _marks(row: NewExample) -> tuple[Mark, ...]:
    return (("key", row.key), ("message", normalized(row.message)))


def _repeats(
    line: int, row: NewExample, seen: Mapping[Mark, int], taken: Taken
) -> Iterator[Problem]:
    if normalized(row.message) in taken.messages:
        yield Problem(line, "This message is in the study already; remove this row.")
    elif row.key in taken.keys:
        sentence = "“{key}” is in the study already; remove this row or give it another id."
        yield Problem(line, sentence, {"key": row.key})
    first = min((seen[mark] for mark in _marks(row) if mark in seen), default=None)
    if first:
        yield Problem(line, "This repeats line {first}; keep one of them.", {"first": first})


def _broken_rules(
    study: Study, checker: RuleChecker, line: int, row: NewExample
) -> Iterator[Problem]:
    for finding in checker.check(study, row.inputs, row.message):
        if finding.severity is Severity.ERROR:
            yield Problem(line, finding.template, finding.values)
