"""A finished study, made through the services with hand-made texts and scores."""

from __future__ import annotations

from dashboard.bootstrap import App
from dashboard.domain.generation import Output, SystemKind
from dashboard.domain.ids import StudyRunId, now
from dashboard.domain.results import BERTSCORE
from dashboard.domain.scores import Score
from dashboard.domain.study_runs import Step, StepName, StudyPlan, StudyRun
from dashboard.domain.training import RunStatus

SIGNATURE = "bertscore:all-minilm-l6-v2|layer:5|idf:no"
LEVEL = {SystemKind.BASE: 0.61, SystemKind.FEW_SHOT: 0.64, SystemKind.TUNED: 0.71}
HOSTILE = "<script>alert(1)</script> **tebal** $x$ :red[merah] ![x](http://evil.example/x.png)"


def launched_study(app: App) -> StudyRun:
    """A study run that waits for the worker."""
    return app.studies.launch(StudyPlan(app.study.name, "local", "tiny", quick=True))


def finished_study(app: App) -> StudyRun:
    """A study run that went through the whole chain."""
    run_id = launched_study(app).id
    while not (generation_id := app.studies.run(run_id).generation_run_id):
        app.studies.advance(run_id)
    while app.generation.pending(generation_id):
        app.studies.advance(run_id)
    score_by_hand(app, run_id)
    ended = RunStatus.SUCCEEDED
    with app.scoring.database.transaction() as stores:
        for name in (StepName.SCORE, StepName.REPORT):
            stores.study_runs.set_step(run_id, Step(name, ended, 1, 1))
        stores.study_runs.set_status(run_id, ended, finished_at=now())
        stores.generation.set_status(generation_id, ended, None)
    return app.studies.run(run_id)


def score_by_hand(app: App, run_id: StudyRunId, signature: str = SIGNATURE) -> None:
    """A score for every output, higher for the tuned model, without any encoder."""
    generation_id = app.studies.run(run_id).generation_run_id
    assert generation_id is not None
    outputs = [
        output for row in app.generation.comparisons(generation_id) for output in row.outputs
    ]
    with app.scoring.database.transaction() as stores:
        stores.scores.save(
            [score for place, one in enumerate(outputs) for score in _scores(one, place, signature)]
        )


def _scores(output: Output, place: int, signature: str) -> list[Score]:
    level = LEVEL[output.system] + (place * 7 % 11) / 100
    return [
        Score(output.id, metric, level + shift / 100, signature)
        for shift, metric in enumerate(BERTSCORE)
    ]
