"""Random insertion: particles, intensifiers and softeners, at legal slots only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.keeping import FREELY_REPEATED
from dashboard.augmentation.lexicon import read
from dashboard.augmentation.moves import Move, applied
from dashboard.augmentation.tokens import WORD
from dashboard.augmentation.turns import END, START

SOFTENERS = frozenset(read("insertions")["softeners"])
PARTICLES = frozenset(read("insertions")["particles"])


@dataclass(frozen=True)
class Slot:
    """Where some words may be put, and to whom one may say them."""

    words: tuple[str, ...]
    place: re.Pattern[str]
    emotions: frozenset[str]


@cache
def slots() -> tuple[Slot, ...]:
    """Every slot of the lexicon."""
    return tuple(
        Slot(tuple(row["words"]), place_of(row["slot"]), frozenset(row.get("emotions", ())))
        for row in read("insertions")["slots"]
    )


def place_of(text: str) -> re.Pattern[str]:
    """A place in the notation of the lexicon as an expression that ends at that place."""
    left, _, right = text.partition("<>")
    left = START + left.removeprefix("^") if left.startswith("^") else rf"(?<![\w-]){left}"
    right = END if right == "$" else rf"(?={right})"
    return re.compile(left + right)


def inserting(emotion: str) -> Move:
    """A move that puts one small word in, fit for the emotion."""

    def inserted(draft: Draft, rng: Random) -> Draft | None:
        said = {token.folded for token in draft.tokens}
        choices = [
            (one.end(), word)
            for slot in slots()
            if not slot.emotions or emotion in slot.emotions
            for one in slot.place.finditer(draft.body)
            for word in slot.words
            if _is_new(word, said) and _is_free(draft.body, one.end(), word)
        ]
        if not choices:
            return None
        place, word = rng.choice(choices)
        return draft.edited(place, place, word, "insertion")

    return inserted


def _is_new(word: str, said: set[str]) -> bool:
    new = {one.lower() for one in WORD.findall(word)}
    if new & SOFTENERS and said & SOFTENERS:
        return False
    return not new & said - FREELY_REPEATED


def _is_free(body: str, place: int, word: str) -> bool:
    """Whether no particle stands beside a place for a particle."""
    if not PARTICLES & set(WORD.findall(word)):
        return True
    before = WORD.findall(body[:place])[-1:]
    after = WORD.findall(body[place:])[:1]
    return not PARTICLES & {*before, *after}


def insertion(draft: Draft, emotion: str, rng: Random, max_edits: int) -> Draft | None:
    """The technique: up to `max_edits` small words more."""
    return applied(draft, [inserting(emotion)] * (max_edits + 2), max_edits, rng)
