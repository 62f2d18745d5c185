"""A message while it is being rewritten: body, emoji at the end, and what was done to it.

In a draft no sentence opens with a capital that is there only because it opens; so words can
move, and whatever still has a capital is a name. `message` puts the capitals back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import emoji

from dashboard.augmentation.tokens import WORD, Token, capitalized, tokens, uncapitalized
from dashboard.domain.augmentation import Operation

SENTENCE_START = re.compile(r"(?:^|(?<=[.!?…])\s+)[\"'“(]*(?=\w)")
CLITICS = r"(?:-?(?:nya|mu|ku))?"


@dataclass(frozen=True)
class Span:
    """A part of a text that must stay as it is."""

    start: int
    end: int

    def touches(self, start: int, end: int) -> bool:
        """Whether the two parts share a character."""
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Draft:
    """A message in pieces; every edit makes a new draft that remembers it."""

    body: str
    tail: str
    names: re.Pattern[str]
    username: str
    opens_with_capital: bool = True
    operations: tuple[Operation, ...] = ()
    pivots: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The text as people read it."""
        body = self.body
        if self.opens_with_capital:
            for start in reversed(_sentence_starts(body)):
                body = body[:start] + capitalized(body[start:])
        return body + self.tail

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the body."""
        return tokens(self.body)

    def fixed(self) -> tuple[Span, ...]:
        """Names, subject and class, and every other word with a capital."""
        named = [Span(one.start(), one.end()) for one in self.names.finditer(self.body)]
        proper = [
            Span(token.start, token.end) for token in self.tokens if token.text != token.folded
        ]
        return (*named, *proper)

    def is_free(self, start: int, end: int) -> bool:
        """Whether this part of the body may be worded differently."""
        return not any(span.touches(start, end) for span in self.fixed())

    def edited(self, start: int, end: int, after: str, kind: str) -> Draft:
        """The draft with other words in one place."""
        body = self.body[:start] + after + self.body[end:]
        return self.rebuilt(body, Operation(kind, self.body[start:end].strip(), after.strip()))

    def rebuilt(self, body: str, operation: Operation) -> Draft:
        """The draft with another body."""
        return replace(self, body=body, operations=(*self.operations, operation))

    def ended(self, tail: str) -> Draft:
        """The draft with other emoji at its end."""
        operation = Operation("emoji", self.tail.strip(), tail.strip())
        return replace(self, tail=tail, operations=(*self.operations, operation))

    def through(self, pivot: str) -> Draft:
        """The draft with one more phrase that went through another language."""
        return replace(self, pivots=(*self.pivots, pivot))


def draft_of(message: str, inputs: Mapping[str, str]) -> Draft:
    """A message taken apart."""
    body, tail = _without_tail(message)
    username = inputs.get("username", "").strip()
    names = _names(username, inputs.get("subject", ""), inputs.get("classname", ""))
    opens = body[:1] != body[:1].lower() or not body[:1].isalpha()
    return Draft(_lowered(body, names), tail, names, username, opens)


def _names(*values: str) -> re.Pattern[str]:
    kept = sorted({value.strip() for value in values} - {""}, key=lambda one: (-len(one), one))
    either = "|".join(re.escape(value) for value in kept)
    pattern = rf"(?<!\w)(?:{either}){CLITICS}(?!\w)" if kept else r"(?!)"
    return re.compile(pattern, re.IGNORECASE)


def _without_tail(message: str) -> tuple[str, str]:
    end = len(message.rstrip())
    for found in reversed(emoji.emoji_list(message)):
        if message[found["match_end"] : end].strip():
            break
        end = found["match_start"]
    cut = len(message[:end].rstrip())
    return message[:cut], message[cut:]


def _sentence_starts(body: str) -> list[int]:
    return [one.end() for one in SENTENCE_START.finditer(body)]


def _lowered(body: str, names: re.Pattern[str]) -> str:
    named = [Span(one.start(), one.end()) for one in names.finditer(body)]
    for start in _sentence_starts(body):
        word = WORD.match(body, start)
        if not word or any(span.touches(start, word.end()) for span in named):
            continue
        if not any(letter.isupper() for letter in word.group()[1:]) and len(word.group()) > 1:
            body = body[:start] + uncapitalized(body[start:])
    return body
