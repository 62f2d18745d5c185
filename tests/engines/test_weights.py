"""Weights: pinned, hash-checked, complete or absent; real pip, from a folder of packages."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from dashboard.domain.errors import WeightsUnavailable
from dashboard.engines.catalog import Entry, read_catalog
from dashboard.engines.weights import MARK, Weights
from dashboard.settings import ROOT

CONTENT = b"these are weights" * 1000
TOLD: list[tuple[str, int, int]] = []


def tell(what: str, done: int, total: int) -> None:
    TOLD.append((what, done, total))


def entry(sha256: str) -> Entry:
    return Entry(
        name="tiny",
        role="encoder",
        title="Tiny",
        license="CC0",
        license_url="https://example.org",
        source="package",
        download_mb=1,
        disk_mb=1,
        languages="none",
        packages=("tiny-weights==1.0",),
        folder="tiny_weights/model",
        files={"model.safetensors": sha256},
    )


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that serves as the package index; its package would fail if it were imported."""
    folder = tmp_path / "index"
    folder.mkdir()
    info = "tiny_weights-1.0.dist-info"
    with zipfile.ZipFile(folder / "tiny_weights-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny_weights/__init__.py", "raise SystemExit('I was run')")
        wheel.writestr("tiny_weights/model/model.safetensors", CONTENT)
        wheel.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def weights(tmp_path: Path, sha256: str | None = None) -> Weights:
    good = hashlib.sha256(CONTENT).hexdigest()
    return Weights({"tiny": entry(sha256 or good)}, tmp_path / "models")


def test_weights_are_fetched_as_data_and_kept(tmp_path: Path, index: Path) -> None:
    ours = weights(tmp_path)
    assert ours.folder("tiny") is None
    folder = ours.fetch("tiny", tell)
    assert (folder / "model.safetensors").read_bytes() == CONTENT
    assert ours.folder("tiny") == folder
    mark = json.loads((folder / MARK).read_text())
    assert mark["sha256"]["model.safetensors"] == hashlib.sha256(CONTENT).hexdigest()


def test_weights_that_are_here_are_not_fetched_again(tmp_path: Path, index: Path) -> None:
    ours = weights(tmp_path)
    ours.fetch("tiny", tell)
    next(index.glob("*.whl")).unlink()
    assert ours.fetch("tiny", tell) == ours.folder("tiny")


def test_a_wrong_hash_is_thrown_away_with_a_sentence(tmp_path: Path, index: Path) -> None:
    ours = weights(tmp_path, "0" * 64)
    with pytest.raises(WeightsUnavailable, match="not what the catalog promises"):
        ours.fetch("tiny", tell)
    assert list((tmp_path / "models").iterdir()) == []


def test_without_a_connection_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    with pytest.raises(WeightsUnavailable, match="Check the connection") as refused:
        weights(tmp_path).fetch("tiny", tell)
    assert "\n" not in str(refused.value)


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, index: Path) -> None:
    (tmp_path / "models").write_text("a file where a folder should be")
    with pytest.raises(WeightsUnavailable, match="cannot be kept"):
        weights(tmp_path).fetch("tiny", tell)


def test_a_half_copied_model_counts_as_absent(tmp_path: Path, index: Path) -> None:
    ours = weights(tmp_path)
    folder = ours.fetch("tiny", tell)
    (folder / "model.safetensors").write_bytes(CONTENT[:10])
    assert ours.folder("tiny") is None


def test_a_damaged_file_is_named(tmp_path: Path, index: Path) -> None:
    ours = weights(tmp_path)
    folder = ours.fetch("tiny", tell)
    assert ours.damaged("tiny") == []
    (folder / "model.safetensors").write_bytes(CONTENT[::-1])
    assert ours.damaged("tiny") == ["model.safetensors"]


def test_an_unknown_model_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="choose one of tiny"):
        weights(tmp_path).fetch("giant", tell)


def test_the_catalog_pins_every_package_and_hash() -> None:
    catalog = read_catalog(ROOT / "data" / "models.toml")
    assert {"gemma-3-270m", "smollm2-135m-instruct", "all-minilm-l6-v2"} <= set(catalog)
    for one in catalog.values():
        assert one.license and one.license_url.startswith("https://")
        if one.source == "package":
            assert all("==" in package for package in one.packages)
            hashes = [one.gguf_sha256] if one.gguf_parts else list(one.files.values())
            assert hashes and all(len(value) == 64 for value in hashes)
        else:
            assert len(one.revision) == 40
