"""Augmentation: runs that fill conditions with children of what people wrote."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from dashboard.domain.augmentation import (
    Attempt,
    AugmentationPlan,
    AugmentationRun,
    Fate,
    Parent,
    Route,
)
from dashboard.domain.augmentation_calls import spent
from dashboard.domain.augmentation_plans import require_usable
from dashboard.domain.errors import InvalidInput, StorageUnavailable
from dashboard.domain.examples import Example, normalized
from dashboard.domain.ids import AugmentationRunId, new_id, now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.studies import Cell
from dashboard.domain.team import person_name
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import CellProgress, Yield
from dashboard.services.begetting import born
from dashboard.services.filling import Filling, is_resting, missing, texts_of
from dashboard.services.ports import Work, WorkQueue
from dashboard.services.recording import Doing, require_present
from dashboard.services.stores import Stores
from dashboard.services.varying import Bench, Trial, shown

PREVIEWED = 10


class Augmentation:
    """What people do with augmentation runs; the worker calls `advance`."""

    def __init__(self, filling: Filling, queue: WorkQueue) -> None:
        self.filling = filling
        self.database = filling.database
        self.recorder = filling.recorder
        self.workshop = filling.workshop
        self.queue = queue

    def parents(self, study: str) -> tuple[Parent, ...]:
        """The originals that may have children, in key order."""
        with self.database.reading() as stores:
            return stores.lineages.parents(study)

    def missing(self, plan: AugmentationPlan) -> dict[Cell, int]:
        """How many examples each cell would still need, in the order of the study."""
        with self.database.reading() as stores:
            return dict(missing(stores, self.recorder.study(plan.study), plan))

    def preview(self, plan: AugmentationPlan, count: int = PREVIEWED) -> tuple[Trial, ...]:
        """What techniques make of parents here and there, and what becomes of it; not stored."""
        require_usable(plan)
        if plan.route is Route.MODEL:
            raise InvalidInput(
                "A language model is asked in a run only, where every call is written down. Start "
                "one with a small budget to see what it writes."
            )
        study = self.recorder.study(plan.study)
        with self.database.reading() as stores:
            needs = missing(stores, study, plan)
            parents = stores.lineages.parents(study.name)
            texts = texts_of(stores, study.name)
        fitting = [one for one in parents if needs.get(study.cell(one.inputs))] or parents
        few = min(count, len(fitting))
        first = plan.seed % len(fitting) if fitting else 0
        around = [*fitting[first:], *fitting[:first]]
        spread = [around[place * len(fitting) // few] for place in range(few)]
        return tuple(shown(Bench(plan, study, texts, self.workshop), spread))

    def launch(
        self, plan: AugmentationPlan, person: str, run_id: AugmentationRunId | None = None
    ) -> AugmentationRun:
        """Record a run and hand it to the worker; the same id twice is one run."""
        run = self.begin(plan, person, run_id)
        self._hand_over(run.id)
        return run

    def begin(
        self, plan: AugmentationPlan, person: str, run_id: AugmentationRunId | None = None
    ) -> AugmentationRun:
        """Record a run for whoever calls `advance`; raises InvalidInput for a useless one."""
        require_usable(plan)
        study = self.recorder.study(plan.study)
        run = AugmentationRun(
            id=run_id or AugmentationRunId(new_id()),
            plan=plan,
            person=person_name(person),
            status=RunStatus.WAITING,
            error=None,
            created_at=now(),
            resources=self.workshop.resources(plan.route, study),
        )
        with self.database.transaction() as stores:
            if run.id not in {one.id for one in stores.augmentation.all(plan.study)}:
                self._require_sense(stores, run)
                stores.augmentation.add(run)
            return stores.augmentation.get(run.id)

    def runs(self, study: str) -> tuple[AugmentationRun, ...]:
        """Every run of a study, newest first."""
        with self.database.reading() as stores:
            return stores.augmentation.all(study)

    def run(self, run_id: AugmentationRunId) -> AugmentationRun:
        """One run; raises NotFound."""
        with self.database.reading() as stores:
            return stores.augmentation.get(run_id)

    def unfinished(self) -> tuple[AugmentationRunId, ...]:
        """Runs that somebody must work on, of every study; those that were stopped rest."""
        every = [run for name in self.recorder.studies for run in self.runs(name)]
        return tuple(run.id for run in every if not is_resting(run))

    def advance(self, run_id: AugmentationRunId) -> bool:
        """One unit of work on a run; False when nothing is left to do."""
        return self.filling.advance(run_id)

    def stop(self, run_id: AugmentationRunId) -> None:
        """Let a run rest after the unit it is at; what it has made stays, and it may go on."""
        with self.database.transaction() as stores:
            stores.augmentation.set_status(run_id, RunStatus.PAUSED)

    def resume(self, run_id: AugmentationRunId, budget: str | None = None) -> None:
        """Let a run that was stopped go on where it was, perhaps with another budget."""
        with self.database.transaction() as stores:
            run = stores.augmentation.get(run_id)
            if run.status is not RunStatus.PAUSED:
                raise InvalidInput("Only a run that was stopped can go on.")
            _require_alone(stores, run)
            if budget is not None:
                plan = replace(run.plan, budget=budget)
                require_usable(plan)
                stores.augmentation.set_plan(run_id, plan)
            stores.augmentation.set_status(run_id, RunStatus.WAITING)
        self._hand_over(run_id, new_id())

    def fail(self, run_id: AugmentationRunId, error: str) -> None:
        """The run stopped; the sentence says why. One by a model may go on once that is mended."""
        with self.database.transaction() as stores:
            if stores.augmentation.get(run_id).plan.route is Route.MODEL:
                stores.augmentation.set_status(run_id, RunStatus.PAUSED, error)
            else:
                stores.augmentation.set_status(run_id, RunStatus.FAILED, error, now())

    def spent(self, run_id: AugmentationRunId) -> Decimal:
        """US dollars that a run has cost, at most: calls without an answer count in full."""
        with self.database.reading() as stores:
            return spent(stores.calls.of(run_id))

    def progress(self, run_id: AugmentationRunId) -> tuple[CellProgress, ...]:
        """Every cell that the run fills or will fill, in the order of the study."""
        with self.database.reading() as stores:
            run = stores.augmentation.get(run_id)
            needs = missing(stores, self.recorder.study(run.plan.study), run.plan)
            begun = stores.augmentation.cells(run_id)
            counts = _fates(stores.augmentation.yields(run_id))
        return tuple(
            CellProgress(
                cell=cell,
                wanted=begun[cell].wanted if cell in begun else need,
                kept=counts[cell, Fate.KEPT],
                held=counts[cell, Fate.HELD],
                dropped=counts[cell, Fate.DROPPED],
                is_done=cell in begun and begun[cell].is_done,
            )
            for cell, need in needs.items()
            if cell in begun or (need and not run.status.is_final)
        )

    def yields(self, run_id: AugmentationRunId) -> tuple[Yield, ...]:
        """Attempts counted by cell, technique, fate and first reason."""
        with self.database.reading() as stores:
            return stores.augmentation.yields(run_id)

    def attempts(
        self, run_id: AugmentationRunId, cell: Cell | None = None, fate: Fate | None = None
    ) -> tuple[Attempt, ...]:
        """Attempts of a run in the order they were made, of one cell or fate or all."""
        with self.database.reading() as stores:
            return stores.augmentation.attempts(run_id, cell, fate)

    def take(self, run_id: AugmentationRunId, cell: Cell, number: int, person: str) -> Example:
        """Make an example of a held attempt; it starts unreviewed. Raises InvalidInput."""
        with self.database.transaction() as stores:
            run = stores.augmentation.get(run_id)
            attempt = stores.augmentation.attempt(run_id, cell, number)
            _require_takeable(stores, run, attempt)
            doing = Doing(run.plan.study, person, Deed.TAKE)
            children = born(stores, doing, run, [attempt])
            self.recorder.record(stores, doing, children.changes)
            [child] = children.attempts
            assert child.example_id is not None
            stores.augmentation.mark_taken(attempt, child.example_id)
            return stores.examples.get(child.example_id)

    def take_back(self, run_id: AugmentationRunId, person: str) -> int:
        """Retire the children of a run that nobody has judged, in one action; how many."""
        with self.database.transaction() as stores:
            run = stores.augmentation.get(run_id)
            if not is_resting(run):
                raise InvalidInput("Stop the run first; then take its variants back.")
            made = stores.augmentation.attempts(run_id)
            ids = {one.example_id for one in made if one.example_id is not None}
            ids -= set(stores.examples.touched(run.plan.study))
            entries = [one.entry for one in stores.examples.some(sorted(ids)) if not one.retired]
            if not entries:
                raise InvalidInput("This run has no variants left that nobody has judged.")
            changes = [Change(one, replace(one, retired=True)) for one in entries]
            self.recorder.record(stores, Doing(run.plan.study, person, Deed.RETIRE), changes)
            return len(changes)

    def _hand_over(self, run_id: AugmentationRunId, *again: str) -> None:
        try:
            self.queue.enqueue(Work.AUGMENT, run_id, *again)
        except StorageUnavailable as error:
            self.fail(run_id, str(error))
            raise

    def _require_sense(self, stores: Stores, run: AugmentationRun) -> None:
        """Raise InvalidInput for a run that cannot begin, or would have nothing to do."""
        study = self.recorder.study(run.plan.study)
        require_present(stores, study.name, run.person)
        _require_alone(stores, run)
        if not any(missing(stores, study, run.plan).values()):
            raise InvalidInput(
                "Every condition has {target} examples already; ask for more.",
                target=run.plan.target,
            )
        if not stores.lineages.parents(study.name):
            raise InvalidInput(
                "There is nothing to vary: write or import examples first. Rejected, disputed and "
                "retired ones have no variants."
            )


def _require_alone(stores: Stores, run: AugmentationRun) -> None:
    others = stores.augmentation.all(run.plan.study)
    if any(one.id != run.id and not is_resting(one) for one in others):
        raise InvalidInput("Another run is under way; wait for it, or stop it first.")


def _require_takeable(stores: Stores, run: AugmentationRun, attempt: Attempt) -> None:
    if attempt.fate is not Fate.HELD or attempt.example_id is not None:
        raise InvalidInput("Only a held variant that nobody has taken yet can be taken in.")
    known = {normalized(one) for one in stores.examples.messages(run.plan.study)}
    if normalized(attempt.rewriting.message) in known:
        raise InvalidInput("This message is in the study already; write another one.")


def _fates(yields: tuple[Yield, ...]) -> Counter[tuple[Cell, Fate]]:
    counts: Counter[tuple[Cell, Fate]] = Counter()
    for one in yields:
        counts[one.cell, one.fate] += one.count
    return counts
