"""A tiny BERT with random weights, in which every word it knows is a token."""

from __future__ import annotations

import json
from pathlib import Path

WORDS = ("raka", "dinda", "kamu", "pelan", "aja", "ya", "soal", "hebat", "istirahat", "dulu", "😊")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def make_encoder(folder: Path, positions: int = 40) -> Path:
    """Write the encoder as a Hugging Face folder; its tokenizer states no limit."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(WORDS),
        hidden_size=32,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=positions,
    )
    BertModel(config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join((*SPECIAL, *WORDS)) + "\n", encoding="utf-8")
    stated = {"tokenizer_class": "BertTokenizer", "do_lower_case": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(stated), encoding="utf-8")
    return folder
