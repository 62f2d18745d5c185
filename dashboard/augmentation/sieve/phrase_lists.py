"""Lists of phrases, found in folded text as whole words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from dashboard.augmentation.sieve.words import folded, lexicon_lines, unmasked

_GAP = r"(?:\S+ ){0,4}?"
"""What `_` stands for in a list: up to four words."""
_ENDING = r"(?:-?(?:nya|mu|ku|lah|kah))?"


@dataclass(frozen=True)
class PhraseList:
    """Phrases and the way a text is folded before they are looked for."""

    pattern: re.Pattern[str]
    fold: Callable[[str], str]

    def found(self, text: str) -> tuple[str, ...]:
        """The phrases in a text, in order."""
        return tuple(match.group() for match in self.pattern.finditer(self.fold(text)))

    def without(self, text: str) -> str:
        """The folded text with the phrases taken out."""
        return " ".join(self.pattern.sub(" ", self.fold(text)).split())


@cache
def phrase_list(name: str) -> PhraseList:
    """A list of ordinary words: spellings are folded."""
    return PhraseList(_pattern(name, folded), folded)


@cache
def unsafe_list(name: str) -> PhraseList:
    """A list of words that people disguise: digits and lone letters are read as well."""
    return PhraseList(_pattern(name, unmasked), unmasked)


def _pattern(name: str, fold: Callable[[str], str]) -> re.Pattern[str]:
    entries = {_entry(line, fold) for line in lexicon_lines(name)}
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    return re.compile(rf"(?<!\S)(?:{'|'.join(longest_first)}){_ENDING}(?!\S)")


def _entry(line: str, fold: Callable[[str], str]) -> str:
    parts = [re.escape(fold(part)) for part in line.split("_")]
    return f" {_GAP}".join(part.replace(r"\ ", " ").strip() for part in parts)
