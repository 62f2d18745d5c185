"""A world with a scripted rewriter and sieve, and what tests of augmentation ask of it."""

from __future__ import annotations

from dashboard.augmentation.asking import ModelAsker
from dashboard.bootstrap import App
from dashboard.domain.augmentation import (
    AugmentationPlan,
    AugmentationRun,
    Rewriter,
    Sieve,
)
from dashboard.domain.examples import Example, ExampleFilter, Origin
from dashboard.services.asking import Asking
from dashboard.services.augmentation import Augmentation
from dashboard.services.calling import Caller
from dashboard.services.filling import Filling
from dashboard.services.ports import WorkQueue
from dashboard.services.varying import Workshop
from tests.fakes import RecordingQueue, ScriptedRewriter, ScriptedSieve

STUDY = "affective-intervention"
PLAN = AugmentationPlan(STUDY, target=5)
RESEARCHER = "Bu Mira"


def augmentation_over(
    app: App,
    rewriter: Rewriter | None = None,
    sieve: Sieve | None = None,
    tries: int = 100,
    queue: WorkQueue | None = None,
) -> Augmentation:
    """Augmentation of an application's examples, by script unless told otherwise."""
    chosen = rewriter or ScriptedRewriter()
    sifting = sieve or ScriptedSieve()
    workshop = Workshop(lambda: chosen, lambda _study: sifting, ModelAsker())
    caller = Caller(app.curation.database, app.generation.engines, workshop.asker)
    filling = Filling(Asking(caller, workshop), app.curation.recorder, workshop, tries)
    return Augmentation(filling, queue or RecordingQueue())


def finished(augmentation: Augmentation, plan: AugmentationPlan = PLAN) -> AugmentationRun:
    """A run that has done all it could."""
    run = augmentation.launch(plan, RESEARCHER)
    while augmentation.advance(run.id):
        pass
    return augmentation.run(run.id)


def examples(app: App, **narrowing: object) -> tuple[Example, ...]:
    """All examples that a filter finds."""
    with app.curation.database.reading() as stores:
        wanted = ExampleFilter(STUDY, **narrowing)  # type: ignore[arg-type]
        return stores.examples.page(wanted, 0, 10_000).examples


def children(app: App, **narrowing: object) -> tuple[Example, ...]:
    """The children in the order they were added."""
    return examples(app, origin=Origin.AUGMENTED, **narrowing)


def bytes_of(app: App) -> tuple[tuple[str, str], ...]:
    """Keys and messages of all children, in order."""
    return tuple((one.key, one.message) for one in children(app))
