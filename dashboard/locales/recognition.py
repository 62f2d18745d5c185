"""Finds the catalog message behind a stored English sentence, so that it can be translated."""

from __future__ import annotations

import functools
import re

from dashboard.locales.catalogs import SOURCE_LANGUAGE, catalog, translations

ENOUGH_FIXED = 15
"""Letters a message must have beside its places; “{a} of {b}” would fit anything."""
_PLACE = re.compile(r"\{(\w+)\}")


def retold(language: str, sentence: str) -> str:
    """A sentence that a worker stored in English, in another language if it is a known one."""
    if language == SOURCE_LANGUAGE:
        return sentence
    for message, pattern in _patterns(language):
        match = pattern.fullmatch(sentence)
        if match:
            shown = translations(language).gettext(message)
            values = {name: retold(language, said) for name, said in match.groupdict().items()}
            return shown.format(**values) if values else shown
    return sentence


@functools.cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every message as a pattern; those with the most fixed text come first."""
    fixed = {str(one.id): len(_PLACE.sub("", str(one.id))) for one in catalog(language) if one.id}
    messages = sorted(
        (message for message in fixed if fixed[message] >= ENOUGH_FIXED),
        key=lambda message: -fixed[message],
    )
    return tuple((message, re.compile(_pattern(message), re.DOTALL)) for message in messages)


def _pattern(message: str) -> str:
    seen: set[str] = set()
    parts: list[str] = []
    for index, part in enumerate(_PLACE.split(message)):
        if index % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>.+?)")
    return "".join(parts)
