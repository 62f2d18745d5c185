"""The encoders BERTScore can use: folders of weights, the layer each is read at, their hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MULTILINGUAL = "bert-base-multilingual-cased"
BUNDLED = "all-minilm-l6-v2"
LAYERS = {
    MULTILINGUAL: 9,  # bert-score's own choice for any language without a model, such as "id"
    BUNDLED: 5,  # of 6: the same three quarters of the depth
}
WEIGHTS = "model.safetensors"
ENCODER_TYPES = frozenset(
    {"bert", "camembert", "distilbert", "electra", "mpnet", "roberta", "xlm-roberta"}
)
"""Architectures bert-score can cut at a layer; language models lie in the same folder."""
MAX_TOKENS = 512


@dataclass(frozen=True)
class Encoder:
    """A folder with weights and the hidden layer whose vectors are compared."""

    folder: Path
    layer: int
    max_tokens: int

    @property
    def name(self) -> str:
        """The folder's name, by which people choose it."""
        return self.folder.name

    @property
    def weights_sha256(self) -> str:
        """Hash of the weights, computed again only when the file changes."""
        state = (self.folder / WEIGHTS).stat()
        return _sha256(self.folder / WEIGHTS, state.st_size, state.st_mtime_ns)


def find_encoder(folder: Path) -> Encoder | None:
    """The encoder in a folder; None where there is none, or one that cannot be read."""
    if not (folder / WEIGHTS).is_file():
        return None
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if config["model_type"] not in ENCODER_TYPES:
            return None
        depth = int(config.get("num_hidden_layers") or config["n_layers"])
        positions = int(config["max_position_embeddings"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    layer = LAYERS.get(folder.name, three_quarters(depth))
    # RoBERTa's 514 positions hold 512 tokens: its two first ones are never used.
    return Encoder(folder, min(layer, depth), min(positions, MAX_TOKENS))


def three_quarters(depth: int) -> int:
    """The layer at three quarters of the depth, where bert-score's table lies for most models."""
    return -(-3 * depth // 4)


@lru_cache(maxsize=16)
def _sha256(path: Path, _size: int, _modified_ns: int) -> str:
    with path.open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()
