"""A job's events: one JSON line each, appended by the server and by the training process."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from ..disk import Record, append_line, read_lines
from ..names import new_id

Level = Literal["info", "warn", "error"]


class EventLog:
    """The events of one job, oldest first on disk."""

    def __init__(self, job_folder: Path) -> None:
        self._path = job_folder / "events.jsonl"

    def say(self, message: str, level: Level = "info") -> None:
        """Add a sentence for people."""
        self._append(level, message, "message", {})

    def measure(self, message: str, metrics: Mapping[str, float]) -> None:
        """Add the numbers of one training step."""
        self._append("info", message, "metrics", metrics)

    def _append(self, level: Level, message: str, kind: str, values: Mapping[str, Any]) -> None:
        record = {
            "id": new_id("ftevent-"),
            "time": time.time(),
            "level": level,
            "message": message,
            "type": kind,
            "data": dict(values),
        }
        append_line(self._path, record)

    def records(self) -> list[Record]:
        """All events as kept, oldest first."""
        return read_lines(self._path)

    def answers(self) -> list[dict[str, Any]]:
        """All events as OpenAI's objects, newest first."""
        return [_answer(record) for record in reversed(self.records())]

    def metrics(self) -> list[Record]:
        """The numbers of every step so far, each with its time."""
        found = (record for record in self.records() if record["type"] == "metrics")
        return [{**record["data"], "time": record["time"]} for record in found]

    def size(self) -> int:
        """The length of the log in bytes."""
        return self._path.stat().st_size if self._path.exists() else 0

    def cut(self, size: int) -> None:
        """Forget everything after a remembered length."""
        if self.size() > size:
            os.truncate(self._path, size)


def _answer(record: Record) -> dict[str, Any]:
    shown = {key: record[key] for key in ("id", "level", "message", "type", "data")}
    return {**shown, "object": "fine_tuning.job.event", "created_at": int(record["time"])}
