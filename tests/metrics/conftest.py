"""A folder of models, as a user's cache looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny_encoder import make_encoder


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one encoder, a language model and something else."""
    root = tmp_path_factory.mktemp("models")
    make_encoder(root / "tiny-encoder")
    (root / "gemma").mkdir()
    (root / "gemma" / "config.json").write_text('{"model_type": "gemma3_text"}', encoding="utf-8")
    (root / "gemma" / "model.safetensors").write_bytes(b"")
    (root / "notes.txt").write_text("no folder", encoding="utf-8")
    return root
