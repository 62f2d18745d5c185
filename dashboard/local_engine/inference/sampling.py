"""Draws the next token of each row by its own temperature, top_p and seed."""

from __future__ import annotations

import secrets
from typing import Any, Final

from ..requests.chat_request import Sampling

FIRST_LOOK: Final = 256  # tokens among which top_p nearly always ends, so that no sort is needed


class Sampler:
    """The chance of one row; temperature 0 leaves none."""

    def __init__(self, sampling: Sampling, index: int) -> None:
        import torch

        self._sampling = sampling
        seed = secrets.randbits(63) if sampling.seed is None else sampling.seed + index
        self._chance = torch.Generator().manual_seed(seed % 2**63)

    def draw(self, logits: Any) -> int:
        """The next token, given one row of logits in float32."""
        import torch

        if self._sampling.temperature == 0 or self._sampling.top_p == 0:
            return int(logits.argmax())
        shares = torch.softmax(logits / self._sampling.temperature, -1)
        if self._sampling.top_p >= 1:
            return int(torch.multinomial(shares, 1, generator=self._chance))
        best, tokens = _nucleus(shares, self._sampling.top_p)
        return int(tokens[torch.multinomial(best, 1, generator=self._chance)])


def _nucleus(shares: Any, top_p: float) -> tuple[Any, Any]:
    """The fewest most likely tokens that together reach top_p, and their shares."""
    best, tokens = shares.topk(min(FIRST_LOOK, shares.numel()))
    if best.sum() < top_p:
        best, tokens = shares.sort(descending=True)
    within = best.cumsum(0) - best < top_p
    return best[within], tokens[within]
