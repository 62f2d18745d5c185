"""Full-text search: what is found, that it stays in step, and that no query breaks it."""

from __future__ import annotations

import pytest

from dashboard.domain.examples import ExampleFilter
from storage.database import Database
from tests.storage.worlds import STUDY, action, add_examples, new_example, revised


def found(database: Database, text: str) -> list[str]:
    """Keys of what a query finds."""
    with database.reading() as stores:
        page = stores.examples.page(ExampleFilter(STUDY, text=text), 0, 100)
    assert page.total == len(page.examples)
    return [one.key for one in page.examples]


@pytest.fixture
def library(database: Database) -> Database:
    """Three examples with little in common."""
    add_examples(
        database,
        new_example("ex-0001", "Semangat ya, kamu pasti bisa! 😊", topic="ujian akhir"),
        new_example("ex-0002", "Café itu tenang; istirahat dulu 🌱😊", topic="pekerjaan"),
        new_example("ex-0003", "KAMU hebat", topic="keluarga"),
    )
    return database


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["ex-0001", "ex-0002", "ex-0003"]),
        ("   ", ["ex-0001", "ex-0002", "ex-0003"]),
        ("semangat", ["ex-0001"]),
        ("kamu", ["ex-0001", "ex-0003"]),
        ("kamu seman", ["ex-0001"]),
        ("sem bisa", []),
        ("bisa sem", ["ex-0001"]),
        ("cafe", ["ex-0002"]),
        ("CAFÉ", ["ex-0002"]),
        ("keluarga", ["ex-0003"]),
        ("ujian akhir", ["ex-0001"]),
        ("ex-0002", ["ex-0002"]),
        ("ex-00", ["ex-0001", "ex-0002", "ex-0003"]),
        ("😊", ["ex-0001", "ex-0002"]),
        ("🌱 tenang", ["ex-0002"]),
        ("tenang 🌱", ["ex-0002"]),
        ("🙈", []),
        ("tidak ada", []),
    ],
)
def test_search_finds_words_keys_inputs_and_emoji(
    library: Database, query: str, expected: list[str]
) -> None:
    assert found(library, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '""',
        'kamu"',
        "'",
        "'; DROP TABLE examples; --",
        "*",
        "kamu*",
        "*kamu",
        "-kamu",
        "--",
        "kamu -bisa",
        "+kamu",
        "^kamu",
        "(kamu",
        "kamu)",
        "search:kamu",
        "{search}: kamu",
        "NEAR(kamu bisa)",
        "kamu AND",
        "OR",
        "NOT kamu",
        "kamu & | ! <-> bisa",
        "kamu:*",
        "\\",
        "a\\'b",
        "%",
        "_",
        "\x00kamu\x00",
        "\ud83d",
        "👩‍👩‍👧‍👦",
        "🇮🇩",
        "\u202eumak",
        "１２３ ½ ②",
        "กขค हिन्दी 漢字",
        "\U0001faf6",
        "a" * 5000,
        "kamu " * 2000,
    ],
)
def test_no_query_raises(library: Database, query: str) -> None:
    assert set(found(library, query)) <= {"ex-0001", "ex-0002", "ex-0003"}


@pytest.mark.parametrize("query", ["-kamu", "kamu*", '"kamu', "KAMU!", "(kamu)"])
def test_punctuation_around_a_word_is_ignored(library: Database, query: str) -> None:
    assert found(library, query) == ["ex-0001", "ex-0003"]


def test_search_follows_an_edit(library: Database) -> None:
    with library.reading() as stores:
        [example] = stores.examples.page(ExampleFilter(STUDY, text="hebat"), 0, 1).examples
    with library.transaction() as stores:
        stores.ledger.record(action(), revised(example, "Luar biasa"))

    assert found(library, "hebat") == []
    assert found(library, "luar biasa") == ["ex-0003"]
