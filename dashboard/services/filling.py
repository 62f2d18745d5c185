"""Filling: a run's next unit of work; what comes next follows from what is stored.

Rewriting and sifting happen between a moment that is read and a short transaction, so that nobody
waits for them; a unit whose ground has moved meanwhile is thrown away and done anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.domain.augmentation import AugmentationPlan, AugmentationRun, Fate, Route
from dashboard.domain.errors import InvalidInput
from dashboard.domain.ids import AugmentationRunId, now
from dashboard.domain.ledger import Deed
from dashboard.domain.studies import Cell, Study
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import CellWork
from dashboard.services.asking import Asking
from dashboard.services.begetting import born
from dashboard.services.recording import Doing, Recorder
from dashboard.services.stores import Stores
from dashboard.services.varying import SLICE, Ground, Harvest, Texts, Workshop, vary


class Filling:
    """The worker's next unit of work on an augmentation run: one cell, or a slice of it."""

    def __init__(
        self, asking: Asking, recorder: Recorder, workshop: Workshop, tries: int = SLICE
    ) -> None:
        self.asking = asking
        self.database = asking.caller.database
        self.recorder = recorder
        self.workshop = workshop
        self.tries = tries

    def advance(self, run_id: AugmentationRunId) -> bool:
        """One unit of work; False when nothing is left to do. May be repeated after a crash."""
        with self.database.reading() as stores:
            run = stores.augmentation.get(run_id)
        if is_resting(run):
            return False
        self._require_same_resources(run)
        with self.database.reading() as stores:
            ground = self._ground(stores, run)
        if ground is None:
            self._conclude(run_id)
            return False
        harvest = self._harvest(ground)
        with self.database.transaction() as stores:
            if harvest is not None and not is_resting(stores.augmentation.get(run_id)):
                self._bring_in(stores, ground, harvest)
        return True

    def _harvest(self, ground: Ground) -> Harvest | None:
        """What one unit of work brings; None when it was spent on asking a model."""
        if ground.run.plan.route is Route.MODEL:
            return self.asking.next(ground)
        return vary(ground, self.workshop, self.tries)

    def _require_same_resources(self, run: AugmentationRun) -> None:
        study = self.recorder.study(run.plan.study)
        if self.workshop.resources(run.plan.route, study) != run.resources:
            raise InvalidInput(
                "The word lists or rules have changed since this run began. Start a new one; it "
                "makes only what is missing."
            )

    def _ground(self, stores: Stores, run: AugmentationRun) -> Ground | None:
        """Where the run stands; None when every cell is done."""
        study = self.recorder.study(run.plan.study)
        work = _next_work(stores, study, run)
        if work is None:
            return None
        return Ground(
            run=run,
            study=study,
            work=work,
            parents=tuple(
                one
                for one in stores.lineages.parents(study.name)
                if study.cell(one.inputs) == work.cell
            ),
            texts=texts_of(stores, study.name),
            attempts=stores.augmentation.attempts(run.id, work.cell),
        )

    def _bring_in(self, stores: Stores, ground: Ground, harvest: Harvest) -> None:
        """Store a harvest unless its ground has moved."""
        run = ground.run
        if self._ground(stores, run) != ground:
            return
        doing = Doing(run.plan.study, run.person, Deed.AUGMENT, request=run.id)
        kept = [one for one in harvest.attempts if one.fate is Fate.KEPT]
        children = born(stores, doing, run, kept)
        if children.changes:
            self.recorder.record(stores, doing, children.changes)
        others = [one for one in harvest.attempts if one.fate is not Fate.KEPT]
        stores.augmentation.save([*children.attempts, *others])
        stores.augmentation.set_cell(run.id, harvest.work)
        stores.calls.put(harvest.used)
        stores.augmentation.set_status(run.id, RunStatus.RUNNING)

    def _conclude(self, run_id: AugmentationRunId) -> None:
        with self.database.transaction() as stores:
            if not is_resting(stores.augmentation.get(run_id)):
                stores.augmentation.set_status(run_id, RunStatus.SUCCEEDED, finished_at=now())


def is_resting(run: AugmentationRun) -> bool:
    """Whether nobody works on the run: it has ended, or somebody stopped it."""
    return run.status.is_final or run.status is RunStatus.PAUSED


def missing(stores: Stores, study: Study, plan: AugmentationPlan) -> Mapping[Cell, int]:
    """How many examples each cell needs to reach the target, in the order of the study."""
    found = dict.fromkeys(study.all_cells(), plan.target)
    for one in stores.examples.cells(study.name):
        if one.cell in found:
            found[one.cell] -= one.count
    return {cell: max(0, count) for cell, count in found.items()}


def texts_of(stores: Stores, study: str) -> Texts:
    """What children must keep clear of."""
    return Texts(
        keys=stores.examples.keys(study),
        messages=stores.examples.messages(study),
        standing=stores.lineages.standing_messages(study),
    )


def _next_work(stores: Stores, study: Study, run: AugmentationRun) -> CellWork | None:
    """The first cell that is begun and not done, or short and not begun."""
    begun = stores.augmentation.cells(run.id)
    for cell, count in missing(stores, study, run.plan).items():
        work = begun.get(cell)
        if work is None and count:
            return CellWork(cell, count)
        if work is not None and not work.is_done:
            return work
    return None
