"""How many examples have each value of a field, and each tag, kept in step with every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dashboard.domain.examples import Entry
from storage.tables.examples import FieldValueRow
from storage.writing import insert_into, write

TAG = "tag"
Counted = tuple[str, bool, str, str]
"""A study, whether among its retired examples, a field's name and its value."""


def values_of(entry: Entry, inputs: Mapping[str, str]) -> Counter[Counted]:
    """What one example adds to the counts."""
    held = [(TAG, tag) for tag in entry.tags]
    held += [(f"inputs.{name}", value) for name, value in inputs.items()]
    return Counter((entry.study, entry.retired, name, value) for name, value in held)


def count(session: Session, gone: Counter[Counted], came: Counter[Counted]) -> None:
    """Take what went from the counts and add what came."""
    changes = Counter(came)
    changes.subtract(gone)
    # In one order, so that two writers on PostgreSQL never wait for each other in a circle.
    rows = [
        {"study": study, "retired": retired, "name": name, "value": value, "count": change}
        for (study, retired, name, value), change in sorted(changes.items())
        if change
    ]
    counted = insert_into(session, FieldValueRow)
    added = FieldValueRow.count + counted.excluded.count
    key = ["study", "retired", "name", "value"]
    write(session, counted.on_conflict_do_update(index_elements=key, set_={"count": added}), rows)
    if any(change < 0 for change in changes.values()):
        session.execute(delete(FieldValueRow).where(FieldValueRow.count <= 0))
