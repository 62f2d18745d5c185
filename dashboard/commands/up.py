"""`up`: prepare everything, start the three processes and watch them until Ctrl-C."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from pathlib import Path

from dashboard.bootstrap import App
from dashboard.commands.console import console, fetching, in_sentences
from dashboard.domain.engines import LOCAL
from dashboard.domain.errors import WeightsUnavailable
from dashboard.domain.study_runs import StudyPlan
from dashboard.preparing import prepare_storage
from dashboard.settings import Settings
from dashboard.supervisor import AlreadyRunning, Supervisor, interruptible

log = logging.getLogger("afektif")


@in_sentences
def up() -> None:
    """Start Afektif and print its address."""
    settings = Settings.from_env()
    app = prepare_storage(settings)
    models = weights_if_possible(settings)
    supervisor = Supervisor(settings, models, with_pages=True)
    try:
        with interruptible() as stopped, supervisor.running():
            if supervisor.wait_for_pages(stopped):
                console.print(f"\nAfektif: {supervisor.address}   (Ctrl-C stops it)\n")
                start_first_study(app, models)
            elif not stopped:
                logs = settings.data_dir / "logs"
                console.print(f"The pages do not answer yet; their log is in {logs}.", markup=False)
            while not stopped:
                supervisor.watch()
                time.sleep(0.3)
            console.print("Stopping; everything is saved.")
    except AlreadyRunning as running:
        console.print(str(running), markup=False)


def fetch_weights(settings: Settings) -> Mapping[str, Path]:
    """Models for the engine, by name, and the encoder; raises WeightsUnavailable."""
    with fetching(settings) as fetcher:
        models = fetcher.writers()
        fetcher.encoder()
        return models


def weights_if_possible(settings: Settings) -> Mapping[str, Path]:
    """Models for the engine; without them the pages work, and one sentence says what does not."""
    try:
        return fetch_weights(settings)
    except WeightsUnavailable as error:
        console.print(f"{error} Reviewing examples works meanwhile.", style="yellow", markup=False)
        return {}


def start_first_study(app: App, models: Mapping[str, Path]) -> None:
    """On a first start the quick study runs by itself, so that there is something to see."""
    settings = app.settings
    if settings.first_study == "off" or not models or app.studies.runs(settings.study):
        return
    plan = StudyPlan(
        study=settings.study, engine_url=LOCAL, base_model=next(iter(models)), quick=True
    )
    app.studies.launch(plan)
    log.info("The first study has started; the Home page shows how far it is.")
