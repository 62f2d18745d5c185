"""Plain files written so that a crash leaves the old content or the new, never half of it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from errno import ENOSPC
from pathlib import Path
from typing import Any, Final

Record = dict[str, Any]

PART: Final = ".part"


def write_text(path: Path, text: str) -> None:
    """Replace a file's content in one step."""
    part = path.with_name(path.name + PART)
    with part.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    sync_folder(path.parent)


def write_json(path: Path, record: Mapping[str, Any]) -> None:
    """Replace a file's content by one readable JSON object."""
    write_text(path, json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def read_json(path: Path) -> Record:
    """The JSON object in a file."""
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict):
        raise ValueError(f"{path} does not hold a JSON object.")
    return record


def append_line(path: Path, record: Mapping[str, Any]) -> None:
    """Add one JSON line, whole or not at all; two writers never mix their lines."""
    line = (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        # Taking half a line back must not take another writer's line along.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        written = os.write(descriptor, line)
        if written < len(line):
            os.ftruncate(descriptor, os.fstat(descriptor).st_size - written)
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(path))
    finally:
        os.close(descriptor)


def read_lines(path: Path) -> list[Record]:
    """The whole JSON lines of a file; one that a crash cut short is left out."""
    if not path.exists():
        return []
    whole, _, _ = path.read_text(encoding="utf-8", errors="replace").rpartition("\n")
    return list(_readable(whole.split("\n")))


def _readable(lines: Iterable[str]) -> Iterator[Record]:
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            continue


def publish_folder(part: Path, folder: Path) -> None:
    """Give a finished folder its final name."""
    for file in part.iterdir():
        with file.open("rb") as stream:
            os.fsync(stream.fileno())
    part.replace(folder)
    sync_folder(folder.parent)


def share(source: Path, target: Path) -> None:
    """Give a file a second name that outlives the first, copying where links are not possible."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        return
    except OSError:
        shutil.copyfile(source, target)


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
