"""Entries that people wrote: words or phrases, what may stand in for them, and where not."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.tokens import Token, gaps, tokens

FOLDER = Path(__file__).resolve().parents[2] / "data" / "lexicons"
CLITICS = ("nya", "mu", "ku")
CLAUSE_MARKS = frozenset(",.!?:;…")


@dataclass(frozen=True)
class Entry:
    """A phrase, its replacements, and the words beside which it stays or only may be replaced.

    An empty word beside it means that the clause ends there.
    """

    phrase: str
    replacements: tuple[str, ...]
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    only_after: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()
    clitics: bool = True
    english: str = ""

    def fits(self, before: str, after: str) -> bool:
        """Whether it may be replaced between these two words (empty: the clause ends there)."""
        if before in self.not_after or after in self.not_before:
            return False
        if self.only_after and before not in self.only_after:
            return False
        return not self.only_before or after in self.only_before


@dataclass(frozen=True)
class Site:
    """Where an entry may be replaced, and by what."""

    start: int
    end: int
    entry: Entry
    options: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Entries by their first word, longest first."""

    version: str
    entries: Mapping[str, tuple[Entry, ...]]

    def sites(self, draft: Draft) -> list[Site]:
        """Every place where something may be replaced, from left to right, none overlapping."""
        found = draft.tokens
        between = gaps(draft.body, found)
        sites: list[Site] = []
        index = 0
        while index < len(found):
            site, length = self._at(draft, found, between, index)
            if site:
                sites.append(site)
            index += length
        return sites

    def _at(
        self, draft: Draft, found: tuple[Token, ...], between: tuple[str, ...], index: int
    ) -> tuple[Site | None, int]:
        for entry, length, suffix in self._candidates(found, between, index):
            last = index + length
            start, end = found[index].start, found[last - 1].end
            before = found[index - 1].folded if _joined(between[index]) and index else ""
            after = found[last].folded if _joined(between[last]) and last < len(found) else ""
            if entry.fits(before, after) and draft.is_free(start, end):
                options = tuple(option + suffix for option in entry.replacements)
                return Site(start, end, entry, options), length
        return None, 1

    def _candidates(
        self, found: tuple[Token, ...], between: tuple[str, ...], index: int
    ) -> Iterator[tuple[Entry, int, str]]:
        word = found[index].folded
        for entry in self.entries.get(word, ()):
            wanted = tokens(entry.phrase)
            length = len(wanted)
            inside = gaps(entry.phrase, wanted)[1:-1]
            if between[index + 1 : index + length] == inside and all(
                one.folded == other.folded
                for one, other in zip(found[index : index + length], wanted, strict=False)
            ):
                yield entry, length, ""
        if word in self.entries:
            return
        for clitic in CLITICS:
            stem = word.removesuffix(clitic)
            if stem != word:
                singles = (one for one in self.entries.get(stem, ()) if one.phrase == stem)
                yield from ((entry, 1, clitic) for entry in singles if entry.clitics)


def _joined(gap: str) -> bool:
    return not CLAUSE_MARKS & set(gap)


@cache
def read(name: str) -> Mapping[str, Any]:
    """One file of the lexicon folder."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def edition(name: str) -> str:
    """The version a file states, and the start of its SHA-256: what a rewriting depends on."""
    digest = hashlib.sha256((FOLDER / f"{name}.toml").read_bytes()).hexdigest()
    return f"{read(name)['version']} {digest[:12]}"


def entry_of(row: Mapping[str, Any]) -> Entry:
    """An entry as a file states it."""
    sides = {
        side: frozenset(row.get(side, ()))
        for side in ("not_after", "not_before", "only_after", "only_before")
    }
    return Entry(
        row["phrase"],
        tuple(row["replacements"]),
        clitics=row.get("clitics", True),
        english=row.get("english", ""),
        **sides,
    )


@cache
def lexicon(name: str, key: str = "entries") -> Lexicon:
    """The entries of one list of a file, ready to be sought."""
    by_word: dict[str, list[Entry]] = {}
    for row in read(name)[key]:
        entry = entry_of(row)
        by_word.setdefault(tokens(entry.phrase)[0].folded, []).append(entry)
    ordered = {
        word: tuple(sorted(entries, key=lambda entry: (-len(entry.phrase), entry.phrase)))
        for word, entries in by_word.items()
    }
    return Lexicon(read(name)["version"], ordered)
