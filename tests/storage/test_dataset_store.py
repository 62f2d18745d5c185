"""Dataset versions: what was frozen stays frozen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.datasets import Children, HeldOut, Recipe, Split, fingerprint
from dashboard.domain.errors import NotFound
from dashboard.domain.ids import VersionId, new_id
from storage.database import Database
from storage.tables.datasets import recipe_of
from tests.storage.worlds import STUDY, action, add_version, all_examples, later, revised


def test_a_version_comes_back_with_its_rows_in_order(database: Database) -> None:
    version, rows = add_version(database)
    with database.reading() as stores:
        assert stores.datasets.get(version.id) == version
        assert stores.datasets.rows(version.id) == rows
        assert stores.datasets.rows(version.id, Split.TRAIN) == rows[1:]
        assert stores.datasets.rows(version.id, Split.VALIDATION) == ()


def test_a_later_edit_does_not_reach_a_version(database: Database) -> None:
    version, rows = add_version(database)
    with database.transaction() as stores:
        for example in all_examples(database):
            stores.ledger.record(action(), revised(example, "new"))
        assert fingerprint(stores.datasets.rows(version.id)) == fingerprint(rows)


def test_versions_are_found_by_their_bytes_within_a_study(database: Database) -> None:
    version, _ = add_version(database)
    with database.reading() as stores:
        assert stores.datasets.with_sha256(STUDY, version.sha256) == (version,)
        assert stores.datasets.with_sha256("another", version.sha256) == ()
        assert stores.datasets.with_sha256(STUDY, "00") == ()


def test_versions_are_listed_newest_first(database: Database) -> None:
    first, _ = add_version(database)
    second = replace(first, id=VersionId(new_id()), name="v2", created_at=later(1))
    with database.transaction() as stores:
        stores.datasets.add(second, ())
        assert stores.datasets.all(STUDY) == (second, first)
        assert stores.datasets.all("another") == ()


def test_a_recipe_comes_back_with_every_choice(database: Database) -> None:
    first, rows = add_version(database)
    chosen = Recipe(
        children=Children.OF_ACCEPTED,
        growth=8.75,
        test_on=HeldOut.ALL,
        techniques={"swap": 2, "synonym": 1},
        values={"sad": 3},
        parents=2,
    )
    grown = replace(first, id=VersionId(new_id()), name="v2", recipe=chosen)
    with database.transaction() as stores:
        stores.datasets.add(grown, rows)
        found = stores.datasets.get(grown.id).recipe
    assert found == chosen
    assert (found.children, found.test_on) == (Children.OF_ACCEPTED, HeldOut.ALL)
    assert found.children.is_loosened


def test_a_recipe_from_before_children_says_what_it_did() -> None:
    stored = {"seed": 7, "test_share": 0.2, "validation_share": 0.1, "accepted_only": True}
    known = recipe_of({**stored, "limit": None})
    assert known == Recipe(seed=7, accepted_only=True, alike=None)
    assert known.children is Children.NONE


def test_an_unknown_version_is_not_found(database: Database) -> None:
    with database.reading() as stores, pytest.raises(NotFound):
        stores.datasets.get(VersionId(new_id()))
