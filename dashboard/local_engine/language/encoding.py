"""Turns conversations into token numbers, the same for training and for answering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .dialogue import Dialogue
from .messages import Message


@dataclass(frozen=True)
class EncodedRow:
    """A training row as tokens, and which of them are learned."""

    tokens: list[int]
    learned: list[bool]

    def cut(self, length: int) -> EncodedRow:
        """The row without what lies beyond a length."""
        return EncodedRow(self.tokens[:length], self.learned[:length])

    @property
    def learned_count(self) -> int:
        """How many tokens training imitates; the first token is never predicted."""
        return sum(self.learned[1:])


class Encoder:
    """The tokenizer of one model together with its way of writing conversations."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.dialogue = Dialogue(tokenizer)

    def prompt(self, messages: Sequence[Message]) -> list[int]:
        """The tokens after which the model answers."""
        return self.tokens(self.dialogue.prompt(messages))

    def row(self, messages: Sequence[Message]) -> EncodedRow:
        """A training row, each piece encoded alone, so that its prompt is that of a chat."""
        tokens: list[int] = []
        learned: list[bool] = []
        for piece in self.dialogue.pieces(messages):
            encoded = self.tokens(piece.text)
            tokens += encoded
            learned += [piece.learned] * len(encoded)
        return EncodedRow(tokens, learned)

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text in which the start token, if any, is already written."""
        return list(self.tokenizer(text, add_special_tokens=False).input_ids) if text else []

    def turn_ends(self, generation_config: Any) -> frozenset[int]:
        """The tokens after which an answer is complete."""
        named = generation_config.eos_token_id
        ends = set(named if isinstance(named, list) else [named])
        ends.add(self.tokenizer.eos_token_id)
        ends.update(self.tokens(self.dialogue.turn_end())[:1])
        return frozenset(end for end in ends if end is not None)
