"""Finding examples by their words and by the values of their input fields.

Text becomes plain words, the same way when kept and when sought: both databases index nothing but
letters and digits, so no query can break their syntax.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from sqlalchemy import ColumnElement, column, func, literal_column, select, table, true
from sqlalchemy.orm import Session

from storage.tables.examples import ExampleRow

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Words without case and accents; an emoji is a word of its own, named by its number."""
    parts = []
    for character in unicodedata.normalize("NFKD", text).casefold():
        category = unicodedata.category(character)
        if category == "So":
            parts.append(f" u{ord(character):x} ")
        elif not category.startswith("M"):
            parts.append(character)
    return _WORD.findall("".join(parts))


def searchable(key: str, inputs: Mapping[str, str], message: str) -> str:
    """What an example is found by."""
    return " ".join(words(" ".join((key, *inputs.values(), message))))


def matches(session: Session, text: str) -> ColumnElement[bool]:
    """Examples that contain every word of the text, the last one as a beginning."""
    sought = words(text)
    if not sought:
        return true()
    if session.get_bind().dialect.name == "postgresql":
        query = func.to_tsquery(literal_column("'simple'"), " & ".join(sought) + ":*")
        return func.to_tsvector(literal_column("'simple'"), ExampleRow.search).bool_op("@@")(query)
    phrases = " ".join(f'"{word}"' for word in sought) + "*"
    found = literal_column("examples_fts").bool_op("MATCH")(phrases)
    return ExampleRow.sequence.in_(
        select(column("rowid")).select_from(table("examples_fts")).where(found)
    )


def has_value(session: Session, field: str, value: str) -> ColumnElement[bool]:
    """Examples whose input field has exactly this value."""
    if session.get_bind().dialect.name == "postgresql":
        kept: ColumnElement[str] = ExampleRow.inputs[field].as_string()
        return kept == value
    # A JSON path of SQLite cannot name a field with a quotation mark in it.
    each = func.json_each(ExampleRow.inputs).table_valued("key", "value")
    return select(each.c.key).where(each.c.key == field, each.c.value == value).exists()
