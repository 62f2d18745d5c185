"""Uploaded and produced files: each a folder with its content and a description."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ..disk import PART, read_json, write_json
from ..errors import not_found
from ..names import new_id


@dataclass(frozen=True)
class StoredFile:
    """One file and what is known about it."""

    id: str
    bytes: int
    created: float
    filename: str
    purpose: str
    expires_at: int | None = None

    def answer(self) -> dict[str, Any]:
        """The file as OpenAI's `file` object; content is checked when a job uses it."""
        shown: dict[str, Any] = {
            "id": self.id,
            "object": "file",
            "bytes": self.bytes,
            "created_at": int(self.created),
            "filename": self.filename,
            "purpose": self.purpose,
            "status": "processed",
        }
        if self.expires_at is not None:
            shown["expires_at"] = self.expires_at
        return shown


@dataclass(frozen=True)
class Description:
    """What is said about a file when it is added; a lifetime is in seconds."""

    filename: str
    purpose: str
    lifetime: int | None = None


class FileStore:
    """All files of the engine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        found = [read_json(path) for path in folder.glob("*/file.json")]
        self._files = {record["id"]: StoredFile(**record) for record in found}

    def add(self, described: Description, write: Callable[[BinaryIO], object]) -> StoredFile:
        """Keep a new file whose content `write` produces; a failed write leaves nothing behind."""
        file_id = new_id("file-")
        part = self._folder / (file_id + PART)
        part.mkdir()
        try:
            stored = _filled(part, file_id, described, write)
            part.rename(self._folder / file_id)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        with self._lock:
            self._files[file_id] = stored
        return stored

    def get(self, file_id: str, param: str = "file_id") -> StoredFile:
        """The file with this id."""
        self._drop_expired()
        stored = self._files.get(file_id)
        if stored is None:
            raise not_found("files", file_id, param)
        return stored

    def newest_first(self, purpose: str | None = None) -> list[StoredFile]:
        """All files, or those with one purpose."""
        self._drop_expired()
        files = [file for file in self._files.values() if purpose in (None, file.purpose)]
        return sorted(files, key=lambda file: file.created, reverse=True)

    def content(self, file_id: str) -> Path:
        """Where the file's bytes lie."""
        return self._folder / self.get(file_id).id / "content"

    def delete(self, file_id: str) -> None:
        """Forget a file; jobs that use it keep their own copy."""
        self.get(file_id)
        with self._lock:
            self._files.pop(file_id, None)
        shutil.rmtree(self._folder / file_id, ignore_errors=True)

    def _drop_expired(self) -> None:
        now = time.time()
        for file in list(self._files.values()):
            if file.expires_at is not None and file.expires_at <= now:
                with self._lock:
                    self._files.pop(file.id, None)
                shutil.rmtree(self._folder / file.id, ignore_errors=True)


def _filled(
    part: Path, file_id: str, described: Description, write: Callable[[BinaryIO], object]
) -> StoredFile:
    with (part / "content").open("wb") as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())
    now = time.time()
    expires_at = None if described.lifetime is None else int(now) + described.lifetime
    size = (part / "content").stat().st_size
    stored = StoredFile(file_id, size, now, described.filename, described.purpose, expires_at)
    write_json(part / "file.json", asdict(stored))
    return stored
