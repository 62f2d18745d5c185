"""Database addresses: which database a URL means, and the file behind it when it is SQLite."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from dashboard.domain.errors import StorageUnavailable

DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def parse(url: str) -> URL:
    """The address, with the driver we use; raises StorageUnavailable when it is none of ours."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StorageUnavailable(
            "The database address is not a URL like sqlite:///folder/file.db."
        ) from error
    driver = DRIVERS.get(address.drivername)
    if driver is None or not address.database or address.database == ":memory:":
        raise StorageUnavailable(
            "The database address {place} must be sqlite:///folder/file.db or "
            "postgresql://user@host/name.",
            place=place(address),
        )
    return address.set(drivername=driver)


def of_file(path: Path) -> URL:
    """The address of a SQLite file."""
    return URL.create("sqlite", database=str(path))


def file_of(address: URL) -> Path | None:
    """The SQLite file; None for a server."""
    is_file = address.get_backend_name() == "sqlite"
    return Path(address.database or "") if is_file else None


def place(address: URL) -> str:
    """What a person calls the database: its file, or its address without the password."""
    return str(file_of(address) or address.render_as_string(hide_password=True))
