"""The thresholds of a study's sieve, read from its `sieve.toml`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dashboard.domain.augmentation import Route
from dashboard.domain.errors import InvalidInput


@dataclass(frozen=True)
class Likeness:
    """How alike texts may be, and how unlike."""

    unchanged: float
    token_sort: float
    cosine: float
    drift: float
    news_by_rule: float
    news_by_model: float

    def news(self, route: Route) -> float:
        """How many new words in a sentence are too many."""
        return self.news_by_model if route is Route.MODEL else self.news_by_rule


@dataclass(frozen=True)
class EmojiPolicy:
    """Which emoji an emotion allows; the quiet ones take no celebration, whoever wrote it."""

    any: str
    celebration: str
    quiet: tuple[str, ...]
    also: Mapping[str, str]


@dataclass(frozen=True)
class EmotionWords:
    """Words that name an emotion, and the neighbors whose words an emotion tolerates."""

    words: Mapping[str, tuple[str, ...]]
    tolerates: Mapping[str, tuple[str, ...]]

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """The words of every emotion."""
        return tuple(word for words in self.words.values() for word in words)


@dataclass(frozen=True)
class Limits:
    """Everything a study may set; `sha256` is that of the file."""

    version: int
    sha256: str
    inputs: tuple[str, ...]
    english_share: float
    familiar: float
    likeness: Likeness
    same_words: float
    new_neighbors: int
    turned_neighbors: int
    labels: Mapping[str, float]
    emoji: EmojiPolicy
    emotions: EmotionWords


def load_limits(folder: Path) -> Limits:
    """The `sieve.toml` of a study's folder; raises InvalidInput naming what is wrong."""
    path = folder / "sieve.toml"
    try:
        content = path.read_bytes()
        raw = tomllib.loads(content.decode("utf-8"))
        return _limits(raw, hashlib.sha256(content).hexdigest())
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InvalidInput(
            "{path} cannot be used as a sieve: {why}. Correct the file.", path=path, why=str(error)
        ) from error


def _limits(raw: dict[str, Any], sha256: str) -> Limits:
    emoji, emotions = raw["emoji"], raw["emotions"]
    return Limits(
        version=int(raw["version"]),
        sha256=sha256,
        inputs=tuple(raw["inputs"]["kept"]),
        english_share=float(raw["language"]["english_share"]),
        familiar=float(raw["language"]["familiar"]),
        likeness=Likeness(**{key: float(value) for key, value in raw["likeness"].items()}),
        same_words=float(raw["grammar"]["same_words"]),
        new_neighbors=int(raw["grammar"]["new_neighbors"]),
        turned_neighbors=int(raw["grammar"]["turned_neighbors"]),
        labels={key: float(value) for key, value in raw["labels"].items()},
        emoji=EmojiPolicy(
            emoji["any"], emoji["celebration"], tuple(emoji["quiet"]), dict(emoji["also"])
        ),
        emotions=EmotionWords(_tuples(emotions["words"]), _tuples(emotions["tolerates"])),
    )


def _tuples(raw: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in raw.items()}
