"""Counts words and emoji the way the study's rules mean them."""

from __future__ import annotations

import unicodedata

from dashboard.domain.words import WHOLE_WORD


def count_words(text: str) -> int:
    """Runs of letters and digits; `pelan-pelan` is one word, emoji and punctuation are none."""
    from emoji import replace_emoji

    plain = replace_emoji(unicodedata.normalize("NFC", text), " ")
    return len(WHOLE_WORD.findall(plain))


def count_words_by_spaces(text: str) -> int:
    """What a grader gets who splits at spaces; an emoji that stands alone counts."""
    return len(text.split())


def count_emoji(text: str) -> int:
    """Emoji as people see them: a joined family, a flag or a skin tone counts once."""
    from emoji import emoji_list

    return len(emoji_list(text))
