"""The one door to storage: a transaction that writes, or a moment that is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from storage import addresses, engines
from storage.augmentation import AugmentationRuns
from storage.augmentation_calls import AugmentationCalls
from storage.datasets import Datasets
from storage.examples import Examples
from storage.failures import said_plainly
from storage.generation import GenerationRuns
from storage.ledger import Ledger
from storage.lineages import Lineages
from storage.queue import Queue
from storage.records import Records
from storage.responses import Responses
from storage.scores import Scores
from storage.study_runs import StudyRuns
from storage.training import TrainingRuns
from storage.work_in_hand import WorkInHand


@dataclass(frozen=True)
class Stores:
    """All stores, inside one transaction."""

    ledger: Ledger
    records: Records
    examples: Examples
    queue: Queue
    work_in_hand: WorkInHand
    responses: Responses
    datasets: Datasets
    training: TrainingRuns
    generation: GenerationRuns
    scores: Scores
    study_runs: StudyRuns
    lineages: Lineages
    augmentation: AugmentationRuns
    calls: AugmentationCalls


class Database:
    """A migrated database; threads may share it, processes open their own."""

    def __init__(self, url: str, patience_seconds: float = engines.PATIENCE_SECONDS) -> None:
        self._address = addresses.parse(url)
        self._writing = engines.writing(self._address, patience_seconds)
        self._reading = engines.reading(self._address)

    @contextmanager
    def transaction(self) -> Iterator[Stores]:
        """Stores that write together or not at all; no model call happens inside."""
        with self._session(self._writing) as stores:
            yield stores

    @contextmanager
    def reading(self) -> Iterator[Stores]:
        """Stores that only read, all at the same moment."""
        with self._session(self._reading) as stores:
            yield stores

    def dispose(self) -> None:
        """Close every connection."""
        self._reading.dispose()
        self._writing.dispose()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Stores]:
        # Stores write with Core, past the session's memory: a later read must ask again.
        fresh = {"populate_existing": True}
        with (
            said_plainly(self._address),
            Session(engine, autoflush=False, execution_options=fresh) as session,
            session.begin(),
        ):
            session.connection()  # Waits for the lock here, before anybody has worked in vain.
            yield Stores(
                ledger=Ledger(session),
                records=Records(session),
                examples=Examples(session),
                queue=Queue(session),
                work_in_hand=WorkInHand(session),
                responses=Responses(session),
                datasets=Datasets(session),
                training=TrainingRuns(session),
                generation=GenerationRuns(session),
                scores=Scores(session),
                study_runs=StudyRuns(session),
                lineages=Lineages(session),
                augmentation=AugmentationRuns(session),
                calls=AugmentationCalls(session),
            )
