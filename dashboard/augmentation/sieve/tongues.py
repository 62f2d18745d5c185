"""Keeps out what is not Indonesian: Malay above all, and messages that slip into English."""

from __future__ import annotations

import re

from dashboard.augmentation.sieve.children import Case
from dashboard.augmentation.sieve.likeness import stem_overlap
from dashboard.augmentation.sieve.words import lexicon_lines
from dashboard.metrics.languages import votes_for_indonesian
from dashboard.metrics.rules import ENOUGH_WORDS

_DOUBLED_BY_DIGIT = re.compile(r"(?<!\w)[^\W\d_]{3,}2(?!\w)")
"""`pelajar2`: the Malay way to write a plural, and old in Indonesian."""


def english_share(words: tuple[str, ...]) -> float:
    """The share of words that are common English ones."""
    english = frozenset(lexicon_lines("english"))
    return sum(word in english for word in words) / max(len(words), 1)


def has_malay(text: str, words: tuple[str, ...]) -> bool:
    """A word or phrase that only Malay uses, or a plural written with a 2."""
    spaced = f" {' '.join(words)} "
    listed = any(f" {phrase} " in spaced for phrase in lexicon_lines("malay"))
    return listed or bool(_DOUBLED_BY_DIGIT.search(text))


def surely_indonesian(case: Case) -> bool:
    """Both detectors say so, or one does and the words agree.

    Malay and Indonesian share so much that one detector alone lets Malay through; words that
    Malay lacks speak for a text, and so do those of its Indonesian parent.
    """
    saying = votes_for_indonesian(case.after)
    if saying != 1:
        return saying == 2
    known = not set(case.words_after).isdisjoint(lexicon_lines("indonesian"))
    return known or stem_overlap(case) >= case.limits.familiar


def not_indonesian(case: Case) -> bool:
    """Malay words, much English, or detectors that both say another language."""
    if case.study.rules.language != "id":
        return False
    words = case.words_after
    if has_malay(case.after, words) or english_share(words) > case.limits.english_share:
        return True
    return len(words) >= ENOUGH_WORDS and not surely_indonesian(case)
