"""Database addresses: which are understood, and what people are told of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.domain.errors import StorageUnavailable
from storage.addresses import file_of, of_file, parse, place


@pytest.mark.parametrize(
    ("url", "driver", "named"),
    [
        ("sqlite:///data/var/afektif.db", "sqlite", "data/var/afektif.db"),
        ("sqlite:////tmp/a b%20.db", "sqlite", "/tmp/a b .db"),
        ("postgresql://a@h/db", "postgresql+psycopg", "postgresql+psycopg://a@h/db"),
        ("postgresql+psycopg://a:pw@h/db", "postgresql+psycopg", "postgresql+psycopg://a:***@h/db"),
    ],
)
def test_an_address_is_understood(url: str, driver: str, named: str) -> None:
    assert parse(url).drivername == driver
    assert place(parse(url)) == named


@pytest.mark.parametrize(
    "url", ["", "afektif.db", "sqlite://", "sqlite:///:memory:", "mysql://h/db", "postgresql://h"]
)
def test_other_addresses_are_refused_with_an_example(url: str) -> None:
    with pytest.raises(StorageUnavailable, match="sqlite:///"):
        parse(url)


def test_a_file_and_its_address_mean_each_other() -> None:
    assert file_of(of_file(Path("/tmp/é x.db"))) == Path("/tmp/é x.db")
    assert file_of(parse("postgresql://h/db")) is None
