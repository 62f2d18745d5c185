"""A child beside its parent, as every filter sees it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from dashboard.augmentation.sieve.limits import Limits
from dashboard.augmentation.sieve.words import folded, words_of
from dashboard.domain.augmentation import Parent
from dashboard.domain.studies import Study

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_QUOTES = str.maketrans("“”„«»‘’‚`´", "\"\"\"\"\"'''''")


def normalized_child(text: str) -> str:
    """The text in NFC, with single spaces, straight quotes and nothing invisible."""
    composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_QUOTES)
    lines = (" ".join(line.split()) for line in composed.strip().splitlines())
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class Case:
    """What is to be judged; both messages are normalized."""

    study: Study
    limits: Limits
    parent: Parent
    before: str
    after: str

    def value(self, key: str) -> str:
        """What the parent's input says in a field."""
        return self.parent.inputs.get(key, "").strip()

    @cached_property
    def words_before(self) -> tuple[str, ...]:
        """The parent's words."""
        return words_of(self.before)

    @cached_property
    def words_after(self) -> tuple[str, ...]:
        """The child's words."""
        return words_of(self.after)

    @cached_property
    def folded_before(self) -> str:
        """The parent with spellings folded."""
        return folded(self.before)

    @cached_property
    def folded_after(self) -> str:
        """The child with spellings folded."""
        return folded(self.after)
