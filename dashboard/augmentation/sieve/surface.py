"""What can be seen without understanding: form, length, emoji, leftovers, unsafe words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dashboard.augmentation.sieve.children import Case
from dashboard.augmentation.sieve.phrase_lists import unsafe_list
from dashboard.metrics.counts import count_emoji, count_words, count_words_by_spaces
from dashboard.metrics.rules import LEFTOVER

_FIELDS = r"username|emotion|reinforcement|arcs ?model|classname|subject|nama|emosi|kelas|mapel"
_PROMPT = re.compile(
    rf"^\W*(?:{_FIELDS}|pesan|parafrase|paraphrase|output|input|jawaban|versi(?: \d+)?|"
    r"terjemahan|translation|message|hasil|asisten|assistant|system|user)\s*\d*\s*[:=]"
    r"|\b(?:berikut (?:adalah|ini)|here(?:'s| is)|tentu,? (?:ini|berikut)|sebagai (?:model|asisten)"
    r"|as an ai|parafrase(?:nya)?|pesan asli|kalimat asli|instruksi|prompt|reinforcement|arcs)\b"
    r"|https?://|^\s*(?:\d+[.)]|[-•#>])\s",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[*`_~|\\]|\{|\}|\[|\]|<[^3]|\$\w|#\w")
_LOOKS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_QUOTED = re.compile(r"""^(["']).*\1\W*$""", re.DOTALL)


def malformed(case: Case) -> bool:
    """Empty, several lines, or with characters that nobody writes."""
    odd = any(unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") for char in case.after)
    return not case.after or odd or "\ufffd" in case.after


def too_short(case: Case) -> bool:
    """Fewer words than the study asks for."""
    return count_words(case.after) < case.study.rules.min_words


def too_long(case: Case) -> bool:
    """More words than the study allows, by the stricter of both counts."""
    most = max(count_words(case.after), count_words_by_spaces(case.after))
    return most > case.study.rules.max_words


def no_emoji(case: Case) -> bool:
    """Fewer emoji than the study asks for."""
    return count_emoji(case.after) < case.study.rules.min_emoji


def too_many_emoji(case: Case) -> bool:
    """More emoji than the study allows."""
    return count_emoji(case.after) > case.study.rules.max_emoji


def emoji_misfits(case: Case) -> bool:
    """An emoji the emotion does not allow; the parent's own may stay unless it celebrates."""
    policy, emotion = case.limits.emoji, case.value("emotion")
    celebration = _emoji(policy.celebration)
    allowed = _emoji(policy.any) | _emoji(policy.also.get(emotion, "")) | _emoji(case.before)
    if emotion in policy.quiet:
        allowed -= celebration
    return not _emoji(case.after) <= allowed


def unsafe(case: Case, name: str) -> bool:
    """Whether a phrase of a list stands in the child, however it is spelled."""
    return bool(unsafe_list(name).found(case.after))


def left_over(case: Case) -> bool:
    """A placeholder, a mark of formatting, words of a prompt, or quotes around the whole."""
    text = case.after
    return any(pattern.search(text) for pattern in (LEFTOVER, _MARKS, _PROMPT, _QUOTED))


@lru_cache(maxsize=1024)
def _emoji(text: str) -> frozenset[str]:
    """The emoji of a text, without the marks that only change their look."""
    from emoji import emoji_list

    return frozenset(_LOOKS.sub("", str(found["emoji"])) for found in emoji_list(text))
