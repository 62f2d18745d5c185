"""Finds broken sentences with a few rules; it knows closed classes and the parent's word order."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from dashboard.augmentation.sieve.children import Case
from dashboard.metrics.lexicons import FOLDER

_CLAUSE = re.compile(r"[^\w\s'’-]+|(?<!\w)-|-(?!\w)")
_STRAY = re.compile(
    r"\s[,.;:?!)](?!\))|\(\s|[,;:][^\W\d_]|,\s*[,.;:?!]|[;:]\s*[,.;:]|[?!]\s*,|\.\s*,"
)
_SENTENCE = re.compile(r"(?:^\W*|[.!?]\s+)(?P<first>[^\W\d_])(?P<rest>\w*)")
_NUMBERED = re.compile(r"\w{3,}mu")
_BRACKETS = ("()", "[]", "{}")
Clause = tuple[str, ...]


@dataclass(frozen=True)
class Grammar:
    """Closed classes by word, and what may not stand together."""

    classes: dict[str, frozenset[str]]
    never: frozenset[tuple[str, str]]
    last: frozenset[str]
    first: frozenset[str]
    particles: frozenset[str]
    doubled: frozenset[str]
    movable: frozenset[str]

    def of(self, word: str) -> frozenset[str]:
        """The classes of a word."""
        return self.classes.get(word, frozenset())


def broken(case: Case) -> bool:
    """Ill-formed by itself, or the parent's words in an order nobody would say."""
    return ill_formed(case.after) or shuffled(case)


def ill_formed(text: str) -> bool:
    """Breaks a rule of spelling or grammar, whatever the parent was."""
    clauses = clauses_of(text)
    return (
        bool(_STRAY.search(text))
        or any(text.count(pair[0]) != text.count(pair[1]) for pair in _BRACKETS)
        or text.count('"') % 2 == 1
        or any(_starts_badly(found) for found in _SENTENCE.finditer(text))
        or any(_breaks(clause) for clause in clauses)
    )


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Lower-case words between punctuation or emoji."""
    parts = (tuple(part.split()) for part in _CLAUSE.split(text.lower()))
    return tuple(part for part in parts if part)


def new_neighbors(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Pairs that stand side by side inside a clause of the child only, of words both have."""
    known = {word for clause in clauses_of(before) for word in clause} - _grammar().movable
    sides = _sides(before)
    return tuple(
        pair
        for clause in clauses_of(after)
        for pair in pairwise(clause)
        if pair not in sides and set(pair) <= known
    )


def shuffled(case: Case) -> bool:
    """Nearly the same words, and several newly side by side; fewer if a pair is turned around."""
    before, after = Counter(case.words_before), Counter(case.words_after)
    shared = 2 * (before & after).total() / max(before.total() + after.total(), 1)
    if shared < case.limits.same_words:
        return False
    new, sides = new_neighbors(case.before, case.after), _sides(case.before)
    turned = any((second, first) in sides for first, second in new)
    return len(new) >= (case.limits.turned_neighbors if turned else case.limits.new_neighbors)


def _sides(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pair for clause in clauses_of(text) for pair in pairwise(clause))


def _starts_badly(found: re.Match[str]) -> bool:
    word = (found["first"] + found["rest"]).lower()
    return found["first"].islower() or word in _grammar().first


def _breaks(clause: Clause) -> bool:
    grammar = _grammar()
    if clause[-1] in grammar.last:
        return True
    return any(_never(grammar, first, second) for first, second in pairwise(clause))


def _never(grammar: Grammar, first: str, second: str) -> bool:
    if first == second:
        return first not in grammar.doubled and not first.isdigit()
    one, other = grammar.of(first), grammar.of(second)
    if "particle" in one and "particle" in other:
        return f"{first} {second}" not in grammar.particles
    if "cardinal" in other and _NUMBERED.fullmatch(first) and not one:
        return True
    if "place" in one and re.match(r"(?:di|ng|ny|me)\w{4,}", second):
        return re.match(r"di\w+(?:in|kan|i|s|t|k)$", second) is not None
    return any((left, right) in grammar.never for left in one for right in other)


@cache
def _grammar() -> Grammar:
    raw = tomllib.loads((FOLDER / "grammar.toml").read_text(encoding="utf-8"))
    classes: dict[str, set[str]] = {}
    for name, members in raw["classes"].items():
        for member in members:
            classes.setdefault(member, set()).add(name)
    return Grammar(
        {word: frozenset(names) for word, names in classes.items()},
        frozenset((first, second) for first, second in raw["never"]["pairs"]),
        frozenset(raw["never"]["last"]),
        frozenset(raw["never"]["first"]),
        frozenset(raw["together"]["particles"]),
        frozenset(raw["together"]["doubled"]),
        frozenset(raw["together"]["movable"]),
    )
