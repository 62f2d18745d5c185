"""A study: the input fields, prompts and output rules of one writing task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from dashboard.domain.review_forms import ReviewForm

Inputs = Mapping[str, str]
Cell = tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One input field; no `values` means free text."""

    name: str
    key: str
    label: Mapping[str, str]
    values: tuple[str, ...] = ()
    value_labels: Mapping[str, Mapping[str, str]] | None = None

    def label_of(self, value: str, language: str) -> str:
        """What a value is called in a language; the value itself when nothing is said."""
        labels = (self.value_labels or {}).get(value, {})
        return labels.get(language, value)


@dataclass(frozen=True)
class Rules:
    """What every message of the study must be."""

    max_words: int
    min_words: int
    min_emoji: int
    max_emoji: int
    language: str
    informal: bool
    no_assumed_cause: bool


@dataclass(frozen=True)
class Decoding:
    """How a model writes: `max_tokens` new tokens at most, softmax `temperature`."""

    max_tokens: int = 150
    temperature: float = 0.7


@dataclass(frozen=True)
class Message:
    """One chat message: role is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True)
class Study:
    """A task as its folder under `data/studies` describes it."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    fields: tuple[Field, ...]
    cell_keys: tuple[str, ...]
    rules: Rules
    base_prompt: str
    tuned_prompt: str
    decoding: Decoding
    guideline: Mapping[str, str]
    form: ReviewForm = field(default_factory=ReviewForm)
    augment_prompts: Mapping[str, str] = field(default_factory=dict)

    def field(self, key: str) -> Field:
        """The field with this key."""
        return next(field for field in self.fields if field.key == key)

    def cell(self, inputs: Inputs) -> Cell:
        """The condition an input belongs to, e.g. (sad, negative, relevance)."""
        return tuple(inputs[key] for key in self.cell_keys)

    def all_cells(self) -> tuple[Cell, ...]:
        """Every condition, in the order of the fields' values."""
        return tuple(product(*(self.field(key).values for key in self.cell_keys)))

    def user_message(self, inputs: Inputs) -> str:
        """The user's turn, in the study's own format (Gambar 3.8): one `Name: value` a line."""
        return "\n".join(f"{field.name}: {inputs[field.key]}" for field in self.fields)

    def chat(
        self, prompt: str, inputs: Inputs, shots: tuple[tuple[Inputs, str], ...] = ()
    ) -> tuple[Message, ...]:
        """System prompt, worked examples as turns, and the input to answer."""
        turns = [Message("system", prompt)]
        for shot_inputs, answer in shots:
            turns.append(Message("user", self.user_message(shot_inputs)))
            turns.append(Message("assistant", answer))
        turns.append(Message("user", self.user_message(inputs)))
        return tuple(turns)
