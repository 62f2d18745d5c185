"""Writing in bulk: Core statements of the session's own dialect, which know ON CONFLICT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables import Base

Insert = sqlite.Insert | postgresql.Insert


def insert_into(session: Session, row: type[Base]) -> Insert:
    """An INSERT into the table of these rows."""
    table = cast(Table, row.__table__)
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def write(session: Session, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write all rows; none at all is nothing to do, where SQLAlchemy would insert a blank one."""
    if rows:
        session.execute(statement, list(rows))


def changed(session: Session, statement: Executable) -> int:
    """How many rows a statement changed."""
    return cast(CursorResult[Any], session.execute(statement)).rowcount
