"""What Alembic runs: all revisions in one transaction, so that a kill leaves the schema as it was.

The address comes from `storage.migrating`; logging is left alone.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from storage.engines import migrating
from storage.tables import Base


def run() -> None:
    """Upgrade the database that `storage.migrating` names."""
    engine = migrating(context.config.attributes["address"])
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, transactional_ddl=True
        )
        with context.begin_transaction():
            context.run_migrations()
            check_foreign_keys(connection)


def check_foreign_keys(connection: Connection) -> None:
    """Undo everything if a row now points nowhere; PostgreSQL checks this by itself."""
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if dangling:
            raise RuntimeError(f"The migration leaves dangling references: {dangling[:5]}")


run()
