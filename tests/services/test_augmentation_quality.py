"""The quality of augmentation, counted over runs with a scripted rewriter and sieve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.bootstrap import App
from dashboard.domain.augmentation import (
    AugmentationPlan,
    AugmentationRun,
    Fate,
    Parent,
    Reason,
    Rewriting,
    Route,
    Technique,
)
from dashboard.domain.ids import AugmentationRunId, ExampleId
from dashboard.domain.responses import Decision
from dashboard.domain.training import RunStatus
from dashboard.services import quality_frames
from dashboard.services.augmentation_quality import COST, Quality
from tests.augmenting import STUDY, augmentation_over, children, finished
from tests.fakes import ScriptedRewriter
from tests.reviewers import answer_of, judged

PLAN = AugmentationPlan(STUDY, target=5)


class Moody(ScriptedRewriter):
    """Some of its texts are held, some are dropped."""

    def rewrite(
        self, technique: Technique, parent: Parent, seed: int, max_edits: int
    ) -> Rewriting | None:
        """By script, with a word that the sieve knows."""
        made = super().rewrite(technique, parent, seed, max_edits)
        word = ("tahan", "buang", "baik", "baik")[seed % 4]
        return replace(made, message=f"{made.message} {word} ya") if made else None


@pytest.fixture
def run(app: App) -> AugmentationRun:
    return finished(augmentation_over(app, Moody()), PLAN)


def quality_of(app: App, route: Route | None = None) -> Quality:
    return app.augmentation_quality.of(STUDY, route)


def test_nothing_made_has_no_rows(app: App) -> None:
    quality = quality_of(app)
    assert (quality.techniques, quality.cells) == ({}, {})
    assert (quality.overall.kept, quality.overall.cost) == (0, None)
    assert quality_frames.yields(quality).empty


def test_every_attempt_is_counted_once_by_technique_and_by_cell(
    app: App, run: AugmentationRun
) -> None:
    quality, attempts = quality_of(app), app.augmentation.attempts(run.id)
    fates = Counter(one.fate for one in attempts)
    overall = quality.overall
    assert min(fates.values()) > 0
    assert (overall.kept, overall.held, overall.dropped) == tuple(fates[one] for one in Fate)
    for rows in (quality.techniques.values(), quality.cells.values()):
        assert sum(one.kept + one.held + one.dropped for one in rows) == len(attempts)
    assert overall.dropped_for[Reason.PROFANITY] > 0
    assert set(overall.held_for) == {Reason.LABEL_DOUBT}
    assert list(quality.techniques) == list(Technique)


def test_labels_are_consistent_where_nobody_doubts_them(app: App, run: AugmentationRun) -> None:
    overall = quality_of(app).overall
    assert overall.consistent.n == overall.kept + overall.held
    assert overall.consistent.hits == overall.kept


def test_experts_accept_a_share_of_what_they_decided(app: App, run: AugmentationRun) -> None:
    assert quality_of(app).overall.accepted.value is None
    first, second, third, *_rest = children(app)
    for example, decision in (
        (first, Decision.ACCEPT), (second, Decision.ACCEPT), (third, Decision.REJECT)
    ):  # fmt: skip
        judged(app, example, "Bu Ani", answer_of(app, decision))
    overall = quality_of(app).overall
    assert (overall.accepted.hits, overall.accepted.n) == (2, 3)
    assert overall.cost == 0


def test_diversity_is_that_of_what_was_kept(app: App, run: AugmentationRun) -> None:
    overall = quality_of(app).overall
    assert overall.diversity.texts == overall.kept == len(children(app))
    for value in (overall.edits, overall.likeness, overall.diversity.self_bleu):
        assert value is not None
        assert 0 < value < 1


def test_what_a_model_costs_is_divided_by_what_was_accepted(app: App, run: AugmentationRun) -> None:
    assert quality_of(app, Route.MODEL).overall.kept == 0
    paid_run(app, run, {COST: 0.25})
    accept_first(app)
    overall = quality_of(app, Route.MODEL).overall
    assert overall.cost == Decimal("0.25") * (overall.kept + overall.held + overall.dropped)


def test_a_cost_that_nobody_kept_is_unknown_and_not_nothing(app: App, run: AugmentationRun) -> None:
    paid_run(app, run, {})
    accept_first(app)
    assert quality_of(app, Route.MODEL).overall.cost is None


def paid_run(app: App, like: AugmentationRun, scores: Mapping[str, float]) -> None:
    """The same attempts again, as if a model had made them."""
    plan = replace(like.plan, route=Route.MODEL)
    paid = replace(like, id=AugmentationRunId("paid"), plan=plan, status=RunStatus.SUCCEEDED)
    attempts = app.augmentation.attempts(like.id)
    with app.curation.database.transaction() as stores:
        stores.augmentation.add(paid)
        stores.augmentation.save([replace(one, run_id=paid.id, scores=scores) for one in attempts])


def accept_first(app: App) -> ExampleId:
    [example, *_rest] = children(app)
    judged(app, example, "Bu Ani", answer_of(app, Decision.ACCEPT))
    return example.id


def test_frames_hold_what_charts_draw(app: App, run: AugmentationRun) -> None:
    quality = quality_of(app)
    found = quality_frames.yields(quality)
    overall = quality.overall
    assert found["count"].sum() == overall.kept + overall.held + overall.dropped
    assert quality_frames.acceptance(quality)["n"].sum() == 0
    assert quality_frames.differences(quality)["texts"].sum() == overall.kept
