"""Turns of a sentence: patterns with stretches that stay and words that change around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.lexicon import read
from dashboard.augmentation.tokens import tokens
from dashboard.augmentation.vocative import addressed_again, unaddressed
from dashboard.domain.augmentation import Operation

STRETCH = r"[^,.!?:…]+?"
START = r"(?:^|(?<=[.!?…] ))"
CLAUSE = r"(?:^|(?<=[,.!?:…] ))"
END = r"(?=[,.!?:…]|$)"
_SLOT = re.compile(r"<(\w)(?::([^>]*))?>")


@dataclass(frozen=True)
class Turn:
    """One pattern, the wordings it may take, and words its stretches must not hold."""

    find: re.Pattern[str]
    to: tuple[str, ...]
    without: frozenset[str]

    def matches(self, body: str) -> list[re.Match[str]]:
        """Where it may be applied."""
        return [one for one in self.find.finditer(body) if self._may_move(one)]

    def _may_move(self, found: re.Match[str]) -> bool:
        stretches = " ".join(
            text for name, text in found.groupdict().items() if name in ("x", "y") and text
        )
        return not self.without & {token.folded for token in tokens(stretches)}


def pattern_of(text: str) -> re.Pattern[str]:
    """A pattern in the notation of the lexicon files as a regular expression."""
    start = START if text.startswith("^") else r"(?<![\w-])"
    if text.startswith("<c:"):
        start = CLAUSE  # "nomor lima dan enam" joins two words, not two clauses
    inner = text.removeprefix("^")
    end = END if inner.endswith("$") else ""
    inner = inner.removesuffix("$")
    inner = _SLOT.sub(
        lambda one: f"(?P<{one[1]}>{one[2] if one[2] is not None else STRETCH})", inner
    )
    return re.compile(start + inner + end)


@cache
def turns() -> tuple[Turn, ...]:
    """Every turn of the lexicon of phrases."""
    return tuple(
        Turn(pattern_of(row["find"]), tuple(row["to"]), frozenset(row.get("without", ())))
        for row in read("phrases")["turns"]
    )


def turned(draft: Draft, rng: Random) -> Draft | None:
    """One sentence turned; the student's name steps aside and comes back."""
    bare = unaddressed(draft)
    body = bare.body if bare else draft.body
    found = [(turn, one) for turn in turns() for one in turn.matches(body)]
    if not found:
        return None
    turn, one = rng.choice(found)
    after = rng.choice(turn.to).format(**one.groupdict()).rstrip()
    changed = body[: one.start()] + after + body[one.end() :]
    if bare:
        changed = addressed_again(changed, draft.username, bare.place, rng)
    return draft.rebuilt(changed, Operation("turn", one.group(), after))
