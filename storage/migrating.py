"""Bringing the schema up to date, once, before the processes start."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, NullPool, create_engine

from dashboard.domain.errors import StorageUnavailable
from storage import addresses, sqlite_files
from storage.failures import said_plainly

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str, scripts: Path = MIGRATIONS) -> None:
    """Create or upgrade the schema; an upgrade that was killed is simply repeated."""
    address = addresses.parse(url)
    path = addresses.file_of(address)
    if path is not None:
        sqlite_files.prepare(path)
    with said_plainly(address):
        config = _config(address, scripts)
        head = ScriptDirectory.from_config(config).get_current_head()
        current = known_version(address, scripts)
        if current == head:
            return
        if path is not None and current is not None:
            sqlite_files.copy(path, sqlite_files.beside(path, f"before-{head}"))
        command.upgrade(config, "head")


def known_version(address: URL, scripts: Path = MIGRATIONS) -> str | None:
    """The schema's version, None if it has none; raises StorageUnavailable for a newer one."""
    engine = create_engine(address, poolclass=NullPool)
    with said_plainly(address), engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(_config(address, scripts))
    if current is not None and current not in {one.revision for one in script.walk_revisions()}:
        raise StorageUnavailable(
            "{place} was written by a newer Afektif. Update Afektif, or restore an older backup.",
            place=addresses.place(address),
        )
    return current


def _config(address: URL, scripts: Path) -> Config:
    config = Config()
    # A percent sign would be read as a placeholder.
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["address"] = address
    return config
