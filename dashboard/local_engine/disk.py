"""Plain files written so that a crash leaves the old content or the new, never half of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
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
    """Add one JSON line with a single write, so that two writers never mix their lines."""
    line = json.dumps(record, ensure_ascii=False) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(descriptor, line.encode("utf-8"))
    finally:
        os.close(descriptor)


def read_lines(path: Path) -> list[Record]:
    """The whole JSON lines of a file; a last line that a crash cut short is left out."""
    if not path.exists():
        return []
    whole, _, _ = path.read_text(encoding="utf-8", errors="replace").rpartition("\n")
    return [json.loads(line) for line in whole.split("\n") if line]


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
