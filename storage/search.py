"""Finding examples by their words and by the values of their input fields.

Text becomes plain words, the same way when kept and when sought: both databases index nothing but
letters and digits, so no query can break their syntax.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, column, func, literal_column, table
from sqlalchemy.orm import Session

from dashboard.domain.examples import Entry
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


def facets(entry: Entry, inputs: Mapping[str, str]) -> str:
    """What an example is filtered by: a word for its study, its origin, each tag and value."""
    facts = [("study", entry.study), ("origin", entry.origin)]
    facts += [("tag", tag) for tag in entry.tags]
    facts += [(f"inputs.{name}", value) for name, value in inputs.items()]
    return " ".join(facet(name, value) for name, value in facts)


def facet(name: str, value: str) -> str:
    """One word for a field that has exactly this value."""
    return "f" + hashlib.blake2b(f"{name}={value}".encode(), digest_size=8).hexdigest()


def narrowed(
    session: Session, query: Select[ExampleRow], text: str, facts: Sequence[str]
) -> Select[ExampleRow]:
    """The query over examples that have all these facets and every word of the text.

    The last word counts as a beginning. Both indexes hand out matches in the order of their
    numbers, so the first page costs the same however many there are.
    """
    sought = words(text)
    if session.get_bind().dialect.name == "postgresql":
        return query.where(*_in_postgresql(sought, facts))
    index = table("examples_fts", column("rowid"))
    terms = ["facets : (" + " AND ".join(facts) + ")"] if facts else []
    if sought:
        terms.append("search : (" + " AND ".join(f'"{word}"' for word in sought) + "*)")
    found = literal_column("examples_fts").bool_op("MATCH")(" AND ".join(terms))
    return query.join(index, index.c.rowid == ExampleRow.sequence).where(found)


def _in_postgresql(sought: Sequence[str], facts: Sequence[str]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    simple: ColumnElement[str] = literal_column("'simple'")
    for kept, wanted in (
        (ExampleRow.facets, " & ".join(facts)),
        (ExampleRow.search, " & ".join(sought) + ":*" if sought else ""),
    ):
        if wanted:
            vector = func.to_tsvector(simple, kept)
            conditions.append(vector.bool_op("@@")(func.to_tsquery(simple, wanted)))
    return conditions
