"""`study`: the whole chain without pages, with progress bars and files at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from dashboard.bootstrap import App
from dashboard.commands.console import bars, console, fetching, in_sentences
from dashboard.commands.up import fetch_weights
from dashboard.domain.engines import LOCAL
from dashboard.domain.errors import UserError
from dashboard.domain.ids import StudyRunId
from dashboard.domain.results import METRICS, Results
from dashboard.domain.study_runs import StudyPlan, StudyRun
from dashboard.domain.training import RunStatus
from dashboard.preparing import prepare_storage
from dashboard.services.planning import FULL_REPEATS
from dashboard.settings import Settings
from dashboard.supervisor import AlreadyRunning, Supervisor, interruptible

Rows = Annotated[int | None, typer.Option(min=20, help="Use only this many examples.")]
Epochs = Annotated[int | None, typer.Option(min=1, max=50, help="Passes over the training rows.")]
Engine = Annotated[str, typer.Option(help="Base URL of another engine; “local” is our own.")]
Model = Annotated[str | None, typer.Option(help="Base model; our own engine's otherwise.")]
Out = Annotated[Path | None, typer.Option(help="Folder for report.html, results.json and CSVs.")]
Quick = Annotated[bool, typer.Option("--quick", help="One repeat and few epochs: minutes.")]


@in_sentences
def study(
    quick: Quick = False,
    rows: Rows = None,
    epochs: Epochs = None,
    engine: Engine = LOCAL,
    model: Model = None,
    out: Out = None,
) -> None:
    """Freeze, train, generate, score and report; a study that was cut off goes on."""
    settings = Settings.from_env()
    app = prepare_storage(settings)
    models, base_model = chosen_models(app, engine, model)
    supervisor = Supervisor(settings, models, with_pages=False)
    with interruptible() as stopped, working(supervisor) as own:
        unfinished = next(iter(_unfinished(app)), None)
        plan = StudyPlan(
            study=settings.study,
            engine_url=engine,
            base_model=base_model,
            quick=quick,
            rows=rows,
            epochs=epochs,
            repeats=1 if quick else FULL_REPEATS,
        )
        resumed = unfinished is not None and unfinished.plan == plan
        run = unfinished if unfinished and resumed else app.studies.launch(plan)
        if resumed:
            console.print("Going on with the study that was cut off.")
        finished = follow(app, run.id, own, stopped)
    conclude(app, finished, out)


def _unfinished(app: App) -> list[StudyRun]:
    runs = app.studies.runs(app.settings.study)
    return [run for run in runs if not run.status.is_final]


def chosen_models(app: App, engine: str, model: str | None) -> tuple[Mapping[str, Path], str]:
    """Models for our own engine, and the base model's name; says at once what is missing."""
    settings = app.settings
    if engine == LOCAL:
        models = fetch_weights(settings)
        return models, model or next(iter(models))
    offered = app.finetuning.base_models(engine)
    if model is None:
        raise UserError(
            "Say which model to tune with --model; {url} offers {names}.",
            url=engine,
            names=", ".join(offered[:20]) or "none",
        )
    with fetching(settings) as fetcher:
        fetcher.encoder()
    return {}, model


@contextmanager
def working(supervisor: Supervisor) -> Iterator[Supervisor | None]:
    """A worker and an engine: those of a running Afektif, else our own for as long as needed."""
    try:
        with supervisor.running():
            yield supervisor
    except AlreadyRunning:
        console.print("Afektif is running already; its worker takes the study.")
        yield None


def follow(
    app: App, run_id: StudyRunId, supervisor: Supervisor | None, stopped: list[int]
) -> StudyRun:
    """Show progress until the run is final or somebody presses Ctrl-C."""
    with bars() as progress:
        shown = {
            step.name: progress.add_task(step.name.value.capitalize(), total=1)
            for step in app.studies.run(run_id).steps
        }
        while True:
            run = app.studies.run(run_id)
            for step in run.steps:
                progress.update(shown[step.name], completed=step.done, total=step.total or 1)
            if run.status.is_final or stopped:
                return run
            if supervisor is not None:
                supervisor.watch()
            time.sleep(0.5)


def conclude(app: App, run: StudyRun, out: Path | None) -> None:
    """Print the figures and write the files; a failed study says why and exits with 1."""
    if run.status is RunStatus.FAILED:
        raise UserError("The study stopped: {why}", why=run.error or "no reason was given")
    if run.status is RunStatus.CANCELLED:
        raise UserError("The study was cancelled; what it had made stays.")
    if run.status is not RunStatus.SUCCEEDED or run.generation_run_id is None:
        console.print("Stopped. Start the same command again and the study goes on.")
        raise typer.Exit(130)
    folder = out or app.settings.reports_dir / run.id
    if out is not None:  # the worker has written the usual place already
        app.reporting.write(run.generation_run_id, out)
    console.print(_table(app.scoring.results(run.generation_run_id)))
    console.print(f"Report: {folder / 'report.html'}", markup=False, soft_wrap=True)


def _table(results: Results) -> Table:
    table = Table(title=f"Means over held-out rows; {results.signature}", title_justify="left")
    table.add_column("system")
    for metric in METRICS:
        table.add_column(metric.replace("bertscore_", ""), justify="right")
    for system in results.systems:
        means = [system.figures.get(metric) for metric in METRICS]
        table.add_row(system.kind, *(f"{one.mean:.3f}" if one else "–" for one in means))
    return table
