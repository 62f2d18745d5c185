"""The catalog of weights: `data/models.toml` as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.domain.errors import WeightsUnavailable


@dataclass(frozen=True)
class Entry:
    """One model: where it comes from, what it must hash to, and under which license."""

    name: str
    role: str
    title: str
    license: str
    license_url: str
    source: str
    download_mb: int
    disk_mb: int
    languages: str
    packages: tuple[str, ...] = ()
    gguf_parts: tuple[str, ...] = ()
    gguf_sha256: str = ""
    folder: str = ""
    files: dict[str, str] = field(default_factory=dict)
    repository: str = ""
    revision: str = ""


def read_catalog(path: Path) -> dict[str, Entry]:
    """Every entry by name; raises WeightsUnavailable naming the file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: _entry(name, values) for name, values in raw.items()}
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise WeightsUnavailable(
            "{path} is not a readable catalog: {why}. Restore it from the repository.",
            path=path,
            why=str(error),
        ) from error


def _entry(name: str, values: dict[str, object]) -> Entry:
    plain = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Entry(name=name, **plain)  # type: ignore[arg-type]
