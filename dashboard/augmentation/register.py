"""The register of a message: the same words as one writes in a chat, or a little neater."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.lexicon import Entry, Lexicon, read
from dashboard.augmentation.tokens import tokens
from dashboard.domain.augmentation import Operation

REGISTERS = ("casual", "neat")


@cache
def registers() -> dict[str, Lexicon]:
    """For each register, the words that lead to it."""
    return {name: _towards(name) for name in REGISTERS}


def _towards(register: str) -> Lexicon:
    by_word: dict[str, tuple[Entry, ...]] = {}
    for entry in _entries(register):
        first = tokens(entry.phrase)[0].folded
        longest_first = sorted((*by_word.get(first, ()), entry), key=lambda one: -len(one.phrase))
        by_word[first] = tuple(longest_first)
    return Lexicon(read("phrases")["version"], by_word)


def _entries(register: str) -> Iterator[Entry]:
    other = REGISTERS[1 - REGISTERS.index(register)]
    for row in read("phrases")["register"]:
        not_after = frozenset(row.get("not_after", ()))
        for phrase in row[other]:
            if phrase not in row[register]:
                yield Entry(phrase, tuple(row[register]), not_after, clitics=False)


def shifted(draft: Draft, rng: Random) -> Draft | None:
    """The whole message in one of the registers."""
    register = rng.choice(REGISTERS)
    sites = registers()[register].sites(draft)
    for site in reversed(sites):
        after = site.options[0]
        body = draft.body[: site.start] + after + draft.body[site.end :]
        operation = Operation("register", draft.body[site.start : site.end], after)
        draft = draft.rebuilt(body, operation)
    return draft if sites else None
