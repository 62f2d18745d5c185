"""The only place where adapters are chosen and joined to services."""

from __future__ import annotations

import functools
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from dashboard.augmentation.asking import ModelAsker
from dashboard.charts.report import render_report
from dashboard.domain.augmentation import Rewriter, Sieve
from dashboard.domain.engines import OPENAI_URL
from dashboard.domain.studies import Study
from dashboard.engines.openai_engine import EngineAddresses, OpenAIEngines
from dashboard.metrics.bertscore import BertScorers
from dashboard.metrics.rules import MessageRules
from dashboard.metrics.similarity import near_duplicates, same_words
from dashboard.services.adjudication import Adjudication
from dashboard.services.agreement import Agreement
from dashboard.services.asking import Asking
from dashboard.services.augmentation import Augmentation
from dashboard.services.augmentation_quality import AugmentationQuality
from dashboard.services.broods import Broods
from dashboard.services.bulk import Bulk
from dashboard.services.calibration import Calibration
from dashboard.services.calling import Caller
from dashboard.services.chain import Chain, Links
from dashboard.services.coverage import Coverage
from dashboard.services.curation import Curation
from dashboard.services.datasets import Datasets
from dashboard.services.duplicates import Duplicates
from dashboard.services.exchanging import Exchanging
from dashboard.services.families import Families
from dashboard.services.filling import Filling
from dashboard.services.finetuning import FineTuning
from dashboard.services.generation import Generation
from dashboard.services.guidelines import Guidelines
from dashboard.services.history import History
from dashboard.services.holding import Holding
from dashboard.services.intake import Intake
from dashboard.services.ports import Engines, WorkQueue
from dashboard.services.progress import Progress
from dashboard.services.queueing import Queueing
from dashboard.services.recording import Recorder
from dashboard.services.reporting import Reporting
from dashboard.services.reviewing import Reviewing
from dashboard.services.scoring import Scoring
from dashboard.services.studies import Studies
from dashboard.services.team import Team
from dashboard.services.tracing import Tracing
from dashboard.services.varying import Workshop
from dashboard.services.views import Views
from dashboard.settings import Settings
from dashboard.work_queue import DurableQueue
from storage.database import Database
from storage.study_folders import load_starters, load_studies

VERSIONED = ("bert-score", "dbos", "openai", "peft", "streamlit", "torch", "transformers")


@dataclass(frozen=True)
class App:
    """Every service, joined to this installation's storage, engines and metrics."""

    settings: Settings
    studies_by_name: Mapping[str, Study]
    curation: Curation
    bulk: Bulk
    intake: Intake
    exchanging: Exchanging
    duplicates: Duplicates
    coverage: Coverage
    views: Views
    queueing: Queueing
    reviewing: Reviewing
    adjudication: Adjudication
    tracing: Tracing
    agreement: Agreement
    history: History
    team: Team
    progress: Progress
    calibration: Calibration
    guidelines: Guidelines
    datasets: Datasets
    finetuning: FineTuning
    generation: Generation
    scoring: Scoring
    reporting: Reporting
    studies: Studies
    augmentation: Augmentation
    augmentation_quality: AugmentationQuality
    families: Families
    broods: Broods
    holding: Holding

    @property
    def study(self) -> Study:
        """The study this installation works on."""
        return self.studies_by_name[self.settings.study]


def build(
    settings: Settings, engines: Engines | None = None, queue: WorkQueue | None = None
) -> App:
    """The application for these settings; the database must have been migrated."""
    database = Database(settings.database)
    studies = load_studies(settings.studies_dir)
    engines = engines or OpenAIEngines(addresses(settings))
    queue = queue or DurableQueue(settings.work_database)
    recorder, rules = Recorder(studies), MessageRules()
    datasets = Datasets(database, studies, same_words)
    finetuning = FineTuning(database, datasets, engines, queue)
    generation = Generation(database, datasets, engines, studies)
    scoring = Scoring(
        database, generation, BertScorers(settings.models_dir, settings.encoder), queue
    )
    reporting = Reporting(scoring, render_report, environment())
    links = Links(datasets, finetuning, generation, scoring, reporting, settings.reports_dir)
    made_by = workshop(settings)
    asking = Asking(Caller(database, engines, made_by.asker), made_by)
    return App(
        settings=settings,
        studies_by_name=studies,
        curation=Curation(database, recorder, rules),
        bulk=Bulk(database, recorder),
        intake=Intake(database, recorder, rules),
        exchanging=Exchanging(database, recorder),
        duplicates=Duplicates(database, near_duplicates),
        coverage=Coverage(database, recorder),
        views=Views(database, recorder),
        queueing=Queueing(database, recorder, rules),
        reviewing=Reviewing(database, recorder, rules),
        adjudication=Adjudication(database, recorder, rules),
        tracing=Tracing(database),
        agreement=Agreement(database, recorder),
        history=History(database, recorder),
        team=Team(database, recorder),
        progress=Progress(database),
        calibration=Calibration(database, recorder),
        guidelines=Guidelines(database, recorder),
        datasets=datasets,
        finetuning=finetuning,
        generation=generation,
        scoring=scoring,
        reporting=reporting,
        studies=Studies(database, Chain(database, links, studies), studies, queue),
        augmentation=Augmentation(Filling(asking, recorder, made_by), queue),
        augmentation_quality=AugmentationQuality(database),
        families=Families(database),
        broods=Broods(database),
        holding=Holding(database, recorder),
    )


def workshop(settings: Settings) -> Workshop:
    """Who rewrites, asks and sifts; word lists are read when they are first needed."""
    return Workshop(
        offline_rewriter,
        lambda study: message_sieve(settings.studies_dir / study.name),
        ModelAsker(),
    )


@functools.cache
def offline_rewriter() -> Rewriter:
    """Our rules and word lists."""
    from dashboard.augmentation.offline import OfflineRewriter

    return OfflineRewriter()


@functools.cache
def message_sieve(folder: Path) -> Sieve:
    """Every filter that a child of a study goes through."""
    from dashboard.augmentation.sieve.limits import load_limits
    from dashboard.augmentation.sieve.message_sieve import MessageSieve

    return MessageSieve(load_limits(folder), load_starters(folder))


def addresses(settings: Settings) -> EngineAddresses:
    """Where the engines are and what opens them."""
    return EngineAddresses(
        local_url=settings.engine_url,
        local_token=settings.engine_token.get_secret_value(),
        keys={OPENAI_URL: settings.openai_key.get_secret_value()},
        other_key=settings.engine_key.get_secret_value(),
    )


def environment() -> dict[str, str]:
    """The versions a figure depends on."""
    versions = {name: version(name) for name in VERSIONED}
    return {"python": platform.python_version(), "machine": platform.machine(), **versions}
