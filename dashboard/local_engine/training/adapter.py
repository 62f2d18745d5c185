"""The LoRA adapter that a run trains, and how it is kept."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path
from typing import Any

from ..disk import PART, publish_folder
from ..records.jobs import AdapterShape


def with_adapter(network: Any, shape: AdapterShape) -> Any:
    """The network with a fresh adapter on every linear layer, its weights in float32."""
    from peft import LoraConfig, get_peft_model

    from .dropout import with_byte_dropout

    settings = LoraConfig(
        r=shape.rank,
        lora_alpha=shape.alpha,
        lora_dropout=shape.dropout,
        target_modules="all-linear",
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tuned = get_peft_model(network, settings)
    with_byte_dropout(tuned, shape.dropout)
    return tuned


def save_adapter(network: Any, folder: Path) -> None:
    """Write the adapter so that its folder is either complete or absent."""
    part = folder.with_name(folder.name + PART)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    network.save_pretrained(part, safe_serialization=True)
    publish_folder(part, folder)


def copy_adapter(source: Path, target: Path) -> None:
    """Give a saved adapter a second home, complete or absent."""
    part = target.with_name(target.name + PART)
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(source, part)
    publish_folder(part, target)
