"""Words of a message with their places: nothing between them is ever lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

# "pelan-pelan", "teka-teki" and "timer-nya" are one word each.
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True)
class Token:
    """One word and where it stands."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The word in lower case."""
        return self.text.lower()


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order; emoji and punctuation lie in the gaps between them."""
    return tuple(Token(one.group(), one.start(), one.end()) for one in WORD.finditer(text))


def gaps(text: str, found: tuple[Token, ...]) -> tuple[str, ...]:
    """What stands before each word and after the last: with the words, the whole text."""
    starts = (0, *(token.end for token in found))
    ends = (*(token.start for token in found), len(text))
    return tuple(text[start:end] for start, end in zip(starts, ends, strict=True))


def capitalized(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def uncapitalized(text: str) -> str:
    """The text without a capital at its start."""
    return text[:1].lower() + text[1:]
