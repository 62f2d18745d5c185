"""What no rewriting may change: names, negators, the number of words and of emoji."""

from __future__ import annotations

import re
from collections import Counter

import emoji

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.lexicon import read
from dashboard.augmentation.tokens import tokens

MAX_WORDS = 25
MAX_EMOJI = 2
NEGATORS = {
    **dict.fromkeys(("nggak", "gak", "ga", "enggak", "ngga", "tidak", "tak", "ndak"), "tidak"),
    **dict.fromkeys(("gapapa", "gpp"), "tidak"),
    **{word: word for word in ("jangan", "belum", "bukan", "tanpa")},
}
FREELY_REPEATED = frozenset(read("phrases")["freely_repeated"])
_ODD = re.compile(r"(?<![\w-])(\w+) \1(?![\w-])|\s[,.!?:;]|,\s*[,.!?:]|[!?.:],|\s{2}|:\s*$|^[,.]")


def fits(draft: Draft) -> bool:
    """Whether the message is short enough."""
    return len(draft.message.split()) <= MAX_WORDS


def keeps(draft: Draft, parent: str) -> bool:
    """Whether a rewritten draft holds what its parent held, with no word or mark doubled."""
    message = draft.message
    return (
        fits(draft)
        and 1 <= emoji.emoji_count(message) <= MAX_EMOJI
        and negators(message) == negators(parent)
        and _named(draft, message) == _named(draft, parent)
        and bool(_ODD.search(message)) <= bool(_ODD.search(parent))
        and not _stutters(message, parent)
    )


def negators(message: str) -> Counter[str]:
    """How often each negator stands in a text, all spellings of one as the same."""
    folded = (NEGATORS.get(token.folded, "") for token in tokens(message))
    return Counter(word for word in folded if word)


def _named(draft: Draft, message: str) -> Counter[str]:
    return Counter(one.group().casefold() for one in draft.names.finditer(message))


def _stutters(message: str, parent: str) -> bool:
    """Whether a content word or a particle came to stand twice in the rewriting only."""
    before = Counter(token.folded for token in tokens(parent))
    after = Counter(token.folded for token in tokens(message))
    return any(
        count > 1 and count > before[word]
        for word, count in after.items()
        if word not in FREELY_REPEATED
    )
