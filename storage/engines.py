"""SQLAlchemy engines with the settings that make a database safe for several writers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.failures import is_locked

PATIENCE_SECONDS = 30.0
WRITERS = 7254
"""The advisory lock of whoever writes to PostgreSQL; any number that nobody else takes."""
# Emoji stay readable in the file, as in every export; what people wrote stays out of error logs.
_create_engine = partial(
    create_engine, json_serializer=partial(json.dumps, ensure_ascii=False), hide_parameters=True
)


def writing(address: URL, patience_seconds: float) -> Engine:
    """Takes the write lock at the start, so that no transaction fails halfway."""
    if address.get_backend_name() != "sqlite":
        engine = _create_engine(address, pool_pre_ping=True)
        event.listen(engine, "begin", _one_writer_within(patience_seconds))
        return engine
    engine = _create_engine(address)
    wait = min(5000, int(patience_seconds * 1000))
    pragmas = (f"busy_timeout={wait}", "foreign_keys=ON", "synchronous=FULL")
    event.listen(engine, "connect", _with_pragmas(pragmas))
    event.listen(engine, "begin", _lock_within(patience_seconds))
    return engine


def reading(address: URL) -> Engine:
    """Sees one moment of the database throughout, blocks no writer and can change nothing."""
    if address.get_backend_name() != "sqlite":
        # Connections of its own: writers in a row before the lock take none of them.
        return _create_engine(address, pool_pre_ping=True).execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    engine = _create_engine(address)
    event.listen(engine, "connect", _with_pragmas(("busy_timeout=5000", "query_only=ON")))
    event.listen(engine, "begin", _begin)
    return engine


def migrating(address: URL) -> Engine:
    """One connection for a schema change, in one transaction even on SQLite."""
    if address.get_backend_name() != "sqlite":
        return _create_engine(address, poolclass=NullPool)
    engine = _create_engine(address, poolclass=NullPool)
    # Foreign keys stay off: rebuilding a table drops it, and the whole is checked at the end.
    event.listen(engine, "connect", _with_pragmas(("busy_timeout=5000", "synchronous=FULL")))
    event.listen(engine, "begin", _lock_within(PATIENCE_SECONDS))
    return engine


def _with_pragmas(
    pragmas: tuple[str, ...],
) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    def connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver opens no transaction of its own: "begin" below says which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return connect


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _one_writer_within(patience_seconds: float) -> Callable[[Connection], None]:
    """What is counted before it is written must still be true then, as on SQLite."""
    wait = int(patience_seconds * 1000)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")

    return begin


def _lock_within(patience_seconds: float) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        deadline = time.monotonic() + patience_seconds
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if not is_locked(error) or time.monotonic() >= deadline:
                    raise

    return begin
