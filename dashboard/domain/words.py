"""Words as search sees them: without case and accents, an emoji being a word of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

LONGEST = 64
"""Letters of a word that count; nobody types more, and an index has its limits."""
_WORD = re.compile(r"[^\W_]+")
# `[^\W_]` is \p{L}\p{N} in the standard library: a test compares every code point.
WHOLE_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
"""A word as people count them: `pelan-pelan` is one."""
_ZERO_WIDTH_JOINER = "\u200d"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


@dataclass(frozen=True)
class Stretch:
    """Some characters in a row, and whether a search has found them."""

    text: str
    is_found: bool


def words(text: str) -> list[str]:
    """The words of a text in order; an emoji is named by its number."""
    return [one[:LONGEST] for one in _WORD.findall("".join(map(_folded, text)))]


def stretches(text: str, sought: str) -> tuple[Stretch, ...]:
    """A text cut around the words that a search finds in it; its last word is a beginning."""
    edges = {0, len(text)}
    found: set[int] = set()
    for start, end in _finds(text, words(sought)):
        edges |= {start, end}
        found.update(range(start, end))
    cuts = sorted(edges)
    cut = [Stretch(text[start:end], start in found) for start, end in pairwise(cuts)]
    return tuple(_joined(cut))


def is_found(text: str, sought: str) -> bool:
    """Whether any word of a search stands in a text."""
    return next(_finds(text, words(sought)), None) is not None


def _finds(text: str, sought: list[str]) -> Iterator[tuple[int, int]]:
    """Where in the text, in its own characters, the sought words stand."""
    if not sought:
        return
    whole, beginning = set(sought[:-1]), sought[-1]
    folded = [(place, letter) for place, one in enumerate(text) for letter in _folded(one)]
    for match in _WORD.finditer("".join(letter for _place, letter in folded)):
        word = match.group()[:LONGEST]
        if word in whole or word.startswith(beginning):
            end = folded[match.end() - 1][0] + 1
            yield folded[match.start()][0], _past_marks(text, end)


def _past_marks(text: str, end: int) -> int:
    """The end moved behind accents, skin tones and joiners, which belong to what they follow."""
    while end < len(text) and (
        _folded(text[end]) == "" or text[end] == _ZERO_WIDTH_JOINER or text[end] in _SKIN_TONES
    ):
        end += 1
    return end


def _joined(cut: list[Stretch]) -> Iterator[Stretch]:
    """Neighbors of one kind as one."""
    held: Stretch | None = None
    for one in cut:
        if held is not None and held.is_found == one.is_found:
            held = Stretch(held.text + one.text, held.is_found)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


@lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    """What a character is to a search: plain letters, an emoji's name, or nothing for an accent."""
    letters = []
    for one in unicodedata.normalize("NFKD", character).casefold():
        category = unicodedata.category(one)
        if category == "So":
            letters.append(f" u{ord(one):x} ")
        elif not category.startswith("M"):
            letters.append(one)
    return "".join(letters)
