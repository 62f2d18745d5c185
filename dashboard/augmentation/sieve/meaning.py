"""Guards on meaning, by rule: negators, antonyms, reinforcement, causes, inputs."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from dashboard.augmentation.sieve.children import Case
from dashboard.augmentation.sieve.phrase_lists import phrase_list
from dashboard.augmentation.sieve.words import lexicon_lines, stems
from dashboard.metrics.lexicons import phrases

NEGATORS = ("tidak", "jangan", "belum", "bukan", "tanpa", "gagal", "kurang")
"""One word for each class; spellings.txt folds the others into them.

`gagal` and `kurang` deny what follows as `tidak` does.
"""
_EXERCISE = re.compile(r"(?<=[^\W_])\s+soalnya\b", re.IGNORECASE)
"""After a word and without a comma, `soalnya` is the exercise, not a cause."""
Side = frozenset[str]


def negators_differ(case: Case) -> bool:
    """The classes' counts differ, also when relief is counted apart.

    `nggak perlu disalin` and `dihapus` are the same relief, one with a negator and one without,
    so a mismatch is looked at again with relief taken out of both and counted by itself. Soothing
    words that a child gained ("nggak usah buru-buru") are left out of it first.
    """
    soothed = _without_new_softeners(case)
    if _negators(case.folded_before) in (_negators(case.folded_after), _negators(soothed)):
        return False
    relief = phrase_list("removing")
    fewer = len(relief.found(soothed)) < len(relief.found(case.before))
    rest_before, rest_after = relief.without(case.before), relief.without(soothed)
    return fewer or _negators(rest_before) != _negators(rest_after)


def antonym_stands_in(case: Case) -> bool:
    """A word gave way to its opposite."""
    lost = _stems(set(case.words_before) - set(case.words_after))
    gained = _stems(set(case.words_after) - set(case.words_before))
    kept = _stems(set(case.words_after))
    known = _stems(set(case.words_before))
    return any(
        lost & one and gained & other and not kept & one and not known & other
        for left, right in _antonyms()
        for one, other in ((left, right), (right, left))
    )


def reinforcement_lost(case: Case) -> bool:
    """Relief or a gift of the parent is gone, relief came instead, or relief gained a burden."""
    relief, gift = phrase_list("removing"), phrase_list("giving")
    after = _without_new_softeners(case)
    relieved, relieves = relief.found(case.before), relief.found(after)
    if bool(relieved) != bool(relieves):
        return True
    if not relieved:
        return bool(gift.found(case.before)) and not gift.found(case.after)
    burden = phrase_list("burdens")
    lighter, heavier = relief.without(case.before), relief.without(after)
    return len(burden.found(heavier)) > len(burden.found(lighter))


def new_cause(case: Case) -> bool:
    """A clause that says why, or something that made the student feel so, which was not there."""
    if not case.study.rules.no_assumed_cause:
        return False
    return _causes(case, case.after) > _causes(case, case.before)


def input_lost(case: Case) -> bool:
    """A name, subject or class that the parent says is missing in the child."""
    patterns = (_value(case.value(key)) for key in case.limits.inputs if case.value(key))
    return any(one.search(case.before) and not one.search(case.after) for one in patterns)


def _without_new_softeners(case: Case) -> str:
    softeners = phrase_list("softeners")
    known = softeners.found(case.before)
    text = case.folded_after
    for phrase in softeners.found(case.after):
        if phrase not in known:
            text = text.replace(phrase, " ", 1)
    return " ".join(text.split())


def _negators(text: str) -> Counter[str]:
    return Counter(word for word in text.split() if word in NEGATORS)


def _stems(words: set[str]) -> frozenset[str]:
    return frozenset().union(*(stems(word) for word in words))


@cache
def _antonyms() -> tuple[tuple[Side, Side], ...]:
    pairs = (line.partition("/") for line in lexicon_lines("antonyms"))
    return tuple((frozenset(left.split()), frozenset(right.split())) for left, _, right in pairs)


def _causes(case: Case, text: str) -> int:
    said = len(phrases("causes").findall(_EXERCISE.sub("", text)))
    return said + len(_made_to_feel(case.limits.emotions.all_words).findall(text))


@cache
def _made_to_feel(emotions: tuple[str, ...]) -> re.Pattern[str]:
    feeling = "|".join(map(re.escape, emotions))
    made = r"(?:bikin|membuat|buat|ngebuat|ngebikin)"
    return re.compile(
        rf"\b{made}(?: \w+)? (?:kamu|kmu|hatimu|perasaanmu)?(?: \w+)?\s*\b(?:{feeling})\b",
        re.IGNORECASE,
    )


@cache
def _value(value: str) -> re.Pattern[str]:
    """The value as a whole word, an ending allowed: `Fisikanya`, `IPA-mu`."""
    return re.compile(rf"(?<!\w){re.escape(value)}(?:-?(?:nya|mu|ku))?(?!\w)")
