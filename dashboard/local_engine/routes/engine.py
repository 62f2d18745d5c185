"""Everything that the routes speak to, joined once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from starlette.requests import Request

from ..inference.answering import Answering
from ..records.catalog import ModelCatalog
from ..records.files import FileStore
from ..records.job_store import JobStore
from ..training.queue import JobQueue


@dataclass(frozen=True)
class Engine:
    """The rooms of the engine."""

    files: FileStore
    jobs: JobStore
    catalog: ModelCatalog
    queue: JobQueue
    answering: Answering

    @classmethod
    def in_folder(cls, folder: Path, bases: Mapping[str, Path]) -> Self:
        """An engine that keeps everything in one folder."""
        files, jobs = FileStore(folder / "files"), JobStore(folder / "jobs")
        queue = JobQueue(jobs, files, bases)
        return cls(files, jobs, ModelCatalog(bases, jobs), queue, Answering(bases))


def engine_of(request: Request) -> Engine:
    """The engine behind a request."""
    engine = request.app.state.engine
    assert isinstance(engine, Engine)
    return engine
