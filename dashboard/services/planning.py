"""What a study run trains and which systems it compares, frozen from its plan."""

from __future__ import annotations

from dashboard.domain.generation import GenerationRun, System, SystemKind
from dashboard.domain.ids import GenerationRunId, new_id, now
from dashboard.domain.studies import Study
from dashboard.domain.study_runs import StudyRun
from dashboard.domain.training import Adapter, Hyperparameters, RunStatus, TrainingPlan, TrainingRun

QUICK_EPOCHS = 3
FULL_EPOCHS = 8
FULL_REPEATS = 5
SUFFIX = "afektif"


def training_plan(run: StudyRun, study: Study) -> TrainingPlan:
    """The tuned model learns under the short prompt, since that is what it will be asked with."""
    assert run.version_id is not None
    epochs = run.plan.epochs or (QUICK_EPOCHS if run.plan.quick else FULL_EPOCHS)
    return TrainingPlan(
        version_id=run.version_id,
        engine_url=run.plan.engine_url,
        base_model=run.plan.base_model,
        system_prompt=study.tuned_prompt,
        hyperparameters=Hyperparameters(n_epochs=epochs),
        adapter=Adapter(),
        seed=run.plan.seed,
        suffix=SUFFIX,
    )


def generation_run(run: StudyRun, study: Study, training: TrainingRun) -> GenerationRun:
    """Base under the long prompt, the same with training examples, tuned under the short."""
    assert training.model is not None
    base = run.plan.base_model
    return GenerationRun(
        id=GenerationRunId(new_id()),
        version_id=training.plan.version_id,
        training_run_id=training.id,
        engine_url=run.plan.engine_url,
        systems=(
            System(SystemKind.BASE, base, study.base_prompt),
            System(SystemKind.FEW_SHOT, base, study.base_prompt, run.plan.shots),
            System(SystemKind.TUNED, training.model, study.tuned_prompt),
        ),
        decoding=study.decoding,
        repeats=run.plan.repeats,
        seed=run.plan.seed,
        status=RunStatus.RUNNING,
        error=None,
        created_at=now(),
    )
