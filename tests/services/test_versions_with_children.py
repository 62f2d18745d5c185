"""Versions over a database with children: rules, families and what a version says of itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dashboard.bootstrap import App
from dashboard.domain.augmentation import AugmentationPlan
from dashboard.domain.datasets import Children, HeldOut, Recipe, Split
from dashboard.domain.errors import InvalidInput
from dashboard.domain.responses import Decision
from tests.augmenting import STUDY, augmentation_over, children, examples, finished
from tests.reviewers import agreed, answer_of, judged

ALL = Recipe(children=Children.ALL)


@pytest.fixture
def grown_app(app: App) -> App:
    """The starters, with eight examples in every condition."""
    finished(augmentation_over(app), AugmentationPlan(STUDY, target=8))
    return app


def root_of(key: str) -> str:
    return "-".join(key.split("-")[:2])


def test_children_stay_out_of_a_usual_version(grown_app: App) -> None:
    assert len(children(grown_app)) == 448 - 160
    version = grown_app.datasets.freeze(STUDY, Recipe())
    assert version.sha256 == "b11445fd59ffe970a4e2caac63b376b511e9a24303525d33b53ffb31d4c9467f"
    assert (version.children, version.originals) == (0, 160)


@pytest.mark.parametrize("test_on", HeldOut)
def test_children_stand_in_the_split_of_their_family(grown_app: App, test_on: HeldOut) -> None:
    version = grown_app.datasets.freeze(STUDY, replace(ALL, test_on=test_on))
    rows = grown_app.datasets.rows(version.id)
    split = {row.key: row.split for row in rows if not row.technique}
    made = [row for row in rows if row.technique]
    assert made
    assert all(row.split is split[root_of(row.key)] for row in made)
    assert {row.split for row in made} == (set(Split) if test_on is HeldOut.ALL else {Split.TRAIN})


def test_a_version_says_how_many_children_it_holds_and_how_they_were_made(grown_app: App) -> None:
    version = grown_app.datasets.freeze(STUDY, replace(ALL, growth=1.5))
    rows = grown_app.datasets.rows(version.id)
    assert (version.rows, version.children, version.originals) == (240, 80, 160)
    assert version.techniques == Counter(row.technique for row in rows if row.technique)
    assert version.unreviewed == 240
    assert grown_app.datasets.get(version.id) == version
    assert grown_app.datasets.freeze(STUDY, replace(ALL, growth=1.5)) == version


def test_a_child_enters_when_it_and_its_parent_were_accepted(grown_app: App) -> None:
    with pytest.raises(InvalidInput, match="No variant may enter under this rule yet"):
        grown_app.datasets.draft(STUDY, Recipe(children=Children.REVIEWED))
    training = grown_app.datasets.draft(STUDY, ALL).rows
    child = next(row for row in training if row.technique)
    by_key = {one.key: one for one in examples(grown_app)}
    agreed(grown_app, by_key[root_of(child.key)], Decision.ACCEPT)
    loosened = grown_app.datasets.draft(STUDY, Recipe(children=Children.OF_ACCEPTED))
    assert {root_of(row.key) for row in loosened.rows if row.technique} == {root_of(child.key)}
    judged(grown_app, by_key[child.key], "Bu Ani", answer_of(grown_app, Decision.ACCEPT))
    reviewed = grown_app.datasets.draft(STUDY, Recipe(children=Children.REVIEWED))
    assert [row.key for row in reviewed.rows if row.technique] == [child.key]
    assert reviewed.unreviewed == 159


def test_children_of_a_rejected_original_go_with_it(grown_app: App) -> None:
    child = next(row for row in grown_app.datasets.draft(STUDY, ALL).rows if row.technique)
    by_key = {one.key: one for one in examples(grown_app)}
    agreed(grown_app, by_key[root_of(child.key)], Decision.REJECT)
    keys = {row.key for row in grown_app.datasets.draft(STUDY, ALL).rows}
    assert root_of(child.key) not in {root_of(key) for key in keys}


def test_the_supply_counts_what_each_rule_would_let_in(grown_app: App) -> None:
    supply = grown_app.datasets.supply(STUDY)
    assert (supply.originals, supply.accepted) == (160, 0)
    assert supply.children == {
        Children.NONE: 0,
        Children.REVIEWED: 0,
        Children.OF_ACCEPTED: 0,
        Children.ALL: 288,
    }
    assert sum(supply.techniques.values()) == 288
