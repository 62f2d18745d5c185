"""Every model that can be asked by name: bases, tuned models and served checkpoints."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ApiError, not_found
from ..names import ORGANIZATION
from .job_store import JobStore
from .jobs import Job


@dataclass(frozen=True)
class ServedModel:
    """A name, the base it stands on, and the adapter that tunes it."""

    name: str
    base: str
    created: float
    adapter: Path | None = None

    def answer(self) -> dict[str, Any]:
        """The model as OpenAI's `model` object."""
        return {
            "id": self.name,
            "object": "model",
            "created": int(self.created),
            "owned_by": ORGANIZATION,
        }


class ModelCatalog:
    """Finds models; the first base is the default."""

    def __init__(self, bases: Mapping[str, Path], jobs: JobStore) -> None:
        self.bases = dict(bases)
        self._jobs = jobs

    def all(self) -> list[ServedModel]:
        """Bases first, then tuned models and checkpoints, newest job first."""
        listed = [self._base(name) for name in self.bases]
        for job in self._jobs.newest_first():
            listed.extend(self._of_job(job))
        return listed

    def find(self, name: str) -> ServedModel:
        """The model with this name."""
        if name in self.bases:
            return self._base(name)
        for job in self._jobs.newest_first():
            for model in self._of_job(job):
                if model.name == name:
                    return model
        raise not_found("models", name, "model", "model_not_found")

    def delete(self, name: str) -> None:
        """Remove a tuned model's weights; its job stays readable."""
        adapter = self.find(name).adapter
        if adapter is None:
            raise ApiError(400, f"{name!r} is a base model: only tuned models can go.", "model")
        shutil.rmtree(adapter)

    def _base(self, name: str) -> ServedModel:
        config = self.bases[name] / "config.json"
        created = config.stat().st_mtime if config.exists() else 0.0
        return ServedModel(name, name, created)

    def _of_job(self, job: Job) -> Iterator[ServedModel]:
        if job.model not in self.bases:
            return
        folder = self._jobs.folder(job.id) / "model"
        if job.fine_tuned_model is not None and folder.is_dir():
            yield ServedModel(job.fine_tuned_model, job.model, job.finished or 0.0, folder)
        shelf = self._jobs.checkpoints(job.id)
        for checkpoint in reversed(shelf.served()):
            adapter = shelf.folder(checkpoint.step)
            yield ServedModel(checkpoint.name, job.model, checkpoint.created, adapter)
