"""Puts rows of similar length together, so that little padding is computed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..language.encoding import EncodedRow

POOL: Final = 8  # batches that are drawn at random before their rows are sorted by length
TOKENS_AT_ONCE: Final = 1024  # what one forward pass may hold; larger batches are summed up


@dataclass(frozen=True)
class Tensors:
    """Rows as the network reads them, and where a learned token is predicted."""

    tokens: Any
    mask: Any
    predicting: Any
    targets: Any


def epoch_batches(rows: Sequence[EncodedRow], size: int, seed: int) -> list[list[EncodedRow]]:
    """All rows once, in batches of similar length and in an order given by the seed."""
    chance = random.Random(seed)
    order = list(range(len(rows)))
    chance.shuffle(order)
    batches: list[list[EncodedRow]] = []
    for start in range(0, len(order), size * POOL):
        pool = sorted(order[start : start + size * POOL], key=lambda i: len(rows[i].tokens))
        cuts = range(0, len(pool), size)
        batches += [[rows[index] for index in pool[cut : cut + size]] for cut in cuts]
    chance.shuffle(batches)
    return batches


def portions(batch: Sequence[EncodedRow]) -> list[list[EncodedRow]]:
    """A batch in parts that each fit into one forward pass."""
    parts: list[list[EncodedRow]] = []
    for row in sorted(batch, key=lambda row: len(row.tokens)):
        widest = len(row.tokens)
        if parts and (len(parts[-1]) + 1) * widest <= TOKENS_AT_ONCE:
            parts[-1].append(row)
        else:
            parts.append([row])
    return parts


def tensors(rows: Sequence[EncodedRow], pad: int) -> Tensors:
    """Rows side by side, padded at the right."""
    import torch

    width = max(len(row.tokens) for row in rows)
    tokens = torch.full((len(rows), width), pad)
    mask = torch.zeros((len(rows), width), dtype=torch.long)
    learned = torch.zeros((len(rows), width), dtype=torch.bool)
    for index, row in enumerate(rows):
        length = len(row.tokens)
        tokens[index, :length] = torch.tensor(row.tokens)
        mask[index, :length] = 1
        learned[index, :length] = torch.tensor(row.learned)
    predicting = torch.zeros_like(learned)
    predicting[:, :-1] = learned[:, 1:]
    targets = tokens[:, 1:][learned[:, 1:]]
    return Tensors(tokens, mask, predicting, targets)
