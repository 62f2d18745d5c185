"""Encoders small enough to be made for a test: random weights, every word its own token."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

WORDS = ("raka", "dinda", "kamu", "pelan", "aja", "ya", "soal", "hebat", "istirahat", "dulu", "😊")


def make_encoder(folder: Path) -> None:
    """A BERT with random weights whose tokenizer states no limit."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    vocabulary = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=40,
    )
    BertModel(config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    stated = {"tokenizer_class": "BertTokenizer", "do_lower_case": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(stated), encoding="utf-8")


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
