"""Which column of a file stands for what, and what its own words mean; guessed, then chosen."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dashboard.domain.exchange import ID, MESSAGE, TAGS, ColumnMapping
from dashboard.domain.studies import Field, Study
from dashboard.formats.tables import Table, TableRow

PREFIXES = re.compile(r"^(fields|metadata|meta|data|inputs?)[._]")
NAMES: Mapping[str, tuple[str, ...]] = {
    ID: ("external_id", "key", "kunci", "record_id", "id"),  # tools number their own rows in `id`
    MESSAGE: (
        *("message", "pesan", "text", "teks", "completion", "output", "response", "reference"),
        *("content", "balasan", "isi", "kalimat", "intervention", "intervensi", "label"),
    ),
    TAGS: ("tags", "tag", "tanda"),
}
"""What people and tools call what is no field of a study, likeliest first."""
ENOUGH = 4
"""Letters that a name must have to be taken for the beginning of a longer one."""
OPTIONAL = (ID, TAGS)
"""What a file may do without; a wrong guess would do more harm than none."""
MOST_UNKNOWN = 50
"""Unknown words that are listed, the most frequent ones."""
SAMPLE = 200
"""Rows that are looked at to recognize a column by its words."""
NEAR = 0.6
"""How alike (0 to 1, difflib's ratio) a misspelling and what was meant are."""


@dataclass(frozen=True)
class UnknownValue:
    """A word that the study does not know for a field, how many rows have it, and what it may be.

    `suggestion` is a value of the field, empty when nothing is near.
    """

    field: str
    value: str
    count: int
    suggestion: str


def guessed(study: Study, table: Table) -> ColumnMapping:
    """A column for everything that can be recognized by its name, else by its values."""
    columns: dict[str, str] = {}
    free = list(table.columns)
    names_of = _names(study)
    for attempt in (_by_name, _by_part):
        for target, names in names_of.items():
            found = None if target in columns else attempt(target, names, free)
            if found:
                columns[target] = found
                free.remove(found)
    for one in study.fields:
        found = None if one.key in columns else _by_values(one, table, free)
        if found:
            columns[one.key] = found
            free.remove(found)
    return ColumnMapping(columns)


def missing(study: Study, mapping: ColumnMapping) -> tuple[str, ...]:
    """What has no column and needs one: fields by key, and the message."""
    needed = (*(one.key for one in study.fields), MESSAGE)
    return tuple(one for one in needed if not mapping.columns.get(one))


def meant(one: Field, text: str, mapping: ColumnMapping) -> str:
    """The study's value for a cell: as chosen, by value, by label in any language; else as is."""
    if not one.values:
        return text
    chosen = mapping.values.get(one.key, {}).get(text)
    return chosen or dict(_words(one)).get(_folded(text), text)


def suggestion(one: Field, text: str) -> str:
    """The value that a misspelled one is nearest to, empty when none is near."""
    words = dict(_words(one))
    near = get_close_matches(_folded(text), words, n=1, cutoff=NEAR)
    return words[near[0]] if near else ""


def unknown_values(
    study: Study, rows: Sequence[TableRow], mapping: ColumnMapping
) -> tuple[UnknownValue, ...]:
    """Every word of a choice field that means nothing yet, most frequent first."""
    counts = Counter(
        (one.key, text)
        for one in study.fields
        if one.values
        for row in rows
        if (text := cell(row, mapping, one.key)) and meant(one, text, mapping) not in one.values
    )
    return tuple(
        UnknownValue(key, text, count, suggestion(study.field(key), text))
        for (key, text), count in counts.most_common(MOST_UNKNOWN)
    )


def cell(row: TableRow, mapping: ColumnMapping, target: str) -> str:
    """What a row holds for a target; empty where it has no such column."""
    return row.values.get(mapping.columns.get(target, ""), "").strip()


def _names(study: Study) -> dict[str, tuple[str, ...]]:
    """Every target with what it may be called; the fields' own names come first."""
    fields = {one.key: (one.key, one.name, *one.label.values()) for one in study.fields}
    return {**fields, **NAMES}


def _by_name(target: str, names: Sequence[str], free: Sequence[str]) -> str | None:
    for name in names:
        for column in sorted(free, key=_depth, reverse=True):
            if _plain(column) == _plain(name):
                return column
    return None


def _by_part(target: str, names: Sequence[str], free: Sequence[str]) -> str | None:
    """The only column that shares its words with a name of ours, or begins like one."""
    if target in OPTIONAL:
        return None
    found = [column for column in free if any(_overlap(column, name) for name in names)]
    return found[0] if len(found) == 1 else None


def _overlap(column: str, name: str) -> bool:
    """Whether one has all words of the other, or ours begins with the column's."""
    ours, theirs, short = _word_set(name), _word_set(column), _plain(column)
    if not theirs or ID in theirs:
        return False  # a column of ids stands for nothing else
    is_start = len(short) >= ENOUGH and _plain(name).startswith(short)
    return ours <= theirs or theirs <= ours or is_start


def _by_values(one: Field, table: Table, free: Sequence[str]) -> str | None:
    """The first column in which most cells are words of the field."""
    words = dict(_words(one))
    for column in free:
        cells = (row.values.get(column, "").strip() for row in table.rows[:SAMPLE])
        texts = [text for text in cells if text]
        if texts and 2 * sum(_folded(text) in words for text in texts) > len(texts):
            return column
    return None


def _words(one: Field) -> Iterator[tuple[str, str]]:
    """Every word for a value, folded, with the value; values win over labels."""
    labels = one.value_labels or {}
    for value in one.values:
        yield from ((_folded(word), value) for word in labels.get(value, {}).values())
    yield from ((_folded(value), value) for value in one.values)


def _depth(column: str) -> int:
    """How many prefixes of a tool a column has: its own copy of a name is nearer to the person."""
    return len(PREFIXES.findall(column))


def _plain(name: str) -> str:
    """A name without case, prefix, spaces and marks."""
    return re.sub(r"[\W_]+", "", PREFIXES.sub("", _folded(name)))


def _word_set(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", PREFIXES.sub("", _folded(name))))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
