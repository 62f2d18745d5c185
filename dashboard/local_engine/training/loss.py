"""The loss on the assistant's tokens, computed nowhere else.

The vocabulary of Gemma has 262,144 entries: projecting every position costs several times the rest
of the network. So only positions that predict a learned token reach the output layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..language.encoding import EncodedRow
from .batches import Tensors, portions, tensors


@dataclass(frozen=True)
class Measured:
    """Loss and accuracy over learned tokens."""

    loss: float
    accuracy: float


def learned_logits(network: Any, batch: Tensors) -> Any:
    """One row of logits for each learned token, in float32."""
    answer = network(
        input_ids=batch.tokens,
        attention_mask=batch.mask,
        logits_to_keep=batch.predicting,
        use_cache=False,
    )
    return answer.logits.reshape(-1, answer.logits.shape[-1]).float()


def backward(network: Any, batch: Sequence[EncodedRow], pad: int) -> Measured:
    """Add the batch's gradients and return what it measured."""
    import torch

    count = sum(row.learned_count for row in batch)
    loss, right = 0.0, 0
    for part in portions(batch):
        read = tensors(part, pad)
        logits = learned_logits(network, read)
        total = torch.nn.functional.cross_entropy(logits, read.targets, reduction="sum")
        (total / count).backward()
        loss += total.item()
        right += int((logits.argmax(-1) == read.targets).sum())
    return Measured(loss / count, right / count)


def evaluate(network: Any, rows: Sequence[EncodedRow], pad: int) -> Measured:
    """What the network scores on rows that it does not learn."""
    import torch

    loss, right, count = 0.0, 0, 0
    network.eval()
    with torch.inference_mode():
        for part in portions(rows):
            read = tensors(part, pad)
            logits = learned_logits(network, read)
            total = torch.nn.functional.cross_entropy(logits, read.targets, reduction="sum")
            loss += total.item()
            right += int((logits.argmax(-1) == read.targets).sum())
            count += len(read.targets)
    network.train()
    return Measured(loss / count, right / count)
