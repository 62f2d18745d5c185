"""Loads a base model from a plain Hugging Face folder: data only, no code and no pickle."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .encoding import Encoder

LARGE: Final = 20_000_000  # parameters; thinner layers gain nothing by bfloat16 or more cores
TRIALS: Final = 9


class UnusableWeights(Exception):
    """A model folder that cannot be loaded; its text says what is missing."""


@dataclass(frozen=True)
class BaseModel:
    """A loaded model and its language."""

    network: Any
    encoder: Encoder
    arithmetic: str

    @property
    def context(self) -> int:
        """How many tokens the model can see."""
        config = self.network.config.get_text_config(decoder=True)
        return int(getattr(config, "max_position_embeddings", None) or 2048)

    @property
    def turn_ends(self) -> frozenset[int]:
        """The tokens after which an answer is complete."""
        return self.encoder.turn_ends(self.network.generation_config)


def load_base(folder: Path, *, measured: bool = False) -> BaseModel:
    """Load weights in bfloat16 where this processor gains by it, else in float32.

    The choice follows from the processor's instructions alone, so that a repeated training repeats
    its numbers; `measured` also times both before answering in bfloat16.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    _complain_if_incomplete(folder)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    network = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.bfloat16, local_files_only=True, use_safetensors=True
    )
    if not (_bf16_fits(network) and not (measured and _fp32_is_faster(network))):
        network = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, use_safetensors=True
        )
    torch.set_num_threads(_threads(network))
    network.eval().requires_grad_(False)
    return BaseModel(network, Encoder(tokenizer), str(network.dtype).removeprefix("torch."))


def _complain_if_incomplete(folder: Path) -> None:
    wanted = {"config.json": "config.json", "*.safetensors": "weights (*.safetensors)"}
    for pattern, what in wanted.items():
        if not any(folder.glob(pattern)):
            raise UnusableWeights(f"{folder} has no {what}: give a complete Hugging Face folder.")


def _threads(network: Any) -> int:
    """All cores for a large model; a thin one loses more by sharing work than it gains."""
    return (os.cpu_count() or 1) if network.num_parameters() >= LARGE else 1


def _bf16_fits(network: Any) -> bool:
    """Whether the processor multiplies bfloat16 by itself and the model is large enough."""
    import torch

    native = (
        getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()
        or getattr(torch.cpu, "_is_amx_tile_supported", lambda: False)()
    )
    return bool(native) and network.num_parameters() >= LARGE


def _fp32_is_faster(network: Any) -> bool:
    """Time one row's product with the largest matrix, the bulk of writing one token."""
    import torch

    weight = network.get_output_embeddings().weight[:65_536]
    return _seconds(weight.to(torch.float32)) < _seconds(weight.to(torch.bfloat16))


def _seconds(weight: Any) -> float:
    import torch

    row = torch.ones(4, weight.shape[1], dtype=weight.dtype)
    times = []
    with torch.inference_mode():
        for _ in range(TRIALS):
            start = time.perf_counter()
            torch.nn.functional.linear(row, weight)
            times.append(time.perf_counter() - start)
    return sorted(times)[TRIALS // 2]
