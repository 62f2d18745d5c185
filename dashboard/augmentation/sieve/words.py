"""Words as the sieve compares them: lower case, informal spellings folded, endings taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from dashboard.domain.words import WHOLE_WORD
from dashboard.metrics.lexicons import FOLDER

_REPEATED = re.compile(r"(.)\1+")
_SINGLES = re.compile(r"(?<!\S)\w(?: \w){2,}(?!\S)")
_MASK = re.compile(r"(?<=\w)[*._](?=\w)")
_LEET = str.maketrans("@$0134578", "asoieastb")
_ENDINGS = ("nya", "mu", "ku", "lah", "kah", "pun")
_SUFFIXES = ("kan", "in", "an", "i")
# A nasal prefix swallows the first letter of its stem: nulis comes from tulis.
_NASALS = (("menge", ""), ("meny", "s"), ("mem", "p"), ("men", "t"), ("meng", "k"), ("meng", ""))
_SPOKEN = (("nge", ""), ("ny", "s"), ("ng", "k"), ("ng", ""), ("n", "t"), ("m", "p"))
_PREFIXES = (("di", ""), ("ber", ""), ("ter", ""), ("se", ""), ("ke", ""), ("me", ""), ("pe", ""))
SHORTEST_STEM = 3


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case; `pelan-pelan` is one."""
    return tuple(WHOLE_WORD.findall(text.lower()))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The words with informal spellings folded, one space between them."""
    return " ".join(_spelled(word) for word in words_of(text))


@lru_cache(maxsize=4096)
def unmasked(text: str) -> str:
    """Folded more roughly, for unsafe words: digits for letters, single letters, hyphens."""
    plain = _MASK.sub("", text.lower())
    read = (_letters(word) for word in re.findall(r"[\w@$]+", plain))
    joined = _SINGLES.sub(lambda found: found.group().replace(" ", ""), " ".join(read))
    return " ".join(_spelled(word) for word in joined.split())


@lru_cache(maxsize=65536)
def stems(word: str) -> frozenset[str]:
    """The word and what it may come from: without endings, suffixes and prefixes."""
    found = {word}
    for ending in _ENDINGS:
        found |= {one.removesuffix(ending).rstrip("-") for one in found}
    for suffix in _SUFFIXES:
        found |= {one.removesuffix(suffix) for one in found}
    for prefix, first in (*_NASALS, *_SPOKEN, *_PREFIXES):
        found |= {first + one.removeprefix(prefix) for one in found if one.startswith(prefix)}
    return frozenset(one for one in found if len(one) >= SHORTEST_STEM) | {word}


@cache
def spellings() -> Mapping[str, str]:
    """Every informal spelling and the word it stands for."""
    found: dict[str, str] = {}
    for line in lexicon_lines("spellings"):
        word, _, variants = line.partition("=")
        for variant in variants.split(","):
            found[_once(variant.strip())] = word.strip()
    return found


@cache
def lexicon_lines(name: str) -> tuple[str, ...]:
    """The entries of a list, without comments."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    plain = (line.partition("#")[0].strip() for line in lines)
    return tuple(line for line in plain if line)


@lru_cache(maxsize=65536)
def _spelled(word: str) -> str:
    once = _once(word)
    return spellings().get(once, once)


def _once(word: str) -> str:
    """Every letter once in a row, so that `banggeeet` and `banget` agree; numbers stay."""
    return word if word.isdigit() else _REPEATED.sub(r"\1", word)


def _letters(word: str) -> str:
    return word.translate(_LEET) if sum(map(str.isalpha, word)) > 1 else word
