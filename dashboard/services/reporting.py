"""Reporting: a study run's figures as files that stand on their own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from dashboard.domain.errors import InvalidInput, StorageUnavailable
from dashboard.domain.generation import Output
from dashboard.domain.ids import GenerationRunId
from dashboard.domain.results import BERTSCORE, Results
from dashboard.formats.delimited import write_csv
from dashboard.services.scoring import Scoring

FILES = ("report.html", "results.json", "outputs.csv", "training.csv")


class Renderer(Protocol):
    """Turns results into a page."""

    def __call__(self, results: Results, record: Mapping[str, object]) -> str:
        """A self-contained HTML document."""
        ...


class Reporting:
    """Files about a generation run; `environment` names the versions that produced it."""

    def __init__(self, scoring: Scoring, render: Renderer, environment: Mapping[str, str]) -> None:
        self.scoring = scoring
        self.render = render
        self.environment = environment

    def file(self, run_id: GenerationRunId, name: str, signature: str | None = None) -> bytes:
        """One file of the report; `name` is one of `FILES`."""
        return self._content(name, self.scoring.results(run_id, signature))

    def _content(self, name: str, results: Results) -> bytes:
        if name == "report.html":
            return self.render(results, self.record(results)).encode()
        if name == "results.json":
            record = self.record(results)
            return json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False).encode()
        if name == "outputs.csv":
            return outputs_csv(results)
        if name == "training.csv":
            return training_csv(results)
        raise InvalidInput("A report has the files {files}.", files=", ".join(FILES))

    def write(self, run_id: GenerationRunId, folder: Path) -> None:
        """All files into a folder, each complete or absent."""
        results = self.scoring.results(run_id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name in FILES:
                partial = folder / f".{name}.part"
                partial.write_bytes(self._content(name, results))
                partial.replace(folder / name)
        except OSError as error:
            raise StorageUnavailable(
                "The report cannot be written to {folder}: {why}. Choose another folder.",
                folder=folder,
                why=error.strerror or "unknown fault",
            ) from error

    def record(self, results: Results) -> dict[str, object]:
        """Everything a reader needs to check or repeat the figures, as JSON values."""
        version, training, run = results.version, results.training, results.generation
        return {
            "study": version.study,
            "note": "The examples are authored starters, not the study's expert-verified set.",
            "dataset": {
                "name": version.name,
                "sha256": version.sha256,
                "recipe": asdict(version.recipe),
                "rows": version.counts,
                "unreviewed_rows": version.unreviewed,
                "variant_rows": version.children,
                "variant_rows_by_technique": dict(version.techniques),
                "test_keys": [one.key for one in results.comparisons],
            },
            "training": {
                **_plain(asdict(training.plan)),
                "job": training.job_id,
                "model": training.model,
                "status": training.status.value,
                "total_steps": training.total_steps,
                "trained_tokens": training.trained_tokens,
                "loss": [asdict(point) for point in results.curve],
                "checkpoints": [asdict(one) for one in results.checkpoints],
            },
            "generation": {
                "run": run.id,
                "engine": run.engine_url,
                "decoding": asdict(run.decoding),
                "repeats": run.repeats,
                "seed": run.seed,
            },
            "bertscore_signature": results.signature,
            "systems": [asdict(one) for one in results.systems],
            "environment": dict(self.environment),
        }


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {"engine" if key == "engine_url" else key: value for key, value in values.items()}


def outputs_csv(results: Results) -> bytes:
    """One line per output, with its input, reference, usage and scores."""
    keys = list(results.comparisons[0].inputs) if results.comparisons else []
    header = ["id", *keys, "reference", "system", "repeat", "text", "status", "finish_reason",
              "prompt_tokens", "completion_tokens", "latency_seconds", *BERTSCORE]  # fmt: skip
    rows = (
        [row.key, *row.inputs.values(), row.reference, *_cells(output, results.scores)]
        for row in results.comparisons
        for output in row.outputs
    )
    return write_csv(header, rows)


def _cells(output: Output, scores: Mapping[str, Mapping[str, float]]) -> Sequence[str]:
    usage = output.usage
    values = scores.get(output.id, {})
    return [
        output.system.value,
        str(output.repeat),
        output.text,
        output.status.value,
        output.finish_reason or "",
        str(usage.prompt_tokens) if usage else "",
        str(usage.completion_tokens) if usage else "",
        f"{output.latency_seconds:.3f}" if output.latency_seconds is not None else "",
        *(f"{values[metric]:.6f}" if metric in values else "" for metric in BERTSCORE),
    ]


def training_csv(results: Results) -> bytes:
    """The curve with OpenAI's column names."""
    header = ["step", "train_loss", "train_accuracy", "valid_loss", "valid_mean_token_accuracy"]
    rows = (
        [str(one.step), *(_number(value) for value in (
            one.train_loss, one.train_accuracy, one.valid_loss, one.valid_accuracy))]
        for one in results.curve
    )  # fmt: skip
    return write_csv(header, rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"
