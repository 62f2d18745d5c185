"""Differences between two texts, word by word or line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest


class Kept(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Some words in a row and what became of them."""

    kept: Kept
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as pieces: what stayed, what went and what came, in reading order."""
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for operation, a1, a2, b1, b2 in matcher.get_opcodes():
        gone, came = "".join(before[a1:a2]), "".join(after[b1:b2])
        if operation == "equal":
            pieces.append(Piece(Kept.SAME, gone))
            continue
        pieces += [Piece(Kept.GONE, gone)] if gone else []
        pieces += [Piece(Kept.NEW, came)] if came else []
    return tuple(pieces)


@dataclass(frozen=True)
class Passage:
    """Lines in a row as they were and as they are; both the same where nothing changed."""

    old: str
    new: str

    @property
    def is_same(self) -> bool:
        """Whether nothing changed here."""
        return self.old == self.new


def line_differences(old: str, new: str) -> tuple[Passage, ...]:
    """Both texts as passages in reading order; lines that took each other's place are one each."""
    before, after = old.splitlines(), new.splitlines()
    found: list[Passage] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for operation, a1, a2, b1, b2 in matcher.get_opcodes():
        gone, came = before[a1:a2], after[b1:b2]
        if operation == "equal":
            found.append(Passage("\n".join(gone), "\n".join(came)))
        else:
            found += [Passage(*pair) for pair in zip_longest(gone, came, fillvalue="")]
    return tuple(found)


def _words(text: str) -> list[str]:
    """Words with the space behind them, so that joining them gives the text again."""
    return re.findall(r"\S+\s*|\s+", text)
