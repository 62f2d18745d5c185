"""Writes several answers at once: one left-padded batch, one forward pass for a token of each row.

Rows leave the batch as they end, and their share of the cache with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..language.weights import BaseModel
from .reply import Begun, Ended, FinishReason, Reply, Wrote
from .sampling import Sampler
from .text import TextFlow


@dataclass
class Row:
    """One reply and where it stands."""

    reply: Reply
    sampler: Sampler
    flow: TextFlow
    limit: int
    written: int = 0
    last: int = 0
    done: bool = False

    def take(self, token: int, ends: frozenset[int]) -> None:
        """Go on by one token, or end."""
        if token in ends:
            self._end("stop")
            return
        self.written += 1
        self.last = token
        self._tell(self.flow.add(token))
        if self.flow.stopped:
            self._end("stop")
        elif self.written >= self.limit:
            self._end("length")

    def _end(self, reason: FinishReason) -> None:
        self._tell(self.flow.finish())
        self.done = True
        self.reply.tell(Ended("stop" if self.flow.stopped else reason, self.written))

    def _tell(self, text: str) -> None:
        if text:
            self.reply.tell(Wrote(text))


def decode(
    base: BaseModel, network: Any, replies: Sequence[Reply], stopping: Callable[[], bool]
) -> None:
    """Write all answers, telling each reader as tokens come."""
    import torch

    ends = base.turn_ends
    rows = [_row(base, reply) for reply in replies]
    batch = Batch(network, [row.reply.prompt for row in rows])
    with torch.inference_mode():
        while rows and not stopping():
            logits = batch.logits()
            for row, scores in zip(rows, logits, strict=True):
                row.take(row.sampler.draw(scores), ends)
            kept = [i for i, row in enumerate(rows) if not (row.done or row.reply.cancelled)]
            rows = [rows[index] for index in kept]
            if rows:
                batch.advance(kept, [row.last for row in rows])


def _row(base: BaseModel, reply: Reply) -> Row:
    reply.tell(Begun(len(reply.prompt)))
    flow = TextFlow(base.encoder.tokenizer, reply.sampling.stop)
    limit = min(reply.sampling.max_tokens, base.context - len(reply.prompt))
    return Row(reply, Sampler(reply.sampling, reply.index), flow, limit)


class Batch:
    """The cache and the positions of the rows that are still being written."""

    def __init__(self, network: Any, prompts: Sequence[Sequence[int]]) -> None:
        import torch
        from transformers import DynamicCache

        width = max(len(prompt) for prompt in prompts)
        lengths = torch.tensor([len(prompt) for prompt in prompts])
        padded = [[0] * (width - len(prompt)) + list(prompt) for prompt in prompts]
        self._network = network
        self._tokens = torch.tensor(padded)
        self._mask = (torch.arange(width) >= (width - lengths)[:, None]).long()
        self._positions = (self._mask.cumsum(-1) - 1).clamp(min=0)
        self._cache = DynamicCache(config=network.config)

    def logits(self) -> Any:
        """The scores of every row's next token."""
        answer = self._network(
            input_ids=self._tokens,
            attention_mask=self._mask,
            position_ids=self._positions,
            past_key_values=self._cache,
            use_cache=True,
            logits_to_keep=1,
        )
        return answer.logits[:, -1].float()

    def advance(self, kept: Sequence[int], tokens: Sequence[int]) -> None:
        """Keep some rows and give each its new token."""
        import torch

        if len(kept) < len(self._mask):
            chosen = torch.tensor(kept)
            self._cache.batch_select_indices(chosen)
            self._mask, self._positions = self._mask[chosen], self._positions[chosen]
        self._tokens = torch.tensor(tokens)[:, None]
        self._mask = torch.cat([self._mask, torch.ones_like(self._tokens)], 1)
        self._positions = self._positions[:, -1:] + 1
